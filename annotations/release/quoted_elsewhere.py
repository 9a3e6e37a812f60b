"""Where people typed words of a document elsewhere: what a takedown does not reach.

Nothing is changed: what stands in a codebook, a note or the memo of another document's annotation
may be a quote or chance, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from annotations.adjudication.models import Ruling, Sweep
from annotations.assignment.models import Batch
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.coding.models import Revision
from annotations.coding.remarks import Comment, Flag
from annotations.corpus.models import Document
from annotations.project.access import Action, require
from annotations.project.models import Project, User
from annotations.text.phrases import wording
from annotations.text.quoting import Quotable

from .models import Release
from .withdrawals import Retraction, Takedown

MOST = 200
AROUND = 60
"""Code points that are shown on either side of a quote."""


_WORDING = {
    "codebook": wording("the codebook"),
    "memo": wording("a memo"),
    "comment": wording("a comment"),
    "flag": wording("a flag"),
    "ruling": wording("the reason of a ruling"),
    "rule": wording("the reason of a rule for many"),
    "batch": wording("the reason of a round"),
    "release": wording("the notes of a release"),
    "reason": wording("the reason of something that was taken back"),
}
KINDS = tuple(_WORDING)
TOLD = (
    *("name", "definition", "include", "exclude", "proposition", "examples", "counter_examples"),
    *("stance_labels", "label"),
)
"""What an entry of a codebook says in words."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the document in something else. `which` says in what of its kind, `said` what stands
    there, `start` and `end` what of it is a quote; `document` is the other document it is about."""

    kind: str
    which: str
    said: str
    start: int
    end: int
    document: UUID | None = None

    @property
    def named(self) -> str:
        return _(_WORDING[self.kind])

    @property
    def before(self) -> str:
        first = max(0, self.start - AROUND)
        return "…" * (first > 0) + self.said[first : self.start]

    @property
    def words(self) -> str:
        return self.said[self.start : self.end]

    @property
    def after(self) -> str:
        last = self.end + AROUND
        return self.said[self.end : last] + "…" * (last < len(self.said))


@dataclass(frozen=True, slots=True)
class _Said:
    kind: str
    which: str
    words: str
    document: UUID | None = None


def quoted_elsewhere(document: Document, *, by: User) -> list[Quote]:
    """At most MOST, codebooks first. For those who may take it down; a text that is gone has none."""
    require(by, Action.TAKE_DOWN, document.project)
    versions = Document.objects.filter(source=document.source_id)
    texts = Quotable(versions.values_list("text", flat=True))
    found = _quotes(texts, _said_in(document.project, list(versions.values_list("pk", flat=True))))
    return list(islice(found, MOST))


def _quotes(texts: Quotable, said: Iterable[_Said]) -> Iterator[Quote]:
    for each in said:
        place = texts.quoted_in(each.words)
        if place is not None:
            yield Quote(each.kind, each.which, each.words, *place, document=each.document)


def _said_in(project: Project, without: Sequence[int]) -> Iterator[_Said]:
    """Whatever people type in a project and a takedown of these documents leaves as it is."""
    yield from _codebooks(project)
    for release in Release.objects.filter(project=project).exclude(notes="").order_by("pk"):
        yield _Said("release", release.version, release.notes)
    for model, kind in ((Retraction, "reason"), (Takedown, "reason"), (Sweep, "rule")):
        rows = model._default_manager.filter(project=project).order_by("pk")
        for pk, reason in rows.values_list("pk", "reason"):
            yield _Said(kind, str(pk), reason)
    for name, reason in _rows(Batch.objects.filter(project=project), "name", "promotion_reason"):
        yield _Said("batch", name, reason)
    yield from _of_documents(project, without)


def _codebooks(project: Project) -> Iterator[_Said]:
    for edition in Edition.objects.filter(project=project).order_by("-number"):
        which = f"{edition.number}"
        for words in _leaves(edition.note):
            yield _Said("codebook", which, words)
        entries: list[Theme | StanceValue] = [*edition.themes.order_by("pk")]
        for entry in (*entries, *edition.stances.order_by("pk")):
            told = (getattr(entry, field, None) for field in TOLD)
            for words in _leaves(list(told)):
                yield _Said("codebook", f"{which}, {entry.key}", words)


def _of_documents(project: Project, without: Sequence[int]) -> Iterator[_Said]:
    """About other documents, each with its own."""
    parts: tuple[tuple[str, type[Model], tuple[str, ...]], ...] = (
        ("memo", Revision, ("memo",)),
        ("comment", Comment, ("text",)),
        ("flag", Flag, ("note", "settlement_reason")),
        ("ruling", Ruling, ("reason", "override_reason")),
    )
    for kind, model, fields in parts:
        rows = model._default_manager.filter(project=project).exclude(document__in=without)
        for field in fields:
            for title, uuid, words in _rows(rows, "document__title", "document__uuid", field):
                yield _Said(kind, title, words, uuid)


def _rows(rows: QuerySet[Any], *fields: str) -> Iterator[tuple[Any, ...]]:
    """Of those where the last field says something; each once, however often it was saved."""
    said = rows.exclude(**{fields[-1]: ""}).values_list(*fields).distinct().order_by(*fields)
    yield from said.iterator()


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)
