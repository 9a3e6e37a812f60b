"""Projects as their people start and name them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from annotations.project.access import Action, require, require_all_of
from annotations.project.members import begin
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid


def begin_project(slug: str, name: str, *, by: User) -> Project:
    """A new project with `by` as its manager. Raises `Invalid` with an error for each field."""
    require_all_of(by)
    try:
        return begin(slug, name.strip(), by=by)
    except ValidationError as error:
        raise _invalid(error) from error


@transaction.atomic
def rename(project: Project, name: str, *, by: User) -> Project:
    """The address stays: it is in links, tokens and releases."""
    require(by, Action.MANAGE, project)
    locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    locked.name = name.strip()
    try:
        locked.clean_fields()
    except ValidationError as error:
        raise _invalid(error) from error
    locked.save(update_fields=["name"])
    return locked


def _invalid(error: ValidationError) -> Invalid:
    errors = [
        {"field": field, "code": str(each.code or "invalid"), "detail": " ".join(each.messages)}
        for field, found in error.error_dict.items()
        for each in found
    ]
    return Invalid(" ".join(each["detail"] for each in errors), errors=errors)
