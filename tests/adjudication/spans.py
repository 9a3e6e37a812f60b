"""Codings drawn under the text that they are about."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

from annotations.adjudication.aligning import CodedSpan

THEMES = {"s": "secrecy", "b": "burnout", "h": "burnout/hours", "c": "compensation"}


def drawn(coder: str, picture: str, *, stance: str | None = "against") -> list[CodedSpan]:
    """The spans of one coder: a run of equal letters is one span of that letter's theme.

    >>> [(span.theme, span.start, span.end) for span in drawn("ada", "  ss bbb")]
    [('secrecy', 2, 4), ('burnout', 5, 8)]
    """
    spans = []
    start = 0
    while start < len(picture):
        letter = picture[start]
        end = start + len(picture[start:]) - len(picture[start:].lstrip(letter))
        if letter != " ":
            spans.append(coded(coder, start, end, THEMES[letter], stance=stance))
        start = end
    return spans


def coded(
    coder: str,
    start: int,
    end: int,
    theme: str = "secrecy",
    *,
    stance: str | None = "against",
    holder: str | None = "author",
    revision: int = 1,
    copy: int = 0,
) -> CodedSpan:
    return CodedSpan(
        coder=coder,
        id=str(uuid5(NAMESPACE_OID, f"{coder} {start} {end} {theme} {stance} {holder} {copy}")),
        revision=revision,
        start=start,
        end=end,
        theme=theme,
        family=theme.partition("/")[0],
        stance=stance,
        holder_kind=holder,
    )
