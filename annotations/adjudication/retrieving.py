"""Coded passages with their context, from one's own coding, the gold, or all that was submitted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.coding import retrieving as coded
from annotations.coding.retrieving import Place, Span, Wanted
from annotations.coding.retrieving_submitted import submitted
from annotations.corpus.excerpts import Excerpt, Stretch, excerpts
from annotations.corpus.models import Document, Passage
from annotations.project.access import Action, coder_of, may_at_sight, require_at_sight
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid

from .retrieving_gold import gold

wanted_of = coded.wanted_of


class Layer(Enum):
    """Whose labels are read."""

    OWN = "own"
    GOLD = "gold"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its document, the passage that it begins in, and the text around it."""

    document: Document
    batch: str
    assignment: UUID | None
    annotation: str | None
    passage: int
    start: int
    end: int
    theme: str
    stance: str | None
    holder_kind: str | None
    holder_name: str | None
    origin: str | None
    text: Excerpt


@dataclass(frozen=True, slots=True)
class Page:
    """`cursor` is None at the end; a page may be short before it."""

    rows: list[Row]
    cursor: str | None


def layer_for(user: User, project: Project, asked: str | None) -> Layer:
    """The layer asked for, if the person may read it; by default the widest that they may."""
    if not asked:
        return Layer.GOLD if may_at_sight(user, Action.SEE_DOCUMENTS, project) else Layer.OWN
    if asked not in [layer.value for layer in Layer]:
        known = ", ".join(layer.value for layer in Layer)
        detail = _("%(field)s is one of %(known)s.") % {"field": "of", "known": known}
        raise Invalid.field("of", "filter-value", detail)
    layer = Layer(asked)
    if layer is not Layer.OWN:
        require_at_sight(user, Action.SEE_DOCUMENTS, project)
    return layer


def retrieve(
    project: Project, layer: Layer, wanted: Wanted, *, by: User, after: str | None, limit: int
) -> Page:
    """A page of labels in the order of documents and their text. The caller has asked `layer_for`."""
    require_at_sight(by, Action.SEARCH, project)
    place = Place.of_cursor(after)
    if layer is Layer.GOLD:
        spans, end = gold(project, wanted, after=place, limit=limit)
    else:
        spans = (
            coded.own(coder_of(by, project), wanted, after=place, limit=limit + 1)
            if layer is Layer.OWN
            else submitted(project, wanted, after=place, limit=limit + 1)
        )
        end = spans[limit - 1].place if len(spans) > limit else None
    return Page(rows_of(spans[:limit]), end.as_cursor() if end else None)


def rows_of(spans: Sequence[Span]) -> list[Row]:
    """Three queries for a page, however long it is."""
    documents = Document.objects.listed().in_bulk({span.document for span in spans})
    texts = excerpts([Stretch(span.document, span.start, span.end) for span in spans])
    passages = _passages(spans)
    return [
        Row(
            document=documents[span.document],
            batch=span.batch,
            assignment=span.assignment,
            annotation=None if span.origin else str(span.id),
            passage=passages[span.document, span.start],
            start=span.start,
            end=span.end,
            theme=span.theme,
            stance=span.stance,
            holder_kind=span.holder_kind,
            holder_name=span.holder_name,
            origin=span.origin,
            text=text,
        )
        for span, text in zip(spans, texts, strict=True)
    ]


def _passages(spans: Sequence[Span]) -> dict[tuple[int, int], int]:
    """The passage that each span begins in, or the next one where it begins between two."""
    found = {}
    rows = Passage.objects.filter(document__in={span.document for span in spans})
    by_document: dict[int, list[tuple[int, int]]] = {}
    for document, index, end in rows.order_by("index").values_list("document", "index", "end"):
        by_document.setdefault(document, []).append((end, index))
    for span in spans:
        ends = by_document[span.document]
        found[span.document, span.start] = ends[
            min(bisect_right(ends, (span.start, 2**31)), len(ends) - 1)
        ][1]
    return found
