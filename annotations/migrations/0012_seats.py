"""Who takes part in a round and which slots are theirs; rounds made before are open queues for all."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


HAND = r"""
CREATE FUNCTION workbench_check_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.project_id, NEW.batch_id, NEW.coder_id) IS DISTINCT FROM
     (OLD.project_id, OLD.batch_id, OLD.coder_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
      DETAIL = 'Who takes part in which batch is never changed; they leave, and others join.';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM annotations_batch b JOIN annotations_coder c ON c.id = NEW.coder_id
                  WHERE b.id = NEW.batch_id AND b.project_id = NEW.project_id AND c.project_id = NEW.project_id)
     OR NEW.replaced_by_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM annotations_hand WHERE id = NEW.replaced_by_id AND batch_id = NEW.batch_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'other-project', COLUMN = 'coder',
      DETAIL = 'Batch, coder and replacement are not of one project.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_hand BEFORE INSERT OR UPDATE ON annotations_hand
  FOR EACH ROW EXECUTE FUNCTION workbench_check_hand();

CREATE FUNCTION workbench_check_exclusion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM annotations_hand h JOIN annotations_document d ON d.project_id = h.project_id
                  WHERE h.id = NEW.hand_id AND d.id = NEW.document_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'other-project', COLUMN = 'document',
      DETAIL = 'Batch and document belong to different projects.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_exclusion BEFORE INSERT OR UPDATE ON annotations_exclusion
  FOR EACH ROW EXECUTE FUNCTION workbench_check_exclusion();
"""

HAND_BACK = """
DROP TRIGGER workbench_check_exclusion ON annotations_exclusion;
DROP FUNCTION workbench_check_exclusion();
DROP TRIGGER workbench_check_hand ON annotations_hand;
DROP FUNCTION workbench_check_hand();
"""

# A document that is read anew before anyone has begun takes its seats along with its place in the round.
SEAT = r"""
ALTER TABLE annotations_seat ADD CONSTRAINT seat_is_of_the_batch
  FOREIGN KEY (batch_id, document_id) REFERENCES annotations_batchdocument (batch_id, document_id) ON UPDATE CASCADE;
ALTER TABLE annotations_seat ADD CONSTRAINT seat_is_of_a_hand
  FOREIGN KEY (batch_id, coder_id) REFERENCES annotations_hand (batch_id, coder_id);

CREATE FUNCTION workbench_check_seat_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.freed_at IS NOT NULL
     OR (NEW.project_id, NEW.batch_id, NEW.slot, NEW.coder_id, NEW.made_at) IS DISTINCT FROM
        (OLD.project_id, OLD.batch_id, OLD.slot, OLD.coder_id, OLD.made_at)
     OR NEW.document_id <> OLD.document_id AND pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
      DETAIL = 'A seat is freed once, and another one made; it is never changed or deleted.';
  END IF;
  IF NEW.freed_at IS NOT NULL AND EXISTS (
       SELECT 1 FROM annotations_assignment WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id
          AND coder_id = NEW.coder_id AND state = 'submitted') THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'seat-submitted',
      DETAIL = 'What was submitted stays with its author.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_seat_kept BEFORE UPDATE OR DELETE ON annotations_seat
  FOR EACH ROW EXECUTE FUNCTION workbench_check_seat_kept();
CREATE TRIGGER workbench_never_emptied BEFORE TRUNCATE ON annotations_seat
  FOR EACH STATEMENT EXECUTE FUNCTION workbench_refuse_change();

CREATE FUNCTION workbench_check_seat() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  allowed integer;
BEGIN
  SELECT coalesce(i.slots, b.slots) INTO allowed
    FROM annotations_batchdocument i JOIN annotations_batch b ON b.id = i.batch_id
   WHERE i.batch_id = NEW.batch_id AND i.document_id = NEW.document_id AND b.project_id = NEW.project_id
     FOR NO KEY UPDATE OF i;
  IF allowed IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'The document is not of this batch.';
  END IF;
  IF NEW.slot > allowed THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'slot-too-high', COLUMN = 'slot',
      DETAIL = format('This document is coded by %s; there is no slot %s.', allowed, NEW.slot);
  END IF;
  IF EXISTS (SELECT 1 FROM annotations_hand
              WHERE batch_id = NEW.batch_id AND coder_id = NEW.coder_id AND left_at IS NOT NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'hand-left',
      DETAIL = 'They have left this batch.';
  END IF;
  IF EXISTS (SELECT 1 FROM annotations_assignment
              WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id
                AND state IN ('claimed', 'in_progress', 'submitted') AND (slot = NEW.slot) <> (coder_id = NEW.coder_id)) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'slot-held',
      DETAIL = 'Someone works in this slot, or they work in another one.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_seat BEFORE INSERT ON annotations_seat
  FOR EACH ROW EXECUTE FUNCTION workbench_check_seat();
"""

SEAT_BACK = """
DROP TRIGGER workbench_check_seat ON annotations_seat;
DROP FUNCTION workbench_check_seat();
DROP TRIGGER workbench_never_emptied ON annotations_seat;
DROP TRIGGER workbench_check_seat_kept ON annotations_seat;
DROP FUNCTION workbench_check_seat_kept();
ALTER TABLE annotations_seat DROP CONSTRAINT seat_is_of_a_hand;
ALTER TABLE annotations_seat DROP CONSTRAINT seat_is_of_the_batch;
"""

# Fires after workbench_check_assignment, by its name. The lock has seats and claims of one document wait for each other.
SEATED = r"""
CREATE FUNCTION workbench_check_seated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  planned boolean;
  sitting bigint;
BEGIN
  IF NEW.state NOT IN ('claimed', 'in_progress', 'submitted')
     OR TG_OP = 'UPDATE' AND NEW.slot = OLD.slot AND OLD.state IN ('claimed', 'in_progress', 'submitted') THEN
    RETURN NEW;
  END IF;
  SELECT b.allocation = 'planned' INTO planned
    FROM annotations_batchdocument i JOIN annotations_batch b ON b.id = i.batch_id
   WHERE i.batch_id = NEW.batch_id AND i.document_id = NEW.document_id
     FOR NO KEY UPDATE OF i;
  SELECT coder_id INTO sitting FROM annotations_seat
   WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id AND slot = NEW.slot AND freed_at IS NULL;
  IF sitting <> NEW.coder_id OR planned AND sitting IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'seat-of-another',
      DETAIL = 'This slot is planned for someone else.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_seated BEFORE INSERT OR UPDATE ON annotations_assignment
  FOR EACH ROW EXECUTE FUNCTION workbench_check_seated();
"""

SEATED_BACK = """
DROP TRIGGER workbench_check_seated ON annotations_assignment;
DROP FUNCTION workbench_check_seated();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0011_checks_of_the_agreed'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'exclusion',
                'verbose_name_plural': 'exclusions',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ExclusionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Hand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('most', models.PositiveIntegerField(blank=True, null=True)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('left_reason', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'hand',
                'verbose_name_plural': 'hands',
                'ordering': ['batch', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HandEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('most', models.PositiveIntegerField(blank=True, null=True)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('left_reason', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('freed_at', models.DateTimeField(blank=True, null=True)),
                ('freed_reason', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'seat',
                'verbose_name_plural': 'seats',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SeatEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slot', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('freed_at', models.DateTimeField(blank=True, null=True)),
                ('freed_reason', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='batch',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='batch',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='batch',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='batch',
            name='allocation',
            field=models.CharField(choices=[('queue', 'open queue'), ('planned', 'planned seats')], default='queue', max_length=8),
        ),
        migrations.AddField(
            model_name='batch',
            name='open_to_all',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='batchevent',
            name='allocation',
            field=models.CharField(choices=[('queue', 'open queue'), ('planned', 'planned seats')], default='queue', max_length=8),
        ),
        migrations.AddField(
            model_name='batchevent',
            name='open_to_all',
            field=models.BooleanField(default=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_batchevent" ("allocation", "checked_share", "closed_at", "created_at", "created_by_id", "edition_id", "id", "kind", "lease_days", "name", "open_to_all", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "promoted_at", "promotion_reason", "same_story", "seed", "slots", "uuid", "zones_taken_as_proposed") VALUES (NEW."allocation", NEW."checked_share", NEW."closed_at", NEW."created_at", NEW."created_by_id", NEW."edition_id", NEW."id", NEW."kind", NEW."lease_days", NEW."name", NEW."open_to_all", NEW."opened_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."promoted_at", NEW."promotion_reason", NEW."same_story", NEW."seed", NEW."slots", NEW."uuid", NEW."zones_taken_as_proposed"); RETURN NULL;', hash='9ef1d6cf2c93155f4267f79606c57d6484a14687', operation='INSERT', pgid='pgtrigger_insert_insert_fdd4a', table='annotations_batch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "annotations_batchevent" ("allocation", "checked_share", "closed_at", "created_at", "created_by_id", "edition_id", "id", "kind", "lease_days", "name", "open_to_all", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "promoted_at", "promotion_reason", "same_story", "seed", "slots", "uuid", "zones_taken_as_proposed") VALUES (NEW."allocation", NEW."checked_share", NEW."closed_at", NEW."created_at", NEW."created_by_id", NEW."edition_id", NEW."id", NEW."kind", NEW."lease_days", NEW."name", NEW."open_to_all", NEW."opened_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."promoted_at", NEW."promotion_reason", NEW."same_story", NEW."seed", NEW."slots", NEW."uuid", NEW."zones_taken_as_proposed"); RETURN NULL;', hash='f29b6c040ec21f68f2bdadb73623453681667a97', operation='UPDATE', pgid='pgtrigger_update_update_e255c', table='annotations_batch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_batchevent" ("allocation", "checked_share", "closed_at", "created_at", "created_by_id", "edition_id", "id", "kind", "lease_days", "name", "open_to_all", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "promoted_at", "promotion_reason", "same_story", "seed", "slots", "uuid", "zones_taken_as_proposed") VALUES (OLD."allocation", OLD."checked_share", OLD."closed_at", OLD."created_at", OLD."created_by_id", OLD."edition_id", OLD."id", OLD."kind", OLD."lease_days", OLD."name", OLD."open_to_all", OLD."opened_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."promoted_at", OLD."promotion_reason", OLD."same_story", OLD."seed", OLD."slots", OLD."uuid", OLD."zones_taken_as_proposed"); RETURN NULL;', hash='4e7896e7963052f94a1aab30d41c9bd1d698d86b', operation='DELETE', pgid='pgtrigger_delete_delete_f3104', table='annotations_batch', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('allocation__in', ['queue', 'planned'])), name='allocation_known'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('allocation', 'queue'), ('open_to_all', False), _connector='OR'), name='planned_batch_has_hands'),
        ),
        migrations.AddField(
            model_name='exclusion',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.document'),
        ),
        migrations.AddField(
            model_name='exclusionevent',
            name='document',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.document'),
        ),
        migrations.AddField(
            model_name='exclusionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='exclusionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annotations.exclusion'),
        ),
        migrations.AddField(
            model_name='hand',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hands', to='annotations.batch'),
        ),
        migrations.AddField(
            model_name='hand',
            name='coder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.coder'),
        ),
        migrations.AddField(
            model_name='hand',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.project'),
        ),
        migrations.AddField(
            model_name='hand',
            name='replaced_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='annotations.hand'),
        ),
        migrations.AddField(
            model_name='exclusionevent',
            name='hand',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.hand'),
        ),
        migrations.AddField(
            model_name='exclusion',
            name='hand',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='annotations.hand'),
        ),
        migrations.AddField(
            model_name='handevent',
            name='batch',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.batch'),
        ),
        migrations.AddField(
            model_name='handevent',
            name='coder',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.coder'),
        ),
        migrations.AddField(
            model_name='handevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='handevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annotations.hand'),
        ),
        migrations.AddField(
            model_name='handevent',
            name='project',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.project'),
        ),
        migrations.AddField(
            model_name='handevent',
            name='replaced_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.hand'),
        ),
        migrations.AddField(
            model_name='seat',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='annotations.batch'),
        ),
        migrations.AddField(
            model_name='seat',
            name='coder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.coder'),
        ),
        migrations.AddField(
            model_name='seat',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.document'),
        ),
        migrations.AddField(
            model_name='seat',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.project'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='batch',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.batch'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='coder',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.coder'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='document',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.document'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annotations.seat'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='project',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annotations.project'),
        ),
        migrations.AddConstraint(
            model_name='hand',
            constraint=models.UniqueConstraint(fields=('batch', 'coder'), name='one_hand_a_coder'),
        ),
        migrations.AddConstraint(
            model_name='hand',
            constraint=models.CheckConstraint(condition=models.Q(('most__isnull', True), ('most__gte', 1), _connector='OR'), name='hand_takes_some'),
        ),
        migrations.AddConstraint(
            model_name='hand',
            constraint=models.CheckConstraint(condition=models.Q(('left_at__isnull', True), models.Q(('left_reason', ''), _negated=True), _connector='OR'), name='leaver_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='hand',
            constraint=models.CheckConstraint(condition=models.Q(('replaced_by__isnull', True), models.Q(('left_at__isnull', False), models.Q(('replaced_by', models.F('id')), _negated=True)), _connector='OR'), name='replaced_has_left'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hand',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_handevent" ("batch_id", "coder_id", "id", "languages", "left_at", "left_reason", "most", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "replaced_by_id") VALUES (NEW."batch_id", NEW."coder_id", NEW."id", NEW."languages", NEW."left_at", NEW."left_reason", NEW."most", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."replaced_by_id"); RETURN NULL;', hash='f6bec52c32a82bd937b57e3c6a8a8d9bd3153aa5', operation='INSERT', pgid='pgtrigger_insert_insert_ee1b8', table='annotations_hand', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hand',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "annotations_handevent" ("batch_id", "coder_id", "id", "languages", "left_at", "left_reason", "most", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "replaced_by_id") VALUES (NEW."batch_id", NEW."coder_id", NEW."id", NEW."languages", NEW."left_at", NEW."left_reason", NEW."most", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."replaced_by_id"); RETURN NULL;', hash='b8f3eaad9bbdfb25d1766185029b8581d8f4a32c', operation='UPDATE', pgid='pgtrigger_update_update_b6929', table='annotations_hand', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hand',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_handevent" ("batch_id", "coder_id", "id", "languages", "left_at", "left_reason", "most", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "replaced_by_id") VALUES (OLD."batch_id", OLD."coder_id", OLD."id", OLD."languages", OLD."left_at", OLD."left_reason", OLD."most", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."replaced_by_id"); RETURN NULL;', hash='2f4c4afff1ff5eed90ebd426fb8111bf9d5e24d3', operation='DELETE', pgid='pgtrigger_delete_delete_344f2', table='annotations_hand', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='exclusion',
            constraint=models.UniqueConstraint(fields=('hand', 'document'), name='one_exclusion_a_document'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_exclusionevent" ("document_id", "hand_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."document_id", NEW."hand_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='32282dcfcd136d3b9e2e34d7d758e4a79dc42e69', operation='INSERT', pgid='pgtrigger_insert_insert_762c2', table='annotations_exclusion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "annotations_exclusionevent" ("document_id", "hand_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."document_id", NEW."hand_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='75a78c953dd3ee23fb0061bd384a6921767118be', operation='UPDATE', pgid='pgtrigger_update_update_cba3c', table='annotations_exclusion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exclusion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_exclusionevent" ("document_id", "hand_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."document_id", OLD."hand_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='6370b439d825b743cf9e513a0b69f495f02b25b6', operation='DELETE', pgid='pgtrigger_delete_delete_d3c8a', table='annotations_exclusion', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='seat',
            index=models.Index(condition=models.Q(('freed_at__isnull', True)), fields=['coder', 'batch'], name='seats_of_a_coder'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('freed_at__isnull', True)), fields=('batch', 'document', 'slot'), name='one_seat_a_slot'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('freed_at__isnull', True)), fields=('batch', 'document', 'coder'), name='one_seat_a_coder'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('slot__gte', 1)), name='seats_count_from_one'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('freed_at__isnull', True), models.Q(('freed_reason', ''), _negated=True), _connector='OR'), name='freed_seat_has_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_seatevent" ("batch_id", "coder_id", "document_id", "freed_at", "freed_reason", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "slot") VALUES (NEW."batch_id", NEW."coder_id", NEW."document_id", NEW."freed_at", NEW."freed_reason", NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."slot"); RETURN NULL;', hash='a905358d3ff982e8c6ab374acb06d6918fab5d4b', operation='INSERT', pgid='pgtrigger_insert_insert_a6ee0', table='annotations_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "annotations_seatevent" ("batch_id", "coder_id", "document_id", "freed_at", "freed_reason", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "slot") VALUES (NEW."batch_id", NEW."coder_id", NEW."document_id", NEW."freed_at", NEW."freed_reason", NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."slot"); RETURN NULL;', hash='ddeef6ab52bce84e678562cff3adfec33024b4f3', operation='UPDATE', pgid='pgtrigger_update_update_e2b09', table='annotations_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_seatevent" ("batch_id", "coder_id", "document_id", "freed_at", "freed_reason", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "slot") VALUES (OLD."batch_id", OLD."coder_id", OLD."document_id", OLD."freed_at", OLD."freed_reason", OLD."id", OLD."made_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."slot"); RETURN NULL;', hash='9ad9faebfe4b6f5bc883813fc8fe099262251849', operation='DELETE', pgid='pgtrigger_delete_delete_29880', table='annotations_seat', when='AFTER')),
        ),
        migrations.RunSQL(HAND, HAND_BACK),
        migrations.RunSQL(SEAT, SEAT_BACK),
        migrations.RunSQL(SEATED, SEATED_BACK),
    ]
