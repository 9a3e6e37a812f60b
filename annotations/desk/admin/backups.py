"""Backups on the front page: the last one, the last proof that one comes back, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from annotations.desk.admin.base import ReadOnly
from annotations.project.backups import BackupKind, BackupRun, last, last_good
from workbench.backup.keeping import folder, is_late


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence; `wrong` where somebody has to do something."""

    words: str
    wrong: bool = False


def backup_lines(*, now: datetime) -> list[Line]:
    """What whoever runs the workbench should know of its backups."""
    return [*_taken(now), *_proven(now)]


def _taken(now: datetime) -> list[Line]:
    lines = _failure(BackupKind.TAKEN, _("The backup of %(when)s failed: %(why)s"))
    good = last_good(BackupKind.TAKEN)
    if good is None:
        lines.append(Line(_("No backup has been made yet."), wrong=True))
    else:
        said = _("Last backup: %(when)s, %(archive)s, %(rows)s rows, %(size)s.")
        lines.append(Line(said % _facts(good), wrong=False))
    if folder() is None:
        lines.append(Line(_("None is made by itself: WORKBENCH_BACKUP_DIR is not set.")))
    elif good and is_late(now=now):
        hours = {"hours": settings.BACKUP_EVERY}
        said = _(
            "Backups are late: one was to be made every %(hours)s hours. Is the worker running?"
        )
        lines.append(Line(said % hours, wrong=True))
    return lines


def _proven(now: datetime) -> list[Line]:
    lines = _failure(BackupKind.PROVEN, _("The restore tried on %(when)s failed: %(why)s"))
    good = last_good(BackupKind.PROVEN)
    if good is None:
        said = _("It was never proven that a backup comes back: workbench prove_restore does it.")
        return [*lines, Line(said, wrong=True)]
    said = _(
        "Last proven restore: %(when)s, %(archive)s, %(rows)s rows as they were kept, "
        "%(releases)s releases with their hashes, in %(seconds)s s."
    )
    lines.append(Line(said % _facts(good)))
    if now - good.finished_at > timedelta(days=settings.PROOF_DAYS):
        said = _("That is more than %(days)s days ago: run workbench prove_restore.")
        lines.append(Line(said % {"days": settings.PROOF_DAYS}, wrong=True))
    return lines


def _failure(kind: BackupKind, said: str) -> list[Line]:
    """Of the latest only: what went well since then is no failure any more."""
    run = last(kind)
    if run is None or run.succeeded:
        return []
    return [Line(said % {"when": _when(run.finished_at), "why": run.detail}, wrong=True)]


def _facts(run: BackupRun) -> dict[str, str]:
    seconds = (run.finished_at - run.started_at).total_seconds()
    return {
        "when": _when(run.finished_at),
        "archive": run.name,
        "rows": number_format(run.rows, use_l10n=True, force_grouping=True),
        "size": filesizeformat(run.size),
        "releases": str(run.releases),
        "seconds": f"{seconds:.0f}",
    }


def _when(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


@admin.register(BackupRun)
class BackupAdmin(ReadOnly[BackupRun]):
    list_display = ["name", "kind", "succeeded", "finished_at", "rows", "size", "releases"]
    list_filter = ["kind", "succeeded"]
    date_hierarchy = "finished_at"
