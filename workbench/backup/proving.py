"""The proof of a backup: restored for a moment, compared, and every release of it verified."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from annotations.project.backups import BackupKind, BackupRun, failed
from annotations.project.refusals import Refusal
from annotations.release.models import Release
from annotations.release.proving import verify_release
from workbench.backup.keeping import Clock
from workbench.backup.manifest import Manifest
from workbench.backup.refusals import Different
from workbench.backup.scratch import beside


@dataclass(frozen=True, slots=True)
class Verified:
    """A release in the database beside what the archive says of it; `faults` in words."""

    project: str
    number: int
    sha256: str
    faults: tuple[str, ...]


def verify_releases(contents: Manifest) -> list[Verified]:
    """All releases of the archive, built again from the rows that are in the database now."""
    found = {
        (release.project.slug, release.number): release
        for release in Release.objects.select_related("project")
    }
    verified = []
    for kept in contents.releases:
        release = found.pop((kept.project, kept.number), None)
        if release is None:
            verified.append(Verified(kept.project, kept.number, "", ("it is not there",)))
            continue
        proof = verify_release(release)
        faults = [f"{each.code} {each.place}: {each.detail}" for each in proof.faults]
        if (release.sha256, proof.documents, proof.spans) != (
            kept.sha256,
            kept.documents,
            kept.spans,
        ):
            faults.append("it is not the release that was kept")
        verified.append(Verified(kept.project, kept.number, proof.sha256, tuple(faults)))
    for project, number in found:
        verified.append(Verified(project, number, "", ("the archive does not have it",)))
    return verified


def prove(
    path: Path, *, of: BaseDatabaseWrapper, clock: Clock, into: str | None = None
) -> BackupRun:
    """Restores to a scratch database, `into` or one beside `of`, and keeps what came of it.

    Raises Different where it does not come back; that is kept too.
    """
    started = clock()
    try:
        with nullcontext(into) if into else beside(of) as address:
            said = _restore_elsewhere(path, address)
    except Refusal as refusal:
        failed(BackupKind.PROVEN, path.name, started=started, now=clock(), detail=refusal.message)
        raise
    return BackupRun.objects.create(
        kind=BackupKind.PROVEN,
        succeeded=True,
        name=path.name[:200],
        started_at=started,
        finished_at=clock(),
        checksum=said["checksum"],
        size=path.stat().st_size,
        rows=said["rows"],
        releases=len(said["releases"]),
    )


def _restore_elsewhere(path: Path, address: str) -> dict[str, Any]:
    """In a process of its own, because a process has one database."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "django", "restore", str(path), "--json", "-v", "0"],
        env=child_environment(address),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Different(f"{path.name} does not come back. {done.stderr.strip()[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def child_environment(address: str) -> dict[str, str]:
    """For a process that works on another database with the same settings."""
    paths = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "workbench.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
