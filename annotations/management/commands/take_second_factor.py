"""For somebody whose app and recovery codes are lost."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from annotations.management.telling import TellingCommand, Told, user_named
from annotations.project.factors import take_second_factor


class Command(TellingCommand):
    help = "Turns the second factor of USER off, recovery codes included. Make sure who asks."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user")

    def tell(self, *, user: str, **options: Any) -> Told:
        person = user_named(user)
        taken = take_second_factor(person)
        said = "is off now" if taken else "was off already"
        return Told({"account": person.username, "taken": taken}, f"The second factor {said}.")
