"""A token for a tool, shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from annotations.management.telling import TellingCommand, Told, user_named
from annotations.project.accounts import SCOPES, TOKEN_LIFETIME, create_token
from annotations.project.refusals import Invalid


class Command(TellingCommand):
    help = (
        "Creates an API token that acts as the account, within its scopes: "
        + "; ".join(f"{scope} ({what})" for scope, what in SCOPES.items())
        + ". The token is printed once and kept as a hash only."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user")
        parser.add_argument("--scopes", required=True, help="separated by commas")
        parser.add_argument(
            "--projects", help="slugs, separated by commas; else all of the account"
        )
        parser.add_argument("--name", default="command line", help="what it is for")
        parser.add_argument(
            "--days", type=int, default=TOKEN_LIFETIME.days, help="how long it is in force"
        )

    def tell(
        self,
        *,
        user: str,
        scopes: str,
        name: str,
        days: int,
        projects: str | None = None,
        **options: Any,
    ) -> Told:
        if not 1 <= days <= 3650:
            raise Invalid("--days is a number from 1 to 3650.")
        made = create_token(
            user_named(user),
            name=name,
            scopes=_listed(scopes),
            projects=None if projects is None else _listed(projects),
            now=timezone.now(),
            lifetime=timedelta(days=days),
        )
        data = {
            "token": made.secret,
            "account": user,
            "name": name,
            "scopes": made.row.scopes,
            "projects": None if projects is None else sorted(_listed(projects)),
            "expires_at": made.row.expires_at.isoformat(),
        }
        return Told(data, made.secret)


def _listed(said: str) -> list[str]:
    return [each.strip() for each in said.split(",") if each.strip()]
