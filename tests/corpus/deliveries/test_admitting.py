"""A draft becomes rows, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from django.db import DatabaseError, connection
from pytest_django import DjangoAssertNumQueries

from annotations.corpus.deliveries.admitting import Admission, admit
from annotations.corpus.models import Document, Outcome, Passage, Source, TextBlock
from annotations.corpus.readers.reading import Draft, read
from annotations.corpus.texts.normalising import rebuild
from annotations.project.models import Project
from annotations.project.refusals import Invalid
from tests.cast import Cast

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
STORY = "A strike in the lab\n\nThe night was long. Nobody left before two.\n"

# Press files to which something happened on their way; all of them are let in.
DAMAGED = {
    "utf-8 with a byte order mark": b"\xef\xbb\xbf" + STORY.encode(),
    "NUL bytes in the text": b"The night\x00 was long.\x00\n",
    "Latin-1": "Les salariés ont été épuisés à Genève, près de la forêt.\n".encode("latin-1"),
    "UTF-16 with its mark": STORY.encode("utf-16"),
    "UTF-16 without its mark": STORY.encode("utf-16-le"),
    "big-endian UTF-16 without its mark": STORY.encode("utf-16-be"),
    "carriage returns": b"One line.\r\nAnother.\rA third.",
    "surrogates encoded one by one": b"Half \xed\xa0\xbd, a pair \xed\xa0\xbd\xed\xb8\x80.",
    "lone surrogates in UTF-16": "\ufeffA lone \ud83d half and a \U0001f600 whole.".encode(
        "utf-16-le", "surrogatepass"
    ),
    "bytes that are no text here and there": b"The night was l\xffng and nobody left.\n",
}


def taken_in(project: Project, data: bytes, name: str = "story.txt") -> Admission:
    return admit(read(name, data), data, into=project, name=name)


def gaps(document: Document) -> str:
    """What no passage covers."""
    covered = 0
    left = []
    for start, end in document.passages.values_list("start", "end"):
        left.append(document.text[covered:start])
        covered = end
    return "".join([*left, document.text[covered:]])


@pytest.mark.parametrize("row", [TextBlock, Passage])
def test_what_a_text_consists_of_names_its_project(
    cast: Cast, row: type[TextBlock] | type[Passage]
) -> None:
    document = taken_in(cast.project, STORY.encode()).document
    rows = list(row.objects.filter(document=document))
    row.objects.filter(document=document).delete()
    for each in rows:
        each.project = Project.objects.get_or_create(slug="press", name="Press")[0]
    with pytest.raises(DatabaseError, match="another project|are not its text"):
        row.objects.bulk_create(rows)


def test_bytes_text_blocks_and_passages_are_kept(cast: Cast) -> None:
    data = STORY.encode()
    admission = taken_in(cast.project, data)
    document = Document.objects.get(uuid=admission.document.uuid)
    assert admission.outcome is Outcome.ADDED
    assert bytes(document.source.content or b"") == data
    assert document.text == STORY
    assert document.title == "A strike in the lab"
    drawn = [STORY[p.start : p.end] for p in document.passages.all()]
    assert drawn == ["A strike in the lab", "The night was long.", "Nobody left before two."]


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_files_come_in_whole_and_lead_back_to_their_bytes(cast: Cast, damage: str) -> None:
    data = DAMAGED[damage]
    document = Document.objects.get(pk=taken_in(cast.project, data).document.pk)
    assert bytes(document.source.content or b"") == data
    assert "\x00" not in document.text
    assert "\r" not in document.text
    assert document.text.encode() is not None  # no lone surrogate
    assert not gaps(document).strip()
    assert rebuild(data, document.repairs)[0] == document.text


def test_a_line_of_ten_megabytes_comes_in(cast: Cast) -> None:
    data = ((" and nobody left" * 63)[1:] + ". Then ").encode() * 10_000
    document = taken_in(cast.project, data).document
    assert document.length == len(data) > 10_000_000
    assert TextBlock.objects.filter(document=document).count() == -(-len(data) // 4096)
    assert Passage.objects.filter(document=document).count() > 9_000


def test_the_same_bytes_again_are_already_there(cast: Cast) -> None:
    first = taken_in(cast.project, STORY.encode())
    again = taken_in(cast.project, STORY.encode(), name="another name.txt")
    assert again.outcome is Outcome.ALREADY_THERE
    assert again.document == first.document
    assert Source.objects.count() == Document.objects.count() == 1


def test_the_same_bytes_may_be_in_two_projects(cast: Cast) -> None:
    other = Project.objects.create(slug="other", name="Other")
    taken_in(cast.project, STORY.encode())
    assert taken_in(other, STORY.encode()).outcome is Outcome.ADDED


def test_two_at_once_with_the_same_bytes_add_one(live_cast: Cast) -> None:
    barrier = Barrier(2)

    def one() -> Outcome:
        try:
            barrier.wait(timeout=120)
            return taken_in(live_cast.project, STORY.encode()).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(future.result() for future in [pool.submit(one), pool.submit(one)])
    assert outcomes == [Outcome.ADDED, Outcome.ALREADY_THERE]
    assert Document.objects.count() == 1


def test_a_long_title_is_clipped(cast: Cast) -> None:
    data = STORY.encode()
    draft = replace(read("story.txt", data), title="x" * 900)
    assert len(admit(draft, data, into=cast.project, name="story.txt").document.title) == 500


def test_a_draft_costs_the_same_statements_at_any_length(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    data = (STORY * 400).encode()
    draft = read("long.txt", data)
    # savepoint, sources, documents sought, keys of sources, documents, blocks, keys of passages,
    # release; passages and their searchable form by COPY, which is not counted
    with django_assert_num_queries(8):
        admit(draft, data, into=cast.project, name="long.txt")


LOSSES: dict[str, Callable[[Draft], Draft]] = {
    "one in the middle left out": lambda d: replace(d, passages=[d.passages[0], d.passages[2]]),
    "the end left out": lambda d: replace(d, passages=d.passages[:-1]),
    "none at all": lambda d: replace(d, passages=[]),
    "in another order": lambda d: replace(d, passages=d.passages[::-1]),
    "two over the same text": lambda d: replace(
        d, passages=[d.passages[0], replace(d.passages[1], start=0), d.passages[2]]
    ),
    "past the end": lambda d: replace(
        d, passages=[*d.passages[:2], replace(d.passages[2], end=len(d.text) + 1)]
    ),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_passages_that_lose_text_are_refused_and_leave_nothing(cast: Cast, loss: str) -> None:
    data = STORY.encode()
    with pytest.raises(Invalid, match="code point"):
        admit(LOSSES[loss](read("a.txt", data)), data, into=cast.project, name="a.txt")
    assert not Source.objects.exists()


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the five press files are not beside this checkout")
def test_the_press_files_come_in_whole(cast: Cast) -> None:
    for path in sorted(CORPUS.glob("*.txt")):
        data = path.read_bytes()
        document = taken_in(cast.project, data, name=path.name).document
        assert not gaps(document).strip()
        assert rebuild(data, document.repairs)[0] == document.text
    assert Document.objects.count() == 5


def test_what_fits_a_page_is_stored_uncompressed(cast: Cast) -> None:
    data = ("The night was long, and nobody left before two. " * 100).encode()
    added = taken_in(cast.project, data).document
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_column_compression(content), pg_column_compression(b.text)"
            "  FROM annotations_source s, annotations_textblock b"
            " WHERE s.id = %s AND b.document_id = %s AND b.index = 0",
            [added.source_id, added.pk],
        )
        assert cursor.fetchall() == [(None, None)]
