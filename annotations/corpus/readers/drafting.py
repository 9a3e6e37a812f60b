"""A text becomes a draft of a document: passages, zones, languages, title. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from annotations.corpus.choices import AS_PROPOSED, Choices
from annotations.corpus.passages.languages import (
    by_frequency,
    language_of_document,
    languages_of_passages,
)
from annotations.corpus.passages.splitting import Sentence, split
from annotations.corpus.passages.zoning import Proposal, zones
from annotations.corpus.readers.cautions import warnings_about
from annotations.corpus.readers.sources import published_on, source_url
from annotations.corpus.texts.decoding import Decoding
from annotations.corpus.texts.mojibake.repairing import mended
from annotations.corpus.texts.normalising import Step, normalise
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

LONGEST_TITLE = 300


@dataclass(slots=True)
class DraftPassage:
    """One sentence, as half-open code points. `index` counts from 0, the numbers from 1.

    Nobody changes it; to have that refused would cost four times as much for each.
    """

    index: int
    start: int
    end: int
    paragraph: int
    sentence: int
    language: str | None
    zone: str
    zone_reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it is stored. `repairs` are JSON-able: see `normalising.rebuild`."""

    text: str
    title: str
    language: str | None
    languages: tuple[str, ...]
    decoding: Decoding
    repairs: list[dict[str, Any]]
    passages: list[DraftPassage]
    warnings: list[str]
    source_url: str | None = None
    published_on: date | None = None
    external_id: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)


def draft_of(
    name: str,
    decoded: str,
    decoding: Decoding,
    *taken: Step,
    choices: Choices = AS_PROPOSED,
    language: str | None = None,
    hint: str | None = None,
    known: Mapping[int, Proposal] | None = None,
) -> Draft:
    """The draft of a text that stands in a file; `taken` are the steps that took it from there.

    `language` is what its sender says, else it is found; `hint` is believed where nothing is found.
    `known` says of lines, counted from 0, which zone the file itself makes them.
    """
    text, (first, *others) = normalise(decoded, decoding)
    text, unread = mended(text, choices)
    repairs = [first, *taken, *others, *unread]
    if not text.strip():
        raise Unreadable("blank", wording("The file holds nothing but white space."))
    language = language or language_of_document(text) or hint
    passages = _passages(text, language, known or {})
    spoken = [passage.language for passage in passages]
    return Draft(
        text=text,
        title=_title(text, passages) or PurePath(name).stem,
        language=language,
        languages=by_frequency(spoken, [passage.end - passage.start for passage in passages]),
        decoding=decoding,
        repairs=repairs,
        passages=passages,
        warnings=warnings_about(text, decoding, repairs),
        source_url=source_url(text),
        published_on=published_on(text),
    )


def blocks(text: str, size: int = 4096) -> list[str]:
    """The text in pieces of `size` code points, the last one shorter.

    >>> blocks("abcde", size=2)
    ['ab', 'cd', 'e']
    """
    return [text[start : start + size] for start in range(0, len(text), size)]


def _passages(text: str, language: str | None, known: Mapping[int, Proposal]) -> list[DraftPassage]:
    sentences = split(text, language)
    quotes = [text[sentence.start : sentence.end] for sentence in sentences]
    languages = languages_of_passages(quotes, language)
    numbers = [sentence.paragraph for sentence in sentences]
    by_paragraph = {
        sentence.paragraph: known[line]
        for sentence, line in zip(sentences, _lines(text, sentences), strict=True)
        if line in known
    }
    proposals = zones(quotes, numbers, languages, language, by_paragraph)
    return [
        DraftPassage(
            index,
            sentence.start,
            sentence.end,
            sentence.paragraph,
            sentence.sentence,
            spoken,
            *proposal,
        )
        for index, (sentence, spoken, proposal) in enumerate(
            zip(sentences, languages, proposals, strict=True)
        )
    ]


def _lines(text: str, sentences: Sequence[Sentence]) -> Iterator[int]:
    """The line that each sentence begins in."""
    line = at = 0
    for sentence in sentences:
        line += text.count("\n", at, sentence.start)
        at = sentence.start
        yield line


def _title(text: str, passages: list[DraftPassage]) -> str:
    """The title line, else the beginning of the body."""
    for zone, longest in (("title", LONGEST_TITLE), ("body", 100)):
        first = next((passage for passage in passages if passage.zone == zone), None)
        if first and (zone != "title" or first.zone_reason == "first line"):
            return shortened(text[first.start : first.end], longest)
    return ""


def shortened(text: str, longest: int) -> str:
    """
    >>> shortened("The price of bread", longest=12)
    'The price…'
    """
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(None, 1)[0].rstrip() + "…"
