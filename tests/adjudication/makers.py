"""Coded and submitted documents, made in a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from annotations.assignment.models import Assignment, Batch
from annotations.coding import submitting
from annotations.coding.bodies import parse
from annotations.coding.models import Snapshot
from annotations.coding.recording import annotate
from annotations.coding.showing import work_of
from annotations.coding.submitting import Submission
from annotations.corpus.models import Document, Passage
from annotations.project.models import Coder, Project
from tests import cast as made
from tests.cast import NOW

TEXT = "\n".join(
    (
        "Nights in the lab",
        "They work until midnight and nobody minds.",
        "Pay is a secret that only the board may read.",
        "The canteen serves soup.",
    )
)

Coding = tuple[str, str, str]
"""(quote, theme, stance); the holder is the author."""

NIGHTS: Coding = ("They work until midnight", "burnout", "against")
LATE: Coding = ("work until midnight and nobody minds", "burnout", "against")
HOURS: Coding = ("They work until midnight", "long_hours", "against")
PAY: Coding = ("Pay is a secret that only the board may read.", "secrecy", "against")
PAY_PRAISED: Coding = (PAY[0], "secrecy", "favor")


def document(project: Project, text: str = TEXT, **more: Any) -> Document:
    """A document whose recorded repairs lead from its bytes to its text."""
    row = made.document(project, text, **more)
    row.repairs = [{"step": "decode", "encoding": "utf-8", "bom": 0}]
    row.save(update_fields=["repairs"])
    return row


def coded(
    batch: Batch,
    document_: Document,
    codings: dict[Coder, Sequence[Coding]],
    *,
    judged: Sequence[int] | None = None,
) -> list[Assignment]:
    """Every coder's codings, saved and submitted, one slot after the other."""
    return [
        submitted(batch, document_, coder, spans, slot=slot, judged=judged)
        for slot, (coder, spans) in enumerate(codings.items(), start=1)
    ]


def submitted(
    batch: Batch,
    document_: Document,
    coder: Coder,
    codings: Sequence[Coding],
    *,
    slot: int,
    judged: Sequence[int] | None = None,
) -> Assignment:
    """`judged` are passage indexes; None means all."""
    work = made.assignment(batch, document_, coder, slot=slot)
    for coding in codings:
        save(work, coding)
    submit(work, judged=judged)
    return work


def save(work: Assignment, coding: Coding) -> None:
    quote, theme, stance = coding
    body = made.body_of(work, quote, theme=theme, stance=stance, memo="Why not.")
    annotate(work_of(work), uuid4(), parse(body), operation=uuid4(), now=NOW)


def submit(work: Assignment, *, judged: Sequence[int] | None = None) -> Snapshot:
    passages = Passage.objects.filter(document=work.document).order_by("index")
    everything = list(passages.values_list("index", flat=True))
    submission = Submission(judged=everything if judged is None else judged)
    return submitting.submit(work, submission, by=work.coder, now=NOW)


def take_back(work: Assignment) -> None:
    submitting.take_back(work, by=work.coder, now=NOW)
