"""What of a text survives its translation: names, numbers and months, with their places.

Names are capitalised words inside sentences (whoever is named there counts at the beginning of a
sentence too); where a script has no capitals, the Latin words in it. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from annotations.corpus.sketching.exonyms import BY_FORM, MONTHS, NO_NAMES
from annotations.corpus.sketching.quantities import next_digit, quantities
from annotations.corpus.sketching.shingling import is_odd
from annotations.text.folding import searchable

_CAPITALS = "".join(
    char for char in map(chr, [*range(0x41, 0x530), *range(0x1E00, 0x2000)]) if char.isupper()
)
_NAME = re.compile(
    r"(?<![^\W_])(?:"
    rf"[a-z]?[{_CAPITALS}](?:[^\W_]|[\u0300-\u036f\u00ad])*(?:-[^\W_]+)*"
    rf"|(?:{'|'.join(MONTHS)})(?![^\W_]))"
)
_CAPITAL = re.compile(f"[{_CAPITALS}]")
_AMONG_HAN = re.compile(
    r"[A-Za-z][A-Za-zÀ-ÿ]+(?:-[A-Za-z0-9]+)*|(?P<month>1[0-2]|[1-9])月|"
    + "|".join(sorted((form for form in BY_FORM if form > "\u2fff"), key=len, reverse=True))
)
_SMALL = re.compile(r"(?<![^\W_])[a-zà-ÿ][^\W\d_]{3,}")
# After one of these a word is capitalised whatever it is.
_OPENS = '.!?…:;“”"«„—–•|'
_WITHOUT_CAPITALS = {"zh", "ja", "th", "ko"}
_WITH_CAPITAL_NOUNS = {"de", "lb"}
_STEM = 6


class Piece(Protocol):
    """A passage, drafted or stored."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def paragraph(self) -> int: ...
    @property
    def language(self) -> str | None: ...
    @property
    def zone(self) -> str: ...


class Mention(NamedTuple):
    """An anchor at `[start, end)` of the text. Forms of one name share their `key`."""

    key: str
    start: int
    end: int


Found = tuple[Mention, bool]  # and whether it is one wherever else it stands
Names = Callable[[str, int, int], Iterator[re.Match[str]]]


def mentions(
    text: str, pieces: Sequence[Piece], words: Iterable[str] | None = None
) -> list[Mention]:
    """Every mention in these passages, in the order of the text. Whoever knows their words says so:
    without a month among them, only what is near a capital need be looked at."""
    is_plain = words is not None and not is_odd(text) and MONTHS.keys().isdisjoint(words)
    named = _near_capitals if is_plain else _NAME.finditer
    numbered = _with_digits(text, pieces)
    found = [
        each
        for piece in pieces
        for each in _of_piece(text, piece, named, has_numbers=piece.start in numbered)
    ]
    sure = {mention.key for mention, is_sure in found if is_sure}
    return [mention for mention, _is_sure in found if mention.key in sure]


def in_order(found: Sequence[Mention]) -> list[str]:
    """The keys, each once, by their first mention."""
    return list(dict.fromkeys(mention.key for mention in found))


@lru_cache(maxsize=1 << 14)
def key_of(name: str) -> str:
    """Under which the forms of a name meet; "" for what is none.

    >>> key_of("Californie") == key_of("California"), key_of("États-Unis"), key_of("Monday")
    (True, '@us', '')
    >>> key_of("Obama"), key_of("GPT-4"), key_of("août")
    ('obam', 'gpt-4', '@month8')
    """
    if name.lower() in MONTHS:
        return MONTHS[name.lower()]
    form = searchable(name)
    if form in BY_FORM and (len(form) > 3 or name.isupper() or not name.isascii()):
        return BY_FORM[form]
    if form in NO_NAMES or len(form) < 2:
        return ""
    if not form.isalpha():
        return form[:40]
    # Endings differ from language to language, beginnings hardly.
    short = form[:_STEM].rstrip("aeiouy")
    return short if len(short) >= 3 else form[:_STEM]


def _with_digits(text: str, pieces: Iterable[Piece]) -> set[int]:
    """Where those begin that have a digit: the others have no number in them. Most have none, which
    is known from few looks at the text.
    """
    found: set[int] = set()
    digit = -1
    for piece in pieces:
        if digit < piece.start:
            digit = next_digit(text, piece.start)
        if digit < piece.end:
            found.add(piece.start)
    return found


def _of_piece(text: str, piece: Piece, names: Names, *, has_numbers: bool) -> list[Found]:
    has_capitals = piece.language not in _WITHOUT_CAPITALS
    found = _capitalised(text, piece, names) if has_capitals else list(_among_han(text, piece))
    if not has_numbers:
        return found
    ends = {mention.end for mention, _is_sure in found}
    numbers = quantities(text, piece.start, piece.end, piece.language)
    # A number that ends with a name is part of it.
    found += [(Mention(*each), True) for each in numbers if each.end not in ends]
    found.sort(key=_start)
    return found


def _start(found: Found) -> int:
    return found[0].start


def _among_han(text: str, piece: Piece) -> Iterator[Found]:
    for match in _AMONG_HAN.finditer(text, piece.start, piece.end):
        month = match["month"]
        if key := f"@month{month}" if month else key_of(match.group()):
            yield Mention(key, *match.span()), True


def _near_capitals(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """As `_NAME.finditer`, where no month is written small."""
    reached = start
    for capital in _CAPITAL.finditer(text, start, end):
        at = capital.start()
        # “iPhone”
        begin = at - 1 if at > start and "a" <= text[at - 1] <= "z" else at
        if begin >= reached and (found := _NAME.match(text, begin, end)):
            yield found
            reached = found.end()


def _capitalised(text: str, piece: Piece, names: Names) -> list[Found]:
    first = piece.start
    found = names(text, first, piece.end)
    keyed = [(match, key) for match in found if (key := key_of(match.group()))]
    if not keyed:
        return []
    nouns = piece.language in _WITH_CAPITAL_NOUNS
    is_shouted = piece.zone == "title" or (not nouns and _is_titled(text, piece, len(keyed)))
    ends = {match.end() for match, _key in keyed} if nouns else set()
    starts = {match.start() for match, _key in keyed} if nouns else set()
    mentioned: list[Found] = []
    for match, key in keyed:
        word, (start, end) = match.group(), match.span()
        is_name = not (is_shouted or start == first or _begins(text, first, start))
        if is_name and nouns:
            is_name = start - 1 in ends or end + 1 in starts  # "Angela Merkel", but no "Bericht"
        is_acronym = not is_shouted and word[1:] != word[1:].lower()
        is_sure = is_name or is_acronym or key.startswith("@")
        mentioned.append((Mention(key, start, end), is_sure))
    return mentioned


def _begins(text: str, start: int, at: int) -> bool:
    """Whether a sentence may begin here, so that the capital says nothing."""
    before = text[max(start, at - 3) : at].rstrip()
    return not before or before[-1] in _OPENS


def _is_titled(text: str, piece: Piece, count: int) -> bool:
    """Headlines In Title Case, and lines IN CAPITALS."""
    return count > 3 and count > 4 * len(_SMALL.findall(text, piece.start, piece.end))
