"""Zones against pages marked by hand, before they are confirmed by anybody."""

from __future__ import annotations

import pytest

from tests.corpus.passages.quality.pages import OUT, Line, lines_of, score

FOLDERS = ("zones", "zones_aside")


def both() -> list[Line]:
    return [line for folder in FOLDERS for line in lines_of(folder)]


def test_there_are_pages_enough_in_each_language() -> None:
    pages = {line.page for line in both()}
    assert len(pages) >= 12
    assert all(sum(page.startswith(code) for page in pages) >= 4 for code in ("fr", "en", "zh"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_nine_of_ten_lines_that_are_no_text_are_found_and_little_else(folder: str) -> None:
    found = score(lines_of(folder), OUT)
    assert found.precision >= 0.95
    assert found.recall >= 0.9


def test_a_title_is_found_on_every_page_and_is_no_byline() -> None:
    found = score(both(), {"title"})
    assert found.recall == 1
    assert found.precision >= 0.9


def test_no_sentence_of_an_article_is_folded_away() -> None:
    lost = [line.text for line in both() if line.marked == "body" and line.proposed != "body"]
    assert lost == []
