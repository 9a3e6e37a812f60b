"""What a person should look at after a file was read, and where in the text it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotations.corpus.texts.decoding import REPLACEMENT, Decoding, is_plain
from annotations.corpus.texts.repairs import lost_places, mojibake_steps, standing, tally
from annotations.text.phrases import recognised, wording
from annotations.text.spans import Span

_KEPT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (wording("zero-width characters"), re.compile("[\u200b-\u200d\u2060\ufeff]")),
    (wording("soft hyphens"), re.compile("\u00ad")),
    (wording("bidirectional controls"), re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")),
    (wording("C1 control characters"), re.compile("[\x80-\x9f]")),
)
GUESSED = wording("The encoding was guessed: %(encoding)s.")
MALFORMED = wording("%(count)s × bytes that cannot be decoded, shown as U+FFFD.")
CONTROLS = wording("Control characters removed: %(listed)s.")
SURROGATES = wording("%(count)s × half of a surrogate pair removed.")
KEPT = wording("%(count)s × %(what)s, kept.")
REPAIRED = wording(
    "Repaired in %(count)s places: UTF-8 read as %(chain)s; %(context)s from context, %(lost)s lost."
)
REPLACED = wording("Replaced by hand in %(count)s places.")
TWICE = wording("%(encoding)s, twice")
THEN = wording("%(first)s, then %(second)s")
DAMAGED = wording("Looks damaged by a wrong encoding in %(count)s places, which were left.")
WORDINGS = (
    GUESSED,
    MALFORMED,
    CONTROLS,
    SURROGATES,
    REPAIRED,
    REPLACED,
    KEPT,
    DAMAGED,
    TWICE,
    THEN,
)
# UTF-8 read as Windows-1252, Latin-1 or ISO-8859-16, as it looks in Latin text.
_MOJIBAKE = re.compile("Ã[\x80-\xbf©¨ªº´¹»¼½¾]|â€|Ă[©š¨]|[Â]\u00a0|ĂŽ|ĂŞ|Å“")
# Without one of these there is none; and what is kept all the same cannot be printed.
_OF_MOJIBAKE = ("Ã", "â€", "Ă", "Â", "Å“")
_FOREIGN = re.compile("[^\x00-\x7f]+")
_REPLACEMENT = re.compile(REPLACEMENT)


def warnings_about(
    text: str, decoding: Decoding, repairs: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Sentences for the import page, with counts; empty where there is nothing to say."""
    return [
        *_about_decoding(decoding),
        *_about_repairs(repairs),
        *_about_text(text),
    ]


def places(warning: str, text: str, repairs: Sequence[Mapping[str, Any]]) -> list[Span]:
    """Where in the text a stored warning is about, in order; empty for the text as a whole.

    >>> places("1 × soft hyphens, kept.", "co\\u00adop", [])
    [Span(start=2, end=3)]
    """
    said = recognised(warning, WORDINGS)
    if said is None:
        return []
    if said.wording in (REPAIRED, REPLACED):
        chain = str(said.filling.get("chain", ""))
        found = standing(len(text), repairs)
        return [Span(e.start, e.end) for e in found if chain_in_words(e.chain) == chain]
    if said.wording == MALFORMED:
        lost = set(lost_places(len(text), repairs))
        return [place for place in _found(_REPLACEMENT, text) if place not in lost]
    if said.wording == DAMAGED:
        return _found(_MOJIBAKE, text)
    kept = dict(_KEPT).get(str(said.filling.get("what")))
    return _found(kept, text) if kept and said.wording == KEPT else []


def chain_in_words(chain: Sequence[str]) -> str:
    """
    >>> chain_in_words(["Windows-1252", "Windows-1252"])
    'Windows-1252, twice'
    """
    if len(chain) != 2:
        return "".join(chain)
    later, earlier = chain
    if later == earlier:
        return TWICE % {"encoding": later}
    return THEN % {"first": earlier, "second": later}


def _found(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in pattern.finditer(text)]


def _about_decoding(decoding: Decoding) -> Iterator[str]:
    if decoding.how == "detected":
        yield GUESSED % {"encoding": decoding.encoding}
    if decoding.malformed:
        yield MALFORMED % {"count": decoding.malformed}


def _about_repairs(repairs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for repair in repairs:
        if repair["step"] == "controls":
            listed = ", ".join(f"{n} × {point}" for point, n in repair["removed"].items())
            yield CONTROLS % {"listed": listed}
        if repair["step"] == "surrogates" and repair["removed"]:
            yield SURROGATES % {"count": repair["removed"]}
    for step in mojibake_steps(repairs):
        yield _about_mojibake(step)


def _about_mojibake(step: Mapping[str, Any]) -> str:
    found = tally(step)
    if not found.chain:
        return REPLACED % {"count": found.repaired}
    return REPAIRED % {
        "count": found.repaired,
        "chain": chain_in_words(found.chain),
        "context": found.from_context,
        "lost": found.lost,
    }


def _about_text(text: str) -> Iterator[str]:
    if is_plain(text) and not any(sign in text for sign in _OF_MOJIBAKE):
        return
    # None of these has ASCII in it.
    foreign = " ".join(_FOREIGN.findall(text))
    for what, pattern in _KEPT:
        if count := len(pattern.findall(foreign)):
            yield KEPT % {"count": count, "what": what}
    if count := len(_MOJIBAKE.findall(foreign)):
        yield DAMAGED % {"count": count}
