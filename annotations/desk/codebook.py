"""The codebook to read: what each theme is, what it is not, and how it looks in a text."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annotations.codebook.differing import differences
from annotations.codebook.interchange import dump_edition
from annotations.codebook.models import Edition, in_language
from annotations.codebook.reading import edition_to_read, for_page
from annotations.desk.codebook_citing import Citations, cited_clauses
from annotations.desk.codebook_draft import records_of
from annotations.desk.codebook_words import shown
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, may_at_sight, project_for
from annotations.project.models import Project


@login_required
@require_safe
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_for(person(request), slug, Action.SEE_CODEBOOK)
    cites = may_at_sight(person(request), Action.ADJUDICATE, project)
    context = {**frame(request, project), **_edition(project, request.GET.get("edition"), cites)}
    return render(request, "annotations/codebook.html", context)


def _edition(project: Project, number: str | None, cites: bool) -> dict[str, Any]:
    """Rulings are shown to whoever adjudicates: to coders they would tell of others' codings."""
    editions = list(Edition.objects.filter(project=project).order_by("number"))
    if not editions and number is None:
        return {"edition": None}
    edition = edition_to_read(project, number)
    page = for_page(edition, get_language() or "en")
    book = dump_edition(edition)
    clauses, others = cited_clauses(project, book) if cites else ({}, {})
    for stance in page["stances"]:
        stance["cited"] = clauses.get(f"stances.{stance['key']}")
    return {
        "edition": edition,
        "editions": editions,
        "note": in_language(edition.note),
        "stances": page["stances"],
        "families": families(page["themes"], page["stances"], clauses),
        "others": others.items(),
        **_changes(editions, edition, book),
    }


def _changes(editions: list[Edition], edition: Edition, book: dict[str, Any]) -> dict[str, Any]:
    """What differs from the edition before, if there is one."""
    earlier = next((each for each in reversed(editions) if each.number < edition.number), None)
    if earlier is None:
        return {"earlier": None}
    before = dump_edition(earlier)
    told = shown(differences(before, book), before=before, after=book)
    return {"earlier": earlier, "told": told, "records": records_of(book, before)}


def families(
    themes: list[dict[str, Any]], stances: list[dict[str, Any]], clauses: Citations
) -> list[dict[str, Any]]:
    """Themes of the first level, each with its sub-themes, its labels beside the scale, and which
    rulings cite it: `cited` is by field, of the theme as a whole under `theme`."""
    glyphs = {stance["key"]: stance["glyph"] for stance in stances}
    for theme in themes:
        theme["labels"] = [
            {**stance, "words": theme["stance_labels"][stance["key"]]} for stance in stances
        ]
        for example in theme["examples"]:
            example["glyph"] = glyphs.get(example.get("stance") or "", "")
        theme["cited"] = _cited(theme["key"], clauses)
    return [
        {**theme, "children": [each for each in themes if each["parent"] == theme["key"]]}
        for theme in themes
        if theme["parent"] is None
    ]


def _cited(key: str, clauses: Citations) -> dict[str, Any]:
    mine = {name.partition(".")[2]: each for name, each in clauses.items() if _is_of(key, name)}
    return {name or "theme": each for name, each in mine.items()}


def _is_of(key: str, name: str) -> bool:
    return name.partition(".")[0] == key
