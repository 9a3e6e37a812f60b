"""Press pages marked by hand, a zone before each line: `boilerplate: Share this`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotations.corpus.readers.reading import read

HERE = Path(__file__).parent
OUT = frozenset({"boilerplate", "link"})


@dataclass(frozen=True, slots=True)
class Line:
    page: str
    text: str
    marked: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Score:
    """How well some zones are found: of lines proposed, of lines marked."""

    precision: float
    recall: float


def lines_of(folder: str) -> list[Line]:
    """Every line of the pages of a folder beside this file, as marked and as proposed."""
    return [line for path in sorted((HERE / folder).glob("*.txt")) for line in _page(path)]


def _page(path: Path) -> list[Line]:
    marked = [line.partition(": ")[::2] for line in path.read_text("utf-8").splitlines()]
    draft = read("page.txt", "\n".join(text for _, text in marked).encode())
    first = {}
    for passage in reversed(draft.passages):
        first[passage.paragraph] = passage.zone
    lines = [(zone, text) for zone, text in marked if zone]
    return [
        Line(path.stem, text, zone, first[number])
        for number, (zone, text) in enumerate(lines, start=1)
    ]


def score(lines: Iterable[Line], zones: Iterable[str]) -> Score:
    wanted = set(zones)
    pairs = [(line.marked in wanted, line.proposed in wanted) for line in lines]
    both = pairs.count((True, True))
    return Score(
        both / sum(proposed for _, proposed in pairs), both / sum(marked for marked, _ in pairs)
    )
