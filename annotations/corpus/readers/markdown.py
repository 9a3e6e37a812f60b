"""A Markdown file as a document: its text without the marks, each character still where it was. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotations.corpus.choices import Choices
from annotations.corpus.readers.block_zones import HEADINGS, known_lines
from annotations.corpus.readers.drafting import Draft, draft_of
from annotations.corpus.readers.front_matter import FrontMatter, front_matter
from annotations.corpus.readers.markdown_blocks import TooDeep, blocks_of
from annotations.corpus.readers.rows import address, day, language
from annotations.corpus.texts.decoding import decode
from annotations.corpus.texts.keeping import Block, joined
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

NO_WORDS = wording("The file holds marks and no text.")


def read_markdown(name: str, data: bytes, choices: Choices) -> Draft:
    page, decoding = decode(data, choices.encoding)
    front = front_matter(page)
    try:
        blocks = list(blocks_of(page, front.end))
    except TooDeep:
        return draft_of(name, page, decoding, choices=choices)
    if not blocks:
        raise Unreadable("blank", NO_WORDS)
    title = front.first("title") or _headline(page, blocks)
    text, step = joined(page, blocks, "markdown")
    draft = draft_of(
        name,
        text,
        decoding,
        step,
        choices=choices,
        hint=language(front.first("lang", "language")),
        known=known_lines(page, blocks, title),
    )
    return _with(draft, front, title)


def _headline(page: str, blocks: Sequence[Block]) -> str:
    """The first heading of the first level, or the heading that the file begins with."""
    first = next((block for block in blocks if block.kind == "h1"), blocks[0])
    return " ".join(first.text_in(page).split()) if first.kind in HEADINGS else ""


def _with(draft: Draft, front: FrontMatter, title: str) -> Draft:
    said = front.first("url", "canonical", "canonical_url", "link", "permalink", "source")
    outlet = front.first("outlet", "publisher", "site", "site_name", "publication")
    source = front.first("source")
    attributes = {
        "outlet": outlet or ("" if address(source) else source),
        "author": front.first("author", "authors", "by"),
    }
    return replace(
        draft,
        title=title or draft.title,
        source_url=address(said) or draft.source_url,
        published_on=day(front.first("date", "published", "published_on", "publication date"))
        or draft.published_on,
        attributes={key: value[:500] for key, value in attributes.items() if value},
    )
