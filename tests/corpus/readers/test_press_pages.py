"""The press pages marked by hand, as web pages: their article comes whole, their furniture does not."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from annotations.corpus.readers.reading import read

PRESS = Path(__file__).parents[1] / "passages" / "quality" / "press"
# Its last paragraph stands behind a list of links, where nothing tells it from one of another text.
PAGES = [path for path in sorted(PRESS.glob("*.txt")) if path.stem != "fr_sel"]
LINK = '<ul><li><a href="/x">{}</a></li></ul>'
WRAPPED = {"title": "<h2>{}</h2>", "caption": "<figure><figcaption>{}</figcaption></figure>"}
WRAPPED |= {"link": LINK, "boilerplate": '<div class="m">{}</div>'}


def marked(path: Path) -> list[tuple[str, str]]:
    lines = (line.partition(": ") for line in path.read_text("utf-8").splitlines())
    return [(zone, text) for zone, _, text in lines]


def elements(lines: list[tuple[str, str]]) -> Iterator[str]:
    headline = next(text for zone, text in lines if zone == "title")
    for zone, text in lines:
        wrapped = "<h1>{}</h1>" if text == headline else WRAPPED.get(zone, "<p>{}</p>")
        yield wrapped.format(escape(text.replace("|", "")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_article_comes_whole_and_nothing_else_is_text(path: Path) -> None:
    lines = marked(path)
    page = f"<!DOCTYPE html><html><body><div>{''.join(elements(lines))}</div></body></html>"
    draft = read("page.html", page.encode())
    found = {draft.text[each.start : each.end]: each.zone for each in draft.passages}
    for zone, text in lines:
        for sentence in (each.strip() for each in text.split("|")):
            if zone in ("title", "body"):
                assert found.get(sentence) in ("title", "body"), sentence
            elif zone in ("link", "boilerplate"):
                assert found.get(sentence) not in ("title", "body"), sentence
