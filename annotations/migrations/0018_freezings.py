"""A release is asked for, and how far its freezing is can be seen."""

import annotations.project.identifiers
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0017_backups'),
    ]

    operations = [
        migrations.CreateModel(
            name='Freezing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=annotations.project.identifiers.uuid7, editable=False, unique=True)),
                ('at', models.DateTimeField()),
                ('notes', models.TextField(blank=True)),
                ('shares', models.JSONField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=8)),
                ('reason', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.coder')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.project')),
                ('release', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.release')),
            ],
            options={
                'verbose_name': 'freezing',
                'verbose_name_plural': 'freezings',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='FreezingProgress',
            fields=[
                ('freezing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='progress', serialize=False, to='annotations.freezing')),
                ('step', models.CharField(choices=[('deriving', 'the gold of each document is derived'), ('hashing', 'the files are written and their hashes made'), ('storing', 'the rows are stored')], default='deriving', max_length=8)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'progress of a freezing',
                'verbose_name_plural': 'progress of freezings',
            },
        ),
        migrations.AddIndex(
            model_name='freezing',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['project'], name='freezings_that_wait'),
        ),
        migrations.AddConstraint(
            model_name='freezing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('release__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('release__isnull', True)), _connector='OR'), name='freezing_done_with_a_release'),
        ),
        migrations.AddConstraint(
            model_name='freezing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='freezing_failed_for_a_reason'),
        ),
    ]
