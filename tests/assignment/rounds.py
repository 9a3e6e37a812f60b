"""Makers of planned rounds, for several test files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.assignment.batching import Settings, open_batch
from annotations.assignment.models import Allocation, Assignment, Batch, BatchDocument
from annotations.assignment.planning import Part, Plan, make_round
from annotations.assignment.seats import Seat
from annotations.coding.submitting import Submission, submit
from annotations.corpus.models import Document
from annotations.project.members import enrol
from annotations.project.models import Coder, Role, User
from tests.cast import NOW, Cast, document, person

PLANNED = Settings(checked_share=0.0, allocation=Allocation.PLANNED)
QUEUE = Settings(checked_share=0.0)


def texts(cast: Cast, count: int, *, of: str = "Story") -> list[Document]:
    return [
        document(cast.project, f"{of} {n}.\nMore of it.\n", title=f"{of} {n}") for n in range(count)
    ]


def joined(cast: Cast, name: str) -> User:
    """One more who codes."""
    user = person(name)
    cast.coders[name] = enrol(user, cast.project, roles=[Role.ANNOTATOR])
    return user


def plan(cast: Cast, documents: Sequence[Document], **changed: Any) -> Plan:
    asked: dict[str, Any] = {
        "name": "Round 1",
        "kind": "main",
        "edition": cast.edition,
        "documents": tuple(documents),
        "slots": 2,
        "seed": 7,
        "settings": PLANNED,
        **changed,
    }
    return Plan(**asked)


def planned(cast: Cast, documents: Sequence[Document], **changed: Any) -> Batch:
    """A planned round, open."""
    made = make_round(cast.project, plan(cast, documents, **changed), by=cast.mia, now=NOW)
    return open_batch(made, by=cast.mia, now=NOW)


def part(coder: Coder, **measure: Any) -> Part:
    return Part(coder, **measure)


def seats_of(batch: Batch, coder: Coder) -> set[int]:
    rows = Seat.objects.standing().filter(batch=batch, coder=coder)
    return set(rows.values_list("document", flat=True))


def item(batch: Batch, text: Document) -> BatchDocument:
    return BatchDocument.objects.get(batch=batch, document=text)


def submitted(work: Assignment | None) -> Assignment:
    assert work is not None
    submit(work, Submission(judged=[0, 1]), by=work.coder, now=NOW)
    return work
