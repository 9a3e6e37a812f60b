"""Search in texts, and the passages of a theme."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.adjudication import retrieving
from annotations.adjudication.retrieving import Row
from annotations.api.coding import person
from annotations.api.paging import ByKey, Sought, filters_of
from annotations.assignment.searching import Hit, hits_of, matching
from annotations.coding.showing import direction
from annotations.corpus.models import Document
from annotations.project.access import Action, project_for

FILTERS = {"theme", "stance", "holder", "language", "batch", "edition", "attribute", "value", "of"}


class Search(APIView):
    """GET: the passages that hold `?q=`, in the texts that the caller may see."""

    costly = {"GET"}
    scopes = {"GET": {"read", "code"}}

    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.SEARCH)
        query = filters_of(request, allowed={"q"}).get("q", "")
        pages = Sought()
        rows = matching(project, query, by=person(request))
        page = pages.paginate_queryset(rows, request, view=self) or []
        found = hits_of(page, query, by=person(request))
        return pages.get_paginated_response([hit_json(each) for each in found])


class Coded(APIView):
    """GET: every passage of a theme, a stance, a holder: one's own coding, or the gold."""

    costly = {"GET"}
    scopes = {"GET": {"read", "code"}}

    def get(self, request: Request, slug: str) -> Response:
        user = person(request)
        project = project_for(user, slug, Action.SEARCH)
        asked = dict(filters_of(request, allowed=FILTERS))
        of = retrieving.layer_for(user, project, asked.pop("of", None))
        wanted = retrieving.wanted_of(project, asked)
        limit = ByKey().get_page_size(request)
        page = retrieving.retrieve(
            project, of, wanted, by=user, after=request.GET.get("cursor"), limit=limit
        )
        return Response(
            {
                "of": of.value,
                "next": _next(request, page.cursor),
                "results": [row_json(each) for each in page.rows],
            }
        )


def _next(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def hit_json(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "document": document_json(hit.document),
        "assignment": str(hit.assignment) if hit.assignment else None,
        "passage": passage.index,
        "paragraph": passage.paragraph,
        "sentence": passage.sentence,
        "zone": passage.zone,
        "language": passage.language or None,
        "offset_unit": "codepoint",
        "start": hit.start,
        "end": hit.start + len(hit.text),
        "text": hit.text,
        "hits": [{"start": start, "end": end} for start, end in hit.hits],
        "before": hit.before,
        "after": hit.after,
    }


def document_json(document: Document) -> dict[str, Any]:
    return {
        "id": str(document.uuid),
        "title": document.title,
        "language": document.language or None,
        "dir": direction(document.language),
    }


def row_json(row: Row) -> dict[str, Any]:
    holder = {"kind": row.holder_kind, "name": row.holder_name} if row.holder_kind else None
    return {
        "document": document_json(row.document),
        "batch": row.batch,
        "assignment": str(row.assignment) if row.assignment else None,
        "annotation": row.annotation,
        "passage": row.passage,
        "offset_unit": "codepoint",
        "start": row.start,
        "end": row.end,
        "quote": row.text.text,
        "theme": row.theme,
        "stance": row.stance,
        "holder": holder,
        "origin": row.origin,
        "before": row.text.before,
        "after": row.text.after,
    }
