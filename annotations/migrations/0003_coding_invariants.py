"""Slots and states, the one way to save an annotation, and what is never changed again."""

from django.db import migrations

BATCH = r"""
ALTER TABLE annotations_assignment ADD CONSTRAINT assignment_is_of_the_batch
  FOREIGN KEY (batch_id, document_id) REFERENCES annotations_batchdocument (batch_id, document_id);

CREATE FUNCTION workbench_check_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM annotations_edition e
                  WHERE e.id = NEW.edition_id AND e.project_id = NEW.project_id AND e.frozen_at IS NOT NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'edition-not-frozen',
      DETAIL = 'A batch needs a frozen codebook edition of its own project.';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.edition_id, NEW.project_id, NEW.kind) IS DISTINCT FROM (OLD.edition_id, OLD.project_id, OLD.kind)
     AND EXISTS (SELECT 1 FROM annotations_assignment WHERE batch_id = OLD.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'batch-in-use',
      DETAIL = 'People code in this batch; its kind and codebook edition stay as they are.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_batch BEFORE INSERT OR UPDATE ON annotations_batch
  FOR EACH ROW EXECUTE FUNCTION workbench_check_batch();

CREATE FUNCTION workbench_check_batch_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM annotations_batch b JOIN annotations_document d ON d.id = NEW.document_id
                  WHERE b.id = NEW.batch_id AND b.project_id = NEW.project_id AND d.project_id = NEW.project_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'other-project', COLUMN = 'document',
      DETAIL = 'Batch and document belong to different projects.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_batch_document BEFORE INSERT OR UPDATE ON annotations_batchdocument
  FOR EACH ROW EXECUTE FUNCTION workbench_check_batch_document();
"""

BATCH_BACK = """
DROP TRIGGER workbench_check_batch_document ON annotations_batchdocument;
DROP FUNCTION workbench_check_batch_document();
DROP TRIGGER workbench_check_batch ON annotations_batch;
DROP FUNCTION workbench_check_batch();
ALTER TABLE annotations_assignment DROP CONSTRAINT assignment_is_of_the_batch;
"""

ASSIGNMENT = r"""
CREATE FUNCTION workbench_adjudication_started(p_batch bigint, p_document bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM annotations_ruling WHERE batch_id = p_batch AND document_id = p_document)
      OR EXISTS (SELECT 1 FROM annotations_releasedocument WHERE document_id = p_document)
$$;

CREATE FUNCTION workbench_check_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  allowed integer;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
      DETAIL = 'An assignment is given back or replaced, never deleted.';
  END IF;
  IF TG_OP = 'INSERT' OR NEW.slot <> OLD.slot THEN
    SELECT coalesce(i.slots, b.slots) INTO allowed
      FROM annotations_batch b
      JOIN annotations_batchdocument i ON i.batch_id = b.id AND i.document_id = NEW.document_id
      JOIN annotations_document d ON d.id = i.document_id AND d.project_id = NEW.project_id
      JOIN annotations_coder c ON c.id = NEW.coder_id AND c.project_id = NEW.project_id
     WHERE b.id = NEW.batch_id AND b.project_id = NEW.project_id AND b.opened_at IS NOT NULL
       FOR SHARE OF d;
    IF allowed IS NULL THEN
      RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'not-assignable',
        DETAIL = 'The batch is not open, or batch, document and coder are not of one project.';
    END IF;
    IF NEW.slot > allowed THEN
      RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'slot-too-high', COLUMN = 'slot',
        DETAIL = format('This document is coded by %s; there is no slot %s.', allowed, NEW.slot);
    END IF;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state NOT IN ('claimed', 'in_progress') THEN
      RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'not-from-here', DETAIL = 'An assignment begins as claimed.';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.project_id, NEW.batch_id, NEW.document_id, NEW.coder_id) IS DISTINCT FROM
     (OLD.project_id, OLD.batch_id, OLD.document_id, OLD.coder_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
      DETAIL = 'Whose an assignment is, and of what, is never changed.';
  END IF;
  IF NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  IF NOT (
       (OLD.state IN ('claimed', 'in_progress') AND NEW.state IN ('in_progress', 'submitted', 'skipped', 'expired', 'released'))
    OR (OLD.state IN ('submitted', 'skipped', 'expired', 'released') AND NEW.state = 'in_progress')
  ) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'not-from-here',
      DETAIL = format('An assignment that is %s cannot become %s.', OLD.state, NEW.state);
  END IF;
  IF OLD.state = 'submitted' AND workbench_adjudication_started(OLD.batch_id, OLD.document_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'adjudication-started',
      DETAIL = 'Adjudication of this document has started; the submission stands.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_assignment BEFORE INSERT OR UPDATE OR DELETE ON annotations_assignment
  FOR EACH ROW EXECUTE FUNCTION workbench_check_assignment();
"""

ASSIGNMENT_BACK = """
DROP TRIGGER workbench_check_assignment ON annotations_assignment;
DROP FUNCTION workbench_check_assignment();
DROP FUNCTION workbench_adjudication_started(bigint, bigint);
"""

SAVE = r"""
CREATE FUNCTION workbench_others_visible(p_batch bigint, p_document bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (SELECT count(DISTINCT a.slot) FROM annotations_assignment a
           WHERE a.batch_id = p_batch AND a.document_id = p_document AND a.submitted_at IS NOT NULL
             AND a.state IN ('claimed', 'in_progress', 'submitted'))
      >= (SELECT coalesce(i.slots, b.slots) FROM annotations_batch b
            JOIN annotations_batchdocument i ON i.batch_id = b.id AND i.document_id = p_document
           WHERE b.id = p_batch)
$$;

CREATE FUNCTION workbench_save() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  work record;
  now_there annotations_annotation%ROWTYPE;
BEGIN
  SELECT a.id, a.project_id, a.coder_id, a.document_id, a.batch_id, a.state, a.submitted_at, a.last_activity_at, b.edition_id INTO work
    FROM annotations_assignment a JOIN annotations_batch b ON b.id = a.batch_id
   WHERE a.id = NEW.assignment_id FOR NO KEY UPDATE OF a;
  IF EXISTS (SELECT 1 FROM annotations_revision WHERE coder_id = NEW.coder_id AND operation = NEW.operation) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB001', MESSAGE = 'operation-known', DETAIL = 'This operation was carried out before.';
  END IF;
  IF work.id IS NULL OR work.coder_id <> NEW.coder_id THEN
    RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'There is no such assignment of yours.';
  END IF;
  SELECT * INTO now_there FROM annotations_annotation WHERE id = NEW.annotation_id FOR UPDATE;
  IF now_there.id IS NOT NULL AND now_there.assignment_id <> work.id
     OR now_there.id IS NULL AND (NEW.base IS NOT NULL OR NEW.deleted) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'There is no such annotation in this assignment.';
  END IF;
  IF work.state = 'submitted' THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'assignment-submitted',
      DETAIL = 'This document is submitted. Take the submission back to change it.';
  END IF;
  IF now_there.id IS NOT NULL AND now_there.revision IS DISTINCT FROM NEW.base THEN
    RAISE EXCEPTION USING ERRCODE = 'WB412', MESSAGE = 'stale',
      DETAIL = format('The annotation is at revision %s by now.', now_there.revision);
  END IF;

  NEW.project_id := work.project_id;
  NEW.document_id := work.document_id;
  NEW.number := coalesce(now_there.revision, 0) + 1;
  NEW.late := work.state NOT IN ('claimed', 'in_progress');
  NEW.after_discussion := work.submitted_at IS NOT NULL AND workbench_others_visible(work.batch_id, work.document_id);
  IF NEW.deleted THEN
    NEW.start := now_there.start; NEW."end" := now_there."end"; NEW.quote := now_there.quote;
    NEW.theme_id := now_there.theme_id; NEW.stance_id := now_there.stance_id;
    NEW.holder_kind := now_there.holder_kind; NEW.holder_name := now_there.holder_name;
    NEW.certainty := now_there.certainty; NEW.memo := now_there.memo;
  ELSE
    IF NOT EXISTS (SELECT 1 FROM annotations_theme WHERE id = NEW.theme_id AND edition_id = work.edition_id) THEN
      RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'theme-unknown', COLUMN = 'theme',
        DETAIL = 'The codebook edition of this batch has no such theme.';
    END IF;
    IF NEW.stance_id IS NOT NULL AND NOT EXISTS
       (SELECT 1 FROM annotations_stancevalue WHERE id = NEW.stance_id AND edition_id = work.edition_id) THEN
      RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'stance-unknown', COLUMN = 'stance',
        DETAIL = 'The codebook edition of this batch has no such stance.';
    END IF;
    PERFORM workbench_check_span(work.document_id, NEW.start, NEW."end", NEW.quote);
  END IF;

  IF now_there.id IS NULL THEN
    INSERT INTO annotations_annotation (id, project_id, assignment_id, coder_id, document_id, revision, deleted, start, "end",
        quote, theme_id, stance_id, holder_kind, holder_name, certainty, memo, created_at, updated_at)
    VALUES (NEW.annotation_id, NEW.project_id, NEW.assignment_id, NEW.coder_id, NEW.document_id, NEW.number, false, NEW.start, NEW."end",
        NEW.quote, NEW.theme_id, NEW.stance_id, NEW.holder_kind, NEW.holder_name, NEW.certainty, NEW.memo, NEW.created_at, NEW.created_at);
  ELSE
    UPDATE annotations_annotation SET revision = NEW.number, deleted = NEW.deleted, start = NEW.start, "end" = NEW."end",
        quote = NEW.quote, theme_id = NEW.theme_id, stance_id = NEW.stance_id, holder_kind = NEW.holder_kind,
        holder_name = NEW.holder_name, certainty = NEW.certainty, memo = NEW.memo, updated_at = NEW.created_at
     WHERE id = NEW.annotation_id;
  END IF;
  IF work.state = 'claimed' OR work.state = 'in_progress' AND work.last_activity_at < NEW.created_at - interval '1 minute' THEN
    UPDATE annotations_assignment SET state = 'in_progress', last_activity_at = greatest(last_activity_at, NEW.created_at) WHERE id = work.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_save BEFORE INSERT ON annotations_revision FOR EACH ROW EXECUTE FUNCTION workbench_save();

CREATE FUNCTION workbench_only_by_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
      DETAIL = 'An annotation is written by its revisions only.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_only_by_revision BEFORE INSERT OR UPDATE OR DELETE ON annotations_annotation
  FOR EACH ROW EXECUTE FUNCTION workbench_only_by_revision();
"""

SAVE_BACK = """
DROP TRIGGER workbench_only_by_revision ON annotations_annotation;
DROP FUNCTION workbench_only_by_revision();
DROP TRIGGER workbench_save ON annotations_revision;
DROP FUNCTION workbench_save();
DROP FUNCTION workbench_others_visible(bigint, bigint);
"""

FOR_EVER = ("revision", "snapshot", "transition")


def never_changed(*tables: str) -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            f"""
            CREATE TRIGGER workbench_never_changed BEFORE UPDATE OR DELETE ON annotations_{table}
              FOR EACH ROW EXECUTE FUNCTION workbench_refuse_change();
            CREATE TRIGGER workbench_never_emptied BEFORE TRUNCATE ON annotations_{table}
              FOR EACH STATEMENT EXECUTE FUNCTION workbench_refuse_change();
            """,
            f"""
            DROP TRIGGER workbench_never_emptied ON annotations_{table};
            DROP TRIGGER workbench_never_changed ON annotations_{table};
            """,
        )
        for table in tables
    ]


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_text_invariants")]
    operations = [
        migrations.RunSQL(BATCH, BATCH_BACK),
        migrations.RunSQL(ASSIGNMENT, ASSIGNMENT_BACK),
        migrations.RunSQL(SAVE, SAVE_BACK),
        *never_changed(*FOR_EVER),
    ]
