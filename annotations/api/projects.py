"""Projects: those one may see, and new ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import asked_of, person
from annotations.api.paging import ByKey
from annotations.project.access import Action, project_for, roles, roles_in, visible_projects
from annotations.project.models import Project, Role, User
from annotations.project.projects import begin_project, rename
from annotations.project.refusals import Invalid


class Projects(APIView):
    """GET: the caller's projects. POST `{"slug", "name"}`: a new one, managed by the caller."""

    scopes = {"GET": {"read"}, "POST": {"manage"}}

    def get(self, request: Request) -> Response:
        user = person(request)
        pages = ByKey()
        page = pages.paginate_queryset(visible_projects(user), request, view=self) or []
        held = roles_in(user, page)
        return pages.get_paginated_response([_project(row, held[row.pk]) for row in page])

    def post(self, request: Request) -> Response:
        asked = asked_of(request.data)
        slug, name = string_of(asked, "slug"), string_of(asked, "name")
        project = begin_project(slug, name, by=person(request))
        where = f"{request.path}/{project.slug}"
        said = project_json(project, person(request))
        return Response(said, status=201, headers={"Location": where})


class OneProject(APIView):
    """GET; PATCH `{"name"}`."""

    scopes = {"GET": {"read"}, "PATCH": {"manage"}}

    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.SEE_PROJECT)
        return Response(project_json(project, person(request)))

    def patch(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.MANAGE)
        asked = asked_of(request.data)
        for unknown in sorted(asked.keys() - {"name"}):
            raise Invalid.field(unknown, "fixed", _("Only the name of a project can be changed."))
        renamed = rename(project, string_of(asked, "name"), by=person(request))
        return Response(project_json(renamed, person(request)))


def project_json(project: Project, user: User) -> dict[str, Any]:
    return _project(project, roles(user, project))


def _project(project: Project, held: Iterable[Role]) -> dict[str, Any]:
    return {
        "id": str(project.uuid),
        "slug": project.slug,
        "name": project.name,
        "roles": sorted(role.value for role in held),
        "created_at": project.created_at,
    }


def string_of(asked: dict[str, Any], field: str) -> str:
    value = asked.get(field)
    if not isinstance(value, str):
        raise Invalid.field(field, "string", _("%(field)s must be a string.") % {"field": field})
    return value
