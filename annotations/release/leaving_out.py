"""What was not in a release when it was frozen, and why, as its manifest keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotations.adjudication.cases import Case
from annotations.corpus.models import Document
from annotations.project.models import Project

from .previewing import left_out

MOST_NAMED = 500
"""Documents of one reason that are named; `documents` counts them all."""


class Noted:
    """Goes along with the cases that are read for a release, and knows afterwards what stayed out."""

    def __init__(self) -> None:
        self._ready: set[int] = set()
        self._disputed: dict[int, int] = {}

    def along(self, found: Iterable[Case]) -> Iterator[Case]:
        """The same cases; several of a document come one after the other."""
        for case in found:
            document = case.item.document_id
            if case.state == "adjudicated":
                self._ready.add(document)
            else:
                self._disputed.setdefault(document, len(case.open_disputes))
            yield case

    def said(self, project: Project) -> list[dict[str, Any]]:
        """As JSON, a row a reason that there are documents for."""
        open_ = {key: n for key, n in self._disputed.items() if key not in self._ready}
        return [
            _row(reason, found) for reason, found in left_out(project, self._ready, open_) if found
        ]


def _row(reason: str, documents: Mapping[int, int]) -> dict[str, Any]:
    named = sorted(documents)[:MOST_NAMED]
    rows = Document.objects.filter(pk__in=named).order_by("pk").values_list("uuid", "external_id")
    return {
        "reason": reason,
        "documents": len(documents),
        "points": sum(documents.values()),
        "named": [{"id": str(uuid), "external_id": known or None} for uuid, known in rows],
    }
