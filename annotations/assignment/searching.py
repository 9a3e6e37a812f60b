"""Search over all texts that a person may see; and which texts these are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from annotations.assignment.models import Assignment
from annotations.corpus.excerpts import AROUND, Excerpt, Stretch, excerpts
from annotations.corpus.folded import FoldedPassage
from annotations.corpus.models import Document, Passage
from annotations.project.access import Action, may_at_sight, require_at_sight
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid
from annotations.text.cutting import around
from annotations.text.folding import occurrences, searchable

LONGEST_QUERY = 200
INDEXED = 3
"""Letters; fewer are in no trigram index, and looked for in all passages."""
LOOKED_AT = 2_000
"""Passages, to know whether something is frequent: in one of FREQUENT."""
FREQUENT = 40
LONGEST_TEXT = 2_000
"""Of a passage as it is shown; from a longer one the stretch around its first hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its hits, (start, end) in code points of the document.

    `start` is where `text` begins: the passage's, unless that is longer than LONGEST_TEXT.
    """

    passage: Passage
    start: int
    text: str
    before: str
    after: str
    cut_before: bool
    cut_after: bool
    hits: tuple[tuple[int, int], ...]
    assignment: UUID | None

    @property
    def document(self) -> Document:
        return self.passage.document


def matching(project: Project, query: str, *, by: User) -> QuerySet[FoldedPassage]:
    """The passages that hold `query`, in the order of documents and their text."""
    require_at_sight(by, Action.SEARCH, project)
    form = wanted(query)
    found = FoldedPassage.objects.filter(project=project, text__contains=form)
    if len(form) >= INDEXED and not _is_frequent(project, form):
        within = FoldedPassage.objects.filter(project=project, run__contains=form)
        found = found.filter(document__in=within.values("document"))
    # Of a text that was read anew only the present version; nobody can have worked on a former one.
    # By NOT EXISTS: of an outer join the planner expects one row, and gathers all hits for it.
    found = found.filter(~Exists(Document.objects.filter(previous=OuterRef("document"))))
    if not may_at_sight(by, Action.SEE_DOCUMENTS, project):
        own = Assignment.objects.filter(document=OuterRef("document"), coder__user=by)
        found = found.filter(Exists(own))
    return (
        found.select_related("passage__document")
        .defer("text", "run", "passage__document__text")
        .order_by("pk")
    )


def _is_frequent(project: Project, form: str) -> bool:
    """Whether some passages of the project have it so often that a page is sooner found by reading
    on than by the index, which would give all places of it first."""
    some = FoldedPassage.objects.filter(project=project).order_by().values("text")[:LOOKED_AT]
    with connection.cursor() as cursor:
        looked, params = some.query.sql_with_params()
        cursor.execute(
            f"SELECT count(*) FROM ({looked}) t WHERE strpos(t.text, %s) > 0",  # noqa: S608 - Django's own SQL
            [*params, form],
        )
        return bool(cursor.fetchone()[0] * FREQUENT >= LOOKED_AT)


def wanted(query: str) -> str:
    """What is sought, in its searchable form; Invalid where nothing is."""
    form = searchable(query).strip()
    if not form or len(query) > LONGEST_QUERY:
        detail = _("%(field)s takes 1 to %(longest)s characters.")
        filled = detail % {"field": "q", "longest": LONGEST_QUERY}
        raise Invalid.field("q", "length", filled)
    return form


def hits_of(rows: Sequence[FoldedPassage], query: str, *, by: User) -> list[Hit]:
    """A page of `matching`, with its texts; two queries."""
    form = wanted(query)
    passages = [row.passage for row in rows]
    texts = excerpts([Stretch(each.document_id, each.start, each.end) for each in passages])
    own = own_work(by, {each.document_id for each in passages})
    return [
        _hit(passage, text, form, own.get(passage.document_id))
        for passage, text in zip(passages, texts, strict=True)
    ]


def own_work(user: User, documents: Iterable[int]) -> dict[int, UUID]:
    """The person's newest assignment on each of the documents that they have one on."""
    rows = Assignment.objects.filter(document__in=documents, coder__user=user).order_by("pk")
    return dict(rows.values_list("document", "uuid"))


def _hit(passage: Passage, found: Excerpt, form: str, assignment: UUID | None) -> Hit:
    places = occurrences(form, found.text)
    first, end = _shown(len(found.text), places)
    whole, lead = found.before + found.text + found.after, len(found.before)
    beside = around(whole, lead + first, lead + end, most=AROUND)
    return Hit(
        passage=passage,
        start=passage.start + first,
        text=found.text[first:end],
        before=beside.before,
        after=beside.after,
        cut_before=beside.cut_before or found.cut_before,
        cut_after=beside.cut_after or found.cut_after,
        hits=tuple(
            (passage.start + start, passage.start + behind)
            for start, behind in places
            if first <= start and behind <= end
        ),
        assignment=assignment,
    )


def _shown(length: int, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch of a passage that is shown: all of it, or what stands around the first hit."""
    if length <= LONGEST_TEXT:
        return 0, length
    start, end = places[0] if places else (0, 0)
    first = max(0, start - LONGEST_TEXT // 4)
    return first, min(length, max(first + LONGEST_TEXT, end))
