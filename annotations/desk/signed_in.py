"""Whose page it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from annotations.project.access import roles, roles_at_sight
from annotations.project.models import Project, User

SAFE = frozenset({"GET", "HEAD"})


def person(request: HttpRequest) -> User:
    """The account behind a page that asks for one."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required has seen to it
    return request.user


def frame(request: HttpRequest, project: Project) -> dict[str, Any]:
    """What the frame of every page of a project needs: where one is, and in which roles."""
    asked = roles_at_sight if request.method in SAFE else roles
    return {"project": project, "roles": asked(person(request), project)}
