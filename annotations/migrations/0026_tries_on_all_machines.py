"""How often somebody tried to get in, for all machines together; not logged, as limits are."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0025_rounds_counted_in_indexes'),
    ]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE workbench_try (
              cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
            CREATE INDEX workbench_try_expires ON workbench_try (expires);
            """,
            'DROP TABLE workbench_try',
        ),
    ]
