"""The files of a release as its page lists them: what each is for, and what it does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.project.speaking import said
from annotations.release.files import wanted_format
from annotations.release.formats import FORMATS
from annotations.release.formats.contract import Format
from annotations.release.models import Release
from annotations.release.present import at_one_look
from annotations.release.shaped import shapes_of, stated, wanted_shape
from annotations.release.shapes.contract import File


@dataclass(frozen=True, slots=True)
class OtherWay:
    """The same file asked for otherwise."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file to download; `others` are the same with other offsets or for spreadsheets."""

    name: str
    title: str
    unit: str
    loses: str
    address: str
    others: list[OtherWay]
    size: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Files for the same use."""

    name: str
    files: list[FileRow]


TABLES = {"documents", "spans", "passages", "annotations"}
LEARNING = {"spacy", "prodigy", "conll", "doccano"}
TOOLS = {"brat", "label-studio", "refi-qda"}


def grouped(release: Release) -> list[Group]:
    """By what they are for, in the order of the registry within."""
    found: dict[str, list[FileRow]] = {}
    for each in files_of(release):
        found.setdefault(_use(each.name.split(".")[0]), []).append(each)
    names = {
        "tables": _("Tables, for notebooks and spreadsheets"),
        "learning": _("For training models"),
        "tools": _("For other annotation tools"),
        "standards": _("Standards, for keeping and exchange"),
    }
    return [Group(words, found[use]) for use, words in names.items() if use in found]


def _use(name: str) -> str:
    for use, names in (("tables", TABLES), ("learning", LEARNING), ("tools", TOOLS)):
        if name in names:
            return use
    return "standards"


def files_of(release: Release) -> list[FileRow]:
    """Shapes, then the formats whose libraries are there, in the order of the registry."""
    files: list[Format | File] = [*shapes_of(release)]
    files += [each for each in FORMATS.values() if each.installed]
    with at_one_look(release):
        return [_row(release, each) for each in files]


def _row(release: Release, chosen: Format | File) -> FileRow:
    address = reverse(
        "api:released-file", args=[release.project.slug, release.version, chosen.file]
    )
    size, hashed = _known(release, chosen)
    units = {"codepoint": _("code points"), "utf16": _("UTF-16"), "token": _("tokens")}
    return FileRow(
        name=chosen.file,
        title=chosen.title if isinstance(chosen, Format) else said(chosen.title),
        unit=units[chosen.unit if isinstance(chosen, Format) else "codepoint"],
        loses=said(chosen.loses),
        address=address,
        others=[OtherWay(words, f"{address}?{urlencode(query)}") for words, query in _ways(chosen)],
        size=size,
        sha256=hashed,
    )


def _known(release: Release, chosen: Format | File) -> tuple[int | None, str]:
    """Size and hash as the manifest has them, else of the file that was built; None and ''."""
    said = stated(release).get(chosen.file)
    if said is not None:
        return said["size"], said["sha256"]
    if isinstance(chosen, Format):
        kept = wanted_format(release, chosen).place.found()
    else:
        kept = wanted_shape(release, chosen.file).place.found()
    return (kept.size, kept.sha256) if kept else (None, "")


def _ways(chosen: Format | File) -> Iterator[tuple[str, dict[str, str]]]:
    if "formulas" in chosen.takes:
        yield _("for spreadsheets"), {"formulas": "safe", "bom": "yes"}
    if "offsets" in chosen.takes:
        yield _("offsets in UTF-16"), {"offsets": "utf16"}
        yield _("offsets in bytes of the original files"), {"offsets": "byte"}
