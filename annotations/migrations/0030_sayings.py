"""What submissions say is kept as an index, so that who looks for it reads only where it was said."""

import django.db.models.deletion
from django.db import migrations, models

# Of one text, a document in a round: what any submission says, and on what first submissions are
# apart. Who seconds a theme on a passage with another stance or voice is apart in that alone.
SAYINGS = r"""
CREATE FUNCTION workbench_sayings(p_batch bigint, p_document bigint) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  WITH work AS MATERIALIZED (
    SELECT id, coder_id, number, spans, judged, mark_passage, mark_span FROM annotations_snapshot
     WHERE batch_id = p_batch AND document_id = p_document
  ), spans AS (
    SELECT DISTINCT x ->> 'theme' AS theme, x ->> 'stance' AS stance
      FROM work CROSS JOIN LATERAL jsonb_array_elements(spans) x
  ), marks AS MATERIALIZED (
    SELECT DISTINCT w.coder_id AS coder, m.passage, w.spans -> m.span ->> 'theme' AS theme,
           w.spans -> m.span ->> 'stance' AS stance,
           coalesce(w.spans -> m.span ->> 'holder_kind', 'author') AS voice
      FROM work w CROSS JOIN LATERAL unnest(w.mark_passage, w.mark_span) m (passage, span) WHERE w.number = 1
  ), judged AS MATERIALIZED (
    SELECT DISTINCT coder_id AS coder, p.passage
      FROM work CROSS JOIN LATERAL unnest(judged || mark_passage) p (passage) WHERE number = 1
  )
  SELECT 'theme ' || theme FROM spans
  UNION SELECT 'stance ' || stance FROM spans
  UNION SELECT 'theme ' || theme || ' stance ' || stance FROM spans
  UNION SELECT 'apart theme ' || a.theme FROM marks a JOIN judged b ON b.passage = a.passage AND b.coder <> a.coder
   WHERE NOT EXISTS (SELECT 1 FROM marks o
                      WHERE o.coder = b.coder AND o.passage = a.passage AND o.theme = a.theme)
  UNION SELECT 'apart ' || s."on" || ' ' || a.theme FROM marks a
   JOIN (SELECT DISTINCT coder, passage FROM marks) b ON b.passage = a.passage AND b.coder <> a.coder
  CROSS JOIN (VALUES ('stance'), ('voice')) s ("on")
   WHERE NOT EXISTS (SELECT 1 FROM marks o
                      WHERE o.coder = b.coder AND o.passage = a.passage AND o.theme = a.theme
                        AND CASE s."on" WHEN 'stance' THEN o.stance = a.stance ELSE o.voice = a.voice END)
$$;

CREATE FUNCTION workbench_keep_sayings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Of two who submit at once the second compares with the first.
  PERFORM 1 FROM annotations_batchdocument i
    WHERE EXISTS (SELECT 1 FROM came c WHERE c.batch_id = i.batch_id AND c.document_id = i.document_id)
    ORDER BY i.id FOR NO KEY UPDATE;
  INSERT INTO annotations_saying (batch_id, document_id, said)
  SELECT c.batch_id, c.document_id, s FROM (SELECT DISTINCT batch_id, document_id FROM came) c
   CROSS JOIN LATERAL workbench_sayings(c.batch_id, c.document_id) s
      ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_keep_sayings AFTER INSERT ON annotations_snapshot
  REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION workbench_keep_sayings();

INSERT INTO annotations_saying (batch_id, document_id, said)
SELECT t.batch_id, t.document_id, s FROM (SELECT DISTINCT batch_id, document_id FROM annotations_snapshot) t
 CROSS JOIN LATERAL workbench_sayings(t.batch_id, t.document_id) s;
"""

SAYINGS_BACK = """
DROP TRIGGER workbench_keep_sayings ON annotations_snapshot;
DROP FUNCTION workbench_keep_sayings();
DROP FUNCTION workbench_sayings(bigint, bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0029_queue_without_the_done'),
    ]

    operations = [
        migrations.CreateModel(
            name='Saying',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(max_length=120)),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.batch')),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.document')),
            ],
            options={
                'verbose_name': 'saying',
                'verbose_name_plural': 'sayings',
                'constraints': [models.UniqueConstraint(fields=('batch', 'said', 'document'), name='said_once_of_a_document')],
            },
        ),
        migrations.RunSQL(SAYINGS, SAYINGS_BACK),
    ]
