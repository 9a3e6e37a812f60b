"""A release in a format, as a file: built from documents.jsonl when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from annotations.corpus.texts.normalising import rebuild
from annotations.project.refusals import NotNow
from annotations.text.offset_map import OffsetMap

from . import present
from .cache import Kept, Place, Write, releases_folder
from .canonical import parse
from .codebooks import codebook_of
from .formats.contract import Format, Options
from .formats.markup import NotXml
from .formats.packing import pack, write_single
from .formats.places import Measure, codepoints, source_bytes, utf16
from .models import Release, ReleaseDocument
from .schema import DocumentRow
from .serving import frozen_lines
from .wanting import AS_IT_IS, Asked, ReleaseDamaged, Wanted


class FrozenDocuments:
    """The rows of a release, read from its frozen file each time they are gone through.

    Where that is not kept it is kept as it is gone through for the first time. Raises
    ReleaseDamaged at the end where the rows are not what was promised.
    """

    def __init__(self, release: Release) -> None:
        self._release = release

    def __iter__(self) -> Iterator[DocumentRow]:
        yield from map(parse, frozen_lines(self._release))


def kept_file(release: Release, chosen: Format, asked: Asked = AS_IT_IS) -> Kept:
    """The file of a format, built by the caller where it is not there."""
    return wanted_format(release, chosen, asked).kept()


def wanted_format(release: Release, chosen: Format, asked: Asked = AS_IT_IS) -> Wanted:
    """The file of a format. The same release and writers give the same bytes.

    Refuses with NotNow where a library, or the bytes that offsets are asked in, are not there.
    """
    if not chosen.installed:
        said = _("%(library)s is not installed on this server.")
        raise NotNow(said % {"library": chosen.needs}, reason="not-installed")
    if asked.offsets == "byte":
        refuse_without_bytes(release)

    def write(part: BinaryIO) -> None:
        documents = FrozenDocuments(release)
        try:
            members = chosen.write(documents, codebook_of(release), options_of(release, asked))
            (pack if chosen.packed else write_single)(members, part)
        except NotXml as error:
            said = _("A text of this release has a character that XML cannot hold.")
            raise NotNow(said, reason="not-xml") from error

    return derived(release, chosen.file, write, identity=release.sha256, asked=asked)


def derived(
    release: Release, file: str, write: Write, *, identity: str, asked: Asked = AS_IT_IS
) -> Wanted:
    """A file that depends on what has this identity, and on the writers.

    Writers are deterministic, so that its ETag is known before its bytes are.
    """
    now = present.identity(release, identity)

    def write_now(part: BinaryIO) -> None:
        write(part)
        present.refuse_if_changed(release, identity, now)

    place = Place(releases_folder() / f"{now}-{_writers()}", f"{file}.{asked.name}")
    etag = sha256(f"{now} {_writers()} {place.beginning}".encode()).hexdigest()
    return Wanted(release, file, place, etag=etag, write=write_now, asked=asked)


def options_of(release: Release, asked: Asked) -> Options:
    """What the writers are told."""
    return Options(
        measure=_measure(release, asked.offsets),
        unit=asked.offsets,
        formula_safe=asked.formula_safe,
        bom=asked.bom,
    )


def _measure(release: Release, unit: str) -> Measure:
    if unit == "byte":
        return source_bytes(lambda document: _back_to_bytes(release, document))
    return {"codepoint": codepoints, "utf16": utf16}[unit]


def refuse_without_bytes(release: Release) -> None:
    """Refuses with NotNow where the bytes that offsets are asked in were taken down."""
    if present.present_rows(release).filter(document__source__content__isnull=True).exists():
        said = _("The bytes of a file of this release were taken down, and offsets with them.")
        raise NotNow(said, reason="taken-down")


def _back_to_bytes(release: Release, row: DocumentRow) -> OffsetMap:
    released = ReleaseDocument.objects.select_related("document__source").get(
        release=release, document__uuid=row.id
    )
    document = released.document
    text, back = rebuild(bytes(document.source.content or b""), document.repairs)
    if text != row.text:
        raise ReleaseDamaged(release, row.text_sha256, sha256(text.encode()).hexdigest())
    return back


def learn_writers() -> None:
    """Of what the bytes of formats depend on, once for this process and those that it forks."""
    _writers()


@cache
def _writers() -> str:
    """What the bytes of a format depend on beside the release: the writers, and their libraries."""
    digest = sha256()
    here = Path(__file__).parent
    for path in sorted(here.rglob("*.py")):
        digest.update(path.read_bytes())
    for library in ("pyarrow", "dkpro-cassis", "spacy"):
        digest.update(f"{library} {_version(library)}\n".encode())
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
