"""What a project says of its documents beside the text: the attributes and what they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.corpus.attributes import describing
from annotations.corpus.attributes.counting import Counted, counted
from annotations.corpus.models import Attribute, AttributeKind
from annotations.desk.attribute_forms import attributes_of, in_words
from annotations.desk.document_filters import Wanted
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.lately import lately
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotNow, NotVisible, Refusal
from annotations.project.speaking import said

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Card:
    """One attribute as its form has it; `key` is empty for a new one."""

    key: str
    name: str
    kind: str
    choices: str
    counted: Counted
    missing: int = 0
    errors: list[str] = field(default_factory=list)
    unfit: list[tuple[str, int]] = field(default_factory=list)

    @property
    def values(self) -> list[tuple[str, str, int]]:
        """(value, in words, how many documents)."""
        return [(each, in_words(each, self.kind), times) for each, times in self.counted.values]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attributes(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: each with its kind and its values. POST: `do` add, save, leave-out or remove."""
    project = project_for(person(request), slug, Action.PLAN)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            messages.success(request, _done(request, project))
            return redirect("attributes", slug=slug)
        except (Invalid, NotNow) as found:
            refusal = found
    every = Wanted().count(project)
    context = {
        **frame(request, project),
        "cards": _cards(project, every, request.POST, refusal),
        "new": _new(request.POST, refusal),
        "kinds": AttributeKind.choices,
        "documents": every,
    }
    status = 422 if isinstance(refusal, Invalid) else 409 if refusal else 200
    return render(request, "annotations/desk/attributes.html", context, status=status)


def _done(request: HttpRequest, project: Project) -> str:
    does, by = request.POST.get("do", ""), person(request)
    typed = _typed(request.POST)
    if does == "add":
        describing.add(project, **typed, by=by)
        return _("The attribute has been added.")
    if does not in ("save", "leave-out", "remove"):
        raise Invalid.field("do", "choice", _("Choose what is to be done."))
    attribute = attributes_of(project).get(request.POST.get("key", ""))
    if attribute is None:
        raise NotVisible
    if does == "remove":
        describing.remove(attribute, by=by)
        return _("The attribute has been removed.")
    left = describing.describe(attribute, **typed, by=by, leave_out=does == "leave-out")
    if not left:
        return _("Saved.")
    told = ngettext(
        "Saved. In %(count)s document a value was left out; a warning says which.",
        "Saved. In %(count)s documents a value was left out; a warning says which.",
        left,
    )
    return told % {"count": left}


def _typed(posted: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": posted.get("name", "").replace("\x00", ""),
        "kind": posted.get("kind", ""),
        "choices": posted.get("choices", "").replace("\x00", "").splitlines(),
    }


def _cards(
    project: Project, every: int, posted: Mapping[str, str], refusal: Refusal | None
) -> list[Card]:
    """What was refused is shown as it was typed; `every` is how many documents there are."""
    known = attributes_of(project)
    said = repr([(key, each.kind, each.choices) for key, each in known.items()])
    mark = sha256(said.encode()).hexdigest()
    found = lately(
        f"attributes-{project.pk}-{mark}",
        lambda: dict(counted(project, most=SHOWN)),
        rows=lambda known: every,
    )
    cards = []
    for key, each in known.items():
        count = found.get(key, Counted())
        missing = every - count.documents
        if refusal and posted.get("do") != "add" and posted.get("key") == key:
            cards.append(_refused(key, posted, refusal, count, missing, each))
        else:
            choices = "\n".join(map(str, each.choices))
            cards.append(Card(key, each.name, each.kind, choices, count, missing))
    return cards


def _refused(
    key: str,
    posted: Mapping[str, str],
    refusal: Refusal,
    count: Counted,
    missing: int,
    attribute: Attribute,
) -> Card:
    typed = _typed(posted)
    return Card(
        key,
        typed["name"] or attribute.name,
        typed["kind"] or attribute.kind,
        "\n".join(typed["choices"]),
        count,
        missing,
        errors=[said(refusal.message)],
        unfit=refusal.extra.get("unfit", [])[:SHOWN],
    )


def _new(posted: Mapping[str, str], refusal: Refusal | None) -> Card:
    if refusal is None or posted.get("do") != "add":
        return Card("", "", AttributeKind.TEXT.value, "", Counted())
    typed = _typed(posted)
    choices = "\n".join(typed["choices"])
    errors = [said(refusal.message)]
    return Card("", typed["name"], typed["kind"], choices, Counted(), errors=errors)
