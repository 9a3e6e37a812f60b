"""The front page: what waits in each project, with the way to where it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, QuerySet, Value
from django.db.models.fields import DateTimeField, DurationField
from django.urls import reverse
from django.utils.translation import ngettext

from annotations.adjudication.standing import waiting as points_waiting
from annotations.assignment.models import Assignment, Batch
from annotations.coding.remarks import Flag
from annotations.corpus.models import Document, ImportFile, Outcome
from annotations.project.access import Action, may
from annotations.project.models import Coder, Project, Role, User

MOST_PROJECTS = 30


@dataclass(frozen=True, slots=True)
class Item:
    count: int
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Waiting:
    project: Project
    items: list[Item]


def waiting_for(person: User, *, now: datetime) -> list[Waiting]:
    """Of each project the same questions; the way is the project's page for its members, else a list here."""
    projects = Project.objects.order_by("name")[:MOST_PROJECTS]
    return [Waiting(each, [ask(each, person, now) for ask in QUESTIONS]) for each in projects]


def _item(
    count: int, words: str, person: User, project: Project, way: tuple[str, Action], listed: str
) -> Item:
    name, action = way
    if may(person, action, project):
        return Item(count, words, reverse(name, args=[project.slug]))
    return Item(count, words, listed)


def _list(model: str, **filters: object) -> str:
    return f"{reverse(f'admin:annotations_{model}_changelist')}?{urlencode(filters)}"


def _disputed(project: Project, person: User, now: datetime) -> Item:
    count = points_waiting(project).values("standing__document").distinct().count()
    words = ngettext("document to adjudicate", "documents to adjudicate", count)
    listed = _list("standing", project__id__exact=project.pk)
    return _item(count, words, person, project, ("adjudication", Action.ADJUDICATE), listed)


def _flags(project: Project, person: User, now: datetime) -> Item:
    count = Flag.objects.filter(project=project).waiting().count()
    words = ngettext("flag to settle", "flags to settle", count)
    listed = _list("flag", project__id__exact=project.pk)
    return _item(count, words, person, project, ("flags", Action.PLAN), listed)


def _warnings(project: Project, person: User, now: datetime) -> Item:
    current = Document.objects.current().filter(project=project)
    count = current.exclude(warnings=[]).count()
    words = ngettext("document with a warning", "documents with warnings", count)
    listed = _list("document", project__id__exact=project.pk)
    return _item(count, words, person, project, ("documents", Action.SEE_DOCUMENTS), listed)


def _asked(project: Project, person: User, now: datetime) -> Item:
    files = ImportFile.objects.filter(delivery__project=project, outcome=Outcome.ASKED)
    count = files.count()
    words = ngettext("file with a question", "files with a question", count)
    listed = _list("importfile", outcome__exact=Outcome.ASKED, delivery__project=project.pk)
    return _item(count, words, person, project, ("imports", Action.IMPORT), listed)


def leases_over(now: datetime) -> QuerySet[Assignment]:
    """Open work that nobody touched for longer than its round allows."""
    days = ExpressionWrapper(
        F("batch__lease_days") * Value(timedelta(days=1)), output_field=DurationField()
    )
    lease = ExpressionWrapper(F("last_activity_at") + days, output_field=DateTimeField())
    return Assignment.objects.open().annotate(lease_until=lease).filter(lease_until__lt=now)


def _leases(project: Project, person: User, now: datetime) -> Item:
    count = leases_over(now).filter(project=project).count()
    words = ngettext("lease is over", "leases are over", count)
    return Item(count, words, _list("assignment", project__id__exact=project.pk, lease="over"))


def _idle(project: Project, person: User, now: datetime) -> Item:
    """Coders with nothing open, while a round is open."""
    open_work = Assignment.objects.open().filter(coder=OuterRef("pk"))
    coders = Coder.objects.filter(
        project=project,
        user__is_active=True,
        user__memberships__project=project,
        user__memberships__role=Role.ANNOTATOR,
    )
    rounds = Batch.objects.open().filter(project=project).exists()
    count = coders.filter(~Exists(open_work)).distinct().count() if rounds else 0
    words = ngettext("coder without open work", "coders without open work", count)
    listed = _list("coder", project__id__exact=project.pk)
    return _item(count, words, person, project, ("members", Action.MANAGE), listed)


Question = Callable[[Project, User, datetime], Item]
QUESTIONS: tuple[Question, ...] = (_disputed, _flags, _warnings, _asked, _leases, _idle)
