"""From what is settled to the chain of the same label in the newest release."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid5

from annotations.adjudication.cases import Case
from annotations.desk.cards import Card
from annotations.release.chained import by_id


def chains_of(case: Case, settled: Sequence[Card]) -> dict[str, str]:
    """The page of each, by the dispute's key; only of what the release has just so."""
    released = by_id(case.item.batch.project, [case.document.pk])
    found: dict[str, str] = {}
    for card in settled:
        ruled = card.ruling.uuid if card.ruling else uuid5(case.document.uuid, card.key)
        if ruled in released:
            found[card.key] = released[ruled]
    return found
