"""A save reads as little of a full table as of an empty one."""

from __future__ import annotations

from uuid import uuid4

from django.db import connection, transaction

from annotations.coding import recording
from annotations.coding.bodies import parse
from annotations.coding.showing import work_of
from tests.cast import NOW, Cast, assignment, batch, body_of, document

READ = """
SELECT relname, seq_scan FROM pg_stat_xact_user_tables
 WHERE relname IN ('annotations_annotation', 'annotations_revision') ORDER BY 1
"""


def whole_reads() -> list[tuple[str, int]]:
    """How often this transaction has read each of the two tables from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return cursor.fetchall()


def test_what_was_planned_on_empty_tables_reads_none_of_them_whole(live_cast: Cast) -> None:
    text = document(live_cast.project, "Nights in the lab are long.")
    round_ = batch(live_cast.project, live_cast.edition, [text])
    work = assignment(round_, text, live_cast.coder(live_cast.ada))
    body = parse(body_of(work, "Nights"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE annotations_annotation, annotations_revision")
    with transaction.atomic():
        before = whole_reads()
        for _ in range(7):  # more than a statement is planned anew for
            recording.annotate(work_of(work), uuid4(), body, operation=uuid4(), now=NOW)
        assert [name for name, _ in before] == ["annotations_annotation", "annotations_revision"]
        assert whole_reads() == before
