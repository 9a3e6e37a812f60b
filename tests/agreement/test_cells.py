"""From a figure to the passages behind it."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.agreement.cell_names import NOTHING, Asked
from annotations.agreement.cell_walk import AT_ONCE
from annotations.agreement.cells import Page, passages
from annotations.agreement.reports import report
from annotations.agreement.submissions import Submitted, submitted
from annotations.assignment.models import Assignment
from annotations.corpus.models import Document, Passage
from annotations.project.members import enrol
from annotations.project.refusals import Invalid, NotAllowed
from tests import cast as made
from tests.adjudication import makers
from tests.cast import Cast

TEXT = "\n".join(f"Line {number} is about work." for number in range(10))


def line(number: int, theme: str = "burnout", stance: str = "against") -> makers.Coding:
    return (f"Line {number} is about work.", theme, stance)


@pytest.fixture
def document(cast: Cast) -> Document:
    """Line 0 agreed on, 1 burnout or secrecy, 2 ben alone, 3 another stance, 4 a sub-theme."""
    row = makers.document(cast.project, TEXT, zones=["body"] * 9 + ["title"])
    batch = made.batch(cast.project, cast.edition, [row])
    ada = [line(0), line(1), line(3), line(4, "long_hours"), line(9)]
    ben = [line(0), line(1, "secrecy"), line(2), line(3, stance="favor"), line(4, "long_hours")]
    makers.coded(batch, row, {cast.coder(cast.ada): ada, cast.coder(cast.ben): ben})
    return row


def behind(cast: Cast, *, after: str = "", **asked: Any) -> Page:
    return passages(
        cast.project, Asked(**asked), batch=None, edition=None, after=after, by=cast.mia
    )


def lines(found: Page) -> list[int]:
    return [row.passage for row in found.rows]


def test_passages_that_differ_come_first(cast: Cast, document: Document) -> None:
    found = behind(cast, theme="burnout")
    assert lines(found) == [1, 2, 0, 3, 4]
    assert (found.total, found.differing) == (5, 2)
    assert [row.differs for row in found.rows] == [True, True, False, False, False]


def test_what_each_coder_said_stands_side_by_side(cast: Cast, document: Document) -> None:
    first = behind(cast, theme="burnout").rows[0]
    assert [(side.coder, side.said[0].theme) for side in first.sides] == [
        ("coder-01", "burnout"),
        ("coder-02", "secrecy"),
    ]
    assert first.text.text == "Line 1 is about work."
    assert behind(cast, theme="burnout").rows[1].sides[0].said == ()


def test_a_confusion_leads_to_what_was_confused(cast: Cast, document: Document) -> None:
    assert lines(behind(cast, theme="burnout", other="secrecy")) == [1]
    assert lines(behind(cast, theme="secrecy", other="burnout")) == [1]
    assert lines(behind(cast, theme="burnout", other=NOTHING)) == [2]
    assert lines(behind(cast, theme="burnout", other="burnout")) == [0, 3, 4]
    assert lines(behind(cast, theme=NOTHING, other=NOTHING)) == [5, 6, 7, 8]


def test_every_confusion_has_its_passages(cast: Cast, document: Document) -> None:
    measured = report(cast.project).measured
    assert measured is not None
    found = measured.confused
    for x, row in zip(found.names, found.times, strict=True):
        for y, times in zip(found.names, row, strict=True):
            cell = behind(cast, theme=x or NOTHING, other=y or NOTHING)
            assert cell.total == times, (x, y)


def test_stances_lead_to_passages_that_both_gave_the_theme(cast: Cast, document: Document) -> None:
    assert lines(behind(cast, theme="burnout", on="stance")) == [3, 0, 4]
    assert lines(behind(cast, theme="burnout", stance="against", other_stance="favor")) == [3]
    assert lines(behind(cast, theme="burnout", stance="against", other_stance="against")) == [0, 4]
    assert lines(behind(cast, theme="burnout", on="voice")) == [0, 3, 4]


def test_a_sub_theme_has_passages_of_its_own(cast: Cast, document: Document) -> None:
    assert lines(behind(cast, theme="long_hours")) == [4]


def test_titles_pairs_and_languages_narrow_it(cast: Cast, document: Document) -> None:
    Passage.objects.filter(document=document, index=2).update(language="fr")
    assert lines(behind(cast, theme="burnout", titles=True)) == [9]
    assert lines(behind(cast, theme="burnout", language="fr")) == [2]
    assert behind(cast, theme="burnout", pair=("coder-01", "coder-02")).total == 5
    assert behind(cast, pair=("coder-01", "coder-02")).differing == 2


def test_a_third_coder_is_left_out_of_a_pair(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row], slots=3)
    eve = enrol(made.person("eve"), cast.project, roles=["annotator"])
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [line(0)], ben: [line(0)], eve: [line(1)]})
    assert behind(cast, theme="burnout").differing == 2
    assert behind(cast, theme="burnout", pair=(ada.pseudonym, ben.pseudonym)).differing == 0


def test_what_somebody_still_codes_is_not_shown(cast: Cast) -> None:
    rows = [makers.document(cast.project, TEXT), makers.document(cast.project, f"{TEXT}\nMore.")]
    batch = made.batch(cast.project, cast.edition, rows, slots=3)
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, rows[0], {ada: [line(0)], ben: [line(1)]})
    found = behind(cast, theme="burnout")
    assert (found.total, found.hidden) == (0, 1)


def test_later_submissions_change_nothing(cast: Cast, document: Document) -> None:
    work = Assignment.objects.get(document=document, coder=cast.coder(cast.ben))
    makers.take_back(work)
    makers.save(work, line(8))
    makers.submit(work)
    assert lines(behind(cast, theme="burnout")) == [1, 2, 0, 3, 4]


def test_pages_follow_one_another_and_the_first_says_how_many_there_are(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(f"Line {number} is about work." for number in range(AT_ONCE + 5))
    row = makers.document(cast.project, text)
    batch = made.batch(cast.project, cast.edition, [row])
    said = [line(number) for number in range(AT_ONCE + 5)]
    makers.coded(batch, row, {cast.coder(cast.ada): said, cast.coder(cast.ben): said})
    first = behind(cast, theme="burnout")
    second = behind(cast, theme="burnout", after=first.after)
    assert [*lines(first), *lines(second)] == list(range(AT_ONCE + 5))
    assert (first.total, first.differing) == (AT_ONCE + 5, 0)
    assert (second.total, second.after) == (None, "")
    monkeypatch.setattr("annotations.agreement.cell_walk.FEW", 0)
    assert behind(cast, theme="burnout").total is None


def test_where_nothing_is_found_more_texts_are_looked_at_in_one_go(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [makers.document(cast.project, f"Line 0 is about work.\n{n}") for n in range(10)]
    batch = made.batch(cast.project, cast.edition, rows)
    for row in rows:
        makers.coded(batch, row, {cast.coder(cast.ada): [line(0)], cast.coder(cast.ben): []})
    Passage.objects.filter(document=rows[-1]).update(language="fr")
    looked: list[int] = []

    def counted(*args: Any, among: list[int]) -> list[Submitted]:
        looked.append(len(among))
        return submitted(*args, among=among)

    monkeypatch.setattr("annotations.agreement.cell_walk.AT_ONCE", 1)
    monkeypatch.setattr("annotations.agreement.cell_walk.submitted", counted)
    found = behind(cast, theme="burnout", language="fr")
    assert [row.document.pk for row in found.rows] == [rows[-1].pk]
    assert looked[:3] == [2, 3, 5]


@pytest.mark.parametrize(
    "asked",
    [
        {"theme": "nonsense"},
        {"theme": "burnout", "other": "nonsense"},
        {"theme": "burnout", "stance": "nonsense"},
        {"theme": "burnout", "on": "nonsense"},
        {"pair": ("coder-01",)},
        {"pair": ("coder-01", "coder-01")},
        {"language": "xx"},
    ],
)
def test_a_cell_that_there_is_not_is_refused(
    cast: Cast, document: Document, asked: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        behind(cast, **asked)


def test_codings_of_others_are_for_managers_and_adjudicators(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        passages(cast.project, Asked(), batch=None, edition=None, by=cast.ada)


def test_before_anything_is_submitted_there_is_nothing(cast: Cast) -> None:
    assert behind(cast, theme="burnout").total == 0
