"""What a page says about itself: title, day, address, outlet, language. Text, never fetched. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from annotations.corpus.readers.markup import attributes, decoded
from annotations.corpus.readers.page_blocks import Page
from annotations.corpus.readers.rows import address, day, language
from annotations.corpus.texts.keeping import Block

_DATES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "pubdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([0-9T:.+Z -]{8,40})"')
_SITE = re.compile(r"\s+(?:[-–—|·•:»]|::)\s+")
_LONGEST_OUTLET = 200
_SHORTEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Facts:
    title: str
    published_on: date | None
    address: str | None
    outlet: str
    language: str | None


def facts_of(page: Page, blocks: list[Block]) -> Facts:
    """`blocks` are those that may hold the headline, in order."""
    said = dict(_said(page))
    outlet = _line(said.get("og:site_name", ""))
    named = [_without_site(said.get(name, ""), outlet) for name in ("og:title", "title")]
    headlines = [_line(block.text_in(page.text)) for block in blocks if block.kind == "h1"]
    return Facts(
        title=_title(headlines, [each for each in named if each]),
        published_on=_published(page, said),
        address=address(said.get("canonical", "")) or address(said.get("og:url", "")),
        outlet=outlet[:_LONGEST_OUTLET],
        language=language(said.get("lang", "")),
    )


def _said(page: Page) -> Iterator[tuple[str, str]]:
    """Names with their values; of two with one name the first is to be believed."""
    seen: set[str] = set()
    for name, value in _all_said(page):
        if value.strip() and name not in seen:
            seen.add(name)
            yield name, value.strip()


def _all_said(page: Page) -> Iterator[tuple[str, str]]:
    for token in page.shown:
        if token.kind == "start" and token.name in _SAYING:
            yield from _SAYING[token.name](attributes(page.text, token))
    for token in page.raw:
        content = page.text[token.start : token.end]
        if token.name == "title":
            yield "title", _line(decoded(content))
        elif token.name == "script" and (found := _JSON_DATE.search(content)):
            yield "json", found[1]


def _in_meta(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind in ("property", "name", "itemprop"):
        if kind in said:
            yield said[kind].strip().lower(), said.get("content", "")


def _in_link(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if "canonical" in said.get("rel", "").lower().split():
        yield "canonical", said.get("href", "")


def _in_time(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if "datetime" in said:
        published = "pubdate" in said or said.get("itemprop", "").lower() == "datepublished"
        yield "datepublished" if published else "time", said["datetime"]


_SAYING = {
    "html": lambda said: iter([("lang", said.get("lang") or said.get("xml:lang", ""))]),
    "meta": _in_meta,
    "link": _in_link,
    "time": _in_time,
}


def _published(page: Page, said: Mapping[str, str]) -> date | None:
    """What is meant for machines first; a time on the page may be that of a comment."""
    given = [said.get(name, "") for name in (*_DATES[:4], "json", *_DATES[4:], "time")]
    return next((found for each in given if (found := day(each))), None)


def _title(headlines: list[str], named: list[str]) -> str:
    """The longest form that two places agree on, best of all a headline that people see.

    >>> _title(["Le Matin", "Bread is dear"], ["Bread is dear: what bakers say"])
    'Bread is dear'
    """
    seen = [each for each in headlines if any(_agree(each, other) for other in named)]
    if seen:
        return max(seen, key=len)
    agreed = [a for a in named for b in named if a is not b and _within(a, b)]
    alone = headlines if len(set(headlines)) == 1 else []
    return max(agreed, key=len, default="") or next(iter([*named, *alone]), "")


def _agree(headline: str, other: str) -> bool:
    return _within(headline, other) or _within(other, headline)


def _within(short: str, long: str) -> bool:
    return len(short) >= _SHORTEST_TITLE and short.casefold() in long.casefold()


def _without_site(title: str, outlet: str) -> str:
    """
    >>> _without_site("Bread is dear | Le Matin", "Le Matin")
    'Bread is dear'
    """
    title = _line(title)
    parts = _SITE.split(title)
    if len(parts) > 1 and outlet and parts[-1].casefold() == outlet.casefold():
        return title[: -len(parts[-1])].rstrip(" -–—|·•:»")
    return title


def _line(text: str) -> str:
    return " ".join(text.split())


def is_headline(block: Block, page: Page, title: str) -> bool:
    """Whether people see the page's title here."""
    return block.kind in ("h1", "h2") and _line(block.text_in(page.text)) == title
