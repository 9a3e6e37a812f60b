"""What differs between two releases: counts, and each label in its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from annotations.codebook.models import StanceValue, Theme
from annotations.coding.models import HolderKind
from annotations.corpus.models import Document
from annotations.desk.release_labels import names_of
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import NotVisible
from annotations.release.changing import BeingBuilt, difference_of
from annotations.release.models import Origin, Release
from annotations.release.serving import release_of
from annotations.text.cutting import Around, around
from workbench.replicas import reads_elsewhere

SOON = 5  # seconds
AT_ONCE = 20
"""Documents on a page."""
MOST_LABELS = 60
"""Of one document; the rest is counted."""
AROUND = 110
PLACE = re.compile(r"[0-9a-f-]{36}", re.ASCII)
FIELDS = {
    "start": gettext_lazy("beginning"),
    "end": gettext_lazy("end"),
    "quote": gettext_lazy("quote"),
    "label": gettext_lazy("theme"),
    "stance": gettext_lazy("stance"),
    "holder_kind": gettext_lazy("voice"),
    "holder_name": gettext_lazy("name of the voice"),
    "origin": gettext_lazy("origin"),
    "votes_for": gettext_lazy("votes"),
    "votes_total": gettext_lazy("coders"),
    "adjudicator": gettext_lazy("adjudicator"),
    "reason": gettext_lazy("reason"),
    "clause": gettext_lazy("clause"),
    "split": gettext_lazy("split"),
    "story": gettext_lazy("story"),
    "zones": gettext_lazy("zones"),
    "unjudged": gettext_lazy("what is unjudged"),
    "title": gettext_lazy("title"),
    "text": gettext_lazy("text"),
    "attributes": gettext_lazy("attributes"),
    "edition": gettext_lazy("codebook edition"),
    "batch": gettext_lazy("round"),
    "language": gettext_lazy("language"),
}
SAID_BY_PLACE = {"start", "end", "quote"}
"""What is seen in the text itself."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a label, before and after."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class LabelChange:
    """A label that came, went or differs, where it stands; `text` is None after a takedown."""

    what: str
    row: Mapping[str, Any]
    theme: Theme | None
    stance: StanceValue | None
    text: Around | None
    quote: str
    quote_before: str
    fields: list[Field]
    href: str


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document, its labels in text order, and how many are not shown."""

    id: str
    what: str
    title: str
    language: str
    fields: list[str]
    labels: list[LabelChange]
    more: int


@login_required
@require_safe
@reads_elsewhere
def difference(request: HttpRequest, slug: str, version: str, other: str) -> HttpResponse:
    """`before` and `after` choose other releases; `cursor` is the last document of the page before."""
    project = project_for(person(request), slug, Action.SEE_RELEASES)
    before, after = release_of(project, version), release_of(project, other)
    chosen = (request.GET.get("before", version), request.GET.get("after", other))
    if chosen != (version, other):
        return redirect("release-diff", project.slug, *(_known(project, each) for each in chosen))
    place = request.GET.get("cursor", "")
    if place and not PLACE.fullmatch(place):
        raise NotVisible
    try:
        found = difference_of(before, after, place=place, most=AT_ONCE)
    except BeingBuilt:
        return _asks_again(request, before, after)
    words = _Words(before, after)
    context = {
        "before": before,
        "after": after,
        "versions": Release.objects.filter(project=project).order_by("number"),
        "found": found,
        "themes": [{**each, "named": words.themes.get(each["theme"])} for each in found["themes"]],
        "changes": list(_documents(project, found["results"], words)),
        "next": found["next"],
        "first_page": not place,
        "palette_of": words.themes.values(),
        **frame(request, project),
    }
    return render(request, "annotations/desk/release_diff.html", context)


def _asks_again(request: HttpRequest, before: Release, after: Release) -> HttpResponse:
    """While the files of the two are being built; the page comes back by itself."""
    context = {"before": before, "after": after, **frame(request, before.project)}
    answer = render(request, "annotations/desk/release_diff_soon.html", context, status=503)
    answer["Retry-After"] = answer["Refresh"] = str(SOON)
    return answer


def _known(project: Project, version: str) -> str:
    return release_of(project, version).version


class _Words:
    """Names of what labels say, as the newer release has them, and where their chains are."""

    def __init__(self, before: Release, after: Release) -> None:
        self.before, self.after = before, after
        old, new = names_of(before), names_of(after)
        self.themes = {**old[0], **new[0]}
        self.stances = {**old[1], **new[1]}
        self.holders = dict(HolderKind.choices)
        self.origins = dict(Origin.choices)

    def value(self, field: str, value: Any) -> str:
        """One field's value, for people."""
        if value is None:
            return "–"
        known: dict[str, Mapping[str, Any]] = {
            "label": self.themes,
            "stance": self.stances,
            "holder_kind": self.holders,
            "origin": self.origins,
        }
        return str(known.get(field, {}).get(value, value))

    def chain(self, what: str, label: str) -> str:
        """Of a label that went, in the release that still had it."""
        release = self.before if what == "removed" else self.after
        return reverse("release-label", args=[release.project.slug, release.version, label])


def _documents(
    project: Project, results: Sequence[Mapping[str, Any]], words: _Words
) -> Iterator[DocumentChange]:
    ids = [UUID(each["document"]) for each in results]
    rows = Document.objects.filter(project=project, uuid__in=ids).only(
        "uuid", "title", "language", "text"
    )
    documents = {str(each.uuid): each for each in rows}
    for each in results:
        document = documents.get(each["document"])
        # Where all labels came or went, what stands around each says nothing.
        text = document.text if document and each["what"] == "changed" else ""
        labels = sorted(_labels(each), key=lambda label: (label[1]["start"], label[1]["end"]))
        yield DocumentChange(
            id=each["document"],
            what=each["what"],
            title=(document.title if document else "") or each["document"],
            language=document.language if document else "",
            fields=[str(FIELDS.get(name, name)) for name in each["fields"]],
            labels=[_label(what, row, was, text, words) for what, row, was in labels[:MOST_LABELS]],
            more=max(0, len(labels) - MOST_LABELS),
        )


def _labels(
    each: Mapping[str, Any],
) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any] | None]]:
    for what in ("added", "removed"):
        yield from ((what, row, None) for row in each[what])
    yield from (("changed", change["after"], change) for change in each["changed"])


def _label(
    what: str,
    row: Mapping[str, Any],
    change: Mapping[str, Any] | None,
    text: str,
    words: _Words,
) -> LabelChange:
    start, end = row["start"], row["end"]
    stands = text[start:end] == row["quote"] != ""
    was = change["before"] if change else {}
    moved = bool(change and SAID_BY_PLACE & set(change["fields"]))
    return LabelChange(
        what=what,
        row=row,
        theme=words.themes.get(row["label"]),
        stance=words.stances.get(row["stance"] or ""),
        text=around(text, start, end, most=AROUND) if stands else None,
        quote=row["quote"],
        quote_before=was["quote"] if moved else "",
        fields=list(_fields(change, words)) if change else [],
        href=words.chain(what, row["id"]),
    )


def _fields(change: Mapping[str, Any], words: _Words) -> Iterator[Field]:
    for name in change["fields"]:
        if name not in SAID_BY_PLACE:
            was, now = change["before"][name], change["after"][name]
            said = str(FIELDS.get(name, name))
            yield Field(said, words.value(name, was), words.value(name, now))
