"""Text, passages and codebooks: what may not change, and what a span must be."""

from django.db import migrations

SPAN = r"""
CREATE FUNCTION workbench_is_blank(p_text text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT btrim(p_text, U&'\0009\000A\000B\000C\000D\0020\0085\00A0\1680\2000\2001\2002\2003\2004\2005\2006\2007\2008\2009\200A\2028\2029\202F\205F\3000') = ''
$$;

CREATE FUNCTION workbench_check_span(p_document bigint, p_start integer, p_end integer, p_quote text)
RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
  total integer;
  found_text text;
BEGIN
  SELECT length INTO total FROM annotations_document WHERE id = p_document;
  IF p_start < 0 OR p_start >= p_end THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'span-empty', COLUMN = 'end',
      DETAIL = format('start (%s) must be at least 0 and less than end (%s).', p_start, p_end);
  END IF;
  IF p_end > total THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'span-past-end', COLUMN = 'end',
      DETAIL = format('end (%s) is past the end of the text, which has %s code points.', p_end, total);
  END IF;
  SELECT string_agg(text, '' ORDER BY index) INTO found_text FROM annotations_textblock
   WHERE document_id = p_document AND index BETWEEN p_start / 4096 AND (p_end - 1) / 4096;
  found_text := substr(found_text, p_start % 4096 + 1, p_end - p_start);
  IF found_text IS DISTINCT FROM p_quote THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'quote-mismatch', COLUMN = 'quote',
      DETAIL = format('The text at [%s, %s) is not the quote. Offsets are Unicode code points, half-open.', p_start, p_end);
  END IF;
  IF workbench_is_blank(p_quote) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB422', MESSAGE = 'quote-blank', COLUMN = 'quote',
      DETAIL = 'The quote is white space only.';
  END IF;
END $$;

CREATE FUNCTION workbench_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
    DETAIL = format('Rows of %s are never changed or deleted.', TG_TABLE_NAME);
END $$;

CREATE FUNCTION workbench_is_assigned(p_document bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM annotations_assignment WHERE document_id = p_document)
$$;
"""

SPAN_BACK = """
DROP FUNCTION workbench_is_assigned(bigint);
DROP FUNCTION workbench_refuse_change();
DROP FUNCTION workbench_check_span(bigint, integer, integer, text);
DROP FUNCTION workbench_is_blank(text);
"""

DOCUMENT = r"""
ALTER TABLE annotations_source ADD CONSTRAINT source_is_its_hash
  CHECK (content IS NULL OR (sha256 = encode(sha256(content), 'hex') AND size = length(content)));
ALTER TABLE annotations_document ADD CONSTRAINT text_is_its_hash
  CHECK (text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex') AND length = char_length(text));
ALTER TABLE annotations_document ADD CONSTRAINT text_has_lf_only CHECK (strpos(text, chr(13)) = 0);
ALTER TABLE annotations_document ADD CONSTRAINT text_not_blank CHECK (NOT workbench_is_blank(text));

CREATE FUNCTION workbench_guard_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.project_id, NEW.sha256, NEW.size) IS DISTINCT FROM (OLD.project_id, OLD.sha256, OLD.size)
     OR (NEW.content IS NOT NULL AND NEW.content IS DISTINCT FROM OLD.content) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'source-immutable',
      DETAIL = 'The bytes of a source file are never changed; a takedown removes them and keeps the hash.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_guard_source BEFORE UPDATE ON annotations_source
  FOR EACH ROW EXECUTE FUNCTION workbench_guard_source();

CREATE FUNCTION workbench_guard_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.text_sha256, NEW.length, NEW.source_id, NEW.project_id, NEW.part, NEW.version, NEW.encoding, NEW.repairs)
     IS DISTINCT FROM (OLD.text_sha256, OLD.length, OLD.source_id, OLD.project_id, OLD.part, OLD.version, OLD.encoding, OLD.repairs)
     AND workbench_is_assigned(OLD.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'text-frozen',
      DETAIL = 'Someone has been assigned to this text; a new cleaning is a new version of the document.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_guard_text BEFORE UPDATE ON annotations_document
  FOR EACH ROW EXECUTE FUNCTION workbench_guard_text();
"""

DOCUMENT_BACK = """
DROP TRIGGER workbench_guard_text ON annotations_document;
DROP FUNCTION workbench_guard_text();
DROP TRIGGER workbench_guard_source ON annotations_source;
DROP FUNCTION workbench_guard_source();
ALTER TABLE annotations_document DROP CONSTRAINT text_not_blank;
ALTER TABLE annotations_document DROP CONSTRAINT text_has_lf_only;
ALTER TABLE annotations_document DROP CONSTRAINT text_is_its_hash;
ALTER TABLE annotations_source DROP CONSTRAINT source_is_its_hash;
"""

PARTS = r"""
CREATE FUNCTION workbench_check_blocks() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER workbench_check_blocks AFTER INSERT ON annotations_textblock
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION workbench_check_blocks();

CREATE FUNCTION workbench_check_passages() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER workbench_check_passages AFTER INSERT ON annotations_passage
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION workbench_check_passages();

CREATE FUNCTION workbench_guard_passage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.document_id, NEW.index, NEW.start, NEW."end", NEW.paragraph, NEW.sentence)
     IS NOT DISTINCT FROM (OLD.document_id, OLD.index, OLD.start, OLD."end", OLD.paragraph, OLD.sentence) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' OR workbench_is_assigned(OLD.document_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'text-frozen',
      DETAIL = 'Where a passage begins and ends is never changed, and none is deleted once someone has been assigned to the text.';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER workbench_guard_passage BEFORE UPDATE OR DELETE ON annotations_passage
  FOR EACH ROW EXECUTE FUNCTION workbench_guard_passage();

CREATE FUNCTION workbench_guard_block() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR workbench_is_assigned(OLD.document_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'text-frozen',
      DETAIL = 'The text of a document is kept as it is.';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER workbench_guard_block BEFORE UPDATE OR DELETE ON annotations_textblock
  FOR EACH ROW EXECUTE FUNCTION workbench_guard_block();
"""

PARTS_BACK = """
DROP TRIGGER workbench_guard_block ON annotations_textblock;
DROP FUNCTION workbench_guard_block();
DROP TRIGGER workbench_guard_passage ON annotations_passage;
DROP FUNCTION workbench_guard_passage();
DROP TRIGGER workbench_check_passages ON annotations_passage;
DROP FUNCTION workbench_check_passages();
DROP TRIGGER workbench_check_blocks ON annotations_textblock;
DROP FUNCTION workbench_check_blocks();
"""

CODEBOOK = r"""
CREATE FUNCTION workbench_guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.frozen_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'edition-frozen',
    DETAIL = format('Edition %s is in use and frozen; draft the next edition instead.', OLD.number);
END $$;
CREATE TRIGGER workbench_guard_edition BEFORE UPDATE OR DELETE ON annotations_edition
  FOR EACH ROW EXECUTE FUNCTION workbench_guard_edition();

CREATE FUNCTION workbench_guard_edition_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted bigint[] := ARRAY[]::bigint[];
BEGIN
  IF TG_OP <> 'INSERT' THEN wanted := wanted || OLD.edition_id; END IF;
  IF TG_OP <> 'DELETE' THEN wanted := wanted || NEW.edition_id; END IF;
  IF EXISTS (SELECT 1 FROM annotations_edition WHERE id = ANY (wanted) AND frozen_at IS NOT NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'edition-frozen',
      DETAIL = 'This codebook edition is in use and frozen; draft the next edition instead.';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER workbench_guard_theme BEFORE INSERT OR UPDATE OR DELETE ON annotations_theme
  FOR EACH ROW EXECUTE FUNCTION workbench_guard_edition_part();
CREATE TRIGGER workbench_guard_stance BEFORE INSERT OR UPDATE OR DELETE ON annotations_stancevalue
  FOR EACH ROW EXECUTE FUNCTION workbench_guard_edition_part();
"""

CODEBOOK_BACK = """
DROP TRIGGER workbench_guard_stance ON annotations_stancevalue;
DROP TRIGGER workbench_guard_theme ON annotations_theme;
DROP FUNCTION workbench_guard_edition_part();
DROP TRIGGER workbench_guard_edition ON annotations_edition;
DROP FUNCTION workbench_guard_edition();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_foundation")]
    operations = [
        migrations.RunSQL(SPAN, SPAN_BACK),
        migrations.RunSQL(DOCUMENT, DOCUMENT_BACK),
        migrations.RunSQL(PARTS, PARTS_BACK),
        migrations.RunSQL(CODEBOOK, CODEBOOK_BACK),
    ]
