"""A corpus of which every coder said the same, so that all of it is gold: any number of labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from annotations.assignment.models import Assignment, Batch, State
from annotations.coding.models import Snapshot
from annotations.corpus.models import Document, Passage
from annotations.project.models import Coder
from tests.cast import NOW, STANCES, THEMES, Cast, assignment, batch, document

LABELS = 100
"""A document, one in each of its sentences."""
SENTENCE = "In room {n:03d} of day {day:05d} nobody asks why."


def agreed_on(cast: Cast, labels: int) -> None:
    """`labels` that ada and ben both set, in texts of LABELS sentences."""
    texts = [document(cast.project, _text(day)) for day in range(labels // LABELS)]
    round_ = batch(cast.project, cast.edition, texts, slots=2)
    for day, text in enumerate(texts):
        passages = list(Passage.objects.filter(document=text).order_by("index"))
        for slot, coder in enumerate((cast.coder(cast.ada), cast.coder(cast.ben)), start=1):
            _submitted(round_, text, coder, slot=slot, spans=list(_spans(day, slot, passages)))


def _text(day: int) -> str:
    return "\n".join(SENTENCE.format(n=n, day=day) for n in range(LABELS))


def _spans(day: int, slot: int, passages: list[Passage]) -> Iterator[tuple[int, dict[str, Any]]]:
    for n, passage in enumerate(passages):
        number = (day * 2 + slot) * LABELS + n
        yield (
            passage.index,
            {
                **{"annotation": str(UUID(int=number)), "revision": number, "certainty": None},
                **{"start": passage.start, "end": passage.end - 1},
                **{"theme": THEMES[n % len(THEMES)][0], "stance": STANCES[n % len(STANCES)][0]},
                **{"holder_kind": "author", "holder_name": None},
            },
        )


def _submitted(
    round_: Batch, text: Document, coder: Coder, *, slot: int, spans: list[tuple[int, Any]]
) -> None:
    work = assignment(round_, text, coder, slot=slot)
    Snapshot.objects.create(
        **{"project": text.project, "assignment": work, "batch": round_, "number": 1},
        **{"document": text, "coder": coder, "edition": round_.edition, "taken_at": NOW},
        spans=[said for _passage, said in spans],
        judged=[passage for passage, _said in spans],
        mark_passage=[passage for passage, _said in spans],
        mark_span=list(range(len(spans))),
    )
    Assignment.objects.filter(pk=work.pk).update(state=State.SUBMITTED, submitted_at=NOW)
