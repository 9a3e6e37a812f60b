"""How often one may ask: a time for each who asked lately; not logged, nothing is lost with it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0018_freezings'),
    ]

    operations = [
        migrations.RunSQL(
            'CREATE UNLOGGED TABLE workbench_limit (key text PRIMARY KEY, full_at timestamptz NOT NULL)',
            'DROP TABLE workbench_limit',
        ),
    ]
