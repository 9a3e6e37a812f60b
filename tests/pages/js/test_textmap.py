"""Code points, UTF-16 and DOM positions agree with Python, in any script."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Page

from tests.pages.js.articles import article

pytestmark = pytest.mark.browser

TEXTS = {
    "plain": "Rome burned. Nero played.\n",
    "emoji": "The crew 👩‍👩‍👧‍👦 left 🇫🇷 at 6 🌆.\n\nNext 👍🏽.",
    "combining": "Cafe\u0301 re\u0301sume\u0301 Z\u0351\u036balgo\n",
    "hebrew": "המעבדה \u200fלא\u200f תפרסם, \u2067abc\u2069.\nשוב.",
    "arabic": "قال المتحدث: «لا نعلم».\n",
    "chinese": "港口实验室的研究员说。𠮷野家𠀀。\n",
    "devanagari": "क्षत्रिय शक्ति।",
    "astral": "𝔸𝔹𝕏" * 40,
    "empty": "",
}

SLICES = """async ({text, spans}) => {
  const {CodePoints} = await import('/static/annotations/text/textmap.js');
  const points = new CodePoints(text);
  return {length: points.length, slices: spans.map(([start, end]) => points.slice(start, end)),
    back: spans.map(([start]) => points.toCodePoint(points.toUtf16(start)))};
}"""

IN_THE_PAGE = """async ({article, spans}) => {
  const {layOut} = await import('/static/annotations/text/sheet.js');
  const root = document.createElement('article');
  document.body.replaceChildren(root);
  const sheet = layOut(root, article, (key) => key);
  sheet.margins[1].append(document.createElement('button'));
  return {same: root.textContent === article.text, spans: spans.map(([start, end]) => {
    const range = sheet.map.range({start, end});
    const back = [[range.startContainer, range.startOffset], [range.endContainer, range.endOffset]]
      .map(([node, offset]) => sheet.map.points.toCodePoint(sheet.map.index16(node, offset)));
    return {text: range.toString(), back};
  })};
}"""


def some_spans(text: str, count: int, *, seed: int) -> list[tuple[int, int]]:
    chance = random.Random(seed)
    cuts = [sorted(chance.randint(0, len(text)) for _ in range(2)) for _ in range(count)]
    return [(start, end) for start, end in cuts]


@pytest.mark.parametrize("name", TEXTS)
def test_slices_are_those_of_python(bench: Page, name: str) -> None:
    text = TEXTS[name]
    spans = some_spans(text, 400, seed=3)
    found = bench.evaluate(SLICES, {"text": text, "spans": spans})
    assert found["length"] == len(text)
    assert found["slices"] == [text[start:end] for start, end in spans]
    assert found["back"] == [start for start, _ in spans]


def test_the_page_holds_the_text_and_its_positions_lead_back(bench: Page) -> None:
    content = article()
    spans = [(s, e) for s, e in some_spans(content["text"], 500, seed=5) if s < e]
    found = bench.evaluate(IN_THE_PAGE, {"article": content, "spans": spans})
    assert found["same"]
    for (start, end), there in zip(spans, found["spans"], strict=True):
        assert there == {"text": content["text"][start:end], "back": [start, end]}


def test_a_page_that_shows_another_text_is_refused(bench: Page) -> None:
    said = bench.evaluate(
        """async () => {
          const {CodePoints, TextMap} = await import('/static/annotations/text/textmap.js');
          const root = document.createElement('p');
          root.append('another text');
          try {
            new TextMap(root, new CodePoints('a text'), [root.firstChild]);
          } catch (error) {
            return error.message;
          }
        }"""
    )
    assert "does not show the text" in said


SNAP = """async ({text, from, to}) => {
  const {snap} = await import('/static/annotations/text/selection.js');
  const found = snap(text, from, to, {bounds: () => [0, text.length], language: 'en'});
  return found && text.slice(...found);
}"""


@pytest.mark.parametrize(
    ("text", "part", "taken"),
    [
        ("They said no.", "said", "said"),
        ("They said no.", " said ", "said"),
        ("a  \n  b", "  \n  ", ""),
        ("un e\u0301t", "e", "e\u0301"),
        ("one 👩‍🔬 left", "👩", "👩‍🔬"),
        ("flags 🇫🇷🇩🇪", "🇫", "🇫🇷"),
        ("exact, with the comma", "exact,", "exact,"),
    ],
)
def test_a_selection_is_exact_but_never_half_a_character(
    bench: Page, text: str, part: str, taken: str
) -> None:
    at = text.find(part)
    before = len(text[:at].encode("utf-16-le")) // 2
    size = len(part.encode("utf-16-le")) // 2
    found = bench.evaluate(SNAP, {"text": text, "from": before, "to": before + size})
    assert (found or "") == taken
