"""Roles for a person in a project."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from annotations.management.telling import TellingCommand, Told, project_named, user_named
from annotations.project.access import roles as roles_of
from annotations.project.members import enrol
from annotations.project.models import Role


class Command(TellingCommand):
    help = "Gives a person one or more roles in a project, beside those held already."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user")
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("roles", nargs="+", choices=Role.values, metavar="role")

    def tell(self, *, user: str, project: str, roles: list[str], **options: Any) -> Told:
        person, study = user_named(user), project_named(project)
        coder = enrol(person, study, roles=[Role(role) for role in roles])
        held = sorted(role.value for role in roles_of(person, study))
        data = {
            "account": user,
            "project": project,
            "roles": held,
            "pseudonym": coder.pseudonym,
        }
        return Told(data, f"{user} is {', '.join(held)} in {project}, as {coder.pseudonym}.")
