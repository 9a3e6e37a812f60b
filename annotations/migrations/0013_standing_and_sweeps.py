"""Which points of a document wait for a person, as derived last; one rule for many disputes at once."""

import annotations.project.identifiers
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# What a case is read from: submissions and their states, rulings, rounds and slots, zones.
# Rows begin with the first submission, so that a document that nobody has coded costs nothing.
CHANGES = r"""
CREATE FUNCTION workbench_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO annotations_standing (project_id, document_id, changes)
  VALUES (NEW.project_id, NEW.document_id, 1)
      ON CONFLICT (document_id) DO UPDATE SET changes = annotations_standing.changes + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_count_change AFTER INSERT ON annotations_snapshot
  FOR EACH ROW EXECUTE FUNCTION workbench_count_change();
CREATE TRIGGER workbench_count_change AFTER UPDATE ON annotations_assignment
  FOR EACH ROW WHEN ((OLD.state = 'submitted' OR NEW.state = 'submitted')
                     AND (OLD.state, OLD.slot) IS DISTINCT FROM (NEW.state, NEW.slot))
  EXECUTE FUNCTION workbench_count_change();

CREATE FUNCTION workbench_count_rulings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In one order, so that two who write many never wait for one another.
  INSERT INTO annotations_standing (project_id, document_id, changes)
  SELECT DISTINCT project_id, document_id, 1 FROM made ORDER BY document_id
      ON CONFLICT (document_id) DO UPDATE SET changes = annotations_standing.changes + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_count_rulings AFTER INSERT ON annotations_ruling
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION workbench_count_rulings();

CREATE FUNCTION workbench_count_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE annotations_standing SET changes = changes + 1 WHERE document_id = OLD.document_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE annotations_standing SET changes = changes + 1 WHERE document_id = NEW.document_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_count_item AFTER INSERT OR UPDATE OR DELETE ON annotations_batchdocument
  FOR EACH ROW EXECUTE FUNCTION workbench_count_item();

CREATE FUNCTION workbench_count_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM annotations_standing
    WHERE document_id IN (SELECT document_id FROM annotations_batchdocument WHERE batch_id = NEW.id)
    ORDER BY document_id FOR NO KEY UPDATE;
  UPDATE annotations_standing SET changes = changes + 1
    WHERE document_id IN (SELECT document_id FROM annotations_batchdocument WHERE batch_id = NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_count_batch AFTER UPDATE ON annotations_batch FOR EACH ROW
  WHEN ((OLD.kind, OLD.opened_at, OLD.promoted_at, OLD.slots, OLD.seed, OLD.checked_share) IS DISTINCT FROM
        (NEW.kind, NEW.opened_at, NEW.promoted_at, NEW.slots, NEW.seed, NEW.checked_share))
  EXECUTE FUNCTION workbench_count_batch();

CREATE FUNCTION workbench_count_zones() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE annotations_standing SET changes = changes + 1
    WHERE document_id IN (SELECT n.document_id FROM after n JOIN before o ON o.id = n.id WHERE o.zone <> n.zone);
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_count_zones AFTER UPDATE ON annotations_passage
  REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION workbench_count_zones();

INSERT INTO annotations_standing (project_id, document_id, changes)
SELECT DISTINCT project_id, document_id, 1 FROM annotations_snapshot;
"""

CHANGES_BACK = """
DROP TRIGGER workbench_count_zones ON annotations_passage;
DROP FUNCTION workbench_count_zones();
DROP TRIGGER workbench_count_batch ON annotations_batch;
DROP FUNCTION workbench_count_batch();
DROP TRIGGER workbench_count_item ON annotations_batchdocument;
DROP FUNCTION workbench_count_item();
DROP TRIGGER workbench_count_rulings ON annotations_ruling;
DROP FUNCTION workbench_count_rulings();
DROP TRIGGER workbench_count_change ON annotations_assignment;
DROP TRIGGER workbench_count_change ON annotations_snapshot;
DROP FUNCTION workbench_count_change();
"""

SWEEP = r"""
CREATE FUNCTION workbench_check_swept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sweep record;
  latest record;
BEGIN
  SELECT project_id, by_id, undoes_id INTO sweep FROM annotations_sweep WHERE id = NEW.sweep_id;
  IF (sweep.project_id, sweep.by_id) IS DISTINCT FROM (NEW.project_id, NEW.by_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'There is no such rule for many disputes.';
  END IF;
  SELECT sweep_id, decision INTO latest FROM annotations_ruling
   WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id AND dispute = NEW.dispute
   ORDER BY number DESC LIMIT 1;
  IF sweep.undoes_id IS NOT NULL THEN
    IF NEW.decision <> 'reopen' OR latest.sweep_id IS DISTINCT FROM sweep.undoes_id THEN
      RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'ruled-by-a-person',
        DETAIL = 'Only what that rule decided is undone with it.';
    END IF;
  ELSIF NEW.decision <> 'accept' OR EXISTS (
      SELECT 1 FROM annotations_ruling WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id
         AND dispute = NEW.dispute AND sweep_id IS NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'ruled-by-a-person',
      DETAIL = 'A person has ruled on that dispute; a rule for many leaves it alone.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_swept BEFORE INSERT ON annotations_ruling
  FOR EACH ROW WHEN (NEW.sweep_id IS NOT NULL) EXECUTE FUNCTION workbench_check_swept();

CREATE FUNCTION workbench_check_sweep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM annotations_coder WHERE id = NEW.by_id AND project_id = NEW.project_id)
     OR NEW.undoes_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM annotations_sweep WHERE id = NEW.undoes_id AND project_id = NEW.project_id AND undoes_id IS NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'There is no such rule for many disputes.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_sweep BEFORE INSERT ON annotations_sweep
  FOR EACH ROW EXECUTE FUNCTION workbench_check_sweep();
CREATE TRIGGER workbench_never_changed BEFORE UPDATE OR DELETE ON annotations_sweep
  FOR EACH ROW EXECUTE FUNCTION workbench_refuse_change();
CREATE TRIGGER workbench_never_emptied BEFORE TRUNCATE ON annotations_sweep
  FOR EACH STATEMENT EXECUTE FUNCTION workbench_refuse_change();
"""

SWEEP_BACK = """
DROP TRIGGER workbench_never_emptied ON annotations_sweep;
DROP TRIGGER workbench_never_changed ON annotations_sweep;
DROP TRIGGER workbench_check_sweep ON annotations_sweep;
DROP FUNCTION workbench_check_sweep();
DROP TRIGGER workbench_check_swept ON annotations_ruling;
DROP FUNCTION workbench_check_swept();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0012_seats'),
    ]

    operations = [
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changes', models.BigIntegerField()),
                ('derived', models.BigIntegerField(db_default=0, default=0)),
                ('held_until', models.DateTimeField(null=True)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.document')),
                ('held_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.coder')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.project')),
            ],
            options={
                'verbose_name': 'standing of a document',
                'verbose_name_plural': 'standings of documents',
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('dispute', 'dispute'), ('unanimous', 'unanimous'), ('untagged', 'nobody tagged it')], max_length=9)),
                ('result', models.CharField(max_length=10)),
                ('key', models.CharField(max_length=64)),
                ('place', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('family', models.CharField(blank=True, max_length=60)),
                ('pairs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list, size=None)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.project')),
                ('standing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='annotations.standing')),
            ],
            options={
                'verbose_name': 'point to settle',
                'verbose_name_plural': 'points to settle',
            },
        ),
        migrations.CreateModel(
            name='Sweep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=annotations.project.identifiers.uuid7, editable=False, unique=True)),
                ('operation', models.UUIDField()),
                ('theme', models.CharField(blank=True, max_length=60)),
                ('differs', models.CharField(choices=[('boundaries', 'boundaries only'), ('stance', 'stance only'), ('holder', 'voice only'), ('missing', 'one coder has no span')], max_length=10)),
                ('overlap', models.FloatField(default=0.0)),
                ('votes', models.PositiveSmallIntegerField()),
                ('total', models.PositiveIntegerField()),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.coder')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.project')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='annotations.sweep')),
            ],
            options={
                'verbose_name': 'rule for many disputes',
                'verbose_name_plural': 'rules for many disputes',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='ruling',
            name='sweep',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='annotations.sweep'),
        ),
        migrations.AddConstraint(
            model_name='ruling',
            constraint=models.CheckConstraint(condition=models.Q(('sweep__isnull', True), ('decision__in', ['accept', 'reopen']), _connector='OR'), name='sweep_accepts_or_reopens'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(condition=models.Q(('derived__lt', models.F('changes'))), fields=['project', 'id'], name='standings_to_derive'),
        ),
        migrations.AddIndex(
            model_name='point',
            index=models.Index(condition=models.Q(('result', 'open')), fields=['project', 'place', 'id'], name='points_by_document'),
        ),
        migrations.AddIndex(
            model_name='point',
            index=models.Index(condition=models.Q(('result', 'open')), fields=['project', 'family', 'place', 'id'], name='points_by_theme'),
        ),
        migrations.AddConstraint(
            model_name='point',
            constraint=models.UniqueConstraint(fields=('standing', 'key'), name='one_point_a_key'),
        ),
        migrations.AddConstraint(
            model_name='point',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['dispute', 'unanimous', 'untagged'])), name='point_kind_known'),
        ),
        migrations.AddIndex(
            model_name='sweep',
            index=models.Index(fields=['project', 'id'], name='sweeps_of_a_project'),
        ),
        migrations.AddConstraint(
            model_name='sweep',
            constraint=models.UniqueConstraint(fields=('by', 'operation'), name='one_sweep_an_operation'),
        ),
        migrations.AddConstraint(
            model_name='sweep',
            constraint=models.CheckConstraint(condition=models.Q(('differs__in', ['boundaries', 'stance', 'holder', 'missing'])), name='sweep_difference_known'),
        ),
        migrations.AddConstraint(
            model_name='sweep',
            constraint=models.CheckConstraint(condition=models.Q(('overlap__gte', 0), ('overlap__lte', 1)), name='sweep_overlap_is_one'),
        ),
        migrations.AddConstraint(
            model_name='sweep',
            constraint=models.CheckConstraint(condition=models.Q(('votes__gte', 2)), name='sweep_takes_two_votes'),
        ),
        migrations.RunSQL(CHANGES, CHANGES_BACK),
        migrations.RunSQL(SWEEP, SWEEP_BACK),
    ]
