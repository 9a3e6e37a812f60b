"""What the lines of an import name: documents, coders, and places in another unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.coding.bodies import Body
from annotations.coding.import_lines import LONGEST_CODER, Line
from annotations.corpus.models import Document
from annotations.corpus.texts.normalising import rebuild
from annotations.project.models import Coder, Project
from annotations.project.refusals import Invalid, NotNow
from annotations.text.offset_map import OffsetMap
from annotations.text.offsets import OffsetInsideCharacter, OffsetOutsideText, Offsets
from annotations.text.spans import Span

COLUMN = {
    "external_id": "external_id",
    "text_sha256": "text_sha256",
    "raw_sha256": "source__sha256",
}
MOST_KEPT = 20_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OF_ACCOUNTS = re.compile(r"coder-\d+")
# Controls and marks that turn the reading direction: a name could be shown as another one.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


class Found(NamedTuple):
    """A document of the project, as an import needs it."""

    pk: int
    uuid: UUID
    text_sha256: str


Name = tuple[str, str]


class Documents:
    """Current documents of a project by whatever names them, asked for many at a time."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.known: dict[Name, list[Found]] = {}

    def look_up(self, lines: Iterable[Line]) -> None:
        """Finds all that the lines name, in a query a kind of name."""
        if len(self.known) > MOST_KEPT:
            self.known.clear()
        wanted: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            for kind, value in _ways(line):
                if (kind, value) not in self.known:
                    wanted[kind].add(value)
        rows = Document.objects.current().filter(project=self.project).order_by()
        for kind, values in wanted.items():
            self.known.update({(kind, value): [] for value in values})
            there = rows.filter(**{f"{kind}__in": values})
            for named, *said in there.values_list(kind, "pk", "uuid", "text_sha256"):
                self.known[kind, str(named)].append(Found(*said))

    def of(self, line: Line) -> Found:
        """Raises Invalid where it is none, or one of several, or has another text."""
        for way in _ways(line):
            found = self.known[way]
            if len(found) > 1:
                detail = _("%(count)s documents are named so. Name it by its id.")
                field = line.names[0][0]
                raise Invalid.field(field, "document-ambiguous", detail % {"count": len(found)})
            if found:
                return _with_that_text(found[0], line)
        detail = _("There is no such document in this project.")
        raise Invalid.field(line.names[0][0], "document-unknown", detail)


def _ways(line: Line) -> Iterable[Name]:
    """The columns to look in, and for what, in order."""
    for kind, value in line.names:
        if kind != "document":
            yield COLUMN[kind], value
            continue
        uuid = _uuid(value)
        if uuid is not None:
            yield "uuid", str(uuid)
        yield "external_id", value
        if _SHA256.fullmatch(value):
            yield "text_sha256", value
            yield "source__sha256", value


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _with_that_text(found: Found, line: Line) -> Found:
    said = dict(line.names).get("text_sha256")
    if said is not None and said != found.text_sha256:
        detail = _("The document has another text here; nothing would stand where it stood.")
        raise Invalid.field("text_sha256", "text-differs", detail)
    return found


class Coders:
    """Whose lines they are: an account of the project by its name, or a pseudonym without one.

    A pseudonym that an account has here is refused: files from elsewhere have `coder-01` too, who
    is somebody else. An unknown name is a new coder without an account.
    """

    def __init__(self, project: Project, *, prefix: str = "") -> None:
        self.project, self.prefix = project, prefix
        self.known: dict[str, Coder] = {}

    def of(self, name: str) -> Coder:
        """Raises Invalid for a name that is none, or could be taken for somebody's."""
        if name not in self.known:
            self.known[name] = self._found(f"{self.prefix}{name}")
        return self.known[name]

    def _found(self, name: str) -> Coder:
        rows = Coder.objects.filter(project=self.project)
        account = rows.filter(user__username=name).first()
        if account is not None:
            return account
        named = rows.filter(pseudonym=name).first()
        if (named is not None and named.user_id) or (
            named is None and _OF_ACCOUNTS.fullmatch(name)
        ):
            detail = _("“%(name)s” is a pseudonym of this project’s own people. Use a prefix.")
            raise Invalid.field("coder", "coder-reserved", detail % {"name": name})
        if len(name) > LONGEST_CODER or _UNSAFE.search(name):
            detail = _("A coder’s name has 1 to %(longest)s characters, and no controls.")
            raise Invalid.field("coder", "coder-name", detail % {"longest": LONGEST_CODER})
        return named or Coder.objects.create(project=self.project, pseudonym=name)


class Units:
    """Offsets of bodies, in code points; a few documents are kept at hand."""

    def __init__(self) -> None:
        self._offsets = lru_cache(maxsize=4)(_offsets_of)
        self._bytes = lru_cache(maxsize=4)(_bytes_of)

    def in_codepoints(self, body: Body, unit: str, document: int) -> Body:
        """Raises Invalid where an offset is inside a character, or outside the text."""
        if unit == "codepoint":
            return body
        try:
            span = self._span(body, unit, document)
        except (OffsetInsideCharacter, OffsetOutsideText, IndexError) as error:
            detail = _("No characters of the text begin and end at these offsets.")
            raise Invalid.field("start", "not-between-characters", detail) from error
        return replace(body, start=span.start, end=span.end)

    def _span(self, body: Body, unit: str, document: int) -> Span:
        # What ends before it begins is left to the rule of spans, which refuses what is empty.
        start, end = body.start, max(body.start, body.end)
        if unit == "byte":
            back = self._bytes(document)
            span = back.target_span(Span(start, end))
            if back.source_span(span) != Span(start, end):
                raise IndexError(f"[{start}, {end}) are not whole characters.")
            return span
        offsets = self._offsets(document)
        turned = offsets.from_utf16 if unit == "utf16" else offsets.from_utf8
        return Span(turned(start), turned(end))


def _offsets_of(document: int) -> Offsets:
    return Offsets(Document.objects.values_list("text", flat=True).get(pk=document))


def _bytes_of(document: int) -> OffsetMap:
    row = Document.objects.select_related("source").defer("text").get(pk=document)
    if row.source.content is None:
        said = _("The bytes of this file were taken down, and offsets with them.")
        raise NotNow(said, reason="taken-down")
    return rebuild(bytes(row.source.content), row.repairs)[1]
