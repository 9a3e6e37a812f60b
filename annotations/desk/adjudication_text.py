"""The text of a case under the codings of all, laid over one another or side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.adjudication.cases import Case
from annotations.adjudication.models import Decision
from annotations.corpus.models import Passage
from annotations.desk.adjudication_book import Book
from annotations.desk.cards import shared
from annotations.desk.layers import Layer, Paragraph, paragraphs

ADDED = "+"
"""The letter of what an adjudicator added."""
VIEWS = ("over", "side")
"""One text under all layers, or one a coder; the first is the default."""


@dataclass(frozen=True, slots=True)
class Column:
    """The whole text with one coder's spans, or, without a letter, with everybody's."""

    letter: str
    paragraphs: list[Paragraph]


def text_in_layers(case: Case, book: Book, view: str) -> list[Column]:
    """One column under all layers, or one for each coder; what was added is in every one."""
    passages = Passage.objects.filter(document=case.document).order_by("index")
    heads = list(passages.values_list("start", "paragraph", "zone"))
    every = list(_layers(case, book))
    letters = sorted(case.letters.values()) if view == "side" else [""]
    text = case.document.text
    return [
        Column(letter, paragraphs(text, heads, (e for e in every if _in_column(e, letter))))
        for letter in letters
    ]


def _in_column(layer: Layer, letter: str) -> bool:
    return letter in ("", layer.letter) or layer.letter == ADDED


def _layers(case: Case, book: Book) -> Iterator[Layer]:
    for dispute in case.disputes:
        first, last = shared(dispute)
        common = (first, last) if first < last else (0, 0)
        for member in dispute.members:
            yield Layer(
                start=member.start,
                end=member.end,
                letter=case.letters[member.coder],
                dispute=dispute.key,
                colour=book.colour(member.theme),
                shared=common,
            )
    for ruling in case.standing.values():
        if ruling.decision == Decision.ADD and ruling.theme is not None:
            colour = book.colour(ruling.theme.key)
            yield Layer(ruling.start, ruling.end, ADDED, ruling.dispute, colour)
