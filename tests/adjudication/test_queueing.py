"""The next dispute: in which order, from where on, and not the same for two at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from annotations.adjudication.models import Point, Standing
from annotations.adjudication.queueing import HOLD, Next, Wanted, next_point
from annotations.corpus.models import Document
from annotations.project.models import User
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.adjudication.test_ruling import decide
from tests.cast import NOW, Cast


@pytest.fixture
def texts(cast: Cast) -> list[Document]:
    """Three documents: nights and pay are disputed in each, pay between ada and ben."""
    rows = [makers.document(cast.project, f"{makers.TEXT}\n{n}", title=f"{n}") for n in range(3)]
    batch = made.batch(cast.project, cast.edition, rows)
    for row in rows:
        coding = {
            cast.coder(cast.ada): [makers.NIGHTS, makers.PAY],
            cast.coder(cast.ben): [makers.PAY_PRAISED],
        }
        makers.coded(batch, row, coding)
    return rows


def sent(cast: Cast, user: User, *, later: timedelta = timedelta(), **wanted: object) -> Next:
    found = next_point(
        cast.project,
        Wanted(**wanted),  # type: ignore[arg-type]
        by=cast.coder(user),
        now=NOW + later,
    )
    assert found is not None
    return found


def test_by_document_they_come_in_the_order_of_the_round(cast: Cast, texts: list[Document]) -> None:
    first = sent(cast, cast.cleo)
    assert (first.document, first.family) == (texts[0].uuid, "burnout")
    decide(texts[0], "reject", cast.cleo)
    second = sent(cast, cast.cleo)
    assert (second.document, second.family) == (texts[0].uuid, "secrecy")
    decide(texts[0], "reject", cast.cleo)
    assert sent(cast, cast.cleo).document == texts[1].uuid


def test_after_a_place_the_next_one_follows_and_then_the_first(
    cast: Cast, texts: list[Document]
) -> None:
    here = the_case(texts[0]).disputes[0]
    after = sent(cast, cast.cleo, after=(texts[0].uuid, here.start))
    assert (after.document, after.family) == (texts[0].uuid, "secrecy")
    assert sent(cast, cast.cleo, after=(texts[2].uuid, 9999)).document == texts[0].uuid
    assert sent(cast, cast.cleo, after=(UUID(int=0), 0)).document == texts[0].uuid


def test_by_theme_one_theme_goes_through_all_documents(cast: Cast, texts: list[Document]) -> None:
    found = []
    for text in texts:
        point = sent(cast, cast.cleo, by="theme", theme="secrecy")
        found.append((point.document, point.family))
        decide(text, "reject", cast.cleo, dispute=point.key)
    assert found == [(text.uuid, "secrecy") for text in texts]
    assert sent(cast, cast.cleo, by="theme", theme="secrecy").family == "burnout"


def test_by_pair_only_what_those_two_differ_about(cast: Cast, texts: list[Document]) -> None:
    rita = made.enrol(made.person("eve"), cast.project, roles=["annotator"])
    row = makers.document(cast.project, f"{makers.TEXT}\nmore")
    batch = made.batch(cast.project, cast.edition, [row], name="Round 2")
    makers.coded(batch, row, {cast.coder(cast.ada): [makers.PAY], rita: []})
    sent(cast, cast.cleo)
    others = Point.objects.get(standing__document=row).pairs
    found = sent(cast, cast.cleo, by="pair", pair=others[0])
    assert (found.document, list(found.pairs)) == (row.uuid, others)


def test_disputes_and_the_sample_can_be_asked_for_alone(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row], checked_share=1.0)
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [makers.NIGHTS, makers.PAY], ben: [makers.PAY]})
    assert sent(cast, cast.cleo, of="disputes").family == "burnout"
    assert sent(cast, cast.cleo, of="sample").key == "passage-0"


def test_two_at_once_are_sent_to_two_documents(cast: Cast, texts: list[Document]) -> None:
    first, second = sent(cast, cast.cleo), sent(cast, cast.mia)
    assert first.document != second.document
    assert sent(cast, cast.cleo).document == first.document


def test_a_hold_ends_by_itself_and_blocks_nobody(cast: Cast, texts: list[Document]) -> None:
    for text in texts[1:]:
        for _ in range(2):
            decide(text, "reject", cast.cleo)
    sent(cast, cast.cleo)
    assert sent(cast, cast.mia).document == texts[0].uuid
    assert Standing.objects.get(document=texts[0]).held_by == cast.coder(cast.mia)
    later = HOLD + timedelta(seconds=1)
    assert sent(cast, cast.cleo, later=later).document == texts[0].uuid


def test_nobody_is_sent_to_what_they_coded(cast: Cast, texts: list[Document]) -> None:
    found = next_point(cast.project, Wanted(), by=cast.coder(cast.ada), now=NOW)
    assert found is None


def test_where_nothing_waits_there_is_no_next(cast: Cast, document: Document) -> None:
    decide(document, "reject", cast.cleo)
    assert next_point(cast.project, Wanted(), by=cast.coder(cast.cleo), now=NOW) is None


def test_a_project_does_not_see_what_waits_in_another(cast: Cast, document: Document) -> None:
    other = made.Project.objects.create(slug="other", name="Other")
    coder = made.enrol(cast.dag, other, roles=["adjudicator"])
    assert next_point(other, Wanted(), by=coder, now=NOW) is None
