"""A format's files as somebody would have them on disk."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from annotations.release.formats import FORMATS
from annotations.release.formats.contract import PLAIN, Codebook, Documents, Options
from annotations.release.formats.packing import pack, write_single

from .samples import CODEBOOK, DOCUMENTS


def written(
    file: str,
    documents: Documents = DOCUMENTS,
    options: Options = PLAIN,
    codebook: Codebook = CODEBOOK,
) -> bytes:
    """The file as it is served."""
    chosen = FORMATS[file]
    into = BytesIO()
    members = chosen.write(documents, codebook, options)
    (pack if chosen.packed else write_single)(members, into)
    return into.getvalue()


def unpacked(file: str, documents: Documents = DOCUMENTS) -> dict[str, bytes]:
    """Its members by name."""
    with ZipFile(BytesIO(written(file, documents))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def laid_out(file: str, folder: Path, documents: Documents = DOCUMENTS) -> Path:
    """Its members as files in a folder."""
    with ZipFile(BytesIO(written(file, documents))) as archive:
        archive.extractall(folder)
    return folder
