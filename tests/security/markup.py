"""Markup in whatever people can write: every column of words, and the texts themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from annotations.corpus.models import Document, Passage, TextBlock

SHORT = "\"'><x-p x-p>"
"""Twelve characters that end an attribute of either kind and begin an element and an attribute."""
LONG = (
    "\"'><x-p x-p=1 onclick=hostile=1></x-p></script></textarea></title></style>-->]]>"
    "<script>window.hostile=1</script><img src=/hostile onerror=window.hostile=1>"
    "<svg onload=window.hostile=1></svg>\u2028${1}{{7*7}}{% now %}"
)
ADDRESS = f"javascript:window.hostile=1//{SHORT}"

# Written by people or by files of theirs.
WORDS = {
    "User": ("name", "email", "username"),
    "Project": ("name",),
    "Coder": ("pseudonym",),
    "ApiToken": ("name",),
    "Edition": ("note",),
    "StanceValue": ("label", "definition", "glyph", "hotkey"),
    "Theme": (
        *("code", "name", "definition", "include", "exclude", "examples", "counter_examples"),
        *("proposition", "stance_labels", "hotkey"),
    ),
    "Story": ("title",),
    "Source": ("name",),
    "Attribute": ("name", "choices"),
    "Document": (
        *("external_id", "title", "source_url", "attributes", "part", "language", "encoding"),
    ),
    "Passage": ("language",),
    "Archived": ("reason",),
    "ImportFile": ("name", "reason"),
    "Batch": ("name", "promotion_reason"),
    "Transition": ("reason",),
    "Annotation": ("holder_name", "memo"),
    "Revision": ("holder_name", "memo"),
    "Snapshot": ("reason",),
    "Sweep": ("reason",),
    "Ruling": ("holder_name", "reason", "override_reason"),
    "Hand": ("left_reason",),
    "Seat": ("freed_reason",),
    "Comment": ("text",),
    "Flag": ("proposed", "note", "settlement_reason"),
    "BackupRun": ("name", "detail"),
    "Release": ("notes",),
    "ReleaseSpan": ("holder_name", "adjudicator", "reason"),
    "Freezing": ("notes", "reason"),
    "Takedown": ("reason",),
    "Retraction": ("reason",),
}
# Names, codes, fingerprints and figures that only the code writes, or that are held to a pattern or
# to what is theirs by a constraint; and texts, which `in_texts` marks.
OURS = {
    "User": ("password", "language"),
    "Project": ("slug",),
    "Membership": ("role",),
    "SignInLink": ("token_hash",),
    "ApiToken": ("token_hash", "scopes"),
    "Preference": ("data",),
    "Edition": ("changes",),
    "StanceValue": ("key",),
    "Theme": ("key",),
    "DocumentSketch": ("anchors",),
    "StoryCandidate": ("relation", "evidence", "decision"),
    "Source": ("sha256", "takedown_reason"),
    "Attribute": ("key", "kind"),
    "Document": (*("story_relation", "languages", "repairs", "warnings", "text", "text_sha256"),),
    "AcceptedWarning": ("warning",),
    "TextBlock": ("text",),
    "Passage": ("zone", "zone_reason"),
    "ImportFile": ("sha256", "reading", "outcome"),
    "Batch": ("kind", "allocation"),
    "Assignment": ("state",),
    "Transition": ("from_state", "to_state", "fingerprint"),
    "Annotation": ("quote", "holder_kind"),
    "Revision": ("fingerprint", "quote", "holder_kind"),
    "Snapshot": ("spans",),
    "Sweep": ("theme", "differs"),
    "Ruling": ("dispute", "decision", "quote", "holder_kind", "clause"),
    "Point": ("kind", "result", "key", "family", "pairs"),
    "Hand": ("languages",),
    "Comment": ("fingerprint",),
    "CommentMark": ("kind", "fingerprint"),
    "Flag": ("kind", "fingerprint", "settlement"),
    "FoldedPassage": ("text", "run"),
    "Saying": ("said",),
    "Tally": ("state",),
    "BackupRun": ("kind", "checksum"),
    "Release": ("schema_version", "sha256", "manifest"),
    "ReleaseDocument": ("sha256", "text_sha256", "raw_sha256", "line"),
    "ReleaseEvidence": ("content",),
    "ReleaseSpan": ("quote", "label", "stance", "holder_kind", "origin", "clause"),
    "Freezing": ("shares", "state"),
    "FreezingProgress": ("step",),
}


def columns() -> Iterator[tuple[str, str]]:
    """(model, column) of every column of ours that can hold words; histories repeat them."""
    for model in apps.get_app_config("annotations").get_models():
        name = model.__name__
        if hasattr(model, "pgh_id") or name.endswith("Event"):
            continue
        for column in model._meta.local_fields:
            if _holds_words(column):
                yield name, column.name


def _holds_words(column: Any) -> bool:
    inner = getattr(column, "base_field", column)
    return isinstance(inner, models.CharField | models.TextField | models.JSONField)


def enter() -> int:
    """Markup into every column of words of a database that nobody needs afterwards.

    Gives how many rows and columns took it. Triggers and constraints, which would refuse most of
    it, are set aside: pages hold without them.
    """
    taken = 0
    with connection.cursor() as cursor:
        models_ = apps.get_app_config("annotations").get_models()
        tables = [model._meta.db_table for model in models_]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _let_all_in(cursor)
        in_texts()
        for name, fields in WORDS.items():
            model = apps.get_model("annotations", name)
            for row in model._base_manager.all():
                values = {field: _marked(model, row, field) for field in fields}
                taken += len(values)
                model._base_manager.filter(pk=row.pk).update(**values)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return taken


def _let_all_in(cursor: Any) -> None:
    cursor.execute(
        "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)"
        " FROM pg_constraint WHERE contype = 'c' AND conrelid::regclass::text LIKE 'annotations%'"
    )
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)


def _marked(model: Any, row: Any, field: str) -> Any:
    column, value = model._meta.get_field(field), getattr(row, field)
    if isinstance(column, models.JSONField):
        return _leaves(value)
    if field == "source_url":
        return ADDRESS
    words = f"{row.pk}{LONG}"  # some have to differ from the others
    longest = column.max_length or len(words)
    if longest > len(SHORT) + 8:
        return words[:longest]
    return f"{chr(0x4E00 + int(row.pk) % 20_000)}{SHORT}"[:longest]  # a key of one character, too


def _leaves(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _leaves(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_leaves(each) for each in value]
    return LONG if isinstance(value, str) else value


def in_texts() -> None:
    """Every passage that is long enough begins with markup; quotes say what their place says."""
    for document in Document.objects.all():
        text = document.text
        for passage in Passage.objects.filter(document=document):
            if passage.end - passage.start > len(SHORT):
                end = passage.start + len(SHORT)
                text = text[: passage.start] + SHORT + text[end:]
        Document.objects.filter(pk=document.pk).update(text=text)
        for block in TextBlock.objects.filter(document=document):
            part = text[block.index * 4096 : (block.index + 1) * 4096]
            TextBlock.objects.filter(pk=block.pk).update(text=part)
    with connection.cursor() as cursor:
        for table in ("annotation", "revision", "ruling"):
            cursor.execute(
                f'UPDATE annotations_{table} q SET quote = substr(d.text, q.start + 1, q."end" - q.start)'  # noqa: S608 - names of this code
                " FROM annotations_document d WHERE d.id = q.document_id AND q.quote <> ''"
            )
