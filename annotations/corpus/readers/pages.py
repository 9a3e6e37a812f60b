"""A web page as a document: its main text, and what it says about itself. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from annotations.corpus.choices import Choices
from annotations.corpus.readers.block_zones import CAPTIONS, HEADINGS, known_lines
from annotations.corpus.readers.drafting import Draft, draft_of
from annotations.corpus.readers.main_text import main_blocks, outside_left_out
from annotations.corpus.readers.page_blocks import Page, page_of
from annotations.corpus.readers.page_encodings import declared_encoding
from annotations.corpus.readers.page_facts import Facts, facts_of, is_headline
from annotations.corpus.texts.decoding import decode
from annotations.corpus.texts.keeping import Block, joined
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

NOT_FOUND = wording(
    "No main text was found on the page: all of it but navigation, header and footer was kept."
)
NO_WORDS = wording("The page shows no text.")
_SHORTEST_STANDFIRST = 20


def read_page(name: str, data: bytes, choices: Choices) -> Draft:
    decoded, decoding = decode(data, choices.encoding, declared=declared_encoding(data))
    page = page_of(decoded)
    found = main_blocks(page)
    facts = facts_of(page, _before(page, found))
    blocks = _with_surroundings(page, found, facts.title) if found else outside_left_out(page)
    if not blocks:
        raise Unreadable("blank", NO_WORDS)
    text, step = joined(decoded, blocks, "html")
    draft = draft_of(
        name,
        text,
        decoding,
        step,
        choices=choices,
        hint=facts.language,
        known=known_lines(page.text, blocks, facts.title),
    )
    return _with(draft, facts, [] if found else [NOT_FOUND])


def _before(page: Page, found: Sequence[Block] | None) -> list[Block]:
    """Where the headline stands: up to the last block of the main text."""
    return [block for block in page.blocks if not found or block.begins <= found[-1].begins]


def _with_surroundings(page: Page, found: list[Block], title: str) -> list[Block]:
    """Headline and standfirst before the main text belong to it; captions, headings of what is
    kept, and whole sentences within it.
    """
    before = [block for block in page.blocks if block.begins <= found[0].begins]
    headline = next((b for b in reversed(before) if is_headline(b, page, title)), found[0])
    kept = {id(block) for block in found}
    leads = {
        id(block)
        for block, after in pairwise(page.blocks)
        if block.kind in HEADINGS and id(after) in kept
    }

    def belongs(block: Block) -> bool:
        if id(block) in kept or block is headline:
            return True
        if block.outside or block.linked or not headline.begins < block.begins < found[-1].begins:
            return False
        if id(block) in leads or block.kind in CAPTIONS:
            return True
        may_be = block.kind == "p" or block.begins < found[0].begins
        return may_be and _is_sentence(block.text_in(page.text))

    return [block for block in page.blocks if belongs(block)]


def _is_sentence(text: str) -> bool:
    return len(text) >= _SHORTEST_STANDFIRST and text.endswith(
        (".", "!", "?", "…", "。", "！", "？")
    )


def _with(draft: Draft, facts: Facts, warnings: Sequence[str]) -> Draft:
    return replace(
        draft,
        title=facts.title or draft.title,
        source_url=facts.address or draft.source_url,
        published_on=facts.published_on or draft.published_on,
        attributes={"outlet": facts.outlet} if facts.outlet else {},
        warnings=[*draft.warnings, *warnings],
    )
