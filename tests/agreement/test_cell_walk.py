"""Page after page of a cell is all of it: what reading every submission at once would find."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from annotations.agreement import cell_walk
from annotations.agreement.cell_names import NOTHING, Asked, cell_of
from annotations.agreement.cells import passages
from annotations.agreement.gathering import gather
from annotations.agreement.judging import numbered
from annotations.agreement.layouts import Layout
from annotations.agreement.reports import roots_of
from annotations.agreement.selecting import behind
from annotations.agreement.submissions import Selection, submitted
from annotations.assignment.models import Assignment, Batch
from annotations.corpus.models import Document
from annotations.project.refusals import Invalid
from tests.agreement.varied import varied
from tests.cast import Cast

Row = tuple[int, int, bool]
"""A document, a passage of it, whether coders differ."""
VALUES = ("burnout", "long_hours", "secrecy", "compensation", NOTHING)
TAKES = ("favor", "against", NOTHING)


def cells() -> list[Asked]:
    """Every kind of cell that a figure leads to."""
    confused = [Asked(theme=x, other=y) for x, y in product(VALUES, ("secrecy", NOTHING))]
    stances = [
        Asked(theme=theme, stance=x, other_stance=y)
        for theme, x, y in product(VALUES[:1], TAKES, TAKES)
    ]
    of_one = [Asked(theme=theme, on=on) for theme in VALUES[:2] for on in ("", "stance", "voice")]
    narrowed = [
        Asked(theme=theme, **more)
        for theme in ("", "burnout")
        for more in ({"titles": True}, {"language": "fr"}, {"pair": ("coder-01", "coder-02")})
    ]
    return [Asked(), *confused, *stances, *of_one, *narrowed]


class Definition:
    """All submissions at once, and of them the passages of documents that all have submitted."""

    def __init__(self, selection: Selection) -> None:
        snapshots = submitted(selection)
        self.layout = Layout.of(snapshots)
        self.codings = gather(selection, snapshots, self.layout)
        self.roots = roots_of(selection.edition)
        self.seen = np.array([_is_shown(*text) for text in self.layout.rounds])

    def rows(self, asked: Asked) -> list[Row]:
        numbers, units = numbered(self.codings.themes), self.codings.units
        as_roots = [numbers[self.roots[key]] for key in self.codings.themes]
        cell = cell_of(self.codings, asked, self.roots)
        found = behind(self.codings, cell, as_roots, visible=self.seen)
        documents = [document for _batch, document in self.layout.rounds]
        return [
            (documents[units.text[unit]], int(units.passage[unit]), place < found.differing)
            for place, unit in enumerate(found.units.tolist())
        ]


def _is_shown(batch: int, document: int) -> bool:
    """All have submitted it, and it is still there."""
    if Document.objects.get(pk=document).taken_down:
        return False
    live = Assignment.objects.live().filter(batch=batch, document=document)
    done = live.filter(submitted_at__isnull=False).values("slot").distinct().count()
    return done >= Batch.objects.get(pk=batch).slots


def page_by_page(cast: Cast, asked: Asked, batch: str | None) -> list[Row]:
    found: list[Row] = []
    after = ""
    while True:
        page = passages(cast.project, asked, batch=batch, edition=None, after=after, by=cast.mia)
        assert len(page.rows) <= cell_walk.AT_ONCE
        found += [(row.document.pk, row.passage, row.differs) for row in page.rows]
        if not (after := page.after):
            return found


def test_pages_of_any_cell_are_what_all_submissions_say(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    varied(cast, seed=1)
    monkeypatch.setattr(cell_walk, "AT_ONCE", 8)
    monkeypatch.setattr(cell_walk, "MOST", 9)
    second = Batch.objects.get(name="Round 2")
    whole, one_round = (
        Definition(Selection(cast.edition)),
        Definition(Selection(cast.edition, second)),
    )
    compared = 0
    for asked in cells():
        wanted = whole.rows(asked)
        assert page_by_page(cast, asked, None) == wanted, asked
        compared += len(wanted)
    for asked in cells()[::7]:
        assert page_by_page(cast, asked, str(second.uuid)) == one_round.rows(asked), asked
    assert compared > 100


@pytest.mark.parametrize("after", ["x", "1.2.3", "1.2.3.4.5", "0.-1.0.0", f"0.{10**30}.0.0"])
def test_a_place_that_was_not_given_here_is_refused(cast: Cast, after: str) -> None:
    with pytest.raises(Invalid):
        passages(cast.project, Asked(), batch=None, edition=None, after=after, by=cast.mia)
