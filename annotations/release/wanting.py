"""A file of a release as it is asked for, before anybody knows whether it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .cache import Kept, NotAsPromised, Place, Write
from .models import Release

SMALL = 2_000
"""So many labels are written while the caller waits; it takes a moment."""
SMALL_SIZE = 4_000_000  # bytes of documents.jsonl


@dataclass(frozen=True, slots=True)
class Asked:
    """How somebody wants a format: offsets in one of UNITS, no formulas, a BOM."""

    offsets: str = "codepoint"
    formula_safe: bool = False
    bom: bool = False

    @property
    def name(self) -> str:
        marks = (self.offsets, "safe" * self.formula_safe, "bom" * self.bom)
        return "-".join(filter(None, marks))


AS_IT_IS = Asked()
UNITS = ("codepoint", "utf16", "byte")


class ReleaseDamaged(Exception):
    """The stored rows no longer give the bytes that the release is known by, but `found`."""

    def __init__(self, release: Release, promised: str, found: str) -> None:
        super().__init__(f"{release} should have SHA-256 {promised}, but its rows give {found}.")
        self.found = found


@dataclass(frozen=True, slots=True)
class Wanted:
    """`write` makes the bytes, which are the same for the same `etag`, known before they are."""

    release: Release
    file: str
    place: Place
    etag: str
    write: Write
    asked: Asked = AS_IT_IS

    @property
    def size(self) -> int | None:
        """In bytes, where it is known before the file is built."""
        return self.place.promised.size if self.place.promised else None

    def at_hand(self) -> Kept | None:
        """The whole file, where it is there or a moment's work."""
        small = self.release.spans_total <= SMALL and self.release.size <= SMALL_SIZE
        return self.kept() if small else self.place.found()

    def kept(self) -> Kept:
        """The whole file, built by the caller where it is not there. Raises ReleaseDamaged."""
        return self._checked(held=False)

    def built(self) -> Kept:
        """The same for a process that was handed the lock of the file's place."""
        return self._checked(held=True)

    def along(self, pieces: Iterable[bytes], *, check: Callable[[], None]) -> Iterator[bytes]:
        """The pieces of the file, which is kept once all are read; for whoever has its lock.

        `check` is called before. Raises ReleaseDamaged at the end.
        """
        with self._damage_told():
            yield from self.place.along(pieces, check=check)

    def _checked(self, *, held: bool) -> Kept:
        with self._damage_told():
            return self.place.written(self.write) if held else self.place.kept(self.write)

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except NotAsPromised as error:
            promised = self.place.promised
            raise ReleaseDamaged(
                self.release, promised.sha256 if promised else "", error.found
            ) from error
