"""Whole press pages in sixteen languages, marked by hand: zones, sentences, languages.

A line is `zone: text`, with `|` where a sentence ends inside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from annotations.corpus.passages.datelines import is_date_line
from annotations.corpus.passages.outline import rule_of
from annotations.corpus.readers.reading import Draft, DraftPassage, read

HERE = Path(__file__).parent
PRESS = sorted((HERE / "press").glob("*.txt"))
# A list of links may as well be furniture.
OUT = frozenset({"link", "boilerplate"})


class Line(NamedTuple):
    zone: str
    sentences: Sequence[str]
    passages: Sequence[DraftPassage]


def draft_and_lines(path: Path) -> tuple[Draft, list[Line]]:
    marked = [line.partition(": ")[::2] for line in path.read_text("utf-8").splitlines()]
    text = "\n".join(text.replace("|", "") for _, text in marked)
    draft = read("page.txt", text.encode())
    found: dict[int, list[DraftPassage]] = defaultdict(list)
    for passage in draft.passages:
        found[text.count("\n", 0, passage.start)].append(passage)
    return draft, [
        Line(zone, [sentence.strip() for sentence in said.split("|")], found[number])
        for number, (zone, said) in enumerate(marked)
    ]


def test_sixteen_languages_are_marked() -> None:
    assert len({path.name[:2] for path in PRESS}) == 16


@pytest.mark.parametrize("path", PRESS, ids=lambda path: path.stem)
def test_every_line_is_in_the_zone_a_reader_puts_it_in(path: Path) -> None:
    draft, lines = draft_and_lines(path)
    wrong = [
        (line.zone, passage.zone, draft.text[passage.start : passage.end])
        for line in lines
        for passage in line.passages
        if passage.zone != line.zone and not {passage.zone, line.zone} <= OUT
    ]
    assert wrong == []


@pytest.mark.parametrize("path", PRESS, ids=lambda path: path.stem)
def test_the_body_falls_into_the_sentences_that_a_reader_marks(path: Path) -> None:
    draft, lines = draft_and_lines(path)
    for line in lines:
        if line.zone == "body":
            said = [draft.text[each.start : each.end] for each in line.passages]
            assert said == line.sentences


@pytest.mark.parametrize("path", PRESS, ids=lambda path: path.stem)
def test_every_passage_is_in_the_language_of_its_page(path: Path) -> None:
    draft, _ = draft_and_lines(path)
    assert draft.language == path.name[:2]
    assert {passage.language for passage in draft.passages} <= {draft.language, None}


def test_a_good_page_stays_as_it_is_to_the_letter() -> None:
    for path in PRESS:
        draft, _ = draft_and_lines(path)
        assert [step["step"] for step in draft.repairs] == ["decode"]


NO_FURNITURE = (HERE / "no_furniture.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", NO_FURNITURE)
def test_what_only_begins_like_a_button_is_none(line: str) -> None:
    assert rule_of(line) is None
    assert not is_date_line(line)
