"""What the element of a block says about its zone, for zoning to believe. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotations.corpus.passages.zoning import BODY, CAPTION, HEADLINE, SUBHEADING, Proposal
from annotations.corpus.texts.keeping import Block, first_lines

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
CAPTIONS = frozenset(["figcaption", "caption"])
# Where a line without a full stop is still one of the text.
_LINES = frozenset(["li", "td", "th", "dt", "dd", "pre", "blockquote"])


def known_lines(page: str, blocks: Sequence[Block], title: str) -> Mapping[int, Proposal]:
    """By line of the text: the zone that a block's element gives it."""
    known: dict[int, Proposal] = {}
    headline = next((b for b in blocks if b.kind in HEADINGS and _says(b, page, title)), None)
    for block, lines in zip(blocks, first_lines(page, blocks), strict=True):
        if zone := HEADLINE if block is headline else _zone(block):
            known |= dict.fromkeys(range(*lines), zone)
    return known


def _says(block: Block, page: str, title: str) -> bool:
    return " ".join(block.text_in(page).split()) == title


def _zone(block: Block) -> Proposal | None:
    if block.kind in CAPTIONS:
        return CAPTION
    if block.kind in HEADINGS:
        return SUBHEADING
    return BODY if block.kind in _LINES and not block.linked else None
