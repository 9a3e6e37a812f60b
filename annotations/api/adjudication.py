"""A document's disputes and rulings."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.adjudication.asking import parse
from annotations.adjudication.cases import Case, case_of
from annotations.adjudication.ruling import rule
from annotations.adjudication.showing import case_json
from annotations.api.coding import person
from annotations.api.problems import CONTENT_TYPE, problem
from annotations.corpus.models import Document
from annotations.project.access import Action, require
from annotations.project.models import User
from annotations.project.refusals import NotVisible


class Adjudication(APIView):
    """GET: disputes and rulings. PUT with If-Match: one ruling, and the state after it."""

    scopes = {"GET": {"read", "manage"}, "PUT": {"manage"}}

    def get(self, request: Request, uuid: UUID) -> Response:
        case = case_for(person(request), uuid)
        etag = _etag(case)
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304, headers={"ETag": etag})
        return Response(case_json(case), headers={"ETag": etag})

    def put(self, request: Request, uuid: UUID) -> Response:
        case = case_for(person(request), uuid)
        base = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
        if not base:
            said = problem(428, "if-match-missing", _("Send If-Match with the version you saw."))
            return Response(said, status=428, content_type=CONTENT_TYPE)
        operation, verdict = parse(request.data, case)
        rule(
            case.document,
            verdict,
            by=person(request),
            operation=operation,
            base=base,
            now=timezone.now(),
        )
        after = case_for(person(request), uuid)
        return Response(case_json(after), headers={"ETag": _etag(after)})


def case_for(user: User, uuid: UUID) -> Case:
    """The case of a document, for those who adjudicate in its project; 404 for the rest."""
    document = Document.objects.listed().select_related("project").filter(uuid=uuid).first()
    if document is None:
        raise NotVisible
    require(user, Action.ADJUDICATE, document.project)
    case = case_of(document)
    if case is None:
        raise NotVisible(_("No batch that reaches gold has this document."))
    return case


def _etag(case: Case) -> str:
    return f'"{case.version}"'
