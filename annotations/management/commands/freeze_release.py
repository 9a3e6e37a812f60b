"""Freezes the adjudicated documents of a project under its next version."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from annotations.management.telling import TellingCommand, Told, project_named, user_named
from annotations.project.models import Membership, Project, Role, User
from annotations.project.refusals import Invalid
from annotations.release.freezing import freeze_release
from annotations.release.placing import shares_before


class Command(TellingCommand):
    help = "Freezes the gold of all adjudicated documents as the project's next release."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("--notes", default="", help="what readers should know of it")
        parser.add_argument(
            "--by", metavar="USER", help="the manager who releases (default: the first one)"
        )

    def tell(self, *, project: str, notes: str, by: str | None, **options: Any) -> Told:
        study = project_named(project)
        manager = user_named(by) if by else first_manager(study)
        release = freeze_release(
            study, by=manager, now=timezone.now(), notes=notes, shares=shares_before(study)
        )
        text = (
            f"Froze {release.version}: {release.documents_total} documents, "
            f"{release.spans_total} labels, sha256 {release.sha256}"
        )
        return Told(release.manifest, text)


def first_manager(project: Project) -> User:
    """Whoever has managed the project for longest."""
    row = (
        Membership.objects.select_related("user")
        .filter(project=project, role=Role.MANAGER, user__is_active=True)
        .order_by("since", "pk")
        .first()
    )
    if row is None:
        raise Invalid(f"The project {project.slug!r} has no manager; name one with `enrol`.")
    return row.user
