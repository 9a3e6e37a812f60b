"""A release can be proven, and every broken link of the chain is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from annotations.release.models import Release
from annotations.release.proving import verify_release
from annotations.release.serving import ReleaseDamaged, frozen_file
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze


@contextmanager
def behind_its_back() -> Iterator[None]:
    """What only the database's owner can do: change rows while no trigger watches."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        ours = [table for table in tables if table.startswith("annotations_")]
        for table in ours:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        for table in ours:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def tamper(statement: str, *parameters: object) -> None:
    with behind_its_back(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        assert cursor.rowcount > 0


def faults(release: Release) -> set[str]:
    return {fault.code for fault in verify_release(release).faults}


def test_an_untouched_release_is_proven(corpus: Corpus) -> None:
    release = freeze(corpus)
    proof = verify_release(release)
    assert proof.holds, proof.faults
    assert (proof.sha256, proof.documents, proof.spans) == (release.sha256, 2, 3)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE annotations_release SET sha256 = repeat('0', 64)", {"hash"}),
        ("UPDATE annotations_release SET spans_total = 7", {"count"}),
        (
            "UPDATE annotations_releasespan SET stance = 'favor' WHERE origin = 'adjudicated'",
            {"hash", "line-hash", "ruling"},
        ),
        (
            "UPDATE annotations_releasespan SET stance = 'favor' WHERE origin = 'unanimous'",
            {"hash", "line-hash", "unanimity"},
        ),
        (
            "UPDATE annotations_releasespan SET quote = 'soup' WHERE origin = 'unanimous'",
            {"hash", "line-hash", "quote"},
        ),
        ("UPDATE annotations_releasespan SET revisions = '{4711}'", {"revisions"}),
        ("UPDATE annotations_releasedocument SET sha256 = repeat('0', 64)", {"line-hash"}),
        ("UPDATE annotations_releasedocument SET raw_sha256 = repeat('0', 64)", {"source-hash"}),
        (
            "UPDATE annotations_releaseevidence "
            "SET content = jsonb_set(content, '{passages,0,judged_by}', '7')",
            {"shape-hash"},
        ),
        ("UPDATE annotations_ruling SET reason = 'Something else.'", {"ruling"}),
        ("UPDATE annotations_ruling SET members = '{}'", {"ruling"}),
        ("UPDATE annotations_revision SET stance_id = NULL", {"unanimity"}),
        ("UPDATE annotations_revision SET start = start + 1", {"unanimity"}),
        ("UPDATE annotations_document SET repairs = '[]'", {"repairs"}),
        (
            "UPDATE annotations_document SET repairs = "
            """'[{"step": "decode", "encoding": "latin-1", "bom": 0}]' WHERE title = 'S'""",
            {"repairs"},
        ),
    ],
)
def test_whatever_is_changed_is_found(corpus: Corpus, statement: str, expected: set[str]) -> None:
    release = freeze(corpus)
    tamper(statement)
    release.refresh_from_db()
    found = faults(release)
    assert found & expected == expected


def test_another_text_is_found(corpus: Corpus) -> None:
    release = freeze(corpus)
    with behind_its_back(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE annotations_document DROP CONSTRAINT text_is_its_hash")
        cursor.execute(
            "UPDATE annotations_document SET text = replace(text, 'midnight', 'Midnight')"
        )
    assert {"hash", "line-hash", "text-hash", "quote", "repairs"} <= faults(release)


def test_damaged_rows_are_never_served(corpus: Corpus) -> None:
    release = freeze(corpus)
    tamper("UPDATE annotations_releasespan SET holder_name = 'Someone else'")
    with pytest.raises(ReleaseDamaged):
        frozen_file(release)
    folder = frozen_folder(release)
    assert [path.suffix for path in folder.iterdir()] == [".lock"]


def frozen_folder(release: Release):  # type: ignore[no-untyped-def]
    from pathlib import Path

    from django.conf import settings

    return Path(settings.DATA_DIR) / "cache" / "releases"
