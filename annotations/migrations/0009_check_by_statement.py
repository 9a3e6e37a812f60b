"""Rows of a text are checked by the statement rather than one by one.

An article has some twenty passages, and each cost five look-ups of other tables when it came in:
a third of what PostgreSQL spent on an import. A passage and a block name their document's project,
which the triggers that look at all rows of a statement now check too (a reference only said that
the project exists). What search compares hangs on its passage, whose reference stays. The index on
the document alone is the beginning of the one on document and index, and goes. That a text is
frozen once someone was assigned is asked once for each document, not for each of its passages. And
both triggers go from each document to its rows by the index: joined, they read the whole table.
"""

from django.db import migrations, models

PASSAGES = r"""
CREATE OR REPLACE FUNCTION workbench_check_passages() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong bigint;
BEGIN
  SELECT p.document_id INTO wrong
    FROM (SELECT DISTINCT document_id FROM fresh) f
    JOIN annotations_document d ON d.id = f.document_id
   CROSS JOIN LATERAL (
         SELECT document_id, project_id, start, "end", lag("end") OVER (ORDER BY index) AS before
           FROM annotations_passage WHERE document_id = f.document_id) p
   WHERE p.start < coalesce(p.before, 0) OR p."end" > d.length OR p.project_id <> d.project_id
   LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'passages-overlap', DETAIL = format(
      'Passages of document %s overlap, are out of order, leave the text, or name another project.', wrong);
  END IF;
  WITH documents AS MATERIALIZED (SELECT DISTINCT document_id FROM fresh)
  SELECT document_id INTO wrong FROM documents WHERE workbench_is_assigned(document_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'text-frozen',
      DETAIL = 'Someone has been assigned to this text; its passages stay as they are.';
  END IF;
  RETURN NULL;
END $$;
"""
PASSAGES_BACK = r"""
CREATE OR REPLACE FUNCTION workbench_check_passages() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong bigint;
BEGIN
  SELECT p.document_id INTO wrong
    FROM (SELECT document_id, start, "end",
                 lag("end") OVER (PARTITION BY document_id ORDER BY index) AS before
            FROM annotations_passage WHERE document_id IN (SELECT document_id FROM fresh)) p
    JOIN annotations_document d ON d.id = p.document_id
   WHERE p.start < coalesce(p.before, 0) OR p."end" > d.length
   LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'passages-overlap',
      DETAIL = format('Passages of document %s overlap, are out of order, or leave the text.', wrong);
  END IF;
  SELECT document_id INTO wrong FROM fresh WHERE workbench_is_assigned(document_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'text-frozen',
      DETAIL = 'Someone has been assigned to this text; its passages stay as they are.';
  END IF;
  RETURN NULL;
END $$;
"""
BLOCKS = r"""
CREATE OR REPLACE FUNCTION workbench_check_blocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong bigint;
BEGIN
  SELECT d.id INTO wrong
    FROM (SELECT DISTINCT document_id FROM fresh) f
    JOIN annotations_document d ON d.id = f.document_id
   CROSS JOIN LATERAL (
         SELECT string_agg(b.text, '' ORDER BY b.index) AS whole, max(b.index) + 1 <> count(*) AS gap,
                bool_or(char_length(b.text) <> 4096 AND b.index < d.length / 4096) AS short,
                min(b.project_id) AS low, max(b.project_id) AS high
           FROM annotations_textblock b WHERE b.document_id = f.document_id) w
   WHERE w.whole IS DISTINCT FROM d.text OR w.short OR w.gap
      OR (w.low, w.high) <> (d.project_id, d.project_id)
   LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'blocks-differ',
      DETAIL = format('The blocks of document %s are not its text in pieces of 4096 code points.', wrong);
  END IF;
  RETURN NULL;
END $$;
"""
BLOCKS_BACK = r"""
CREATE OR REPLACE FUNCTION workbench_check_blocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong bigint;
BEGIN
  SELECT d.id INTO wrong
    FROM annotations_document d
    JOIN (SELECT b.document_id, string_agg(b.text, '' ORDER BY b.index) AS whole,
                 bool_or(char_length(b.text) <> 4096 AND b.index < m.last) AS short, max(b.index) + 1 <> count(*) AS gap
            FROM annotations_textblock b
            JOIN (SELECT document_id, max(index) AS last FROM annotations_textblock
                   WHERE document_id IN (SELECT document_id FROM fresh) GROUP BY document_id) m USING (document_id)
           GROUP BY b.document_id) w ON w.document_id = d.id
   WHERE w.whole IS DISTINCT FROM d.text OR w.short OR w.gap
   LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'blocks-differ',
      DETAIL = format('The blocks of document %s are not its text in pieces of 4096 code points.', wrong);
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0008_deliveries_and_stories")]
    operations = [
        migrations.RunSQL(PASSAGES, PASSAGES_BACK),
        migrations.RunSQL(BLOCKS, BLOCKS_BACK),
        *(
            migrations.AlterField(
                model,
                "project",
                models.ForeignKey(
                    "annotations.project", models.PROTECT, related_name="+", db_constraint=False
                ),
            )
            for model in ("passage", "textblock", "foldedpassage")
        ),
        *(
            migrations.AlterField(
                model,
                "document",
                models.ForeignKey(
                    "annotations.document", models.CASCADE, related_name=name, db_index=False
                ),
            )
            for model, name in (("passage", "passages"), ("textblock", "blocks"))
        ),
        migrations.AlterField(
            "foldedpassage",
            "document",
            models.ForeignKey(
                "annotations.document", models.CASCADE, related_name="+", db_constraint=False
            ),
        ),
    ]
