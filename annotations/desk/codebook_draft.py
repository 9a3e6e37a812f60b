"""The next edition on screen: one entry at a time to edit, what differs beside it, then frozen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.codebook.differing import Kind, differences
from annotations.codebook.drafting import draft_of, in_use, mark_of, set_clauses
from annotations.codebook.interchange import dump_edition
from annotations.codebook.models import Edition, in_language
from annotations.desk.codebook_deeds import DEEDS, Done, begun, imported
from annotations.desk.codebook_forms import Typed, errors_by_field, groups_of, typed_in
from annotations.desk.codebook_trail import last_change
from annotations.desk.codebook_words import record_in_words, shown
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotNow, NotVisible, Refusal, Stale
from annotations.project.speaking import spoken

PARTS = {"theme": "themes", "stance": "stances", "note": "edition"}
STATUS: dict[type[Refusal], int] = {Invalid: 422, Stale: 412, NotNow: 409}
KINDS: tuple[Kind, ...] = ("added", "changed", "removed")
Place = tuple[str, str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: the draft, or one entry of it to edit. POST `do`: save, or one of the deeds."""
    project = project_for(person(request), slug, Action.MANAGE)
    refusal: Refusal | None = None
    typed = Typed()
    if request.method == "POST":
        typed = typed_in(request.POST)
        try:
            done = _do(request, project, typed)
            messages.success(request, done.told)
            return redirect(f"{request.path}{done.place}" if done.stays else done.place)
        except (Invalid, Stale, NotNow) as refused:
            refusal = spoken(refused)
    return _page(request, project, typed, refusal)


def _do(request: HttpRequest, project: Project, typed: Typed) -> Done:
    does = request.POST.get("do", "")
    found = draft_of(project)
    if does == "begin":
        return begun(request, project)
    if does == "import":
        return imported(request, project, found)
    if does not in ("save", *DEEDS):
        raise Invalid.field("do", "choice", _("Choose what is to be done."))
    if found is None:
        raise NotNow(_("This draft is no more: it was frozen or discarded."), reason="draft-gone")
    if does != "save":
        return DEEDS[does](request, project, found)
    part, key = _place(request.POST.get("part", ""), request.POST.get("key", ""))
    set_clauses(found, part, key, typed.clauses, base=typed.base, by=person(request))
    return Done(_("Saved."), _query(part, key))


def _place(part: str, key: str) -> Place:
    if part not in PARTS.values():
        raise Invalid.field("part", "choice", _("Choose what is to be done."))
    return part, key


def _query(part: str, key: str) -> str:
    name = next(name for name, known in PARTS.items() if known == part)
    return f"?{name}={key}"


def _asked(request: HttpRequest) -> Place | None:
    """Which entry is open: of the form that came, else of the address."""
    if request.method == "POST":
        part = request.POST.get("part", "")
        return (part, request.POST.get("key", "")) if part in PARTS.values() else None
    return next(
        ((part, request.GET[name]) for name, part in PARTS.items() if name in request.GET), None
    )


def _page(
    request: HttpRequest, project: Project, typed: Typed, refusal: Refusal | None
) -> HttpResponse:
    found = draft_of(project)
    context = {**frame(request, project), "refusal": refusal, "latest": in_use(project)}
    if found is not None:
        context |= _draft(request, found, typed, refusal)
    kinds = (status for kind, status in STATUS.items() if isinstance(refusal, kind))
    status = next(kinds, 200)
    return render(request, "annotations/desk/codebook_draft.html", context, status=status)


def _draft(
    request: HttpRequest, found: Edition, typed: Typed, refusal: Refusal | None
) -> dict[str, Any]:
    book = dump_edition(found)
    latest = in_use(found.project)
    before = dump_edition(latest) if latest else None
    between = differences(before, book)
    told = shown(between, before=before, after=book)
    changed = {(each.change.part, each.change.key): each.change for each in told.changes}
    return {
        "draft": found,
        "seen": mark_of(book),
        "book": book,
        "told": told,
        "counts": {kind: between.count(kind) for kind in KINDS},
        "has_note": bool(found.note),
        "rows": _rows(book, changed),
        "heads": [
            (each["key"], in_language(each["name"]))
            for each in book["themes"]
            if not each["parent"]
        ],
        "gone": [
            each
            for each in told.changes
            if each.change.kind == "removed" and each.change.part == "themes"
        ],
        "records": records_of(book, before),
        "last": last_change(found),
        **_opened(request, book, told, typed, refusal),
    }


def _rows(book: dict[str, Any], changed: dict[Place, Any]) -> dict[str, list[dict[str, Any]]]:
    """Entries for the list beside the form, each with what became of it."""
    return {
        part: [
            {
                **each,
                "title": in_language(each.get("name") or each.get("label")) or each["key"],
                "change": changed.get((part, each["key"])),
            }
            for each in book[part]
        ]
        for part in ("themes", "stances")
    }


def _opened(
    request: HttpRequest, book: dict[str, Any], told: Any, typed: Typed, refusal: Refusal | None
) -> dict[str, Any]:
    asked = _asked(request)
    if asked is None:
        return {"entry": None}
    part, key = asked
    entry = book if part == "edition" else next((e for e in book[part] if e["key"] == key), None)
    if entry is None:
        if request.method == "POST":
            return {"entry": None, "lost": [w for w in typed.clauses.values() if w]}
        raise NotVisible
    extra = refusal.extra if refusal else {}
    errors = errors_by_field(extra.get("errors", []), part, key)
    shown_typed = Typed(typed.clauses, typed.base, tuple(extra.get("contested", ())), errors)
    return {
        "entry": entry,
        "part": part,
        "title": in_language(entry.get("name") or entry.get("label")) or key or _("Note"),
        "groups": groups_of(part, entry, book, shown_typed),
        "contested": bool(shown_typed.contested),
        "change": told.of(part, key),
    }


def records_of(book: dict[str, Any], before: dict[str, Any] | None) -> list[str]:
    both = [*(before or {"themes": []})["themes"], *book["themes"]]
    names = {each["key"]: in_language(each["name"]) for each in both}
    return [record_in_words(each, names) for each in book.get("changes") or []]
