"""Derives anew what waits for the adjudicators of a project."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from annotations.adjudication.standing import rebuild, waiting
from annotations.management.telling import TellingCommand, Told, project_named


class Command(TellingCommand):
    help = (
        "Derives every document's disputes and checks anew. Never needed, because what is kept is "
        "believed only where nothing has changed since; it changes nothing that anybody decided."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="the project's slug")

    def tell(self, *, project: str, **options: Any) -> Told:
        found = project_named(project)
        documents = rebuild(found)
        left = waiting(found).count()
        text = f"{documents} documents derived, {left} points wait for a person."
        return Told({"documents": documents, "waiting": left}, text)
