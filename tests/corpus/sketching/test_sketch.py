"""Sketches: small, the same for ever, and alike where texts are."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from annotations.corpus.readers.reading import DraftPassage, read
from annotations.corpus.sketching.anchors import mentions
from annotations.corpus.sketching.shingling import PERMUTATIONS, ROWS, WORD, bands, shingles
from annotations.corpus.sketching.sketch import Sketch, salt_of, sketch_of
from tests.corpus.stories.tales import draft_of

SALT = salt_of(7)


def sketch(name: str, salt: int = SALT) -> Sketch:
    draft = draft_of(name)
    return sketch_of(draft.text, draft.passages, salt=salt)


def anchors(text: str, language: str, zone: str = "body") -> list[str]:
    piece = DraftPassage(0, 0, len(text), 1, 1, language, zone, "")
    return [text[found.start : found.end] for found in mentions(text, [piece])]


def shared(one: Sketch, other: Sketch) -> int:
    return len(set(one.bands) & set(other.bands))


def test_a_sketch_is_the_same_tomorrow() -> None:
    """Stored hashes are compared with those of later versions of the program."""
    first = bands(shingles(WORD.findall("the lamp on the bridge went out at four")), salt=1)
    assert first[:2] == [-5218388942739598989, -7098871085110899066]
    assert len(first) == PERMUTATIONS // ROWS


def test_copies_and_digests_share_bands_and_strangers_none() -> None:
    assert shared(sketch("bridge.en"), sketch("bridge.copy.en")) > 10
    assert shared(sketch("bridge.en"), sketch("bridge.digest.en")) > 0
    assert shared(sketch("bridge.en"), sketch("strike.en")) == 0


def test_two_projects_share_no_hash() -> None:
    here, there = sketch("bridge.en"), sketch("bridge.en", salt_of(8))
    assert shared(here, there) == 0
    assert not set(here.lines) & set(there.lines)
    assert here.anchors == there.anchors


def test_hashes_fit_into_a_column() -> None:
    made = sketch("bridge.en")
    assert all(-(2**63) <= each < 2**63 for each in made.bands + made.lines)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
def test_equal_bands_are_as_many_as_the_likeness_squared(share: float) -> None:
    chance = Random(3)
    off = []
    for _trial in range(40):
        common = int(800 * share / (1 + share))
        one = [f"w{chance.randrange(10**6)}" for _ in range(400)]
        other = one[:common] + [f"v{chance.randrange(10**6)}" for _ in range(400 - common)]
        a, b = shingles(one), shingles(other)
        likeness = len(np.intersect1d(a, b)) / len(np.union1d(a, b))
        equal = np.mean(np.array(bands(a, salt=1)) == np.array(bands(b, salt=1)))
        off.append(equal - likeness**2)
    assert abs(np.mean(off)) < 0.03


def test_case_accents_and_ways_of_writing_them_change_nothing() -> None:
    one, other = "L’élève\u00ad à Évry a dit « non »", "l'e\u0301leve a EVRY a dit non"
    assert shingles(WORD.findall(one)).tolist() == shingles(WORD.findall(other)).tolist()


def test_chinese_is_taken_by_characters() -> None:
    assert WORD.findall("研究者说OpenAI很忙") == [*"研究者说", "OpenAI", *"很忙"]


def test_what_is_proposed_as_boilerplate_counts_for_nothing_but_its_line() -> None:
    text = "The council met in Lindenau.\nRead more about Norrail here.\n"
    draft = read("a.txt", text.encode())
    out = [
        DraftPassage(
            p.index, p.start, p.end, p.paragraph, 1, "en", "body" if i == 0 else "link", ""
        )
        for i, p in enumerate(draft.passages)
    ]
    whole = sketch_of(text, out[:1], salt=SALT)
    made = sketch_of(text, out, salt=SALT)
    assert (made.bands, made.anchors) == (whole.bands, whole.anchors)
    assert len(made.lines) == 2


def test_an_empty_text_has_an_empty_sketch() -> None:
    assert sketch_of("", [], salt=SALT) == Sketch([], [], [])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Yesterday the mayor met Sam Altman in Paris.", "en", ["Sam", "Altman", "Paris"]),
        (
            "Altman spoke. Then Altman left, and Rain fell on Tuesday.",
            "en",
            ["Altman"] * 2 + ["Rain"],
        ),
        ("He said: “People here love OpenAI.”", "en", ["OpenAI"]),
        ("Nobody likes it", "en", []),
        ("En août, 90 milliards d’euros à l’OTAN", "fr", ["août", "90 milliards", "OTAN"]),
        ("Der Bericht der Stadt nennt Angela Merkel", "de", ["Angela", "Merkel"]),
        ("谷歌在3月给OpenAI打了900亿", "zh", ["谷歌", "3月", "OpenAI", "900亿"]),
        ("The GPT-4 model runs xAI on 12 chips", "en", ["GPT-4", "xAI", "12"]),
        ("The Council Votes To Close The Bridge On Tuesday", "en", []),
    ],
)
def test_anchors_are_what_a_translation_keeps(
    text: str, language: str, expected: list[str]
) -> None:
    assert anchors(text, language) == expected


def test_a_title_names_only_who_is_named_in_the_text_too() -> None:
    assert anchors("Lindenau Shuts Its Oldest Bridge", "en", zone="title") == []


def test_forms_of_one_name_meet() -> None:
    one = sketch("bridge.en").anchors
    other = sketch("bridge.zh").anchors
    assert {"#46000000", "#18400", "@month3", "varnh", "norr"} <= set(one) & set(other)
