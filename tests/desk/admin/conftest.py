"""A row of every model, with markup wherever people can write."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from annotations.adjudication.cases import case_of
from annotations.adjudication.models import Decision, Point, Standing, Sweep
from annotations.adjudication.ruling import rule
from annotations.adjudication.verdicts import Verdict
from annotations.assignment.archiving import archive
from annotations.assignment.models import Assignment, Batch
from annotations.assignment.seats import Exclusion, Hand, Seat
from annotations.assignment.transitions import record
from annotations.codebook.freezing import freeze
from annotations.codebook.interchange import load_edition
from annotations.coding import commenting, flagging
from annotations.coding.bodies import parse
from annotations.coding.recording import annotate
from annotations.coding.remark_bodies import CommentBody, FlagBody
from annotations.coding.showing import work_of
from annotations.coding.submitting import Submission, submit
from annotations.corpus.deliveries.delivering import deliver
from annotations.corpus.models import (
    Attribute,
    Document,
    DocumentSketch,
    Story,
    StoryCandidate,
    StoryRelation,
)
from annotations.project.accounts import create_token, new_sign_in_link
from annotations.project.backups import BackupKind, failed
from annotations.project.models import Project, User
from annotations.project.preferences import prefer
from annotations.release.asking import ask
from annotations.release.freezing import freeze_release
from annotations.release.models import Release
from annotations.release.retracting import retract
from annotations.release.taking_down import take_down
from tests import cast as made
from tests.cast import NOW, Cast
from tests.codebook.test_checking import small
from tests.management.conftest import a_copy_of

HOSTILE = "<script>alert('x')</script>"
QUOTE = f"Nights {HOSTILE} in the lab."


@pytest.fixture(scope="module")
def everything(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with a_copy_of(template_database, django_db_blocker):
        cast = made.assemble()
        _fill(cast)
        yield cast


def _fill(cast: Cast) -> None:
    Project.objects.filter(pk=cast.project.pk).update(name=HOSTILE)
    User.objects.filter(pk=cast.ada.pk).update(name=HOSTILE, email="ada@example.org")
    cast.mia.is_staff = cast.mia.is_superuser = True
    cast.mia.save()
    now = timezone.now()
    create_token(cast.rita, name=HOSTILE, scopes=["read"], now=now)
    new_sign_in_link(cast.ada, now=now)
    failed(BackupKind.TAKEN, HOSTILE, started=now, now=now, detail=HOSTILE)
    deliver(cast.project, [(f"{HOSTILE[:20]}.txt", io.BytesIO(b"x"))], by=cast.mia, now=now)
    _code_and_release(cast, _edition(cast))


def _edition(cast: Cast) -> Any:
    data = small()
    for part in ("themes", "stances"):
        for entry in data[part]:
            entry["name" if part == "themes" else "label"] = {"en": HOSTILE}
    data["note"] = {"en": HOSTILE}
    return freeze(load_edition(cast.project, data, by=cast.coder(cast.mia)), now=NOW)


def _code_and_release(cast: Cast, edition: Any) -> None:
    document = _document(cast)
    batch = made.batch(cast.project, edition, [document], name=HOSTILE)
    _seated(cast, batch, document)
    for slot, user in enumerate((cast.ada, cast.ben), start=1):
        work = made.assignment(batch, document, cast.coder(user), slot=slot)
        record(work, before="", by=cast.coder(user), now=NOW, reason=HOSTILE)
        said = made.body_of(
            work,
            QUOTE,
            stance="favor" if slot == 1 else "against",
            holder={"kind": "person", "name": HOSTILE},
            memo=HOSTILE,
        )
        annotate(work_of(work), uuid4(), parse(said), operation=uuid4(), now=NOW)
        _remark(user, work)
        submit(work, Submission(judged=[0, 1]), by=cast.coder(user), now=NOW)
    case = case_of(document)
    assert case is not None
    verdict = Verdict(Decision.ACCEPT, dispute=case.disputes[0].key, reason=HOSTILE, clause=HOSTILE)
    rule(document, verdict, by=cast.cleo, operation=uuid4(), base=case.version, now=NOW)
    freeze_release(cast.project, by=cast.mia, now=NOW, notes=HOSTILE)
    ask(cast.project, by=cast.mia, now=NOW, notes=HOSTILE)
    retract(Release.objects.earliest("pk"), reason=HOSTILE, by=cast.mia, now=NOW)
    gone = made.document(cast.project, "A page to be gone.\n", title=HOSTILE)
    take_down(gone, reason=HOSTILE, by=cast.mia, now=NOW)
    _swept(cast, document)


def _seated(cast: Cast, batch: Batch, document: Document) -> None:
    hand = Hand.objects.create(project=cast.project, batch=batch, coder=cast.coder(cast.ada))
    Exclusion.objects.create(hand=hand, document=_other(cast))
    junk = made.document(cast.project, "A test page.\n", title=HOSTILE)
    archive(junk, reason=HOSTILE, by=cast.mia, now=NOW)
    Seat.objects.create(
        project=cast.project,
        batch=batch,
        document=document,
        slot=1,
        coder=cast.coder(cast.ada),
        made_at=NOW,
    )


def _other(cast: Cast) -> Document:
    return made.document(cast.project, "Not for her.\n", title=HOSTILE)


def _swept(cast: Cast, document: Document) -> None:
    Sweep.objects.create(
        project=cast.project,
        operation=uuid4(),
        differs="stance",
        votes=2,
        total=0,
        reason=HOSTILE,
        by=cast.coder(cast.cleo),
        at=NOW,
    )
    standing = Standing.objects.get(document=document)
    Point.objects.create(
        standing=standing,
        project=cast.project,
        kind="dispute",
        result="open",
        key=HOSTILE[:64],
        place=[1, 0, 0],
        family=HOSTILE[:60],
    )


def _remark(user: User, work: Assignment) -> None:
    said = CommentBody(assignment=work.uuid, passage=0, text=HOSTILE)
    uuid = commenting.comment(uuid4(), said, by=user, operation=uuid4(), now=NOW).pk
    commenting.withdraw_comment(uuid, by=user, operation=uuid4(), now=NOW)
    doubt = FlagBody(assignment=work.uuid, kind="discuss", passage=0, proposed="", note=HOSTILE)
    flagging.flag(uuid4(), doubt, by=user, operation=uuid4(), now=NOW)
    prefer(user, {"keys": {"tag:x": "<"}}, now=NOW)


def _document(cast: Cast) -> Document:
    document = made.document(cast.project, f"{QUOTE}\n{HOSTILE}\n", title=HOSTILE)
    document.story = Story.objects.create(project=cast.project, title=HOSTILE)
    document.attributes = [{"key": HOSTILE, "value": HOSTILE}]
    document.save()
    Attribute.objects.create(project=cast.project, key="outlet", name=HOSTILE)
    document.accepted_warnings.create(warning=HOSTILE, by=cast.coder(cast.mia), at=NOW)
    _likes(cast, document)
    return document


def _likes(cast: Cast, document: Document) -> None:
    other = made.document(cast.project, "The same told elsewhere.\n", title=HOSTILE)
    DocumentSketch.objects.create(document=document, project=cast.project, anchors=[HOSTILE])
    StoryCandidate.objects.create(
        project=cast.project,
        first=document,
        second=other,
        relation=StoryRelation.COPY,
        score=0.9,
        evidence={"anchors": [HOSTILE]},
    )


@pytest.fixture
def mia(everything: Cast, client: Client) -> Client:
    client.force_login(everything.mia)
    return client
