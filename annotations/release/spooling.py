"""Settled documents on disk, between being derived and being stored: one in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any

from .canonical import line, parse
from .schema import DocumentRow
from .shapes.evidence import Evidence, plain, restored


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a gold label rests on, by primary keys."""

    ruling: int | None
    revisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A document as it will be released; `grounds` are those of its spans, in their order."""

    document: int
    edition: int
    row: DocumentRow
    grounds: tuple[Grounds, ...]
    evidence: Evidence


class Spool:
    """Written once, then read as often as one likes; nothing is left of it."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, settled: Settled) -> None:
        """One document more, at the end."""
        beside = {
            "document": settled.document,
            "edition": settled.edition,
            "grounds": [[each.ruling, each.revisions] for each in settled.grounds],
            "evidence": plain(settled.evidence),
        }
        self._file.write(line(settled.row))
        self._file.write(f"{json.dumps(beside)}\n".encode())
        self._length += 1

    def __iter__(self) -> Iterator[Settled]:
        self._file.seek(0)
        while piece := self._file.readline():
            yield _settled(piece, json.loads(self._file.readline()))


def _settled(piece: bytes, beside: dict[str, Any]) -> Settled:
    return Settled(
        document=beside["document"],
        edition=beside["edition"],
        row=parse(piece),
        grounds=tuple(Grounds(ruling, tuple(made)) for ruling, made in beside["grounds"]),
        evidence=restored(beside["evidence"]),
    )
