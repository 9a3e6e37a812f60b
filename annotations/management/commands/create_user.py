"""An account without a password: its owner comes in by a sign-in link."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from annotations.management.telling import TellingCommand, Told
from annotations.project.models import User


class Command(TellingCommand):
    help = (
        "Creates an account. It has no password; `sign_in_link USERNAME` lets its owner in. "
        "Roles in projects are given by `enrol`."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="the name that others see")
        parser.add_argument("--email", default="")
        parser.add_argument(
            "--staff", action="store_true", help="may use the administration, with all its rights"
        )

    def tell(self, *, username: str, name: str, email: str, staff: bool, **options: Any) -> Told:
        user = User(username=username, name=name, email=email, is_staff=staff, is_superuser=staff)
        user.set_unusable_password()
        user.full_clean()
        user.save()
        data = {"account": user.username, "name": user.name, "staff": user.is_staff}
        return Told(data, f"Created the account {user.username}.")
