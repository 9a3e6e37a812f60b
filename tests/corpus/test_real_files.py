"""Five press files as they came, kept beside the repository and not in it.

What a person expects of each is written as line numbers and counts; no text of theirs is here.
Files are known by the beginning of their SHA-256.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.readers.reading import Draft, read
from annotations.corpus.stories.comparing import compared
from annotations.corpus.stories.deciding import propose, waiting
from annotations.corpus.stories.told import Rarity, Told
from annotations.corpus.texts.normalising import rebuild
from annotations.corpus.texts.repairs import Tally, tally
from annotations.text.spans import Span
from tests.cast import Cast

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the five press files are not beside this checkout"
)


class Expected(NamedTuple):
    """`lines` are those (from 1) that are no body; `others` counts passages in other languages."""

    language: str
    passages: int
    others: dict[str | None, int]
    lines: dict[str, list[int]]


EXPECTED = {
    "b3008781": Expected(
        "fr",
        36,
        {"en": 1},
        {"title": [1], "caption": [3], "link": [20, 24], "boilerplate": [17, 18, 22, 26, 28, 30]},
    ),
    "48721a47": Expected("fr", 36, {}, {"title": [8, 20], "boilerplate": [26, 27, 34]}),
    "af6e8432": Expected(
        "fr", 71, {}, {"title": [1, 3], "fragment": [18, 46, 70], "link": [24, 40, 56, 68]}
    ),
    "3ed2037d": Expected("fr", 60, {}, {"fragment": [1], "boilerplate": [2, 27]}),
    "f5bfaae0": Expected(
        "en",
        77,
        {"zh": 16, None: 2},
        {
            "title": [2],
            "fragment": [3, 4],
            "digest": [8, 10, 12, 14, 16],
            "boilerplate": [1, 78, 80, 82, 84, 86, 88, 90, 92, 94, 95],
        },
    ),
}


# How many sentences a reader counts in some lines, those with initials, quotations and brackets.
SENTENCES = {
    "b3008781": {5: 6, 7: 3, 11: 4, 13: 6, 15: 5},
    "48721a47": {1: 2, 3: 2, 6: 2, 9: 2, 12: 1, 17: 3, 22: 2, 24: 2, 25: 1},
    "af6e8432": {14: 3, 22: 2, 26: 2, 34: 2, 48: 2, 66: 3, 72: 3},
    "3ed2037d": {3: 2, 13: 2, 14: 3, 16: 2},
    "f5bfaae0": {8: 4, 18: 4, 24: 1, 34: 3, 36: 1, 44: 2, 56: 2, 58: 2, 68: 2, 74: 2},
}
DAMAGED = "3ed2037d"


@cache
def delivered() -> dict[str, bytes]:
    files = (path.read_bytes() for path in sorted(FOLDER.glob("*.txt")))
    return {sha256(data).hexdigest()[:8]: data for data in files}


@cache
def draft_of(prefix: str) -> Draft:
    return read("article.txt", delivered()[prefix])


def lines_by_zone(draft: Draft) -> dict[str, list[int]]:
    lines: dict[str, list[int]] = {}
    for passage in draft.passages:
        line = draft.text.count("\n", 0, passage.start) + 1
        known = lines.setdefault(passage.zone, [])
        if passage.zone != "body" and line not in known:
            known.append(line)
    lines.pop("body", None)
    return lines


def test_the_files_are_the_five_that_were_looked_at() -> None:
    assert set(delivered()) == set(EXPECTED)


@pytest.mark.parametrize("prefix", EXPECTED)
def test_zones_are_where_a_reader_saw_them(prefix: str) -> None:
    assert lines_by_zone(draft_of(prefix)) == EXPECTED[prefix].lines


@pytest.mark.parametrize("prefix", EXPECTED)
def test_lines_fall_into_as_many_sentences_as_a_reader_counts(prefix: str) -> None:
    draft = draft_of(prefix)
    counts = Counter(draft.text.count("\n", 0, each.start) + 1 for each in draft.passages)
    assert {line: counts[line] for line in SENTENCES[prefix]} == SENTENCES[prefix]


@pytest.mark.parametrize("prefix", EXPECTED)
def test_every_passage_has_the_language_it_is_in(prefix: str) -> None:
    draft, expected = draft_of(prefix), EXPECTED[prefix]
    spoken = Counter(passage.language for passage in draft.passages)
    assert draft.language == expected.language
    assert spoken.pop(expected.language) == expected.passages - sum(expected.others.values())
    assert spoken == expected.others


@pytest.mark.parametrize("prefix", EXPECTED)
def test_text_and_bytes_lead_to_each_other(prefix: str) -> None:
    data, draft = delivered()[prefix], draft_of(prefix)
    text, mapping = rebuild(data, draft.repairs)
    assert text == draft.text
    for passage in draft.passages:
        found = mapping.source_span(Span(passage.start, passage.end))
        said = data[found.slice].decode()
        assert said == text[passage.start : passage.end] or prefix == DAMAGED
        assert mapping.target_span(found) == Span(passage.start, passage.end)


def test_only_the_damaged_file_is_repaired() -> None:
    assert [prefix for prefix in EXPECTED if draft_of(prefix).warnings] == [DAMAGED]
    assert [prefix for prefix in EXPECTED if len(draft_of(prefix).repairs) > 1] == [DAMAGED]


def test_the_damaged_file_is_repaired_but_for_its_two_emoji() -> None:
    """Clean lines, the one that speaks of pastry among them, keep every letter."""
    draft = draft_of(DAMAGED)
    [step] = draft.repairs[1:]
    assert step["chain"] == ["ISO-8859-16"]
    assert Counter({each["was"]: 0 for each in step["changes"]}).keys() == {
        *("â", "Ă", "Ć", "Ă©", "Ăš", "Ăč", "ĂŽ", "Ă»", "Ăź", "ĂȘ", "Ăą")
    }
    assert tally(step) == Tally(("ISO-8859-16",), 256, 91, 2)
    assert not set("ĂâĆđ©") & set(draft.text.replace("pâtissier", ""))
    assert draft.text.count("’") == 64
    assert draft.text.count("\ufffd") == 2
    damaged = delivered()[DAMAGED].decode()
    for number in (1, 2, 15):
        assert draft.text.split("\n")[number - 1] == damaged.split("\n")[number - 1]


def test_only_the_file_that_names_its_source_has_one() -> None:
    assert [prefix for prefix in EXPECTED if draft_of(prefix).source_url] == ["48721a47"]


def test_the_two_files_that_tell_the_same_are_linked_and_nothing_else(cast: Cast) -> None:
    """One is the French digest of the other, which is in English."""
    rows = {
        prefix: admit(draft_of(prefix), data, into=cast.project, name="article.txt").document.pk
        for prefix, data in delivered().items()
    }
    propose(cast.project, rows.values())
    (found,) = waiting(cast.project)
    assert {found.first_id, found.second_id} == {rows["b3008781"], rows["f5bfaae0"]}
    assert found.relation == "translation"
    assert found.evidence["derived"] == (
        "first" if found.first_id == rows["b3008781"] else "second"
    )
    assert found.score > 0.6


def test_no_other_two_files_come_near() -> None:
    told = {
        prefix: Told(
            draft_of(prefix).text, draft_of(prefix).passages, draft_of(prefix).language or ""
        )
        for prefix in EXPECTED
    }
    counts = Counter(key for each in told.values() for key in {m.key for m in each.mentions})
    rarity = Rarity(len(told), counts)
    for one, other in combinations(EXPECTED, 2):
        if {one, other} != {"b3008781", "f5bfaae0"}:
            assert compared(told[one], told[other], rarity).score < 0.2
