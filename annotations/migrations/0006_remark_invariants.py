"""Comments are kept as written, flags are settled once; search gets its index where it can."""

from django.db import migrations

COMMENT = r"""
CREATE FUNCTION workbench_check_comment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  passage record;
  parent record;
BEGIN
  IF EXISTS (SELECT 1 FROM annotations_comment WHERE by_id = NEW.by_id AND operation = NEW.operation) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB001', MESSAGE = 'operation-known', DETAIL = 'This operation was carried out before.';
  END IF;
  IF NEW.assignment_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM annotations_assignment a WHERE a.id = NEW.assignment_id AND a.coder_id = NEW.by_id
          AND a.batch_id = NEW.batch_id AND a.document_id = NEW.document_id AND a.project_id = NEW.project_id)
     OR NOT EXISTS (SELECT 1 FROM annotations_coder WHERE id = NEW.by_id AND project_id = NEW.project_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'There is no such assignment of yours.';
  END IF;
  IF NEW.reply_to_id IS NOT NULL THEN
    SELECT c.batch_id, c.document_id, c.by_id INTO parent FROM annotations_comment c WHERE c.id = NEW.reply_to_id;
    IF parent.batch_id IS DISTINCT FROM NEW.batch_id OR parent.document_id IS DISTINCT FROM NEW.document_id
       OR parent.by_id <> NEW.by_id AND NOT coalesce(workbench_others_visible(NEW.batch_id, NEW.document_id), false) THEN
      RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'There is no such comment to answer.';
    END IF;
  END IF;
  SELECT start, "end" INTO passage FROM annotations_passage WHERE document_id = NEW.document_id AND index = NEW.passage;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'passage-unknown', COLUMN = 'passage',
      DETAIL = format('The document has no passage %s.', NEW.passage);
  END IF;
  IF (NEW.start IS NULL) <> (NEW."end" IS NULL)
     OR NEW.start >= NEW."end" OR NEW.start < passage.start OR NEW."end" > passage."end" THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'span-outside', COLUMN = 'start',
      DETAIL = format('start and end are both null, or a span inside the passage, [%s, %s).', passage.start, passage."end");
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_comment BEFORE INSERT ON annotations_comment
  FOR EACH ROW EXECUTE FUNCTION workbench_check_comment();

CREATE FUNCTION workbench_check_comment_mark() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  marked record;
BEGIN
  IF EXISTS (SELECT 1 FROM annotations_commentmark WHERE by_id = NEW.by_id AND operation = NEW.operation) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB001', MESSAGE = 'operation-known', DETAIL = 'This operation was carried out before.';
  END IF;
  SELECT by_id, batch_id, document_id, project_id INTO marked FROM annotations_comment WHERE id = NEW.comment_id;
  IF marked.project_id IS DISTINCT FROM NEW.project_id OR marked.by_id <> NEW.by_id AND (NEW.kind = 'withdrawn'
       OR NOT coalesce(workbench_others_visible(marked.batch_id, marked.document_id), false)) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'There is no such comment of yours.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_comment_mark BEFORE INSERT ON annotations_commentmark
  FOR EACH ROW EXECUTE FUNCTION workbench_check_comment_mark();
"""

COMMENT_BACK = """
DROP TRIGGER workbench_check_comment_mark ON annotations_commentmark;
DROP FUNCTION workbench_check_comment_mark();
DROP TRIGGER workbench_check_comment ON annotations_comment;
DROP FUNCTION workbench_check_comment();
"""

FLAG = r"""
CREATE FUNCTION workbench_check_flag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM annotations_flag WHERE by_id = NEW.by_id AND operation = NEW.operation) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB001', MESSAGE = 'operation-known', DETAIL = 'This operation was carried out before.';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM annotations_assignment a WHERE a.id = NEW.assignment_id AND a.coder_id = NEW.by_id
       AND a.batch_id = NEW.batch_id AND a.document_id = NEW.document_id AND a.project_id = NEW.project_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'There is no such assignment of yours.';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM annotations_passage WHERE document_id = NEW.document_id AND index = NEW.passage) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'passage-unknown', COLUMN = 'passage',
      DETAIL = format('The document has no passage %s.', NEW.passage);
  END IF;
  IF NEW.settled_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'not-from-here', DETAIL = 'A flag begins as waiting.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_flag BEFORE INSERT ON annotations_flag
  FOR EACH ROW EXECUTE FUNCTION workbench_check_flag();

CREATE FUNCTION workbench_guard_flag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.project_id, NEW.batch_id, NEW.document_id, NEW.assignment_id, NEW.by_id, NEW.kind, NEW.passage, NEW.proposed,
      NEW.note, NEW.operation, NEW.fingerprint, NEW.created_at) IS DISTINCT FROM
     (OLD.id, OLD.project_id, OLD.batch_id, OLD.document_id, OLD.assignment_id, OLD.by_id, OLD.kind, OLD.passage, OLD.proposed,
      OLD.note, OLD.operation, OLD.fingerprint, OLD.created_at)
     OR OLD.settled_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
     OR NEW.settled_at IS NOT NULL AND NEW.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
      DETAIL = 'A flag is withdrawn or settled once, and else stays as it was raised.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_guard_flag BEFORE UPDATE ON annotations_flag
  FOR EACH ROW EXECUTE FUNCTION workbench_guard_flag();
CREATE TRIGGER workbench_never_deleted BEFORE DELETE ON annotations_flag
  FOR EACH ROW EXECUTE FUNCTION workbench_refuse_change();
CREATE TRIGGER workbench_never_emptied BEFORE TRUNCATE ON annotations_flag
  FOR EACH STATEMENT EXECUTE FUNCTION workbench_refuse_change();
"""

FLAG_BACK = """
DROP TRIGGER workbench_never_emptied ON annotations_flag;
DROP TRIGGER workbench_never_deleted ON annotations_flag;
DROP TRIGGER workbench_guard_flag ON annotations_flag;
DROP FUNCTION workbench_guard_flag();
DROP TRIGGER workbench_check_flag ON annotations_flag;
DROP FUNCTION workbench_check_flag();
"""

FOR_EVER = ("comment", "commentmark")


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


# A server without contrib, or an account that may not install extensions, searches without the index.
INDEX = r"""
DO $$
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
  EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm is not available; search reads every passage.';
  END;
  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
    EXECUTE format('CREATE INDEX workbench_folded_trigrams ON annotations_foldedpassage USING gin (text %I.gin_trgm_ops)',
      (SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'pg_trgm'));
  END IF;
END $$;
"""

# The extension stays: others may use it.
INDEX_BACK = "DROP INDEX IF EXISTS workbench_folded_trigrams;"


class Migration(migrations.Migration):
    dependencies = [("annotations", "0005_remarks_preferences_search")]
    operations = [
        migrations.RunSQL(COMMENT, COMMENT_BACK),
        migrations.RunSQL(FLAG, FLAG_BACK),
        *never_changed(*FOR_EVER),
        migrations.RunSQL(INDEX, INDEX_BACK),
    ]
