"""Taking back: a document everywhere, or a whole release."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import asked_of, person
from annotations.corpus.models import Document
from annotations.project.access import Action, project_for, require
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotVisible
from annotations.release.present import said
from annotations.release.quoted_elsewhere import Quote, quoted_elsewhere
from annotations.release.retracting import retract
from annotations.release.serving import release_of
from annotations.release.taking_down import (
    Reach,
    reach_of,
    take_down,
    takedown_of,
    told,
    versions_of,
)


class DocumentTakedown(APIView):
    """GET: what a takedown would touch, or what was done. POST: takes it down, with its `reason`.

    The bytes, the text and every quote leave; ids and hashes stay. It cannot be undone. What people
    typed elsewhere by hand stays, and is listed under `quoted`.
    """

    scopes = {"GET": {"manage"}, "POST": {"manage"}}

    def get(self, request: Request, uuid: UUID) -> Response:
        document = document_for(person(request), uuid)
        quotes = quoted_elsewhere(document, by=person(request))
        return Response(_as_json(document, reach_of(document, by=person(request)), quotes))

    def post(self, request: Request, uuid: UUID) -> Response:
        user = person(request)
        document = document_for(user, uuid)
        reason = reason_in(asked_of(request.data))
        quotes = quoted_elsewhere(document, by=user)
        take_down(document, reason=reason, by=user, now=timezone.now())
        return Response(_as_json(document, reach_of(document, by=user), quotes))


class ReleaseRetraction(APIView):
    """POST: nobody is to use the release any more, and its `reason` says why. For good."""

    scopes = {"POST": {"manage"}}

    def post(self, request: Request, slug: str, version: str) -> Response:
        project = project_for(person(request), slug, Action.RELEASE)
        reason = reason_in(asked_of(request.data))
        release = release_of(project, version)
        made = retract(release, reason=reason, by=person(request), now=timezone.now())
        return Response({"release": release.version, **said(made)}, status=201)


def document_for(user: User, uuid: UUID) -> Document:
    """For those who may take it down; whether it has a text is another question."""
    rows = Document.objects.listed().select_related("project")
    document = rows.filter(uuid=uuid).first()
    if document is None:
        raise NotVisible
    require(user, Action.TAKE_DOWN, document.project)
    return document


def reason_in(asked: dict[str, Any]) -> str:
    """The reason of a body; the verb says whether it will do."""
    reason = asked.get("reason", "")
    if not isinstance(reason, str):
        raise Invalid.field("reason", "string", _("The reason is text."))
    return reason


def _as_json(document: Document, reach: Reach, quotes: Iterable[Quote]) -> dict[str, Any]:
    done = takedown_of(versions_of(document)[0])
    return {
        "id": str(document.uuid),
        "taken_down": told(done) if done else None,
        "documents": [_kept(each) for each in reach.documents],
        "annotations": reach.annotations,
        "comments": reach.comments,
        "releases": [each.version for each in reach.releases],
        "same_text": [str(each.uuid) for each in reach.copies],
        "quoted": [_quoted(each) for each in quotes],
    }


def _quoted(quote: Quote) -> dict[str, str | None]:
    about = str(quote.document) if quote.document else None
    return {"in": quote.kind, "which": quote.which, "document": about, "words": quote.words}


def _kept(document: Document) -> dict[str, str]:
    """What stays of it."""
    return {
        "id": str(document.uuid),
        "text_sha256": document.text_sha256,
        "raw_sha256": document.source.sha256,
    }
