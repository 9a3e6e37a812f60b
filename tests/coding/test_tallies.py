"""What a round has brought so far, theme by theme."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.coding import recording
from annotations.coding.bodies import parse
from annotations.coding.showing import work_of
from annotations.coding.submitting import Submission, submit
from annotations.coding.tallies import by_theme
from annotations.project.refusals import NotAllowed, NotVisible
from tests.cast import NOW, Cast, assignment, batch, body_of, document


def test_themes_are_counted_in_submitted_work_and_empty_ones_too(cast: Cast) -> None:
    text = document(cast.project, "Long nights.\nGood pay.\n")
    round_ = batch(cast.project, cast.edition, [text])
    for slot, user in enumerate((cast.ada, cast.ben), start=1):
        work = assignment(round_, text, cast.coder(user), slot=slot)
        for quote, theme in (("Long nights.", "burnout"), ("Good pay.", "compensation")):
            body = parse(body_of(work, quote, theme=theme, stance="against"))
            recording.annotate(work_of(work), uuid4(), body, operation=uuid4(), now=NOW)
        if user == cast.ada:
            submit(work, Submission([0, 1]), by=work.coder, now=NOW)
    told = {
        each.theme.key: (each.annotations, each.documents, each.coders)
        for each in by_theme(round_, by=cast.mia)
    }
    assert told["burnout"] == told["compensation"] == (1, 1, 1)
    assert told["secrecy"] == (0, 0, 0)
    assert list(told)[:2] == ["burnout", "long_hours"]


def test_only_managers_see_them(cast: Cast) -> None:
    round_ = batch(cast.project, cast.edition, [])
    with pytest.raises(NotAllowed):
        by_theme(round_, by=cast.ada)
    with pytest.raises(NotVisible):
        by_theme(round_, by=cast.dag)
