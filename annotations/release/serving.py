"""The bytes of a release: read from the cache, or built again from its rows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from annotations.project.models import Project
from annotations.project.refusals import NotVisible

from .cache import Place, Promise, releases_folder
from .canonical import line_of
from .models import Release
from .present import identity, refuse_if_changed
from .reading import stored_documents
from .wanting import ReleaseDamaged as ReleaseDamaged
from .wanting import Wanted

DOCUMENTS = "documents.jsonl"


def release_of(project: Project, version: str) -> Release:
    """The project's release under that version, such as `v1`, or `latest`. Raises NotVisible.

    The latest is the newest that was not retracted.
    """
    if version == "latest":
        return _latest(project)
    number = version.removeprefix("v")
    if not version.startswith("v") or not number.isascii() or not number.isdecimal():
        raise NotVisible
    release = Release.objects.filter(project=project, number=int(number[:9])).first()
    if release is None or release.version != version:
        raise NotVisible
    release.project = project
    return release


def _latest(project: Project) -> Release:
    rows = Release.objects.filter(project=project, retraction__isnull=True)
    newest = rows.order_by("-number").first()
    if newest is None:
        raise NotVisible
    return newest


def lines(release: Release) -> Iterator[bytes]:
    """documents.jsonl, line by line, from the release's rows; a few documents in memory at a time.

    What was taken down is left out.
    """
    for each in stored_documents(release):
        yield line_of(each.bare, each.spans)


def wanted_documents(release: Release) -> Wanted:
    """documents.jsonl, whose size and hash the release is known by; less what was taken down."""
    return _documents(release, identity(release, release.sha256))


def whole_documents(release: Release) -> Wanted:
    """The same for whoever knows that nothing of it was taken down, without asking."""
    return _documents(release, release.sha256)


def _documents(release: Release, name: str) -> Wanted:
    def write(part: BinaryIO) -> None:
        for number, piece in enumerate(lines(release)):
            part.write(piece)
            if not number:
                part.flush()
        refuse_if_changed(release, release.sha256, name)

    whole = name == release.sha256
    promised = Promise(release.size, release.sha256) if whole else None
    place = Place(releases_folder(), f"{name}.jsonl", promised)
    return Wanted(release, DOCUMENTS, place, etag=name, write=write)


def frozen_lines(release: Release) -> Iterator[bytes]:
    """The lines of documents.jsonl at once; where it is not kept, it is once they were all read.

    Raises ReleaseDamaged at the end where it does not come out.
    """
    wanted = wanted_documents(release)
    lock = None if wanted.place.found() else wanted.place.lock()
    if lock is None:
        with wanted.kept().path.open("rb") as file:
            yield from file
        return
    try:
        yield from wanted.along(
            lines(release),
            check=lambda: refuse_if_changed(release, release.sha256, wanted.etag),
        )
    finally:
        os.close(lock)


def frozen_file(release: Release) -> Path:
    """documents.jsonl of a release, under its hash in the cache, which may be deleted any time.

    Built by the caller where it is not there. Raises ReleaseDamaged where it does not come out.
    """
    return wanted_documents(release).kept().path
