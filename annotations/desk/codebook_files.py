"""An edition as a file to take away, and files that bring the next one."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.codebook.checking import Fault, faults_of
from annotations.codebook.interchange import dump_edition
from annotations.codebook.reading import edition_to_read
from annotations.codebook.sheets import BadSheet, book_of, placed, sheet_of
from annotations.desk.signed_in import person
from annotations.project.access import Action, project_for
from annotations.project.refusals import Invalid
from annotations.project.speaking import said

MOST_BYTES = 2 * 1024 * 1024


@login_required
@require_safe
def as_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    book = _book(request, slug, number)
    text = json.dumps(book, ensure_ascii=False, indent=2) + "\n"
    return _file(text, f"{slug}-codebook-{number}.json", "application/json")


@login_required
@require_safe
def as_csv(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    book = _book(request, slug, number)
    return _file(sheet_of(book), f"{slug}-codebook-{number}.csv", "text/csv; charset=utf-8")


def _book(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    project = project_for(person(request), slug, Action.SEE_CODEBOOK)
    return dump_edition(edition_to_read(project, str(number)))


def _file(text: str, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(text, content_type=kind, headers={"Content-Disposition": disposition})


def book_in(file: File[bytes], *, present: dict[str, Any]) -> dict[str, Any]:
    """The codebook in a file, JSON or CSV by its name; checked.

    A table without rows for the scale or the note keeps those of `present`. Invalid names each
    fault by its field, or by row and column.
    """
    if (file.size or 0) > MOST_BYTES:
        raise _unreadable(_("A codebook has at most 2 MB; this file has more."))
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error
    if (file.name or "").casefold().endswith(".json"):
        return _from_json(text)
    return _from_sheet(text, present)


def _unreadable(words: str) -> Invalid:
    return Invalid.field("file", "file-unreadable", words)


def _from_json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(_("This is no JSON: %(error)s.") % {"error": error}) from error
    _require_none(faults_of(data))
    known = {"note", "stances", "themes", "changes"}
    return {name: value for name, value in data.items() if name in known}


def _from_sheet(text: str, present: dict[str, Any]) -> dict[str, Any]:
    try:
        data = book_of(text)
    except BadSheet as refused:
        raise _invalid(refused.faults) from refused
    data = {"note": present["note"], "stances": present["stances"], **data}
    _require_none(placed(faults_of(data), text))
    return data


def _require_none(faults: list[Fault]) -> None:
    if faults:
        raise _invalid(faults)


def _invalid(faults: list[Fault]) -> Invalid:
    errors = [{**fault, "detail": said(fault["detail"])} for fault in faults]
    return Invalid(errors[0]["detail"], errors=errors)
