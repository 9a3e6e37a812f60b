"""Pages of a language, however rare it is, and which languages there are."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0021_search_by_runs'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['project', 'language', 'id'], name='documents_of_a_language'),
        ),
    ]
