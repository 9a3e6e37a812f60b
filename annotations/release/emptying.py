"""Where the text of a document stands beside itself, and how it leaves there.

What was typed elsewhere by hand (an example in a codebook, the notes of a release) is not known to
be of a document, and stays; a backup that was made before keeps what it has.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model, Q

from annotations.coding.models import Annotation
from annotations.coding.remarks import Comment, Flag
from annotations.corpus.folded import FoldedPassage
from annotations.corpus.models import (
    AcceptedWarning,
    Archived,
    Document,
    DocumentSketch,
    ImportFile,
    Source,
    Story,
    StoryCandidate,
    TextBlock,
)

OF_DOCUMENT = "r.document_id = ANY(%(documents)s)"
EMPTIED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("revision", ("quote", "holder_name", "memo"), OF_DOCUMENT),
    ("annotation", ("quote", "holder_name", "memo"), OF_DOCUMENT),
    ("snapshot", ("spans", "reason"), OF_DOCUMENT),
    ("comment", ("text",), OF_DOCUMENT),
    ("flag", ("note", "settlement_reason"), OF_DOCUMENT),
    ("ruling", ("quote", "holder_name", "reason", "override_reason"), OF_DOCUMENT),
    ("releasedocument", ("line",), OF_DOCUMENT),
    ("releasespan", ("quote", "holder_name", "reason"), OF_DOCUMENT),
    (
        "releaseevidence",
        ("content",),
        "r.released_id IN (SELECT id FROM annotations_releasedocument"
        " WHERE document_id = ANY(%(documents)s))",
    ),
    (
        "transition",
        ("reason",),
        "r.assignment_id IN (SELECT id FROM annotations_assignment"
        " WHERE document_id = ANY(%(documents)s))",
    ),
    (
        "document",
        ("title", "source_url", "attributes", "repairs", "warnings", "text", "taken_down"),
        "r.id = ANY(%(documents)s)",
    ),
)
"""Tables, the columns that `workbench_emptied` empties there, and which rows are of a document."""
WORD = "taken down"


def empty(documents: Sequence[int], source: int) -> None:
    """In the transaction of their Takedown rows. The source's own row is left to the caller."""
    titles = list(Document.objects.filter(pk__in=documents).values_list("title", flat=True))
    TextBlock.objects.filter(document__in=documents).delete()
    FoldedPassage.objects.filter(document__in=documents).delete()
    DocumentSketch.objects.filter(document__in=documents).delete()
    AcceptedWarning.objects.filter(document__in=documents).delete()
    _deliveries(documents, source)
    _stories(documents, titles)
    _log(documents, source)
    with connection.cursor() as cursor:
        for table, columns, which in EMPTIED:
            cursor.execute(_statement(table, columns, which), {"documents": list(documents)})
        _archived(documents)


def _statement(table: str, columns: Sequence[str], which: str) -> str:
    name = f"annotations_{table}"
    emptied = ", ".join(f"{column} = e.{column}" for column in columns)
    return (
        f"UPDATE {name} AS r SET {emptied} FROM {name} AS o CROSS JOIN LATERAL"  # noqa: S608 - names of ours
        f" jsonb_populate_record(o, workbench_emptied('{name}', to_jsonb(o))) AS e"
        f" WHERE o.id = r.id AND {which}"
    )


def _deliveries(documents: Sequence[int], source: int) -> None:
    """The files as they were delivered, also those that brought the same bytes again."""
    project, sha256 = Source.objects.values_list("project", "sha256").get(pk=source)
    same = Q(document__in=documents) | Q(delivery__project=project, sha256=sha256)
    rows = ImportFile.objects.filter(same)
    rows.exclude(reason="").update(reason=WORD)
    rows.update(content=None, name=WORD, reading={})


def _stories(documents: Sequence[int], titles: Sequence[str]) -> None:
    pairs = StoryCandidate.objects.filter(Q(first__in=documents) | Q(second__in=documents))
    pairs.filter(decision="").delete()
    pairs.update(evidence={})
    stories = Story.objects.filter(documents__in=documents)
    Story.objects.filter(pk__in=stories.values("pk"), title__in=titles).update(title="")


def _archived(documents: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        for table in ("archived", "archivedevent"):
            cursor.execute(
                f"UPDATE annotations_{table} SET reason = %s WHERE document_id = ANY(%s)",  # noqa: S608 - names of ours
                [WORD, list(documents)],
            )


def _log(documents: Sequence[int], source: int) -> None:
    """What the administration wrote down of its own deeds names rows by their first words."""
    of: dict[type[Model], list[str]] = {
        Document: [str(each) for each in documents],
        Source: [str(source)],
    }
    parts: tuple[type[Model], ...] = (Annotation, Comment, Flag, Archived)
    for part in parts:
        found = part._default_manager.filter(document__in=documents)
        of[part] = [str(key) for key in found.values_list("pk", flat=True)]
    for model, keys in of.items():
        rows = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
        rows.filter(object_id__in=keys).update(object_repr=WORD)
