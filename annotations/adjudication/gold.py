"""The gold of a document: what is unanimous by rule, and what a person ruled. Derived, not stored.

What one rule for many decided is of origin `majority`, as its votes say.
A release copies it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from annotations.corpus.models import CODED_ZONES, Passage

from .cases import Case
from .disputes import Dispute
from .models import WITH_LABEL, Decision, Ruling

UNANIMOUS, MAJORITY, ADJUDICATED = "unanimous", "majority", "adjudicated"


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """One gold label; `ruling` is None where the rule closed it.

    `uuid` is the ruling's, or made of the dispute's key: the same gold has the same id each time.
    `revisions` are the primary keys of the revisions that it rests on, none for an addition.
    """

    uuid: UUID
    start: int
    end: int
    theme: str
    stance: str
    holder_kind: str
    holder_name: str | None
    origin: str
    votes_for: int
    votes_total: int
    revisions: tuple[int, ...]
    ruling: Ruling | None = None


def gold_of(case: Case) -> list[GoldSpan]:
    """All gold labels of a case in text order; of an open case, what is settled so far."""
    spans = [*_settled(case), *_added(case)]
    return sorted(spans, key=lambda span: (span.start, span.end, span.theme, str(span.uuid)))


def unjudged(case: Case, passages: list[Passage]) -> list[tuple[int, int]]:
    """The stretches of coded zones of which nothing may be concluded, as (start, end).

    A passage without a gold label is a negative if every slot judged it, or if a ruling lies on it.
    Every other one is unjudged; neighbours are joined.
    """
    judged = set.intersection(*(set(snapshot.judged) for snapshot in case.snapshots))
    settled = [(span.start, span.end) for span in gold_of(case)]
    settled += [(ruling.start, ruling.end) for ruling in case.standing.values()]
    return _joined(
        [
            passage
            for passage in passages
            if passage.zone in CODED_ZONES
            and passage.index not in judged
            and not any(start < passage.end and passage.start < end for start, end in settled)
        ]
    )


def _settled(case: Case) -> Iterator[GoldSpan]:
    for dispute in case.disputes:
        ruling = case.standing.get(dispute.key)
        if ruling is not None:
            if ruling.decision in WITH_LABEL:
                yield _ruled(ruling)
        elif case.is_settled(dispute):
            yield _by_rule(case, dispute)


def _added(case: Case) -> Iterator[GoldSpan]:
    for ruling in case.standing.values():
        if ruling.decision == Decision.ADD:
            yield _ruled(ruling)


def _by_rule(case: Case, dispute: Dispute) -> GoldSpan:
    chosen = dispute.chosen
    if chosen.stance is None or chosen.holder_kind is None:
        raise ValueError(f"annotation {chosen.id} was submitted without its stance or holder")
    return GoldSpan(
        uuid=uuid5(case.document.uuid, dispute.key),
        start=chosen.start,
        end=chosen.end,
        theme=chosen.theme,
        stance=chosen.stance,
        holder_kind=chosen.holder_kind,
        holder_name=chosen.holder_name,
        origin=UNANIMOUS,
        votes_for=dispute.votes_for(chosen.says),
        votes_total=dispute.votes_total,
        revisions=tuple(sorted(member.revision for member in dispute.members)),
    )


def _ruled(ruling: Ruling) -> GoldSpan:
    if ruling.theme is None or ruling.stance is None or ruling.holder_kind is None:
        raise ValueError(f"ruling {ruling.uuid} gives no label")
    return GoldSpan(
        uuid=ruling.uuid,
        start=ruling.start,
        end=ruling.end,
        theme=ruling.theme.key,
        stance=ruling.stance.key,
        holder_kind=ruling.holder_kind,
        holder_name=ruling.holder_name,
        origin=ADJUDICATED if ruling.sweep_id is None else MAJORITY,
        votes_for=ruling.votes_for,
        votes_total=ruling.votes_total,
        revisions=tuple(sorted(ruling.members)),
        ruling=ruling,
    )


def _joined(passages: list[Passage]) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []
    before: Passage | None = None
    for passage in passages:
        if before is not None and passage.index == before.index + 1:
            stretches[-1] = (stretches[-1][0], passage.end)
        else:
            stretches.append((passage.start, passage.end))
        before = passage
    return stretches
