"""How a file was read: what was repaired, and what another choice would make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.assignment.renewing import renew
from annotations.corpus.accepting import accept
from annotations.corpus.choices import Choices, Replacement
from annotations.corpus.gone import refuse_if_taken_down
from annotations.corpus.models import Document
from annotations.corpus.rereading import Reread, present_choices, preview, require_free
from annotations.corpus.texts.decoding import CHOOSABLE
from annotations.corpus.texts.repairs import Substitution, mojibake_steps, substitutions
from annotations.corpus.texts.side_by_side import Bit, Row, rows
from annotations.desk.provenance import (
    ENCODINGS,
    repaired_in_words,
    repairs_in_words,
    rule_in_words,
)
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.refusals import Invalid, NotNow, NotVisible, Refusal
from annotations.project.speaking import said

ROWS = 40
MOST_SUBSTITUTIONS = 300
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table of substitutions; `does` is `take`, `keep` or `other`."""

    number: int
    kind: Substitution
    rule: str
    does: str
    other: str

    @property
    def percent(self) -> int:
        return round(100 * self.kind.certainty)

    @property
    def was(self) -> str:
        return visible(self.kind.was)

    @property
    def now(self) -> str:
        return visible(self.kind.now)


def visible(text: str) -> str:
    """With a name for what nobody can see.

    >>> visible("Ã\\x83Â "), visible("\\xa0")
    ('Ã⟨83⟩Â⟨space⟩', '⟨no-break space⟩')
    """
    return "".join(
        _SEEN.get(char, f"⟨{ord(char):02X}⟩" if _is_hidden(char) else char) for char in text
    )


def seen_row(row: Row) -> Row:
    """With its controls named; its spaces stay."""
    return Row(row.number, [*map(_seen_bit, row.before)], [*map(_seen_bit, row.after)])


def _seen_bit(bit: Bit) -> Bit:
    shown = (f"⟨{ord(char):02X}⟩" if _is_hidden(char) else char for char in bit.text)
    return bit._replace(text="".join(shown))


_SEEN = {
    " ": "⟨space⟩",
    "\u00a0": "⟨no-break space⟩",
    "\u202f": "⟨narrow space⟩",
    "\u00ad": "⟨soft hyphen⟩",
}


def _is_hidden(char: str) -> bool:
    return "\x7f" <= char < "\u00a0"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """GET: as it is read, or with `look` as it would be. POST: accept, apply, or the original."""
    document = document_of(request, slug, uuid)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return done(request, document)
        except Refusal as found:
            refusal = found
    asked = request.POST if request.method == "POST" else request.GET
    context = {**frame(request, document.project), "document": document}
    try:
        context |= shown(document, asked)
    except Refusal as found:
        refusal = refusal or found
        context |= {**choosing(document, chosen_in(document, asked)), "found": None}
    context |= {"refusal": said(refusal.message) if refusal else "", "free": freedom(document)}
    status = {Invalid: 422, NotNow: 409}.get(type(refusal), 200) if refusal else 200
    return render(request, "annotations/desk/reading.html", context, status=status)


def document_of(request: HttpRequest, slug: str, uuid: UUID) -> Document:
    project = project_for(person(request), slug, Action.IMPORT)
    found = Document.objects.select_related("project", "source").defer("source__content")
    document = found.filter(project=project, uuid=uuid).first()
    if document is None:
        raise NotVisible
    refuse_if_taken_down(document)
    return document


def freedom(document: Document) -> str:
    """Why nothing can be changed any more; empty while it can."""
    try:
        require_free(document)
    except NotNow as refusal:
        return refusal.message
    return ""


def shown(document: Document, asked: QueryDict) -> dict[str, Any]:
    choices = chosen_in(document, asked)
    proposed = preview(document, replace(choices, repair="proposed", replacements=()))
    found = preview(document, choices) if choices != proposed.choices else proposed
    draft = proposed.read.draft
    kinds = substitutions(proposed.before, draft.text, draft.repairs)[:MOST_SUBSTITUTIONS]
    before = found.present if found.changes_text else found.before
    pages = Paginator(rows(before, found.text), ROWS)
    page = pages.get_page(asked.get("page"))
    return {
        **choosing(document, choices),
        "found": found,
        "told": [repaired_in_words(step) for step in mojibake_steps(found.read.draft.repairs)],
        "lines": list(lines_of(kinds, choices)),
        "page": page,
        "beside": [seen_row(row) for row in page],
        "query": query_of(asked),
        "repeated": repeated(asked),
        "alternatives": alternatives_of(found),
    }


def choosing(document: Document, choices: Choices) -> dict[str, Any]:
    first = document.repairs[0] if document.repairs else {}
    likely = [document.encoding, *first.get("alternatives", ())]
    order = [*dict.fromkeys(each for each in likely if each in CHOOSABLE), *CHOOSABLE]
    known = set(likely)
    options = [(each, ENCODINGS.get(each, each), each in known) for each in dict.fromkeys(order)]
    how = repairs_in_words(document)[0] if document.repairs else ""
    return {"choices": choices, "encodings": options, "how": how}


def alternatives_of(found: Reread) -> list[str]:
    return [ENCODINGS.get(each, each) for each in found.read.draft.decoding.alternatives]


def lines_of(kinds: list[Substitution], choices: Choices) -> Iterator[Line]:
    for number, kind in enumerate(kinds):
        own = next((r for r in choices.replacements if r.concerns(kind.was, kind.now)), None)
        does = "take" if own is None else "keep" if own.now == kind.was else "other"
        other = own.now if own and does == "other" else ""
        yield Line(number, kind, rule_in_words(kind.rule), does, other)


def chosen_in(document: Document, asked: QueryDict) -> Choices:
    """The choices of the form; without it those that the document was read with."""
    present = present_choices(document)
    if "look" not in asked:
        return present
    return replace(
        present,
        encoding=asked.get("encoding") or None,
        repair="none" if asked.get("repair") == "none" else "proposed",
        replacements=tuple(replacements_in(asked)),
    )


def replacements_in(asked: QueryDict) -> Iterator[Replacement]:
    """Of the fields `does-N`, `was-N`, `now-N`, `other-N`; what is taken as proposed needs none."""
    for number in range(MOST_SUBSTITUTIONS):
        was = asked.get(f"was-{number}", "")[:LONGEST]
        does = asked.get(f"does-{number}", "take")
        if not was or does not in ("keep", "other"):
            continue
        other = asked.get(f"other-{number}", "")[:LONGEST].replace("\x00", "").replace("\r", "")
        yield Replacement(was, was if does == "keep" else other, asked.get(f"now-{number}"))


def query_of(asked: QueryDict) -> str:
    """What a link to another page of lines repeats."""
    kept = asked.copy()
    for name in ("page", "csrfmiddlewaretoken", "do"):
        kept.pop(name, None)
    return kept.urlencode()


def repeated(asked: QueryDict) -> list[tuple[str, str]]:
    """What was looked at, to be taken: fields and their values."""
    kept = ("look", "encoding", "repair", "was-", "now-", "does-", "other-")
    return [(name, str(value)) for name, value in asked.items() if name.startswith(kept)]


def done(request: HttpRequest, document: Document) -> HttpResponse:
    does = request.POST.get("do")
    if does == "accept":
        accept(document, by=person(request), now=timezone.now())
        messages.success(request, _("Accepted as it is read."))
        return redirect("document", uuid=document.uuid)
    if does not in ("apply", "original"):
        raise Invalid.field("do", "choice", _("Choose what is to be done."))
    choices = chosen_in(document, request.POST)
    if does == "original":
        choices = replace(choices, repair="none", replacements=())
    following = renew(document, choices, by=person(request))
    if following == document:
        messages.info(request, _("Nothing would be different, so the document stays as it is."))
    else:
        told = _("The document has been read anew. This is version %(number)s.")
        messages.success(request, told % {"number": following.version})
    return redirect("document", uuid=following.uuid)
