"""The demonstration: a project with people, two codebook editions, and press texts being coded.

Everything goes in by the verbs that people use, so that it is as real as their own work.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from annotations.codebook.interchange import load_edition
from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.models import Document, Story
from annotations.corpus.readers.reading import read
from annotations.management.demo_files import FIXTURES, SLUG, described
from annotations.management.demo_work import Clock, Workshop
from annotations.project.access import coder_of
from annotations.project.members import begin, enrol
from annotations.project.models import Project, Role, User
from annotations.release.freezing import freeze_release
from annotations.release.models import Release

DAYS_OF_WORK = 2


@dataclass(frozen=True)
class Loaded:
    """The project, and whether this call made it."""

    project: Project
    fresh: bool


def load_demo(*, now: datetime) -> Loaded:
    """All of the project or nothing; then its first release. A second time changes nothing.

    The release takes a transaction of its own; where that did not happen, the next call makes up
    for it.
    """
    with transaction.atomic():
        project = Project.objects.filter(slug=SLUG).first()
        fresh = project is None
        project = project or _make(now=now)
    if not Release.objects.filter(project=project).exists():
        notes = "The first documents of the demonstration."
        freeze_release(project, by=_manager(project), now=now, notes=notes)
    return Loaded(project, fresh)


def _manager(project: Project) -> User:
    return User.objects.filter(
        memberships__project=project, memberships__role=Role.MANAGER
    ).earliest("pk")


def _make(*, now: datetime) -> Project:
    demo, clock = described("demo.json"), Clock(now - timedelta(days=DAYS_OF_WORK))
    people = {each["username"]: _account(each) for each in demo["people"]}
    manager = next(each["username"] for each in demo["people"] if "manager" in each["roles"])
    project = begin(SLUG, demo["project"]["name"]["en"], by=people[manager])
    for each in demo["people"]:
        if each["roles"]:
            enrol(people[each["username"]], project, roles=map(Role, each["roles"]))
    for number in (1, 2):
        data = described(f"codebook-{number}.json")
        load_edition(project, data, by=coder_of(people[manager], project))
    documents = {each["file"]: _document(each, project) for each in demo["documents"]}
    for story in demo["stories"]:
        _tell_alike(story["documents"], documents, project)
    work = Workshop(project, people, documents, clock)
    work.plan(demo["batches"], by=people[manager])
    work.code(demo["codings"])
    work.settle(demo["rulings"])
    return project


def _document(about: dict[str, Any], project: Project) -> Document:
    name = about["file"]
    data = (FIXTURES / "corpus" / name).read_bytes()
    published = date.fromisoformat(about["published_on"])
    draft = replace(read(name, data), published_on=published)
    document = admit(draft, data, into=project, name=name).document
    document.attributes = [{"key": "outlet", "value": about["outlet"]}]
    document.save(update_fields=["attributes"])
    return document


def _tell_alike(
    parts: list[dict[str, str]], documents: dict[str, Document], project: Project
) -> None:
    first = documents[parts[0]["file"]]
    story = Story.objects.create(project=project, title=first.title)
    for part in parts:
        document = documents[part["file"]]
        document.story = story
        document.story_relation = "" if part["relation"] == "original" else part["relation"]
        document.save(update_fields=["story", "story_relation"])


def _account(about: dict[str, Any]) -> User:
    """Without a password. The manager of a fresh demonstration may see the administration too."""
    user = User.objects.filter(username=about["username"]).first()
    if user is None:
        runs_it = "manager" in about["roles"]
        user = User(
            username=about["username"],
            name=about["name"],
            is_staff=runs_it,
            is_superuser=runs_it,
        )
        user.set_unusable_password()
        user.save()
    return user
