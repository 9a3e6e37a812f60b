"""Lines of annotations from elsewhere, and what is told of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from annotations.coding.import_seats import Round
from annotations.coding.importing import Import, Outcome, import_annotations
from annotations.corpus.models import Document
from tests.cast import NOW, Cast

TEXT = "Pay 💶 is secret.\n她们的薪酬是秘密。\nThe 👩‍👩‍👧‍👦 family minds."
FAMILY = "👩‍👩‍👧‍👦"


def line(row: Document, quote: str, **more: Any) -> dict[str, Any]:
    start = row.text.index(quote)
    said = {
        "document": str(row.uuid),
        "coder": "annotator A",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "theme": "secrecy",
        "stance": "against",
    }
    return {**said, **more}


def raw(said: list[Any]) -> Iterator[tuple[int, int, bytes | None]]:
    for number, each in enumerate(said, 1):
        data = each if isinstance(each, bytes) else json.dumps(each).encode()
        yield number, len(data), data


def imported(
    cast: Cast,
    *said: Any,
    name: str = "From elsewhere",
    now: datetime = NOW,
    **how: Any,
) -> list[Outcome]:
    round_ = Round(name, **how.pop("round", {}))
    return list(
        import_annotations(cast.project, raw([*said]), Import(round_, **how), by=cast.mia, now=now)
    )


def outcomes(told: list[Outcome]) -> list[str]:
    return [each.outcome for each in told if each.line is not None]


def code_of(outcome: Outcome) -> tuple[str | None, str]:
    """(field, code) of a refusal."""
    assert outcome.refusal is not None
    errors = outcome.refusal.extra.get("errors")
    if errors:
        return errors[0]["field"], errors[0]["code"]
    return None, outcome.refusal.extra.get("reason", outcome.refusal.code)
