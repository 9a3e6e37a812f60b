"""One document with its codings side by side, and what an adjudicator decides of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from annotations.adjudication import cases
from annotations.adjudication.asking import parse
from annotations.adjudication.cases import Case
from annotations.adjudication.checking import open_checks
from annotations.adjudication.models import Decision, Ruling
from annotations.adjudication.queueing import hold, is_left, own_work
from annotations.adjudication.ruling import rule
from annotations.coding.models import HolderKind
from annotations.corpus.models import Document
from annotations.desk.adjudication_book import Book
from annotations.desk.adjudication_chains import chains_of
from annotations.desk.adjudication_drafts import draft_of
from annotations.desk.adjudication_order import next_address, query_of, wanted_of
from annotations.desk.adjudication_text import VIEWS, text_in_layers
from annotations.desk.adjudication_words import what_most_said
from annotations.desk.cards import additions, bare, cards
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, coder_of, require
from annotations.project.identifiers import uuid7
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible, Refusal, Stale

STATUS: dict[type[Refusal], int] = {NotAllowed: 403, NotNow: 409, Stale: 412, Invalid: 422}
FROM_FORM = ("dispute", "reason", "clause", "override_reason")
LABEL = ("theme", "stance")
A_YEAR = 365 * 24 * 3600


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adjudicate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET: the codings side by side. POST: one ruling, then whatever comes next."""
    user = person(request)
    case = _case(user, uuid)
    if request.method != "POST":
        return _page(request, case)
    try:
        operation, verdict = parse(asked(request), case)
        ruling = rule(
            case.document,
            verdict,
            by=user,
            operation=operation,
            base=request.POST.get("base", ""),
            now=timezone.now(),
        )
    except (NotAllowed, NotNow, Stale, Invalid) as refusal:
        return _page(request, _case(user, uuid), refusal=refusal)
    hold(case.document, by=ruling.by, now=timezone.now())
    return _onwards(request, _case(user, uuid), ruling)


def _case(user: User, uuid: UUID) -> Case:
    document = Document.objects.listed().select_related("project").filter(uuid=uuid).first()
    if document is None:
        raise NotVisible
    require(user, Action.ADJUDICATE, document.project)
    case = cases.case_of(document)
    if case is None:
        raise NotVisible
    return case


def asked(request: HttpRequest) -> dict[str, Any]:
    """The fields of the form that matter to the decision, as the JSON of a ruling."""
    form = request.POST
    decision, _, letter = form.get("verdict", "").partition(" ")
    data: dict[str, Any] = {"operation": form.get("operation"), "decision": decision}
    data |= {field: form.get(field, "").replace("\r\n", "\n") for field in FROM_FORM}
    if decision == Decision.ACCEPT:
        data["accept"] = letter
    if decision in {Decision.ADJUST, Decision.CHANGE}:
        data["accept"] = form.get("from") or None
    if decision in {Decision.ADJUST, Decision.ADD}:
        data |= {"start": _whole(form.get("start")), "end": _whole(form.get("end"))}
        data["quote"] = form.get("quote", "").replace("\r\n", "\n")
    if decision in {Decision.CHANGE, Decision.ADD}:
        data |= {field: form.get(field) or None for field in LABEL}
        kind = form.get("holder_kind")
        data["holder"] = {"kind": kind, "name": form.get("holder_name") or None} if kind else None
    return data


def _whole(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdecimal() else None


def _onwards(request: HttpRequest, case: Case, ruling: Ruling) -> HttpResponse:
    """By theme or pair to the next of it, wherever that is; else on in this document."""
    if said := what_most_said(case, ruling):
        messages.info(request, said)
    wanted = wanted_of(request.GET)
    if wanted.by != "document":
        project = case.item.batch.project
        where = next_address(project, wanted, (case.document.uuid, ruling.start))
        return HttpResponseRedirect(where)
    query = query_of(wanted)
    where = reverse("adjudicate", args=[case.document.uuid]) + (f"?{query}" if query else "")
    return HttpResponseRedirect(f"{where}#{_next_place(case, ruling.start)}")


def _next_place(case: Case, start: int) -> str:
    """Where on the page to go on: the next open dispute, else the first, else the end."""
    places = [(dispute.start, dispute.key) for dispute in case.open_disputes]
    places += [(check.start, check.key) for check in open_checks(case)]
    following = [place for place in places if place[0] >= start]
    first = min(following or places, default=None)
    return f"d-{first[1]}" if first else "settled"


def _page(request: HttpRequest, case: Case, *, refusal: Refusal | None = None) -> HttpResponse:
    book = Book(case.item.batch.edition)
    every = cards(case, book)
    looked_at = bare(case, book)
    view = _view(request)
    context = {
        "case": case,
        "document": case.document,
        "refusal": refusal,
        "draft": draft_of(case, request.POST) if refusal else None,
        "open": [card for card in every if card.waits],
        "disputed": len(case.open_disputes),
        "bare": [each for each in looked_at if each.check.result == "open"],
        "confirmed": [each for each in looked_at if each.check.result != "open"],
        "settled": [card for card in every if not card.waits],
        "additions": additions(case, book),
        "columns": text_in_layers(case, book, view),
        "view": view,
        "book": book,
        "letters": sorted(case.letters.values()),
        "holders": HolderKind.choices,
        "operation": uuid7(),
        "chains": chains_of(case, every),
        **_ways(request, case),
        **frame(request, case.item.batch.project),
    }
    status = STATUS.get(type(refusal), 409) if refusal else 200
    page = render(request, "annotations/desk/adjudication.html", context, status=status)
    if request.GET.get("view") in VIEWS:
        page.set_cookie(
            _cookie(person(request)),
            view,
            max_age=A_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return page


def _view(request: HttpRequest) -> str:
    """As asked for now, else as it was last on this device."""
    kept = request.COOKIES.get(_cookie(person(request)))
    for asked_for in (request.GET.get("view"), kept):
        if asked_for in VIEWS:
            return asked_for
    return VIEWS[0]


def _cookie(user: User) -> str:
    """One a person, for those who share a device."""
    return f"layers-{user.pk}"


def _ways(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Whether one coded it, and where else one may go from here."""
    project, wanted = case.item.batch.project, wanted_of(request.GET)
    coder = coder_of(person(request), project)
    settled = case.state == "adjudicated" and not open_checks(case)
    return {
        "coded_by_me": own_work(project, coder).filter(document=case.document).exists(),
        "onwards": next_address(project, wanted),
        "query": query_of(wanted),
        "following": settled and is_left(project, by=coder),
    }
