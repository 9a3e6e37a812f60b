"""A small project in which everything occurs once: what every later version has to bring along."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from annotations.adjudication.patterns import Pattern
from annotations.adjudication.sweeping import preview, sweep
from annotations.assignment.models import Assignment
from annotations.coding import commenting, flagging
from annotations.coding.remark_bodies import CommentBody, FlagBody
from annotations.management.demo import load_demo
from annotations.project.accounts import create_token
from annotations.project.models import Project, User
from annotations.project.preferences import prefer
from annotations.release.freezing import freeze_release
from annotations.release.splitting import Shares

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def make() -> Project:
    """Editions, stories, repaired texts, rounds, codings, rulings and a release come with the
    demonstration; remarks, a sweep, a token and a release with splits are added."""
    project = load_demo(now=NOW).project
    _remark(project)
    _sweep(project, by=_named("cleo"))
    create_token(_named("theo"), name="notebook", scopes=["read"], now=NOW)
    prefer(_named("ada"), {}, now=NOW)
    shares = Shares(train=0.5, dev=0.25, test=0.25, seed=7)
    freeze_release(project, by=_named("mia"), now=NOW, notes="With splits.", shares=shares)
    return project


def _named(username: str) -> User:
    return User.objects.get(username=username)


def _remark(project: Project) -> None:
    ada = _named("ada")
    work = Assignment.objects.filter(project=project, coder__user=ada).earliest("pk")
    said = CommentBody(assignment=work.uuid, passage=0, text="Is this the title? 🤔 夜")
    commenting.comment(uuid4(), said, by=ada, operation=uuid4(), now=NOW)
    doubt = FlagBody(
        assignment=work.uuid, kind="zone", passage=0, proposed="caption", note="Small."
    )
    flagging.flag(uuid4(), doubt, by=ada, operation=uuid4(), now=NOW)


def _sweep(project: Project, *, by: User) -> None:
    pattern = Pattern(differs="boundaries", overlap=0.1)
    seen = preview(project, pattern, by=by).fingerprint
    sweep(project, pattern, by=by, operation=uuid4(), seen=seen, reason="Trivial.", now=NOW)
