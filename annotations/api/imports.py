"""Deliveries: files in, and the documents that they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import person
from annotations.api.import_bodies import Files, Lines, items_of
from annotations.api.paging import NewestFirst, filters_of, page_of
from annotations.api.parsing import CleanJSONParser
from annotations.corpus.choices import Columns
from annotations.corpus.deliveries.adding import add
from annotations.corpus.deliveries.answering import name_columns
from annotations.corpus.deliveries.cancelling import cancel, given_up, resume
from annotations.corpus.deliveries.delivering import (
    Progress,
    deliver_items,
    import_for,
    progress_of,
    progress_of_each,
)
from annotations.corpus.deliveries.previewing import cut_anew
from annotations.corpus.models import Import, ImportFile, Outcome
from annotations.corpus.readers.columns import PARTS
from annotations.corpus.speaking import reason_in_words
from annotations.project.access import Action, project_for
from annotations.project.refusals import Invalid


class Imports(APIView):
    """GET: deliveries, newest first. POST: multipart `files`, or lines of JSON; kept at once and
    read in the background → 202.
    """

    scopes = {"GET": {"read", "manage"}, "POST": {"manage"}}
    parser_classes = [Files, Lines]

    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.IMPORT)
        rows = Import.objects.filter(project=project).select_related("project")
        pages = NewestFirst()
        page = pages.paginate_queryset(rows, request, view=self) or []
        counted = progress_of_each(page)
        said = [{**_head(row), **_counts(counted[row.pk])} for row in page]
        return pages.get_paginated_response(said)

    def post(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.IMPORT)
        delivery = deliver_items(project, items_of(request), by=person(request), now=timezone.now())
        where = reverse("api:import", args=[delivery.uuid])
        return Response(import_json(delivery), status=202, headers={"Location": where})


class OneImport(APIView):
    """GET: how far it is, and what became of each file; `?files=no` leaves these out.

    PATCH `{"state": "cancelled" | "waiting"}`: cancel, resume.
    """

    scopes = {"GET": {"read", "manage"}, "PATCH": {"manage"}}
    parser_classes = [CleanJSONParser]

    def get(self, request: Request, uuid: UUID) -> Response:
        asked = filters_of(request, allowed={"files"})
        delivery = import_for(person(request), uuid)
        return Response(import_json(delivery, files=asked.get("files") != "no"))

    def patch(self, request: Request, uuid: UUID) -> Response:
        delivery = import_for(person(request), uuid)
        state = request.data.get("state") if isinstance(request.data, dict) else None
        if state == "cancelled":
            cancel(delivery, by=person(request), now=timezone.now())
        elif state == "waiting":
            resume(delivery, by=person(request))
        else:
            detail = _("state must be “cancelled” or “waiting”.")
            raise Invalid.field("state", "state-unknown", detail)
        return Response(import_json(import_for(person(request), uuid), files=False))


class ImportFiles(APIView):
    """GET: the files by cursor, filter `outcome`. POST: more files of the same delivery → 202."""

    scopes = {"GET": {"read", "manage"}, "POST": {"manage"}}
    parser_classes = [Files, Lines]

    def get(self, request: Request, uuid: UUID) -> Response:
        delivery = import_for(person(request), uuid)
        asked = filters_of(request, allowed={"outcome"})
        rows = _listed(delivery)
        if "outcome" in asked:
            if asked["outcome"] not in Outcome.values:
                detail = _("Outcomes: %(known)s.") % {"known": ", ".join(Outcome.values)}
                raise Invalid.field("outcome", "outcome-unknown", detail)
            rows = rows.filter(outcome=asked["outcome"])
        return page_of(rows, file_json, request=request, view=self)

    def post(self, request: Request, uuid: UUID) -> Response:
        delivery = import_for(person(request), uuid)
        new = add(delivery, items_of(request), by=person(request), now=timezone.now())
        return Response({**import_json(delivery, files=False), "new": new}, status=202)


class OneImportFile(APIView):
    """PATCH `{"columns": {"text": name, …, "attributes": {name: key}}}`: what a table's columns are;
    or `{"delimiter": ";", "header": true}`: how it is cut, answered by the preview of that.
    """

    scopes = {"PATCH": {"manage"}}
    parser_classes = [CleanJSONParser]

    def patch(self, request: Request, uuid: UUID, position: int) -> Response:
        delivery = import_for(person(request), uuid)
        body = request.data if isinstance(request.data, dict) else {}
        if "delimiter" in body:
            cut = cut_of(body)
            cut_anew(delivery, position, **cut, by=person(request))
            return Response(file_json(_listed(delivery).get(position=position)))
        columns = columns_of(body.get("columns"))
        name_columns(delivery, position, columns, by=person(request), now=timezone.now())
        return Response(file_json(_listed(delivery).get(position=position)))


def cut_of(said: Mapping[str, Any]) -> dict[str, Any]:
    delimiter, header = said.get("delimiter"), said.get("header")
    if not isinstance(delimiter, str) or not isinstance(header, bool):
        detail = _("delimiter takes a text, and header true or false.")
        raise Invalid.field("delimiter", "delimiter", detail)
    return {"delimiter": delimiter, "header": header}


def columns_of(said: object) -> Columns:
    """Raises `Invalid` for what is no mapping of columns."""
    attributes = said.get("attributes", {}) if isinstance(said, dict) else None
    known = {each.name for each in fields(Columns)} - {"delimiter"}
    if (
        not isinstance(said, dict)
        or not known.issuperset(said)
        or not isinstance(attributes, dict)
        or not all(isinstance(said.get(part, ""), str) for part in PARTS)
        or not all(isinstance(key, str) for key in attributes.values())
    ):
        named = ", ".join((*PARTS, "attributes"))
        detail = _("columns takes names of columns by part: %(named)s.") % {"named": named}
        raise Invalid.field("columns", "columns", detail)
    return Columns(**{"text": "", **said, "attributes": attributes})


def import_json(delivery: Import, *, files: bool = True) -> dict[str, Any]:
    said: dict[str, Any] = {**_head(delivery), **_counts(progress_of(delivery))}
    if files:
        said["files"] = [file_json(file) for file in _listed(delivery).order_by("position")]
    return said


def _head(delivery: Import) -> dict[str, Any]:
    return {
        "id": str(delivery.uuid),
        "project": delivery.project.slug,
        "created_at": delivery.created_at,
    }


def _counts(progress: Progress) -> dict[str, Any]:
    return {
        "state": progress.state.value,
        "total": progress.total,
        "done": progress.done,
        "counts": progress.counts,
    }


def _listed(delivery: Import) -> Any:
    files = delivery.files.annotate(given_up=Q(given_up(delivery)))
    return files.select_related("document").defer("content", "document__text", "document__repairs")


def file_json(file: ImportFile) -> dict[str, Any]:
    said = {
        "position": file.position,
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "outcome": file.outcome,
        "reason": reason_in_words(file.reason) or None,
        "document": str(file.document.uuid) if file.document else None,
        "given_up": getattr(file, "given_up", False),
    }
    if file.outcome == Outcome.ASKED:
        said["preview"] = file.reading.get("preview")
    return said
