"""What all have submitted is out of the queue's way: a queue is read from an index of the rest."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Whatever is written, `full` is what submissions and slots make it.
FULL = r"""
CREATE FUNCTION workbench_set_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."full" := coalesce(NEW.slots, (SELECT slots FROM annotations_batch WHERE id = NEW.batch_id))
    <= (SELECT count(*) FROM annotations_assignment
         WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id AND state = 'submitted');
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_set_full BEFORE INSERT OR UPDATE OF slots, "full" ON annotations_batchdocument
  FOR EACH ROW EXECUTE FUNCTION workbench_set_full();

CREATE FUNCTION workbench_keep_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Of two who submit at once the second counts after the first.
  PERFORM 1 FROM annotations_batchdocument
    WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id FOR NO KEY UPDATE;
  UPDATE annotations_batchdocument SET "full" = NOT "full"
    WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id
      AND "full" <> (coalesce(slots, (SELECT slots FROM annotations_batch WHERE id = NEW.batch_id))
           <= (SELECT count(*) FROM annotations_assignment
                WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id AND state = 'submitted'));
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_keep_full AFTER UPDATE OF state ON annotations_assignment FOR EACH ROW
  WHEN ((OLD.state = 'submitted') <> (NEW.state = 'submitted')) EXECUTE FUNCTION workbench_keep_full();

CREATE FUNCTION workbench_keep_full_of_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE annotations_batchdocument SET "full" = "full" WHERE batch_id = NEW.id AND slots IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER workbench_keep_full AFTER UPDATE OF slots ON annotations_batch FOR EACH ROW
  WHEN (OLD.slots <> NEW.slots) EXECUTE FUNCTION workbench_keep_full_of_all();

-- What is filled in here changes no case.
ALTER TABLE annotations_batchdocument DISABLE TRIGGER workbench_count_item;
UPDATE annotations_batchdocument i SET "full" = true
  FROM (SELECT batch_id, document_id FROM annotations_assignment WHERE state = 'submitted' GROUP BY 1, 2) a
 WHERE a.batch_id = i.batch_id AND a.document_id = i.document_id;
ALTER TABLE annotations_batchdocument ENABLE TRIGGER workbench_count_item;
"""

FULL_BACK = """
DROP TRIGGER workbench_keep_full ON annotations_batch;
DROP FUNCTION workbench_keep_full_of_all();
DROP TRIGGER workbench_keep_full ON annotations_assignment;
DROP FUNCTION workbench_keep_full();
DROP TRIGGER workbench_set_full ON annotations_batchdocument;
DROP FUNCTION workbench_set_full();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0028_short_texts_as_they_are'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='batchdocument',
            name='update_update',
        ),
        migrations.AddField(
            model_name='batchdocument',
            name='full',
            field=models.BooleanField(default=False, editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batchdocument',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."batch_id" IS DISTINCT FROM (NEW."batch_id") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."slots" IS DISTINCT FROM (NEW."slots"))', func='INSERT INTO "annotations_batchdocumentevent" ("batch_id", "document_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "project_id", "slots") VALUES (NEW."batch_id", NEW."document_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."project_id", NEW."slots"); RETURN NULL;', hash='1dc9eba1999b7aabc5ce53a94e633f70547cb922', operation='UPDATE', pgid='pgtrigger_update_update_25d89', table='annotations_batchdocument', when='AFTER')),
        ),
        migrations.RunSQL(FULL, FULL_BACK),
        migrations.AddIndex(
            model_name='batchdocument',
            index=models.Index(condition=models.Q(('full', False)), fields=['batch', 'position'], name='still_to_be_coded'),
        ),
    ]
