"""Paragraphs with `|` where a reader ends a sentence, and how many of these ends are found.

A quotation of a few sentences is one with what says who speaks. The end of a paragraph is not
counted: nobody could miss it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotations.corpus.passages.splitting import Sentence, split

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Found:
    """Ends of sentences that are right, set where none is, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def paragraphs(folder: str, language: str) -> list[str]:
    return (HERE / folder / f"{language}.txt").read_text("utf-8").splitlines()


def sentences(folder: str, language: str) -> int:
    return sum(line.count("|") + 1 for line in paragraphs(folder, language))


def split_by_machine(line: str, language: str) -> str:
    """A marked paragraph without its marks, then with those that the splitter sets."""
    text = line.replace("|", "")
    return "|".join(
        text[one.start : following]
        for one, following in _with_next(split(text, language), len(text))
    )


def found(lines: Iterable[str], language: str) -> Found:
    right = wrong = missed = 0
    for line in lines:
        marked, set_ = _ends(line), _ends(split_by_machine(line, language))
        right += len(marked & set_)
        wrong += len(set_ - marked)
        missed += len(marked - set_)
    return Found(right, wrong, missed)


def _with_next(found: list[Sentence], end: int) -> Iterator[tuple[Sentence, int]]:
    yield from zip(found, [*(one.start for one in found[1:]), end], strict=True)


def _ends(line: str) -> set[int]:
    """How many characters that are no white space stand before each mark."""
    pieces = line.split("|")[:-1]
    ends, total = set(), 0
    for piece in pieces:
        total += len("".join(piece.split()))
        ends.add(total)
    return ends
