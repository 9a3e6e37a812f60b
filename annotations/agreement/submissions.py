"""Which first submissions are compared, and how they are read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from annotations.assignment.models import Batch, BatchKind
from annotations.codebook.models import Edition
from annotations.coding.models import Snapshot
from annotations.project.models import Project


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose submissions are compared: one batch, else all main batches of the edition."""

    edition: Edition
    batch: Batch | None = None

    def snapshots(self) -> QuerySet[Snapshot]:
        """What each coder first submitted."""
        first = Snapshot.objects.filter(edition=self.edition, number=1)
        if self.batch is not None:
            return first.filter(batch=self.batch)
        return first.filter(batch__kind=BatchKind.MAIN)


@dataclass(frozen=True, slots=True)
class Submitted:
    """One snapshot, as it is read."""

    batch: int
    document: int
    coder: int
    spans: list[dict[str, Any]]
    judged: list[int]
    mark_passage: list[int]
    mark_span: list[int]
    up_to: int | None

    @property
    def whole(self) -> bool:
        """Not submitted up to some place only."""
        return self.up_to is None


def current_edition(project: Project) -> Edition | None:
    """The newest edition in use, which is the newest frozen one."""
    frozen = Edition.objects.filter(project=project, frozen_at__isnull=False)
    return frozen.order_by("-number").first()


def read(row: Snapshot) -> Submitted:
    marks = (row.spans, row.judged, row.mark_passage, row.mark_span, row.up_to)
    return Submitted(row.batch_id, row.document_id, row.coder_id, *marks)


def submitted(selection: Selection, *, among: Collection[int] | None = None) -> list[Submitted]:
    """In the order of documents, rounds and coders; of all documents, or of some."""
    rows = selection.snapshots().order_by("document", "batch", "coder")
    if among is not None:
        rows = rows.filter(document__in=among)
    marks = ("spans", "judged", "mark_passage", "mark_span", "up_to")
    return [Submitted(*row) for row in rows.values_list("batch", "document", "coder", *marks)]
