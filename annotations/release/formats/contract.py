"""What every writer of a format takes and gives. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Literal

from annotations.release.schema import DocumentRow
from annotations.text.phrases import Phrase

from .places import Measure, codepoints

Documents = Iterable[DocumentRow]
"""Sorted by id. Gone through once for each file that is about all of them, so not an iterator."""

HOLDERS = ("author", "person", "organisation", "group", "unnamed")
"""Whose the stance can be, as `coding.models.HolderKind`."""

Unit = Literal["codepoint", "utf16", "token"]


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme by its key; `colour` is `#rrggbb`, `parent` a key."""

    key: str
    code: str
    name: str
    colour: str
    parent: str | None = None
    proposition: str = ""


@dataclass(frozen=True, slots=True)
class StanceEntry:
    """A value of the stance scale by its key."""

    key: str
    label: str


class UnknownKey(LookupError):
    """A span of a theme or stance that the codebook has not: it would be left out unseen."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"The codebook has no {kind} {key!r}.")


@dataclass(frozen=True, slots=True)
class Codebook:
    """Themes, parents before their children, and stances, both in the codebook's order."""

    themes: tuple[ThemeEntry, ...]
    stances: tuple[StanceEntry, ...]

    def below(self, parent: str | None) -> tuple[ThemeEntry, ...]:
        """The themes right below a theme, in order; those at the top for None."""
        return tuple(theme for theme in self.themes if theme.parent == parent)

    def checked(self, documents: Documents) -> Iterable[DocumentRow]:
        """The documents, one by one. Raises UnknownKey at a span that the codebook does not know."""
        themes = {theme.key for theme in self.themes}
        stances = {stance.key for stance in self.stances}
        for document in documents:
            for span in document.spans:
                if span.label not in themes:
                    raise UnknownKey("theme", span.label)
                if span.stance is not None and span.stance not in stances:
                    raise UnknownKey("stance", span.stance)
            yield document


@dataclass(frozen=True, slots=True)
class Options:
    """What may be asked for: another unit of offsets, cells that no spreadsheet runs, a BOM."""

    measure: Measure = field(default=codepoints)
    unit: str = "codepoint"
    formula_safe: bool = False
    bom: bool = False


PLAIN = Options()


@dataclass(frozen=True, slots=True)
class Member:
    """A named file, its bytes piece by piece. It is read to its end before the next one is asked."""

    name: str
    pieces: Iterable[bytes]


Writer = Callable[[Documents, Codebook, Options], Iterator[Member]]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a release, with its proper name as `title`.

    `loses` says what it cannot hold, `takes` which options it knows, `needs` the library it needs.
    """

    name: str
    title: str
    extension: str
    media_type: str
    unit: Unit
    loses: Phrase
    write: Writer
    takes: frozenset[str] = frozenset()
    needs: str | None = None

    @property
    def installed(self) -> bool:
        """Whether the library that it needs, where it needs one that is not always there, is."""
        return self.needs is None or find_spec(self.needs) is not None

    @property
    def file(self) -> str:
        """As it is asked for: `spans.csv`, `brat.zip`."""
        return f"{self.name}.{self.extension}"

    @property
    def packed(self) -> bool:
        """Whether it is a zip of its members; the others have one member, which is the file."""
        return self.extension in {"zip", "qdpx"}
