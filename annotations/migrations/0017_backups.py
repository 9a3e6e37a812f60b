"""What became of each backup, and of each proof that one comes back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0016_archived'),
    ]

    operations = [
        migrations.CreateModel(
            name='BackupRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('taken', 'backup made'), ('proven', 'restored and compared')], max_length=10, verbose_name='kind')),
                ('succeeded', models.BooleanField(verbose_name='succeeded')),
                ('name', models.CharField(max_length=200, verbose_name='archive')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('finished_at', models.DateTimeField(verbose_name='finished')),
                ('checksum', models.CharField(blank=True, max_length=64, verbose_name='checksum')),
                ('size', models.BigIntegerField(default=0, verbose_name='bytes')),
                ('rows', models.BigIntegerField(default=0, verbose_name='rows')),
                ('releases', models.PositiveIntegerField(default=0, verbose_name='releases')),
                ('detail', models.TextField(blank=True, verbose_name='what failed')),
            ],
            options={
                'verbose_name': 'backup',
                'verbose_name_plural': 'backups',
                'ordering': ['-finished_at'],
                'indexes': [models.Index(fields=['kind', '-finished_at'], name='latest_backups')],
            },
        ),
    ]
