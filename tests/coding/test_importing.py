"""Annotations from elsewhere: each line costs itself at most, and what stands is what was said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from annotations.assignment.claiming import claim_next
from annotations.assignment.models import Batch, Transition
from annotations.coding.import_seats import Round
from annotations.coding.importing import Import, Outcome, import_annotations
from annotations.coding.models import Annotation, Revision
from annotations.corpus.models import Document
from annotations.project.members import begin
from annotations.project.refusals import NotAllowed, NotVisible
from tests.cast import NOW, Cast, document
from tests.coding.lines import FAMILY, TEXT, code_of, imported, line, outcomes, raw


def test_what_a_line_says_is_an_annotation_of_its_coder(cast: Cast, text: Document) -> None:
    given = str(uuid4())
    coded_at = NOW - timedelta(days=400)
    said = line(
        text,
        FAMILY,
        id=given,
        holder={"kind": "person", "name": "Ana 🦊"},
        certainty=2,
        memo="=1+1\n\tso",
        created_at=coded_at.isoformat(),
    )
    (told, done) = imported(cast, said)
    assert (told.line, told.outcome, str(told.annotation)) == (1, "created", given)
    row = Annotation.objects.select_related("coder", "theme", "stance").get(pk=given)
    assert (row.quote, TEXT[row.start : row.end]) == (FAMILY, FAMILY)
    assert (row.coder.pseudonym, row.coder.user) == ("annotator A", None)
    assert (row.theme.key, row.stance and row.stance.key) == ("secrecy", "against")
    assert (row.holder_kind, row.holder_name) == ("person", "Ana 🦊")
    assert (row.certainty, row.memo, row.created_at) == (2, "=1+1\n\tso", coded_at)
    assert Revision.objects.get().annotation_id == row.pk
    assert done == Outcome(None, "done", counts={"created": 1})


def test_who_brought_it_stays_with_the_work(cast: Cast, text: Document) -> None:
    imported(cast, line(text, "Pay"))
    change = Transition.objects.get()
    assert (change.by, change.reason) == (cast.coder(cast.mia), "imported")


def test_only_managers_import(cast: Cast, text: Document) -> None:
    for user, refusal in ((cast.ada, NotAllowed), (cast.cleo, NotAllowed), (cast.dag, NotVisible)):
        with pytest.raises(refusal):
            import_annotations(
                cast.project, raw([line(text, "Pay")]), Import(Round("R")), by=user, now=NOW
            )
    assert not Batch.objects.exists()


def test_a_bad_line_costs_that_line(cast: Cast, text: Document) -> None:
    good = line(text, "Pay")
    bad: list[tuple[Any, tuple[str, str]]] = [
        (b"{", ("", "not-json")),
        (b'{"a": NaN}', ("", "not-json")),
        (b"[1]", ("", "not-an-object")),
        (b"\xff", ("", "not-utf8")),
        (b'{"document": "x\\u0000"}', ("document", "unstorable-text")),
        ({**good, "quote": "pay"}, ("quote", "quote-mismatch")),
        ({**good, "start": 1}, ("quote", "quote-mismatch")),
        ({**good, "start": -1}, ("start", "range")),
        ({**good, "end": 10**6}, ("end", "span-past-end")),
        ({**good, "theme": "nonsense"}, ("theme", "theme-unknown")),
        ({**good, "stance": "nonsense"}, ("stance", "stance-unknown")),
        ({**good, "certainty": 4}, ("certainty", "certainty")),
        ({**good, "holder": {"kind": "king"}}, ("holder.kind", "holder-kind")),
        ({**good, "document": str(uuid4())}, ("document", "document-unknown")),
        ({**good, "document": None}, ("document", "required")),
        ({**good, "coder": ""}, ("coder", "required")),
        ({**good, "coder": "x" * 41}, ("coder", "coder-name")),
        ({**good, "coder": "a\u202eb"}, ("coder", "coder-name")),
        ({**good, "coder": "coder-01"}, ("coder", "coder-reserved")),
        ({**good, "coder": "coder-77"}, ("coder", "coder-reserved")),
        ({**good, "id": "one"}, ("id", "uuid")),
        ({**good, "created_at": "yesterday"}, ("created_at", "time")),
        ({**good, "created_at": "2025-01-01T00:00:00"}, ("created_at", "time")),
        ({**good, "created_at": "2999-01-01T00:00:00Z"}, ("created_at", "in-the-future")),
        ({**good, "offset_unit": "furlong"}, ("offset_unit", "unit")),
        ({**good, "colour": "red"}, ("colour", "unknown-field")),
        ({**good, "deleted": True}, ("deleted", "withdrawn")),
        ({**good, "text_sha256": "0" * 64}, ("text_sha256", "text-differs")),
    ]
    lines = [said for said, _ in bad]
    told = imported(cast, good, *lines, line(text, "family"))
    assert outcomes(told) == ["created", *["refused"] * len(bad), "created"]
    assert [code_of(each) for each in told[1:-2]] == [expected for _, expected in bad]
    assert [each.line for each in told[:-1]] == list(range(1, len(bad) + 3))
    assert Annotation.objects.count() == 2


def test_an_import_can_be_repeated(cast: Cast, text: Document) -> None:
    lines = [line(text, "Pay", id=str(uuid4())), line(text, "Pay"), line(text, "secret")]
    first = imported(cast, *lines)
    again = imported(cast, *lines, now=NOW + timedelta(days=1))
    assert outcomes(first) == ["created"] * 3
    assert outcomes(again) == ["already-there"] * 3
    assert [each.annotation for each in again] == [each.annotation for each in first]
    assert Revision.objects.count() == 3


def test_what_a_coder_changed_since_is_still_there(cast: Cast, text: Document) -> None:
    """Imported work belongs to its coder, who may go on with it."""
    said = line(text, "Pay", coder="ada")
    imported(cast, said)
    mine = claim_next(cast.project, by=cast.ada, now=NOW)
    assert mine is not None
    assert mine.coder == cast.coder(cast.ada)
    assert outcomes(imported(cast, said)) == ["already-there"]


def test_two_lines_that_are_one_are_one_annotation(cast: Cast, text: Document) -> None:
    said = line(text, "Pay")
    assert outcomes(imported(cast, said, said)) == ["created", "already-there"]
    bad = {**said, "quote": "pay"}
    assert outcomes(imported(cast, bad, bad)) == ["refused", "refused"]


def test_an_id_that_comes_with_something_else_is_refused(cast: Cast, text: Document) -> None:
    given = str(uuid4())
    told = imported(cast, line(text, "Pay", id=given), line(text, "family", id=given))
    assert outcomes(told) == ["created", "refused"]
    assert code_of(told[1]) == ("id", "id-taken")
    assert Annotation.objects.get().quote == "Pay"


def test_the_same_lines_may_come_into_two_rounds(cast: Cast, text: Document) -> None:
    """An id that is taken by other work gets a copy, the same one each time."""
    said = line(text, "Pay", id=str(uuid4()))
    (first, _), (second, _) = imported(cast, said), imported(cast, said, name="Another")
    assert (first.outcome, second.outcome) == ("created", "created")
    assert first.annotation != second.annotation
    (again, _) = imported(cast, said, name="Another")
    assert (again.outcome, again.annotation) == ("already-there", second.annotation)


@pytest.mark.parametrize("unit", ["utf16", "utf8"])
def test_offsets_of_another_unit_are_converted(cast: Cast, text: Document, unit: str) -> None:
    coding, width = ("utf-16-le", 2) if unit == "utf16" else ("utf-8", 1)

    def counted(quote: str) -> dict[str, Any]:
        start = len(TEXT[: TEXT.index(quote)].encode(coding)) // width
        end = start + len(quote.encode(coding)) // width
        return line(text, quote, start=start, end=end, offset_unit=unit)

    quotes = ["Pay", "💶", "薪酬", FAMILY, "family minds."]
    told = imported(cast, *map(counted, quotes))
    assert outcomes(told) == ["created"] * 5
    assert {row.quote: TEXT[row.start : row.end] for row in Annotation.objects.all()} == dict(
        zip(quotes, quotes, strict=True)
    )


def test_an_offset_inside_a_character_is_refused_rather_than_rounded(
    cast: Cast, text: Document
) -> None:
    inside = line(text, "💶", start=5, end=6, offset_unit="utf16")
    outside = line(text, "💶", start=0, end=10**6, offset_unit="utf8")
    told = imported(cast, inside, outside)
    assert [code_of(each) for each in told[:2]] == [("start", "not-between-characters")] * 2


@pytest.mark.parametrize("way", ["document", "external_id", "text_sha256", "raw_sha256"])
def test_a_document_is_found_by_whatever_names_it(cast: Cast, way: str) -> None:
    row = document(cast.project, TEXT)
    Document.objects.filter(pk=row.pk).update(external_id="12")
    document(cast.project, "Another.")
    names = {
        "document": str(row.uuid),
        "external_id": "12",
        "text_sha256": row.text_sha256,
        "raw_sha256": row.source.sha256,
    }
    told = imported(
        cast,
        line(row, "Pay", document=None, **{way: names[way]} if way != "document" else {})
        | ({"document": names[way]}),
    )
    assert outcomes(told) == ["created"]
    assert told[0].document == row.uuid


def test_a_name_of_two_documents_is_refused(cast: Cast, text: Document) -> None:
    other = document(cast.project, "Pay.")
    Document.objects.update(external_id="same")
    told = imported(cast, line(text, "Pay", document="same"))
    assert code_of(told[0]) == ("document", "document-ambiguous")
    assert other.text.startswith("Pay")


def test_a_document_of_another_project_does_not_exist(cast: Cast, text: Document) -> None:
    elsewhere = document(begin("other", "Other", by=cast.dag), TEXT)
    told = imported(cast, line(elsewhere, "Pay"))
    assert code_of(told[0]) == ("document", "document-unknown")
