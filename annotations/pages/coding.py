"""The coding page: the shell and the data it starts from; the text is fetched."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.assignment import claiming, progress
from annotations.assignment.models import Assignment
from annotations.codebook.reading import for_page
from annotations.coding.models import HolderKind
from annotations.coding.showing import assignment_json
from annotations.corpus.gone import refuse_if_taken_down
from annotations.pages.home import signed_in
from annotations.pages.strings import coding_strings
from annotations.project.access import Action, project_for
from annotations.project.models import User
from annotations.project.preferences import preferences_of


@login_required
@require_POST
def next_document(request: HttpRequest, slug: str) -> HttpResponse:
    """Claims the next document and opens it; back to the project when there is none."""
    user = signed_in(request)
    project = project_for(user, slug, Action.CODE)
    found = claiming.claim_next(project, by=user, now=timezone.now())
    if found is None:
        return redirect(reverse("project", args=[slug]) + "?done=1")
    return redirect("code", uuid=found.uuid)


@login_required
@require_safe
def code(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = signed_in(request)
    assignment = claiming.assignment_of(user, uuid)
    refuse_if_taken_down(assignment.document)
    context = {
        "project": assignment.project,
        "assignment": assignment,
        "document": assignment.document,
        "page": page_data(user, assignment),
    }
    return render(request, "annotations/coding.html", context)


def page_data(user: User, assignment: Assignment) -> dict[str, Any]:
    """What coding.js starts from; texts are in the reader's language."""
    language = (get_language() or "en")[:2]
    slug = assignment.project.slug
    document = reverse("api:document", args=[assignment.document.uuid])
    return {
        "user": {"id": str(user.pk), "name": str(user), "initials": initials(str(user))},
        "language": language,
        "assignment": assignment_json(assignment),
        "documentUrl": f"{document}?assignment={assignment.uuid}",
        "urls": {
            "annotations": "/api/v1/annotations/",
            "assignment": reverse("api:assignment", args=[assignment.uuid]),
            "csrf": reverse("api:csrf"),
            "next": reverse("next", args=[slug]),
            "comment": "/api/v1/comments/",
            "comments": reverse("api:comments", args=[assignment.document.uuid]),
            "flag": "/api/v1/flags/",
            "original": reverse("api:original", args=[assignment.document.uuid]),
            "assignments": reverse("api:assignments", args=[slug]),
            "preferences": reverse("api:preferences"),
            "nextApi": reverse("api:next-assignment", args=[slug]),
            "code": "/code/",
            "project": reverse("project", args=[slug]),
            "search": reverse("search", args=[slug]),
            "coded": reverse("coded", args=[slug]),
            "home": reverse("home"),
            "signIn": reverse("sign-in"),
        },
        "codebook": for_page(assignment.batch.edition, language),
        "progress": progress.of_coder(assignment.coder),
        "holders": HolderKind.values,
        "preferences": preferences_of(user),
        "strings": coding_strings(),
    }


def initials(name: str) -> str:
    """
    >>> initials("Maud Lindqvist"), initials("ada")
    ('ML', 'A')
    """
    words = name.split()
    return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper() or _("?")
