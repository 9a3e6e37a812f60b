"""`bundle.zip`: a release's shapes with its manifest, datasheet and dataset card."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from annotations.project.refusals import NotVisible

from .cache import Kept
from .card.dataset_card import dataset_card
from .card.datasheet import datasheet
from .codebooks import codebook_of
from .files import derived, kept_file
from .formats import FORMATS
from .formats.contract import Member
from .formats.packing import pack
from .models import Release
from .present import manifest_of_now
from .serving import frozen_file
from .shaped import kept_shape, stated
from .shapes import HASHED
from .wanting import Wanted

BUNDLE = "bundle.zip"
MEDIA_TYPE = "application/zip"
SPANS = ("spans.jsonl", "spans.csv")
PIECE = 1 << 20  # bytes


def kept_bundle(release: Release) -> Kept:
    """The bundle, built by the caller where it is not there."""
    return wanted_bundle(release).kept()


def wanted_bundle(release: Release) -> Wanted:
    """Raises NotVisible for a release that was frozen before its manifest stated files."""
    if not stated(release):
        raise NotVisible(_("A release has no such file."))

    def write(part: BinaryIO) -> None:
        pack(_members(release), part)

    return derived(release, BUNDLE, write, identity=str(release.uuid))


def _members(release: Release) -> Iterator[Member]:
    codebook = codebook_of(release)
    manifest = json.dumps(manifest_of_now(release), ensure_ascii=False, indent=2, sort_keys=True)
    yield Member("README.md", [dataset_card(release.manifest, codebook).encode()])
    yield Member("DATASHEET.md", [datasheet(release.manifest, codebook).encode()])
    yield Member("manifest.json", [f"{manifest}\n".encode()])
    yield Member("documents.jsonl", _read(frozen_file(release)))
    for file in SPANS:
        yield Member(file, _read(kept_file(release, FORMATS[file]).path))
    for shape in HASHED:
        yield Member(shape.file, _read(kept_shape(release, shape.file).path))


def _read(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
