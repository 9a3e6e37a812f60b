"""What all commands share: results on stdout, errors on stderr, and exit codes that mean something.

0 it was done; 1 it could not be done, or a check found faults; 2 the arguments are wrong or name
nothing. With `--json` the result is JSON; with `-v 0` only errors are said.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.project.models import Project, User
from annotations.project.refusals import Invalid, NotVisible, Refusal

FAILED = 1
MISUSED = 2


@dataclass(frozen=True)
class Told:
    """A result, for programs and for people; with `fault` the command exits with 1."""

    data: Any
    text: str
    fault: str = ""


class TellingCommand(BaseCommand):
    """Subclasses name their arguments, do the work and say what came of it."""

    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="the result as JSON")
        self.arguments(parser)

    def arguments(self, parser: CommandParser) -> None:
        """Adds the command's own arguments; none by default."""

    @abstractmethod
    def tell(self, *args: Any, **options: Any) -> Told:
        """Does the work. Refusals become errors with their exit code."""

    def handle(self, *args: Any, **options: Any) -> None:
        told = self._told(options)
        if options["json"]:
            self.stdout.write(json.dumps(told.data, ensure_ascii=False))
        elif options["verbosity"]:
            self.stdout.write(told.text)
        if told.fault:
            raise CommandError(told.fault, returncode=FAILED)

    def _told(self, options: dict[str, Any]) -> Told:
        name = type(self).__module__.rpartition(".")[2]
        try:
            with pghistory.context(command=name):
                return self.tell(**options)
        except (Invalid, NotVisible) as refusal:
            raise CommandError(refusal.message, returncode=MISUSED) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=MISUSED) from error
        except Refusal as refusal:
            raise CommandError(refusal.message, returncode=FAILED) from refusal


def user_named(username: str) -> User:
    """The account, or a refusal that names it."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotVisible(f"There is no account {username!r}.")
    return user


def project_named(slug: str) -> Project:
    """The project, or a refusal that names it."""
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise NotVisible(f"There is no project {slug!r}.")
    return project
