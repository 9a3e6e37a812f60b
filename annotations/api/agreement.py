"""How far coders agree."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.agreement.choosing import chosen
from annotations.agreement.report_json import of_report, of_stability
from annotations.agreement.reports import across, report
from annotations.agreement.stability import stability
from annotations.api.coding import person
from annotations.project.access import Action, project_for
from workbench.replicas import reads_elsewhere


class Agreement(APIView):
    """GET: the figures of the first submissions, with a reason wherever there is none.

    `?batch=` a round's UUID, `?edition=` a number; by default all main rounds of the current edition.
    """

    costly = {"GET"}

    @reads_elsewhere
    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.SEE_AGREEMENT)
        query = request.query_params
        what = chosen(project, batch=query.get("batch"), edition=query.get("edition"))
        found = report(project, **what)
        editions = across(project, found)
        said = of_report(found, project=project.slug, editions=editions)
        return Response(said | {"stability": of_stability(stability(found.batch))})
