"""What a coder has at hand beside the text: the queue, preferences, the file as it came."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import person, readable
from annotations.api.paging import ByKey, filters_of
from annotations.assignment import progress
from annotations.coding.worklist import counted, neighbours, work_json, work_of_coder
from annotations.corpus.originals import original_of
from annotations.corpus.telling import repairs_told, warnings_told
from annotations.project.access import Action, coder_of, project_for
from annotations.project.keymap import VERBS
from annotations.project.preferences import prefer, preferences_of


class Assignments(APIView):
    """GET: one's own assignments in the order of claiming."""

    scopes = {"GET": {"read", "code"}}

    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.CODE)
        coder = coder_of(person(request), project)
        state = filters_of(request, allowed={"state"}).get("state")
        rows = work_of_coder(coder, state=state)
        pages = ByKey()
        page = pages.paginate_queryset(counted(rows), request, view=self) or []
        beside = neighbours(rows, page, before=pages.has_previous, after=pages.has_next)
        answer = pages.get_paginated_response([work_json(row, beside) for row in page])
        answer.data["progress"] = progress.of_coder(coder)
        return answer


class OwnPreferences(APIView):
    """GET and PUT of the caller's keys and settings."""

    scopes = {"GET": {"read", "code"}, "PUT": {"code"}}

    def get(self, request: Request) -> Response:
        return Response({**preferences_of(person(request)), "verbs": VERBS})

    def put(self, request: Request) -> Response:
        kept = prefer(person(request), request.data, now=timezone.now())
        return Response({**kept, "verbs": VERBS})


class OriginalText(APIView):
    """GET: the beginning of the file as it was first decoded."""

    scopes = {"GET": {"read", "code"}}

    def get(self, request: Request, uuid: UUID) -> Response:
        document, _assignment = readable(person(request), uuid, request.GET.get("assignment"))
        original = original_of(document)
        return Response(
            {
                "id": str(document.uuid),
                "name": original.source.name,
                "sha256": original.source.sha256,
                "size": original.source.size,
                "encoding": document.encoding,
                "repairs": document.repairs,
                "warnings": document.warnings,
                "told": {
                    "repairs": repairs_told(document.repairs),
                    "warnings": warnings_told(document.warnings),
                },
                "text": original.text,
                "truncated": original.truncated,
            }
        )
