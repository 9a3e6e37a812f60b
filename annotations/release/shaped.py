"""The shapes `passages` and `annotations` as files, made of a release's rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from annotations.project.refusals import NotVisible

from .cache import Kept, Promise
from .columns import columns_of_release
from .evidence import with_evidence
from .files import derived, options_of, refuse_without_bytes
from .models import Release
from .present import is_whole
from .shapes import SHAPES
from .shapes.contract import File
from .wanting import AS_IT_IS, Asked, Wanted


def shapes_of(release: Release) -> list[File]:
    """Those that a release has: none where it was frozen before their evidence was kept."""
    return list(SHAPES.values()) if stated(release) else []


def stated(release: Release) -> dict[str, dict[str, Any]]:
    """The files that its manifest gives the hashes of, by name."""
    files: dict[str, dict[str, Any]] = release.manifest.get("files", {})
    return files


def kept_shape(release: Release, file: str, asked: Asked = AS_IT_IS) -> Kept:
    """The file of a shape, built by the caller where it is not there. Raises ReleaseDamaged."""
    return wanted_shape(release, file, asked).kept()


def wanted_shape(release: Release, file: str, asked: Asked = AS_IT_IS) -> Wanted:
    """By the hash that the manifest has of it. Raises NotVisible where there is no such file."""
    shape = SHAPES.get(file)
    if shape is None or not stated(release):
        raise NotVisible(_("A release has no such file."))
    if asked.offsets == "byte":
        refuse_without_bytes(release)

    def write(part: BinaryIO) -> None:
        columns, options = columns_of_release(release), options_of(release, asked)
        for number, piece in enumerate(shape.pieces(with_evidence(release), columns, options)):
            part.write(piece)
            if number < 2:  # a head, and what comes first
                part.flush()

    # The same texts and labels may rest on other codings, so its lines' hash would not do.
    found = derived(release, file, write, identity=str(release.uuid), asked=asked)
    said = stated(release).get(file)
    if said is None or asked != AS_IT_IS or not is_whole(release):
        return found
    promised = Promise(said["size"], said["sha256"])
    return replace(found, place=replace(found.place, promised=promised), etag=promised.sha256)
