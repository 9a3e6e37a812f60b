"""Which edition or batch a reader asks about, from an address."""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.assignment.models import Batch
from annotations.codebook.models import Edition
from annotations.project.models import Project
from annotations.project.refusals import Invalid


class Chosen(TypedDict, total=False):
    edition: Edition
    batch: Batch


def chosen(project: Project, *, batch: str | None, edition: str | None) -> Chosen:
    """Empty where neither is named; one that does not exist is refused."""
    if batch:
        return {"batch": _batch(project, batch)}
    if edition:
        found = Edition.objects.filter(project=project, frozen_at__isnull=False)
        if not edition.isdecimal() or not (row := found.filter(number=int(edition[:9])).first()):
            raise Invalid.field("edition", "unknown", _("There is no such edition in use."))
        return {"edition": row}
    return {}


def _batch(project: Project, named: str) -> Batch:
    try:
        found = (
            Batch.objects.filter(project=project, uuid=UUID(named))
            .select_related("edition")
            .first()
        )
    except ValueError:
        found = None
    if found is None:
        raise Invalid.field("batch", "unknown", _("There is no such batch."))
    return found
