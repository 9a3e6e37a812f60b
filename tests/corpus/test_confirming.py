"""Zones are proposed by rules and settled by a person."""

from __future__ import annotations

import pytest

from annotations.agreement.reports import report
from annotations.corpus.confirming import confirm_zones, take_back_zones
from annotations.corpus.models import Document, Passage
from annotations.project.refusals import Invalid, NotAllowed, NotVisible
from annotations.release.rows import zones as zone_rows
from annotations.release.schema import ZoneRow
from tests import cast as made
from tests.adjudication import makers
from tests.cast import NOW, Cast


@pytest.fixture
def article(cast: Cast) -> Document:
    row = made.document(
        cast.project, "Nights\n\nThey stayed.\n\nShare this\n", zones=["title", "body", "link"]
    )
    Passage.objects.filter(zone="link").update(zone_reason="share line")
    return row


def zones(document: Document) -> list[tuple[str, str, bool]]:
    return [
        (p.zone, p.zone_reason, p.zone_confirmed_at is not None) for p in document.passages.all()
    ]


def test_zones_are_confirmed_as_they_are_or_changed(cast: Cast, article: Document) -> None:
    assert confirm_zones(article, {1: "body", 2: "boilerplate"}, by=cast.mia, now=NOW) == 1
    assert zones(article) == [
        ("title", "", False),
        ("body", "", True),
        ("boilerplate", "by hand, was link: share line", True),
    ]


def test_a_zone_changed_back_still_says_what_the_rule_proposed(
    cast: Cast, article: Document
) -> None:
    for zone in ("body", "link"):
        confirm_zones(article, {2: zone}, by=cast.mia, now=NOW)
    assert zones(article)[2] == ("link", "by hand, was link: share line", True)


@pytest.mark.parametrize("wrong", [{9: "body"}, {1: "footer"}])
def test_what_is_not_there_is_refused_whole(
    cast: Cast, article: Document, wrong: dict[int, str]
) -> None:
    with pytest.raises(Invalid):
        confirm_zones(article, {0: "body", **wrong}, by=cast.mia, now=NOW)
    assert not any(confirmed for _, _, confirmed in zones(article))


def test_only_managers_settle_zones(cast: Cast, article: Document) -> None:
    with pytest.raises(NotAllowed):
        confirm_zones(article, {0: "body"}, by=cast.ada, now=NOW)
    with pytest.raises(NotVisible):
        confirm_zones(article, {0: "body"}, by=cast.dag, now=NOW)


def test_what_is_taken_back_is_the_proposal_of_the_rule_again(
    cast: Cast, article: Document
) -> None:
    proposed = zones(article)
    confirm_zones(article, {0: "title", 1: "caption", 2: "boilerplate"}, by=cast.mia, now=NOW)
    assert take_back_zones(article, [0, 1, 2], by=cast.mia) == 3
    assert zones(article) == proposed
    assert take_back_zones(article, [0], by=cast.mia) == 0
    with pytest.raises(NotAllowed):
        take_back_zones(article, [0], by=cast.ada)


@pytest.fixture
def coded(cast: Cast) -> Document:
    """Ada and ben have read three lines, and differ on the third."""
    row = makers.document(cast.project, "Nights.\nThey stayed.\nShare this.")
    batch = made.batch(cast.project, cast.edition, [row])
    said = ("Share this.", "burnout", "against")
    makers.coded(batch, row, {cast.coder(cast.ada): [said], cast.coder(cast.ben): []})
    return row


def test_boilerplate_leaves_agreement_and_comes_back_when_it_is_taken_back(
    cast: Cast, coded: Document
) -> None:
    def figures() -> tuple[int, float | None]:
        burnout = next(each for each in report(cast.project).themes if each.theme == "burnout")
        return report(cast.project).passages, burnout.whole.percent.value

    assert figures() == (3, pytest.approx(2 / 3))
    confirm_zones(coded, {2: "boilerplate"}, by=cast.mia, now=NOW)
    assert figures() == (2, 1.0)
    take_back_zones(coded, [2], by=cast.mia)
    assert figures() == (3, pytest.approx(2 / 3))


def test_boilerplate_is_named_in_what_is_exported_and_its_text_stays(
    cast: Cast, coded: Document
) -> None:
    confirm_zones(coded, {2: "boilerplate"}, by=cast.mia, now=NOW)
    found = zone_rows(list(coded.passages.order_by("index")))
    assert found == (ZoneRow(0, 20, "body"), ZoneRow(21, 32, "boilerplate"))
    coded.refresh_from_db()
    assert coded.text[21:32] == "Share this."
