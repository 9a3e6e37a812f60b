"""Whole press pages, damaged as the world does it: the letters of sixteen languages come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.corpus.choices import AS_PROPOSED
from annotations.corpus.texts.mojibake.repairing import mended
from tests.corpus.texts.misreading import dropped, misread

PRESS = Path(__file__).parents[1] / "passages" / "quality" / "press"
PAGES = {
    path.name[:2]: "\n".join(
        line.partition(": ")[2].replace("|", "") for line in path.read_text("utf-8").splitlines()
    )
    for path in sorted(PRESS.glob("*.txt"))
}
# The hyphen of Hebrew begins with a byte that is too rare to be looked for.
PAGES["he"] = PAGES["he"].replace("\u05be", "-")
ONCE = ("Windows-1252", "ISO-8859-1", "Windows-1251", "Mac-Roman", "IBM437", "IBM850", "KOI8-R")
# Where words are apart by spaces, one that was a byte may as well be one between them.
WITHOUT_SPACES = ("zh", "ja")


def repaired(text: str) -> str:
    return mended(text, AS_PROPOSED)[0]


@pytest.mark.parametrize("encoding", ONCE)
@pytest.mark.parametrize("language", PAGES)
def test_a_page_misread_once_comes_back_to_the_letter(language: str, encoding: str) -> None:
    assert repaired(misread(PAGES[language], encoding)) == PAGES[language]


@pytest.mark.parametrize("language", PAGES)
def test_a_page_misread_twice_comes_back_to_the_letter(language: str) -> None:
    twice = misread(PAGES[language], "Windows-1252", "Windows-1252")
    assert repaired(twice) == PAGES[language]


@pytest.mark.parametrize("language", WITHOUT_SPACES)
def test_no_break_spaces_gone_into_spaces_are_found_inside_chinese_characters(
    language: str,
) -> None:
    damaged = misread(PAGES[language], "Windows-1252").replace("\xa0", " ")
    assert repaired(damaged) == PAGES[language]


@pytest.mark.parametrize("language", ["fr", "de", "es", "it", "pt", "pl", "ro", "tr", "ru"])
def test_no_break_spaces_gone_into_spaces_cost_no_letter(language: str) -> None:
    damaged = misread(PAGES[language], "Windows-1252").replace("\xa0", " ")
    assert repaired(damaged) == PAGES[language]


@pytest.mark.parametrize("language", ["fr", "es", "pt", "it"])
def test_without_its_controls_a_page_of_latin_letters_keeps_all_but_a_few(language: str) -> None:
    page = PAGES[language]
    found = repaired(dropped(misread(page, "ISO-8859-16")))
    assert len(found) == len(page)
    wrong = [(was, now) for was, now in zip(page, found, strict=True) if was != now]
    assert len(wrong) <= 1
    assert all(now == "\ufffd" or was in "‘’" for was, now in wrong)


@pytest.mark.parametrize("language", ["ru", "zh", "ko", "ar", "he"])
def test_letters_whose_end_was_dropped_are_marked_and_not_guessed(language: str) -> None:
    """As a reader does who ignores what Windows-1252 does not know."""
    damaged = PAGES[language].encode().decode("cp1252", "ignore")
    found = repaired(damaged)
    kept = [char for char in found if char != "\ufffd"]
    assert "\ufffd" in found
    rest = iter(PAGES[language])
    assert all(char in rest for char in kept)


def test_chinese_beside_good_french_is_not_made_of_it() -> None:
    """“é “” would be the bytes of a Chinese character around a space."""
    text = "Il a été “touché” hier.\nEt à «\xa0Lyon\xa0» elle a chanté “oui”."
    assert repaired(text) == text
