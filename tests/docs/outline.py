"""What a page of the documentation has whatever language it is written in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotations.pages.manual_pages import anchor_of

KEYS = {
    **{"Maj": "Shift", "Entrée": "Enter", "Échap": "Esc", "Suppr": "Del"},
    **{"Retour arrière": "Backspace", "Début": "Home", "Fin": "End"},
}
"""What a French keyboard says, as an English one says it."""
_NAMES = {"paragraph_open": "paragraph", "list_item_open": "item", "tr_open": "row"}


def outline(markdown: str) -> list[str]:
    """A line a block in their order, each with the code, links and pictures that are in it.

    A link to a place on the page tells the number of its heading, since words differ.

    >>> outline("# A\\n\\nPress `Maj` in [b](b.md), then [here](#a).")
    ['# heading', 'paragraph: #0, `Shift`, b.md']
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    titles = [
        anchor_of("".join(each.content for each in words.children or []))
        for opening, words in zip(tokens, tokens[1:], strict=False)
        if opening.type == "heading_open"
    ]
    found: list[tuple[str, list[str]]] = []
    for each in tokens:
        if name := _named(each):
            found.append((name, []))
        for child in each.children or []:
            found[-1][1].extend(_held(child, titles))
    return [f"{name}: {', '.join(sorted(held))}" if held else name for name, held in found]


def differences(one: str, other: str) -> list[str]:
    """Lines that only one of two pages has: `-` the first, `+` the second, after where they are."""
    return list(unified_diff(outline(one), outline(other), "one", "other", n=1, lineterm=""))


def _named(token: Token) -> str:
    if token.type == "heading_open":
        return f"{token.markup} heading"
    if token.type == "fence":
        return f"code {token.info}\n{token.content}"
    return _NAMES.get(token.type, "")


def _held(token: Token, titles: Sequence[str]) -> Iterator[str]:
    if token.type == "code_inline":
        yield f"`{KEYS.get(token.content, token.content)}`"
    if token.type == "image":
        yield f"![{token.attrGet('src')}]"
    if token.type == "link_open":
        page, _, anchor = unquote(str(token.attrGet("href"))).partition("#")
        here = not page and anchor in titles
        yield f"#{titles.index(anchor)}" if here else f"{page}#{anchor}".rstrip("#")
