"""Documents, slots and codings of a round are counted without their rows."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0024_releases_by_statement'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['batch', 'state'], name='assignments_of_a_batch'),
        ),
        migrations.AddIndex(
            model_name='batchdocument',
            index=models.Index(fields=['batch', 'slots'], name='slots_of_a_batch'),
        ),
    ]
