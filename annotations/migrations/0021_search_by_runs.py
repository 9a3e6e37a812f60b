"""The trigram index is one of runs of passages, not of each passage: it costs a third as much to keep."""

from django.db import migrations, models

# A run begins where a multiple of 4,096 characters is passed, as `text.folding.runs` has it.
RUNS = r"""
WITH placed AS (
  SELECT passage_id, document_id, text,
         sum(length(text) + 1) OVER (PARTITION BY document_id ORDER BY passage_id) - length(text) - 1 AS at
    FROM annotations_foldedpassage
), runs AS (
  SELECT min(passage_id) AS first, string_agg(text, E'\n' ORDER BY passage_id) AS run
    FROM placed GROUP BY document_id, at / 4096
)
UPDATE annotations_foldedpassage folded SET run = runs.run FROM runs WHERE folded.passage_id = runs.first;
"""

# Most rows have no run, and whoever reads them all for two letters need not read past those.
ASIDE = "ALTER TABLE annotations_foldedpassage ALTER COLUMN run SET STORAGE EXTERNAL"

INDEX = r"""
DROP INDEX IF EXISTS workbench_folded_trigrams;
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
    EXECUTE format('CREATE INDEX workbench_folded_trigrams ON annotations_foldedpassage
      USING gin ({column} %I.gin_trgm_ops){rest}',
      (SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'pg_trgm'));
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    # Rows are changed before their table is.
    dependencies = [("annotations", "0020_takedowns")]
    operations = [
        migrations.AddField("foldedpassage", "run", models.TextField(editable=False, null=True)),
        migrations.RunSQL(ASIDE, migrations.RunSQL.noop),
        migrations.RunSQL(RUNS, migrations.RunSQL.noop),
        migrations.RunSQL(
            INDEX.format(column="run", rest=" WHERE run IS NOT NULL"),
            INDEX.format(column="text", rest=""),
        ),
    ]
