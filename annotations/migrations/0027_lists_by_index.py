"""A page of own coding of a theme, of a round, and of pairs that wait is read from an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0026_tries_on_all_machines'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='annotation',
            index=models.Index(
                fields=['coder', 'theme', 'document', 'start', 'id'],
                condition=models.Q(deleted=False),
                name='own_of_a_theme',
            ),
        ),
        migrations.AddIndex(
            model_name='batchdocument',
            index=models.Index(fields=['batch', 'position'], name='order_of_a_batch'),
        ),
        migrations.AddIndex(
            model_name='storycandidate',
            index=models.Index(
                models.F('project'),
                models.F('score').desc(),
                models.F('id'),
                condition=models.Q(decision=''),
                name='pairs_that_wait',
            ),
        ),
    ]
