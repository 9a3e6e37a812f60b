"""Text leaves by a takedown and by nothing else; a release is retracted, never changed.

`workbench_emptied` is what a takedown leaves of a row. The guards let exactly that happen, to rows
of a document that has a Takedown made by the same transaction.
"""

import annotations.project.identifiers
import django.db.models.deletion
from django.db import migrations, models

EMPTIED = r"""
CREATE FUNCTION workbench_word(p_text text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_text = '' THEN '' WHEN p_text IS NOT NULL THEN 'taken down' END
$$;

CREATE FUNCTION workbench_nameless(p_labels jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_agg(label || '{"holder_name": null}' ORDER BY place), '[]')
    FROM jsonb_array_elements(p_labels) WITH ORDINALITY AS labels (label, place)
$$;

CREATE FUNCTION workbench_emptied(p_table text, p_row jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT p_row || CASE p_table
    WHEN 'annotations_revision' THEN '{"quote": "", "holder_name": null, "memo": ""}'
    WHEN 'annotations_annotation' THEN '{"quote": "", "holder_name": null, "memo": ""}'
    WHEN 'annotations_snapshot' THEN jsonb_build_object(
         'spans', workbench_nameless(p_row->'spans'), 'reason', workbench_word(p_row->>'reason'))
    WHEN 'annotations_transition' THEN jsonb_build_object('reason', workbench_word(p_row->>'reason'))
    WHEN 'annotations_comment' THEN jsonb_build_object('text', workbench_word(p_row->>'text'))
    WHEN 'annotations_flag' THEN jsonb_build_object(
         'note', workbench_word(p_row->>'note'), 'settlement_reason', workbench_word(p_row->>'settlement_reason'))
    WHEN 'annotations_ruling' THEN jsonb_build_object('quote', '', 'holder_name', NULL,
         'reason', workbench_word(p_row->>'reason'), 'override_reason', workbench_word(p_row->>'override_reason'))
    WHEN 'annotations_releasedocument' THEN jsonb_build_object(
         'line', p_row->'line' || '{"title": null, "source_url": null, "attributes": []}')
    WHEN 'annotations_releasespan' THEN jsonb_build_object('quote', '', 'holder_name', NULL,
         'reason', workbench_word(p_row->>'reason'))
    WHEN 'annotations_releaseevidence' THEN jsonb_build_object('content', p_row->'content' || jsonb_build_object(
         'codings', (SELECT coalesce(jsonb_agg(coding || jsonb_build_object('labels', workbench_nameless(coding->'labels'))
                                               ORDER BY place), '[]')
                       FROM jsonb_array_elements(p_row->'content'->'codings') WITH ORDINALITY AS codings (coding, place))))
    WHEN 'annotations_document' THEN
         '{"title": "taken down", "source_url": "", "attributes": [], "repairs": [], "warnings": [], "text": "", "taken_down": true}'
  END
$$;

CREATE FUNCTION workbench_taken_down_now(p_document bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM annotations_takedown
                  WHERE document_id = p_document AND transaction = pg_current_xact_id()::text::bigint)
$$;

CREATE FUNCTION workbench_is_takedown(p_table text, p_before jsonb, p_after jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(p_after = workbench_emptied(p_table, p_before) AND workbench_taken_down_now(CASE p_table
    WHEN 'annotations_document' THEN (p_before->>'id')::bigint
    WHEN 'annotations_releaseevidence' THEN (SELECT document_id FROM annotations_releasedocument
                                              WHERE id = (p_before->>'released_id')::bigint)
    WHEN 'annotations_transition' THEN (SELECT document_id FROM annotations_assignment
                                         WHERE id = (p_before->>'assignment_id')::bigint)
    ELSE (p_before->>'document_id')::bigint END), false)
$$;
"""
EMPTIED_BACK = """
DROP FUNCTION workbench_is_takedown(text, jsonb, jsonb);
DROP FUNCTION workbench_taken_down_now(bigint);
DROP FUNCTION workbench_emptied(text, jsonb);
DROP FUNCTION workbench_nameless(jsonb);
DROP FUNCTION workbench_word(text);
"""

# Each guard as it was, and what it lets through beside that.
REFUSE = r"""
CREATE OR REPLACE FUNCTION workbench_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {exempt}RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
    DETAIL = format('Rows of %s are never changed or deleted.', TG_TABLE_NAME);
END $$;
"""
IN_TAKEDOWN = """IF TG_OP = 'UPDATE' THEN
    IF workbench_is_takedown(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
  END IF;
  """
ANNOTATION = r"""
CREATE OR REPLACE FUNCTION workbench_only_by_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {exempt}IF pg_trigger_depth() < 2 OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
      DETAIL = 'An annotation is written by its revisions only.';
  END IF;
  RETURN NEW;
END $$;
"""
AT_FIRST_HAND = """IF TG_OP = 'UPDATE' AND pg_trigger_depth() < 2 THEN
    IF workbench_is_takedown(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
  END IF;
  """
FLAG = r"""
CREATE OR REPLACE FUNCTION workbench_guard_flag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {exempt}IF (NEW.id, NEW.project_id, NEW.batch_id, NEW.document_id, NEW.assignment_id, NEW.by_id, NEW.kind, NEW.passage, NEW.proposed,
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
"""
BLOCK = r"""
CREATE OR REPLACE FUNCTION workbench_guard_block() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR workbench_is_assigned(OLD.document_id){exempt} THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'text-frozen',
      DETAIL = 'The text of a document is kept as it is.';
  END IF;
  RETURN OLD;
END $$;
"""
SOURCE = r"""
CREATE OR REPLACE FUNCTION workbench_guard_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.project_id, NEW.sha256, NEW.size) IS DISTINCT FROM (OLD.project_id, OLD.sha256, OLD.size)
     OR (NEW.content IS NOT NULL AND NEW.content IS DISTINCT FROM OLD.content){more} THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'source-immutable',
      DETAIL = 'The bytes of a source file are never changed; a takedown removes them and keeps the hash.';
  END IF;
  RETURN NEW;
END $$;
"""
WITHOUT_TAKEDOWN = """
     OR (NEW.content IS NULL AND OLD.content IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM annotations_document d WHERE d.source_id = OLD.id AND workbench_taken_down_now(d.id)))"""
TEXT = r"""
CREATE OR REPLACE FUNCTION workbench_guard_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {exempt}IF (NEW.text_sha256, NEW.length, NEW.source_id, NEW.project_id, NEW.part, NEW.version, NEW.encoding, NEW.repairs)
     IS DISTINCT FROM (OLD.text_sha256, OLD.length, OLD.source_id, OLD.project_id, OLD.part, OLD.version, OLD.encoding, OLD.repairs)
     AND workbench_is_assigned(OLD.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'text-frozen',
      DETAIL = 'Someone has been assigned to this text; a new cleaning is a new version of the document.';
  END IF;
  RETURN NEW;
END $$;
"""
TEXT_IN_TAKEDOWN = """IF NEW.taken_down <> OLD.taken_down THEN
    IF workbench_is_takedown(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'immutable',
      DETAIL = 'Text leaves by a takedown, and does not come back.';
  END IF;
  """
NONE_ARCHIVED = r"""
CREATE OR REPLACE FUNCTION workbench_none_archived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {more}IF EXISTS (SELECT 1 FROM annotations_archived WHERE document_id = NEW.document_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB409', MESSAGE = 'archived',
      DETAIL = 'This document is archived; put it back to have it coded.';
  END IF;
  RETURN NEW;
END $$;
"""
NONE_TAKEN_DOWN = """IF EXISTS (SELECT 1 FROM annotations_document WHERE id = NEW.document_id AND taken_down) THEN
    RAISE EXCEPTION USING ERRCODE = 'WB410', MESSAGE = 'taken-down', DETAIL = 'This document was taken down.';
  END IF;
  """
GUARDS = [
    REFUSE.replace("{exempt}", IN_TAKEDOWN),
    ANNOTATION.replace("{exempt}", AT_FIRST_HAND),
    FLAG.replace("{exempt}", IN_TAKEDOWN),
    BLOCK.replace("{exempt}", " AND NOT workbench_taken_down_now(OLD.document_id)"),
    SOURCE.replace("{more}", WITHOUT_TAKEDOWN),
    TEXT.replace("{exempt}", TEXT_IN_TAKEDOWN),
    NONE_ARCHIVED.replace("{more}", NONE_TAKEN_DOWN),
]
GUARDS_BACK = [
    each.replace("{exempt}", "").replace("{more}", "")
    for each in (REFUSE, ANNOTATION, FLAG, BLOCK, SOURCE, TEXT, NONE_ARCHIVED)
]

HASHES = r"""
ALTER TABLE annotations_document DROP CONSTRAINT text_is_its_hash, ADD CONSTRAINT text_is_its_hash CHECK (
  taken_down AND text = '' OR NOT taken_down
  AND text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex') AND length = char_length(text));
ALTER TABLE annotations_document DROP CONSTRAINT text_not_blank,
  ADD CONSTRAINT text_not_blank CHECK (taken_down OR NOT workbench_is_blank(text));
"""
HASHES_BACK = r"""
ALTER TABLE annotations_document DROP CONSTRAINT text_not_blank,
  ADD CONSTRAINT text_not_blank CHECK (NOT workbench_is_blank(text));
ALTER TABLE annotations_document DROP CONSTRAINT text_is_its_hash, ADD CONSTRAINT text_is_its_hash
  CHECK (text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex') AND length = char_length(text));
"""

# A new version of a document is read from bytes that may leave at the same moment.
NEW = r"""
CREATE FUNCTION workbench_check_new_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM annotations_source WHERE id = NEW.source_id AND content IS NOT NULL FOR KEY SHARE;
  IF NEW.taken_down OR NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'WB410', MESSAGE = 'taken-down', DETAIL = 'This document was taken down.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_check_new_document BEFORE INSERT ON annotations_document
  FOR EACH ROW WHEN (NEW.version > 1 OR NEW.taken_down) EXECUTE FUNCTION workbench_check_new_document();
"""
NEW_BACK = """
DROP TRIGGER workbench_check_new_document ON annotations_document;
DROP FUNCTION workbench_check_new_document();
"""

SEAL = r"""
CREATE FUNCTION workbench_seal_takedown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.transaction := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE TRIGGER workbench_seal_takedown BEFORE INSERT ON annotations_takedown
  FOR EACH ROW EXECUTE FUNCTION workbench_seal_takedown();
"""
SEAL_BACK = """
DROP TRIGGER workbench_seal_takedown ON annotations_takedown;
DROP FUNCTION workbench_seal_takedown();
"""

FOR_EVER = """
CREATE TRIGGER workbench_never_changed BEFORE UPDATE OR DELETE ON annotations_{0}
  FOR EACH ROW EXECUTE FUNCTION workbench_refuse_change();
CREATE TRIGGER workbench_never_emptied BEFORE TRUNCATE ON annotations_{0}
  FOR EACH STATEMENT EXECUTE FUNCTION workbench_refuse_change();
"""
FOR_EVER_BACK = """
DROP TRIGGER workbench_never_emptied ON annotations_{0};
DROP TRIGGER workbench_never_changed ON annotations_{0};
"""

# What is gone is gone: the state before could not say why there is no text.
NONE_LEFT = """
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM annotations_takedown) THEN
    RAISE EXCEPTION 'Documents were taken down; the database cannot go back to before there were takedowns.';
  END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0019_limits'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='taken_down',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.CreateModel(
            name='Retraction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.coder')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.project')),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='retraction', to='annotations.release')),
            ],
            options={
                'verbose_name': 'retraction',
                'verbose_name_plural': 'retractions',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='retraction_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Takedown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=annotations.project.identifiers.uuid7, editable=False, unique=True)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('transaction', models.BigIntegerField(default=0, editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.coder')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.document')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.project')),
            ],
            options={
                'verbose_name': 'takedown',
                'verbose_name_plural': 'takedowns',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='takedown_has_a_reason')],
            },
        ),
        migrations.RunSQL(EMPTIED, EMPTIED_BACK),
        migrations.RunSQL(HASHES, HASHES_BACK),
        migrations.RunSQL(GUARDS, GUARDS_BACK),
        migrations.RunSQL(NEW, NEW_BACK),
        migrations.RunSQL(SEAL, SEAL_BACK),
        *(
            migrations.RunSQL(FOR_EVER.format(table), FOR_EVER_BACK.format(table))
            for table in ("takedown", "retraction")
        ),
        migrations.RunSQL(migrations.RunSQL.noop, NONE_LEFT),
    ]
