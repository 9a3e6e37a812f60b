"""Rulings are checked and kept; releases are sealed."""

from django.db import migrations

RULING = r"""
CREATE FUNCTION workbench_check_ruling() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  batch record;
  latest integer;
BEGIN
  SELECT b.edition_id, b.project_id INTO batch
    FROM annotations_batchdocument i JOIN annotations_batch b ON b.id = i.batch_id
   WHERE i.batch_id = NEW.batch_id AND i.document_id = NEW.document_id AND b.project_id = NEW.project_id
     FOR NO KEY UPDATE OF i;
  IF batch.edition_id IS NULL OR NOT EXISTS
     (SELECT 1 FROM annotations_coder WHERE id = NEW.by_id AND project_id = NEW.project_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB404', MESSAGE = 'not-found', DETAIL = 'The document is not of this batch.';
  END IF;
  IF EXISTS (SELECT 1 FROM annotations_ruling WHERE by_id = NEW.by_id AND operation = NEW.operation) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB001', MESSAGE = 'operation-known', DETAIL = 'This ruling was made before.';
  END IF;
  SELECT coalesce(max(number), 0) INTO latest FROM annotations_ruling
   WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id;
  IF NEW.number <> latest + 1 THEN
    RAISE EXCEPTION USING ERRCODE = 'WB412', MESSAGE = 'stale',
      DETAIL = format('Another ruling was made meanwhile; the document is at version %s.', latest);
  END IF;
  IF NEW.override_reason = '' AND EXISTS (
       SELECT 1 FROM annotations_assignment WHERE batch_id = NEW.batch_id AND document_id = NEW.document_id
          AND coder_id = NEW.by_id AND state IN ('claimed', 'in_progress', 'submitted')) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB403', MESSAGE = 'coded-by-oneself',
      DETAIL = 'Nobody adjudicates a document they coded, unless overridden with a reason.';
  END IF;
  IF NEW.theme_id IS NOT NULL AND NOT EXISTS
     (SELECT 1 FROM annotations_theme WHERE id = NEW.theme_id AND edition_id = batch.edition_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'theme-unknown', COLUMN = 'theme',
      DETAIL = 'The codebook edition of this batch has no such theme.';
  END IF;
  IF NEW.stance_id IS NOT NULL AND NOT EXISTS
     (SELECT 1 FROM annotations_stancevalue WHERE id = NEW.stance_id AND edition_id = batch.edition_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'stance-unknown', COLUMN = 'stance',
      DETAIL = 'The codebook edition of this batch has no such stance.';
  END IF;
  PERFORM workbench_check_span(NEW.document_id, NEW.start, NEW."end", NEW.quote);
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_ruling BEFORE INSERT ON annotations_ruling
  FOR EACH ROW EXECUTE FUNCTION workbench_check_ruling();
"""

RULING_BACK = """
DROP TRIGGER workbench_check_ruling ON annotations_ruling;
DROP FUNCTION workbench_check_ruling();
"""

RELEASE = r"""
CREATE FUNCTION workbench_seal_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.transaction := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_seal_release BEFORE INSERT ON annotations_release
  FOR EACH ROW EXECUTE FUNCTION workbench_seal_release();

CREATE FUNCTION workbench_check_release_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM annotations_release
                  WHERE id = NEW.release_id AND transaction = pg_current_xact_id()::text::bigint) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'release-sealed',
      DETAIL = 'A release is complete when it is made; nothing is added later.';
  END IF;
  IF TG_TABLE_NAME = 'annotations_releasespan' THEN
    PERFORM workbench_check_span(NEW.document_id, NEW.start, NEW."end", NEW.quote);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_release_row BEFORE INSERT ON annotations_releasedocument
  FOR EACH ROW EXECUTE FUNCTION workbench_check_release_row();
CREATE TRIGGER workbench_check_release_row BEFORE INSERT ON annotations_releasespan
  FOR EACH ROW EXECUTE FUNCTION workbench_check_release_row();
"""

RELEASE_BACK = """
DROP TRIGGER workbench_check_release_row ON annotations_releasespan;
DROP TRIGGER workbench_check_release_row ON annotations_releasedocument;
DROP FUNCTION workbench_check_release_row();
DROP TRIGGER workbench_seal_release ON annotations_release;
DROP FUNCTION workbench_seal_release();
"""

FOR_EVER = ("ruling", "release", "releasedocument", "releasespan")


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
    dependencies = [("annotations", "0003_coding_invariants")]
    operations = [
        migrations.RunSQL(RULING, RULING_BACK),
        migrations.RunSQL(RELEASE, RELEASE_BACK),
        *never_changed(*FOR_EVER),
    ]
