"""A new project with its first manager."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from annotations.management.telling import TellingCommand, Told, user_named
from annotations.project.members import begin


class Command(TellingCommand):
    help = "Creates a project. SLUG is its part of every address: small letters, digits, hyphens."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("name")
        parser.add_argument("--manager", required=True, metavar="USER", help="its first manager")

    def tell(self, *, slug: str, name: str, manager: str, **options: Any) -> Told:
        project = begin(slug, name, by=user_named(manager))
        data = {"slug": project.slug, "name": project.name, "manager": manager}
        return Told(data, f"Created the project {project.slug}, managed by {manager}.")
