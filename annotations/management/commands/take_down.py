"""A document taken down, or what that would touch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils import timezone

from annotations.corpus.models import Document
from annotations.management.telling import TellingCommand, Told, user_named
from annotations.project.refusals import NotVisible
from annotations.release.quoted_elsewhere import Quote, quoted_elsewhere
from annotations.release.taking_down import Reach, reach_of, take_down


class Command(TellingCommand):
    help = (
        "Takes DOCUMENT (its id) down everywhere, for good, as the manager USER. Without --reason it "
        "says what that would touch, and where its words stand that people typed elsewhere by hand, "
        "which stay."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("document", type=UUID)
        parser.add_argument("user", help="a manager of the project")
        parser.add_argument("--reason", help="why, for everybody who has used it")

    def tell(self, *, document: UUID, user: str, reason: str | None = None, **options: Any) -> Told:
        by = user_named(user)
        found = Document.objects.listed().select_related("project").filter(uuid=document).first()
        if found is None:
            raise NotVisible
        reach, quotes = reach_of(found, by=by), quoted_elsewhere(found, by=by)
        if reason is not None:
            take_down(found, reason=reason, by=by, now=timezone.now())
        return Told(_data(reach, quotes, done=reason is not None), _words(reach, quotes))


def _data(reach: Reach, quotes: list[Quote], *, done: bool) -> dict[str, Any]:
    return {
        "taken_down": done,
        "documents": [str(each.uuid) for each in reach.documents],
        "annotations": reach.annotations,
        "comments": reach.comments,
        "releases": [each.version for each in reach.releases],
        "quoted": [{"in": each.kind, "which": each.which, "words": each.words} for each in quotes],
    }


def _words(reach: Reach, quotes: list[Quote]) -> str:
    lines = [
        f"{len(reach.documents)} versions, {reach.annotations} annotations, {reach.comments} comments,"
        f" {len(reach.releases)} releases."
    ]
    lines += [f"Stays: {each.named}, {each.which}: “{each.words}”" for each in quotes]
    return "\n".join(lines if quotes else [*lines, "Nothing typed by hand elsewhere quotes it."])
