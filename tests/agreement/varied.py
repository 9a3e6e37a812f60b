"""A small project in which everything happens that decides what may be read, drawn by a seed."""

from __future__ import annotations

from random import Random
from uuid import uuid4

from annotations.adjudication.cases import case_of
from annotations.assignment.models import Assignment, Batch
from annotations.coding.bodies import parse
from annotations.coding.recording import annotate
from annotations.coding.showing import work_of
from annotations.corpus.models import Document, Passage
from annotations.project.members import enrol
from annotations.project.models import Coder
from annotations.release.taking_down import take_down
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.test_ruling import decide
from tests.cast import NOW, Cast

ZONES = ["title", "body", "body", "boilerplate", "body", "body"]
THEMES = ("burnout", "burnout", "long_hours", "secrecy", "compensation")
STANCES = ("favor", "against", "against")
HOLDERS = (None, None, {"kind": "person", "name": "Mara"})


def varied(cast: Cast, *, seed: int, documents: int = 7) -> list[Document]:
    """Two rounds and a pilot of three coders: some documents submitted by all, some not by all,
    some opened again, submitted twice, ruled on, or taken down; sub-themes, titles, boilerplate,
    a second language."""
    draw = Random(seed)
    eve = enrol(made.person("eve"), cast.project, roles=["annotator"])
    coders = [cast.coder(cast.ada), cast.coder(cast.ben), eve]
    rows = [_document(cast, n) for n in range(documents)]
    rounds = [
        made.batch(cast.project, cast.edition, rows, slots=2),
        made.batch(cast.project, cast.edition, rows[:4], name="Round 2", slots=3),
        made.batch(cast.project, cast.edition, rows[:2], name="Pilot", kind="pilot"),
    ]
    for batch, of_it in zip(rounds, (rows, rows[:4], rows[:2]), strict=True):
        for number, row in enumerate(of_it):
            _code(batch, row, coders, draw, whole=number % 4 != 2)
    for row in rows:
        case = case_of(row)
        if case is not None and case.open_disputes:
            decide(row, "reject", cast.cleo)
    take_down(rows[-1], reason="Asked for.", by=cast.mia, now=NOW)
    return rows


def _document(cast: Cast, number: int) -> Document:
    lines = [f"Line {line} of text {number} is about work." for line in range(len(ZONES))]
    row = makers.document(cast.project, "\n".join(lines), zones=ZONES)
    Passage.objects.filter(document=row, index=number % 5).update(language="fr")
    return row


def _code(batch: Batch, row: Document, coders: list[Coder], draw: Random, *, whole: bool) -> None:
    among = draw.sample(coders, batch.slots)
    for slot, coder in enumerate(among, start=1):
        work = made.assignment(batch, row, coder, slot=slot)
        _annotate(work, draw)
        if slot == batch.slots and not whole:
            continue  # still being coded
        judged = None if draw.random() < 0.7 else sorted(draw.sample(range(6), 4))
        makers.submit(work, judged=judged)
        if draw.random() < 0.2:
            makers.take_back(work)
            _annotate(work, draw)
            if draw.random() < 0.5:
                makers.submit(work)


def _annotate(work: Assignment, draw: Random) -> None:
    lines = work.document.text.split("\n")
    for _ in range(draw.randrange(1, 5)):
        quote = draw.choice(lines)
        quote = quote if draw.random() < 0.7 else quote[:6]
        body = made.body_of(
            work,
            quote,
            theme=draw.choice(THEMES),
            stance=draw.choice(STANCES),
            holder=draw.choice(HOLDERS),
        )
        annotate(work_of(work), uuid4(), parse(body), operation=uuid4(), now=NOW)
