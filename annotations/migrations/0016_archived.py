"""Documents that nobody is to code any more: out of lists and rounds, and back again."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# Both ways, so that neither a claim nor a resumption slips in beside the archiving.
GUARD = r"""
CREATE FUNCTION workbench_guard_archived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM annotations_assignment WHERE document_id = NEW.document_id
                AND state IN ('claimed', 'in_progress', 'submitted')) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'coded',
      DETAIL = 'Someone has this document, or has submitted it; only what nobody codes is archived.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_guard_archived BEFORE INSERT OR UPDATE ON annotations_archived
  FOR EACH ROW EXECUTE FUNCTION workbench_guard_archived();

CREATE FUNCTION workbench_none_archived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM annotations_archived WHERE document_id = NEW.document_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'archived',
      DETAIL = 'This document is archived; put it back to have it coded.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_none_archived BEFORE INSERT OR UPDATE OF state ON annotations_assignment
  FOR EACH ROW WHEN (NEW.state IN ('claimed', 'in_progress')) EXECUTE FUNCTION workbench_none_archived();
"""

GUARD_BACK = """
DROP TRIGGER workbench_none_archived ON annotations_assignment;
DROP FUNCTION workbench_none_archived();
DROP TRIGGER workbench_guard_archived ON annotations_archived;
DROP FUNCTION workbench_guard_archived();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0015_releases'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Archived',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.coder')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='archived', to='annotations.document')),
            ],
            options={
                'verbose_name': 'archived document',
                'verbose_name_plural': 'archived documents',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ArchivedEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.coder')),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.document')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annotations.archived')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='archived',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='archived_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='archived',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_archivedevent" ("at", "by_id", "document_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."by_id", NEW."document_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;', hash='7cceb8088b9bda6d23a48dda3098336e3a8c7892', operation='INSERT', pgid='pgtrigger_insert_insert_c9a7d', table='annotations_archived', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='archived',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "annotations_archivedevent" ("at", "by_id", "document_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."by_id", NEW."document_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;', hash='5814ce1fffe049e75c8de23fb7e7984eba6eed55', operation='UPDATE', pgid='pgtrigger_update_update_b5564', table='annotations_archived', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='archived',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_archivedevent" ("at", "by_id", "document_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."at", OLD."by_id", OLD."document_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;', hash='b21f64a7d8a92546020081448199bbdec1ab673f', operation='DELETE', pgid='pgtrigger_delete_delete_9f6d8', table='annotations_archived', when='AFTER')),
        ),
        migrations.RunSQL(GUARD, GUARD_BACK),
    ]
