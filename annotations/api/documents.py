"""The documents of a project."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import person
from annotations.api.paging import filters_of, page_of, uuid_of
from annotations.assignment.models import Batch, BatchDocument
from annotations.corpus.models import Document
from annotations.project.access import Action, project_for


class Documents(APIView):
    """GET: the project's documents by cursor; filters `language` and `batch`."""

    scopes = {"GET": {"read"}}

    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.SEE_DOCUMENTS)
        asked = filters_of(request, allowed={"language", "batch"})
        rows = Document.objects.listed().filter(project=project)
        if "language" in asked:
            rows = rows.filter(language=asked["language"])
        if "batch" in asked:
            batch = uuid_of(asked["batch"], field="batch")
            known = Batch.objects.filter(project=project, uuid=batch).values_list("pk", flat=True)
            items = BatchDocument.objects.filter(batch=known.first(), document=OuterRef("pk"))
            rows = rows.filter(Exists(items))
        else:
            rows = rows.current()
        return page_of(rows, _document, request=request, view=self)


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": str(document.uuid),
        "title": document.title,
        "language": document.language,
        "languages": document.languages,
        "source_url": document.source_url,
        "published_on": document.published_on,
        "length": document.length,
        "text_sha256": document.text_sha256,
        "created_at": document.created_at,
    }
