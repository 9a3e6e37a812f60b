"""What a sequence that lost a byte was: known from what stands around it, or not known."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from annotations.corpus.texts.mojibake.tables import (
    ALONE,
    CLOSING_OF,
    CONTRACTED,
    ELIDED,
    FINAL_GRAVE,
    INITIAL,
    LONG_DASH,
    OPENING_OF,
    STEMS,
    VOWELS,
)

SAFE = 0.9
"""From this certainty on a part is known even in a line without any whole sequence."""
_WORD_BEFORE = re.compile(r"[^\W\d_]*$")
_WORD_AFTER = re.compile(r"[^\W\d_]*")
_SENTENCE_START = re.compile(r"(?:^[—–-]?\s*|[.!?]\s+|(?:^|[.!?:]\s*)[«“„\"(]\s?)$")
_CLOSES = re.compile(r"$|[\s,.;:!?)\]»”]")


class Found(NamedTuple):
    """A character, why it is that one, and how sure that is."""

    now: str
    rule: str
    certainty: float


class Place(NamedTuple):
    """A part in its line: what it may be, what stands around it, and what is known of the text."""

    may_be: str
    before: str
    after: str
    language: str | None
    words: frozenset[str]
    """Of the same text, in lower case, where nothing was lost."""

    @property
    def left(self) -> str:
        return _WORD_BEFORE.search(self.before).group()  # type: ignore[union-attr]  # may be empty

    @property
    def right(self) -> str:
        return _WORD_AFTER.match(self.after).group()  # type: ignore[union-attr]  # may be empty

    @property
    def starts_sentence(self) -> bool:
        return _SENTENCE_START.search(self.before) is not None

    @property
    def is_capital(self) -> bool:
        """Among capitals: those beside it, or where it is the first, the one after it."""
        left, right = self.left, self.right
        if left:
            return left[-1].isupper() and (right[:1].isupper() or (not right and len(left) > 1))
        return right[:2].isupper() and len(right) > 1


def resolved(place: Place) -> Found | None:
    """The character, or None where the place does not tell."""
    if len(place.may_be) == 1:
        return Found(place.may_be, "only", 0.97)
    for rule in _RULES:
        found = rule(place)
        if found and found.now in place.may_be:
            return found
    return None


def _known_word(place: Place) -> Found | None:
    """The word stands elsewhere in the same text, or begins like one that is known."""
    if not place.left and not place.right:
        return None
    fitting = [each for each in place.may_be if each.isalpha() and _fits_case(each, place)]
    words = {each: f"{place.left}{each}{place.right}".casefold() for each in fitting}
    same = [each for each in fitting if words[each] in place.words]
    if same and len({each.casefold() for each in same}) == 1:
        return Found(_in_case(same, place), "word", 0.95)
    stems = STEMS.get(place.language or "", ())
    begun = {each: [stem for stem in stems if _begins(words[each], stem)] for each in fitting}
    known = [each for each in fitting if begun[each]]
    if known and len({each.casefold() for each in known}) == 1:
        named = [each for each in known if each.isupper() and begun[each][0][0].isupper()]
        return Found(named[0] if named and not place.left else _in_case(known, place), "word", 0.9)
    return None


def _begins(word: str, stem: str) -> bool:
    return word == stem[:-1].casefold() if stem.endswith(".") else word.startswith(stem.casefold())


def _fits_case(letter: str, place: Place) -> bool:
    """A capital inside a word stands among capitals."""
    if letter.isupper():
        return not place.left or place.is_capital
    return not place.is_capital or not place.left


def _in_case(letters: list[str], place: Place) -> str:
    """Of a letter in both cases: the capital at the start of a sentence and among capitals."""
    capital = place.is_capital or (not place.left and place.starts_sentence)
    return next((each for each in letters if each.isupper() == capital), letters[0])


def _final_grave(place: Place) -> Found | None:
    """The à whose second byte was a no-break space, and went with the space after it."""
    if place.right or "à" not in place.may_be:
        return None
    word = f"{place.left}à"
    if not place.left:
        first = place.starts_sentence and bool(place.after.strip())
        alone = ALONE.get(place.language or "", "")
        if first and alone and alone in place.may_be:
            return Found(alone, "accent", 0.85)
        return Found("À", "accent", 0.85) if first else Found("à", "accent", 0.95)
    if FINAL_GRAVE.search(place.left) and place.language == "it":
        return Found("à", "accent", 0.85)
    known = any(_begins(word.casefold(), stem) for stem in STEMS["fr"])
    if not known:
        return None
    if place.left.isupper() and (len(place.left) > 1 or place.is_capital):
        return Found("À", "word", 0.9)
    return Found("à", "word", 0.95)


def _ligature(place: Place) -> Found | None:
    if place.language != "fr" or "œ" not in place.may_be:
        return None
    capital = place.is_capital or (not place.left and place.starts_sentence)
    certainty = 0.95 if place.right[:1] in ("u", "U") else 0.8
    return Found("Œ" if capital else "œ", "ligature", certainty)


def _inner_letter(place: Place) -> Found | None:
    """Inside a word in small letters: ß in German, elsewhere the í whose soft hyphen was dropped."""
    inside = place.left[-1:].islower() or (len(place.left) == 1 and place.right)
    if not inside or place.right[:1].isupper():
        return None
    if place.language == "de":
        return Found("ß", "accent", 0.9)
    if place.right and place.language in ("es", "pt", "it", "ca", "gl", "cs", "sk", "hu"):
        return Found("í", "accent", 0.85)
    return None


def _first_letter(place: Place) -> Found | None:
    if place.left or not place.right[:1].isalpha():
        return None
    if place.language == "fr" and place.right[0] in "uU":
        return None
    letter = INITIAL.get(place.language or "")
    return Found(letter, "accent", 0.8) if letter else None


def _among_capitals(place: Place) -> Found | None:
    return Found("É", "accent", 0.7) if place.language == "fr" and place.is_capital else None


def _times(place: Place) -> Found | None:
    between = place.before.rstrip()[-1:].isdigit() and place.after.lstrip()[:1].isdigit()
    return Found("×", "sign", 0.9) if between else None


def _apostrophe(place: Place) -> Found | None:
    left, right = place.left, place.right
    if left and right:
        if left.lower() in ELIDED and right[0] in VOWELS:
            return Found("’", "elision", 0.97)
        if place.language != "fr" and CONTRACTED.match(place.after):
            return Found("’", "contraction", 0.95)
        return Found("’", "apostrophe", 0.8)
    if left.lower() in ELIDED and place.after[:1] in '«“„"':
        return Found("’", "elision", 0.8) if place.after else None
    if place.before[-1:].isdigit() and right:
        return Found("’", "apostrophe", 0.85)
    return None


def _range(place: Place) -> Found | None:
    if place.before[-1:].isdigit() and place.after[:1].isdigit():
        return Found("–", "dash", 0.9)
    return None


def _dash(place: Place) -> Found | None:
    """Between spaces, or at the beginning of a line."""
    if place.after[:1] not in (" ", "\u00a0") or place.before[-1:].strip():
        return None
    if not place.before.strip():
        return Found("—", "dash", 0.8)
    return Found("—" if place.language in LONG_DASH else "–", "dash", 0.7)


def _quote(place: Place) -> Found | None:
    opening = OPENING_OF.get(place.language or "", "“")
    closing = CLOSING_OF.get(place.language or "", "”")
    pending = place.before.count(opening) - place.before.count(closing)
    if opening == closing:
        pending %= 2
    inner = place.before.count("‘") - len(re.findall(r"’(?![^\W_])", place.before))
    begins = not place.before[-1:].strip() or place.before[-1:] in "([«“„‘’-–—"
    if begins and place.after[:1].strip():
        if place.before.endswith("’") and not place.left:
            return Found(opening, "quotation", 0.8)
        return Found(opening, "quotation", 0.9) if pending < 1 else Found("‘", "quotation", 0.7)
    if _CLOSES.match(place.after) and place.before[-1:].strip():
        if inner > 0 and pending > 0:
            return Found("’", "quotation", 0.7)
        if pending > 0:
            return Found(closing, "quotation", 0.93)
        if place.before[-1:] in "sS" and place.language == "en":
            return Found("’", "apostrophe", 0.7)
        return Found(closing, "quotation", 0.6)
    return None


def _trade_mark(place: Place) -> Found | None:
    return Found("™", "sign", 0.9) if place.left else Found("•", "sign", 0.9)


_RULES: tuple[Callable[[Place], Found | None], ...] = (
    _final_grave,
    _known_word,
    _ligature,
    _inner_letter,
    _first_letter,
    _among_capitals,
    _times,
    _apostrophe,
    _range,
    _dash,
    _quote,
    _trade_mark,
)
