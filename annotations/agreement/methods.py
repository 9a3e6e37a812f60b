"""The methods paragraph for a paper, in English and in French, from the figures of a report. Pure.

Both are written whichever language a person reads the pages in; figures have two decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .coefficients.figures import Figure
from .method_words import ENGLISH, FRENCH, UNDEFINED, Wording
from .resampling import LEVEL, Interval

__all__ = [
    "ENGLISH",
    "FRENCH",
    "Alpha",
    "Facts",
    "Retest",
    "Round",
    "Wording",
    "number",
    "paragraph",
]

PLACES = 2


@dataclass(frozen=True, slots=True)
class Round:
    """A batch that was opened. `kind` is training, pilot, main or retest; `overlap` are the
    coders that a document was planned for, fewest and most.
    """

    kind: str
    documents: int
    overlap: tuple[int, int]
    edition: int


@dataclass(frozen=True, slots=True)
class Alpha:
    """A figure with its interval, of what is named in both languages."""

    name: tuple[str, str]
    figure: Figure
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Retest:
    """Codings that `coders` made once more, so many days (median) after the first time."""

    coders: int
    documents: int
    days: int
    overall: Alpha


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the paragraph says. `given_up` is work that was skipped, expired or given back."""

    version: str
    edition: int
    rounds: Sequence[Round]
    coders: int
    documents: int
    compared: int
    passages: int
    titles: int
    left_out: int
    unjudged: int
    given_up: int
    stories: int
    samples: int
    seed: int
    overall: Alpha
    themes: Sequence[Alpha]
    stances: Sequence[Alpha]
    retests: Sequence[Retest] = ()


def paragraph(facts: Facts, wording: Wording) -> str:
    """One paragraph, sentence by sentence."""
    said = wording.sentences
    figures = {
        "overall": _figure(facts.overall, wording, plain=True),
        "themes": wording.joined.join(_figure(each, wording) for each in facts.themes),
        "stances": wording.joined.join(_figure(each, wording) for each in facts.stances),
    }
    sentences = [
        said["rounds"].format(rounds=_rounds(facts, wording)) if facts.rounds else "",
        said["compared"].format(
            edition=facts.edition,
            coders=_many(facts.coders, "coder", wording),
            compared=_many(facts.compared, "document", wording),
            passages=_many(facts.passages, "passage", wording),
            titles=_many(facts.titles, "title", wording),
        ),
        said["left"].format(
            left=_many(facts.left_out, "passage", wording),
            work=_many(facts.given_up, "work", wording),
            unjudged=_many(facts.unjudged, "judgement", wording),
        ),
        said["alpha"].format(
            level=round(LEVEL * 100),
            stories=_many(facts.stories, "story", wording),
            samples=facts.samples,
            seed=facts.seed,
        ),
        said["overall"].format(figure=figures["overall"]),
        said["themes"].format(figures=figures["themes"]) if facts.themes else "",
        said["stances"].format(figures=figures["stances"]) if facts.stances else "",
        *(_retest(each, wording) for each in facts.retests),
        said["software"].format(version=facts.version),
    ]
    return " ".join(filter(None, sentences))


def _rounds(facts: Facts, wording: Wording) -> str:
    return wording.joined.join(
        wording.sentences["round"].format(
            documents=_many(each.documents, "document", wording),
            kind=wording.kinds[each.kind],
            overlap=_overlap(each.overlap, wording),
            edition=each.edition,
        )
        for each in facts.rounds
    )


def _overlap(overlap: tuple[int, int], wording: Wording) -> str:
    fewest, most = overlap
    noun = wording.nouns["coder"][most != 1]
    number = str(most) if fewest == most else f"{fewest}–{most}"
    return wording.sentences["overlap"].format(coders=f"{number} {noun}")


def _retest(each: Retest, wording: Wording) -> str:
    return wording.sentences["retest"].format(
        coders=_many(each.coders, "coder", wording),
        documents=_many(each.documents, "coding", wording),
        days=_many(each.days, "day", wording),
        figure=_figure(each.overall, wording, plain=True),
    )


def _figure(each: Alpha, wording: Wording, *, plain: bool = False) -> str:
    name = each.name[wording.place]
    if each.figure.value is None:
        told = UNDEFINED.get(str(each.figure.reason), (str(each.figure.reason),) * 2)
        return wording.sentences["undefined"].format(name=name, reason=told[wording.place]).strip()
    drawn = each.interval
    interval = ""
    if drawn is not None:
        ends = {"low": number(drawn.low, wording), "high": number(drawn.high, wording)}
        interval = wording.sentences["interval"].format(**ends)
    said = wording.sentences["plain" if plain else "figure"]
    return said.format(name=name, value=number(each.figure.value, wording), interval=interval)


def number(value: float, wording: Wording) -> str:
    """Two decimals, with a minus sign.

    >>> number(-0.001, ENGLISH), number(0.125, FRENCH), number(-0.5, ENGLISH)
    ('0.00', '0,12', '−0.50')
    """
    rounded = round(value, PLACES) + 0.0
    return f"{rounded:.{PLACES}f}".replace("-", "−").replace(".", wording.comma)


def _many(times: int, noun: str, wording: Wording) -> str:
    one, several = wording.nouns[noun]
    alone = times == 1 or (times == 0 and wording is FRENCH)
    return f"{times} {one if alone else several}"
