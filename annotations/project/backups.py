"""What became of each backup, and of each proof that one comes back."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class BackupKind(models.TextChoices):
    TAKEN = "taken", _("backup made")
    PROVEN = "proven", _("restored and compared")


class BackupRun(models.Model):
    """A backup that was taken, or restored to a scratch database and compared; or that failed.

    `size` in bytes; `checksum` is the one that the archive ends with; `detail` says what failed.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=BackupKind.choices)
    succeeded = models.BooleanField(_("succeeded"))
    name = models.CharField(_("archive"), max_length=200)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    checksum = models.CharField(_("checksum"), max_length=64, blank=True)
    size = models.BigIntegerField(_("bytes"), default=0)
    rows = models.BigIntegerField(_("rows"), default=0)
    releases = models.PositiveIntegerField(_("releases"), default=0)
    detail = models.TextField(_("what failed"), blank=True)

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-finished_at"]
        indexes = [models.Index(fields=["kind", "-finished_at"], name="latest_backups")]

    def __str__(self) -> str:
        return f"{self.name} · {self.get_kind_display()}"


def last(kind: BackupKind) -> BackupRun | None:
    """The latest one, well or not."""
    return BackupRun.objects.filter(kind=kind).order_by("-finished_at", "-pk").first()


def last_good(kind: BackupKind, *, until: datetime | None = None) -> BackupRun | None:
    rows = BackupRun.objects.filter(kind=kind, succeeded=True).order_by("-finished_at")
    return (rows.filter(finished_at__lte=until) if until else rows).first()


def failed(
    kind: BackupKind, name: str, *, started: datetime, now: datetime, detail: str
) -> BackupRun:
    """Keeps that it failed, and why."""
    return BackupRun.objects.create(
        kind=kind,
        succeeded=False,
        name=name[:200],
        started_at=started,
        finished_at=now,
        detail=detail,
    )
