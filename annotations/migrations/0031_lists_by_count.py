"""Lists count nothing: who has how much is kept, and what a page is sorted or sought by has an index."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.fields.json import KeyTransform

# Rows are added only, so that of two who claim or submit at once neither waits. No assignment is ever deleted.
TALLIES = r"""
CREATE FUNCTION workbench_tally_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO annotations_tally (batch_id, coder_id, state, number)
    SELECT batch_id, coder_id, state, count(*) FROM added GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_tally_new AFTER INSERT ON annotations_assignment REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION workbench_tally_new();

CREATE FUNCTION workbench_tally_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO annotations_tally (batch_id, coder_id, state, number)
    VALUES (OLD.batch_id, OLD.coder_id, OLD.state, -1), (NEW.batch_id, NEW.coder_id, NEW.state, 1);
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_tally_moved AFTER UPDATE OF state, coder_id, batch_id ON annotations_assignment FOR EACH ROW
  WHEN ((OLD.state, OLD.coder_id, OLD.batch_id) IS DISTINCT FROM (NEW.state, NEW.coder_id, NEW.batch_id))
  EXECUTE FUNCTION workbench_tally_moved();

CREATE FUNCTION workbench_tally_new_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO annotations_tally (batch_id, state, number) SELECT batch_id, '', count(*) FROM added GROUP BY 1;
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_tally_new_items AFTER INSERT ON annotations_batchdocument REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION workbench_tally_new_items();

CREATE FUNCTION workbench_tally_gone_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO annotations_tally (batch_id, state, number) SELECT batch_id, '', -count(*) FROM gone GROUP BY 1;
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_tally_gone_items AFTER DELETE ON annotations_batchdocument REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION workbench_tally_gone_items();

INSERT INTO annotations_tally (batch_id, coder_id, state, number)
SELECT batch_id, coder_id, state, count(*) FROM annotations_assignment GROUP BY 1, 2, 3
UNION ALL SELECT batch_id, NULL, '', count(*) FROM annotations_batchdocument GROUP BY 1;
"""

TALLIES_BACK = """
DROP TRIGGER workbench_tally_gone_items ON annotations_batchdocument;
DROP FUNCTION workbench_tally_gone_items();
DROP TRIGGER workbench_tally_new_items ON annotations_batchdocument;
DROP FUNCTION workbench_tally_new_items();
DROP TRIGGER workbench_tally_moved ON annotations_assignment;
DROP FUNCTION workbench_tally_moved();
DROP TRIGGER workbench_tally_new ON annotations_assignment;
DROP FUNCTION workbench_tally_new();
"""

# As the list of documents looks for a word of a title; where the server has trigrams.
TITLES = r"""
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
    EXECUTE format('CREATE INDEX workbench_titles ON annotations_document USING gin (upper(title::text) %I.gin_trgm_ops)',
      (SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'pg_trgm'));
  END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0030_sayings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(blank=True, choices=[('claimed', 'claimed'), ('in_progress', 'in progress'), ('submitted', 'submitted'), ('skipped', 'skipped'), ('expired', 'expired'), ('released', 'given back')], max_length=12)),
                ('number', models.BigIntegerField()),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.batch')),
                ('coder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.coder')),
            ],
            options={
                'verbose_name': 'tally',
                'verbose_name_plural': 'tallies',
                'indexes': [models.Index(fields=['batch', 'coder', 'state'], name='tallies_of_a_batch')],
            },
        ),
        migrations.RunSQL(TALLIES, TALLIES_BACK),
        migrations.RunSQL(TITLES, "DROP INDEX IF EXISTS workbench_titles"),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('state', 'submitted')), fields=['coder', '-submitted_at'], name='submitted_by_a_coder'),
        ),
        migrations.AddIndex(
            model_name='importfile',
            index=models.Index(condition=models.Q(('outcome__in', ['asked', 'already-there', 'refused', 'unpacked', 'cancelled'])), fields=['delivery', 'outcome', 'position'], name='files_that_were_not_added'),
        ),
        migrations.AddIndex(
            model_name='releasedocument',
            index=models.Index(models.F('release'), KeyTransform('language', 'line'), name='released_by_language'),
        ),
    ]
