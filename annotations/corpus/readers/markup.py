"""A page as HTML's own rules cut it: tags, text, and what is neither, each with its place. Pure.

Nothing is built and nothing nests, so that a page costs time and memory by its length alone
(WHATWG HTML, 13.2.5 Tokenization, as far as it concerns where things begin and end).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

Kind = Literal["start", "end", "text", "raw", "other"]

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+|(?=>))"""
_TAG = re.compile(rf"</?([A-Za-z][^\s/>]*+)(?:[\s/]*+=?[^\s/>=]++(?:{_VALUE})?+)*+[\s/=]*+>")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(=?[^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)|(?=>)))?+"""
)
# Their content is text for another reader, up to their own end tag.
RAW = frozenset(
    ["script", "style", "textarea", "title", "noscript", "iframe", "noembed", "noframes", "xmp"]
)
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.I) for name in RAW}
_COMMENT_END = re.compile(r"--!?>")
ENTITY = re.compile(
    r"&(?:#[0-9]{1,10}(?![0-9])|#[xX][0-9a-fA-F]{1,8}(?![0-9a-fA-F])|[A-Za-z][A-Za-z0-9]{1,31});?"
)
# More is no page but an attack; what comes after is not looked at.
_MOST_ATTRIBUTES = 100


class Token(NamedTuple):
    """`name` is the element's, in lower case, for tags and for the raw content of an element."""

    kind: Kind
    start: int
    end: int
    name: str = ""


def tokens(page: str) -> Iterator[Token]:
    """All of the page, in order, without gaps.

    >>> [token.kind for token in tokens("<p>1 < 2<!-- no --><script>a<b</script>")]
    ['start', 'text', 'other', 'start', 'raw', 'end']
    """
    at = done = 0
    while found := _MARKUP.search(page, at):
        start = found.start()
        token = _markup(page, start)
        if token is None:
            at = start + 1
            continue
        if done < start:
            yield Token("text", done, start)
        yield token
        at = done = token.end
        if token.kind == "start" and token.name in RAW:
            end = _RAW_ENDS[token.name].search(page, at)
            at = done = end.start() if end else len(page)
            yield Token("raw", token.end, at, token.name)
    if done < len(page):
        yield Token("text", done, len(page))


def _markup(page: str, start: int) -> Token | None:
    """What begins at this `<`; None for one that is text."""
    if tag := _TAG.match(page, start):
        kind: Kind = "end" if page[start + 1] == "/" else "start"
        return Token(kind, start, tag.end(), tag[1].lower())
    if page.startswith("<!--", start):
        # `<!-->` is a whole comment; one that never ends takes the rest of the page.
        end = _COMMENT_END.search(page, start + 2)
        return Token("other", start, end.end() if end else len(page))
    following = page[start + 1 : start + 3]
    if following[0] in "!?" or (following[0] == "/" and not following[1:].isalpha()):
        end_at = page.find(">", start)
        return Token("other", start, end_at + 1 if end_at >= 0 else len(page))
    # A tag that the end of the page cuts off.
    return Token("other", start, len(page))


def attributes(page: str, tag: Token) -> dict[str, str]:
    """Of a start tag: names in lower case, entities decoded; the first of two with one name.

    >>> page = '<p Class="a&amp;b" hidden>'
    >>> attributes(page, next(tokens(page)))
    {'class': 'a&b', 'hidden': ''}
    """
    found: dict[str, str] = {}
    at = tag.start + 1 + len(tag.name)
    for _number in range(_MOST_ATTRIBUTES):
        match = _ATTRIBUTE.match(page, at, tag.end - 1)
        if match is None:
            break
        name, *values = match.groups()
        value = next((each for each in values if each is not None), "")
        found.setdefault(name.lower(), decoded(value))
        at = match.end()
    return found


def decoded(text: str) -> str:
    """Entities as characters; those that the page itself declares mean nothing."""
    return ENTITY.sub(lambda match: unescape(match.group()), text)
