"""Links that sign people in once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from annotations.management.demo_files import demo_members
from annotations.management.telling import TellingCommand, Told, user_named
from annotations.project.accounts import LINK_LIFETIME, new_sign_in_link
from annotations.project.models import Membership, User
from annotations.project.refusals import Invalid


class Command(TellingCommand):
    help = (
        f"Prints a link that signs USER in once, within {LINK_LIFETIME.days} day. "
        "--all-demo prints one for everybody of the demonstration, if it was loaded."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", nargs="?")
        parser.add_argument("--all-demo", action="store_true")
        parser.add_argument(
            "--base-url", default=settings.BASE_URL, help="where people reach the workbench"
        )

    def tell(self, *, user: str | None, all_demo: bool, base_url: str, **options: Any) -> Told:
        if (user is None) != all_demo:
            raise Invalid("Name one account, or give --all-demo.")
        base = base_url.rstrip("/")
        if user is None:
            links = [_link(person) for person in demo_members()]
            lines = [f"{each['account']:<6} {base}{each['path']}" for each in links]
            return Told(links, "\n".join(lines))
        link = _link(_open_account(user))
        return Told({**link, "url": base + link["path"]}, base + link["path"])


def _open_account(username: str) -> User:
    person = user_named(username)
    if not person.is_active:
        raise Invalid(f"The account {username!r} is closed.")
    return person


def _link(user: User) -> dict[str, str]:
    """`{"account", "name", "roles", "path"}`; the path holds the secret."""
    held = Membership.objects.filter(user=user).order_by("role")
    return {
        "account": user.username,
        "name": str(user),
        "roles": ", ".join(dict.fromkeys(held.values_list("role", flat=True))) or "no role",
        "path": f"/sign-in/{new_sign_in_link(user, now=timezone.now())}",
    }
