"""Which blocks of a page are its main text: trafilatura says so, of a copy with marked blocks. Pure.

Each block of the copy begins with a mark of its own, two or three signs that no page has in its
text; the blocks whose marks come out are the main text. So nothing has to be compared, and a text
that stands twice on a page is told apart. The copy holds what is shown and nothing else.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from annotations.corpus.readers.page_blocks import Page
from annotations.corpus.texts.keeping import Block

# Braille patterns: symbols that every rule about words passes over.
_FIRST, _BASE = 0x2801, 255
_DIGIT = f"[{chr(_FIRST)}-{chr(_FIRST + _BASE - 1)}]"
_DIGITS = 3
_MARK = re.compile(f"{_DIGIT}{{{_DIGITS}}}")
_OWN = re.compile(_DIGIT)
# Beyond these the tree would cost more than a page is worth; both are far above any article.
_LONGEST = 2_000_000
_DEEPEST = 200
_MOST_BLOCKS = 20_000
_MOST_TAGS = 30_000
# They say nothing about what a text is for, and very many of them cost very much.
_LOOKS = frozenset(
    [
        "b",
        "i",
        "em",
        "strong",
        "u",
        "s",
        "big",
        "small",
        "sub",
        "sup",
        "font",
        "mark",
        "tt",
        "strike",
    ]
)


def main_blocks(page: Page) -> list[Block] | None:
    """The blocks of the main text in order; None where none was found."""
    tags = sum(token.kind == "start" and token.name not in _LOOKS for token in page.shown)
    if page.depth > _DEEPEST or len(page.blocks) > _MOST_BLOCKS or tags > _MOST_TAGS:
        return None
    copy = "".join(_marked(page))
    if len(copy) > _LONGEST:
        return None
    found = {_number(mark) for mark in _MARK.findall(_asked(copy))}
    kept = [block for number, block in enumerate(page.blocks) if number in found]
    return kept or None


def outside_left_out(page: Page) -> list[Block]:
    """All blocks but those in navigation, header, footer and the like; all where these are all."""
    return [block for block in page.blocks if not block.outside] or page.blocks


def _asked(copy: str) -> str:
    import trafilatura  # loads lxml and much else: only when there is a page

    # A page without a main text is nothing to log: its document says so.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = trafilatura.extract(copy, include_comments=False, include_tables=True)
    return text or ""


def _marked(page: Page) -> Iterator[str]:
    """The shown tokens, with each block's mark where the block begins."""
    number = 0
    for token in page.shown:
        if token.name in _LOOKS:
            continue
        if token.kind != "text":
            yield page.text[token.start : token.end]
            continue
        at = token.start
        while number < len(page.blocks) and page.blocks[number].begins < token.end:
            begins = max(at, page.blocks[number].begins)
            yield _OWN.sub(" ", page.text[at:begins]) + _mark(number)
            at = begins
            number += 1
        yield _OWN.sub(" ", page.text[at : token.end])


def _mark(number: int) -> str:
    """
    >>> _number(_mark(70_000))
    70000
    """
    digits = (number // _BASE**place % _BASE for place in range(_DIGITS))
    return "".join(chr(_FIRST + digit) for digit in digits)


def _number(mark: str) -> int:
    return sum((ord(sign) - _FIRST) * _BASE**place for place, sign in enumerate(mark))
