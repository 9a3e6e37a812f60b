"""Sentence ends that the splitter misses or sets wrongly, put right.

Everything here works on one line and its cuts: the ends of its sentences, the last one at the end
of the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotations.corpus.passages.abbreviations import abbreviations, may_abbreviate
from annotations.corpus.passages.attributing import is_attribution

# A quotation longer than this is read sentence by sentence.
_LONG = 500
_CONTEXT = 40
# No abbreviation is longer, with what stands before it.
_ABBREVIATED = 14
_SHORT_END = re.compile(r"(?<![^\W_])[^\W_][^\W_°’'-]{0,5}°?\.\s*$|-[^\W\d_]\.\s*$")
# Scripts without capital letters, where a title is followed by any letter.
_CASELESS = frozenset({"ar", "he"})

_CLOSING = re.compile(r"(?:\s*[»”›」』）)\]]+[.!?。！？…]*)+\s*|[’\"'](?=\s|$)\s*|[.!?…]+\s+")
_CLOSER = re.compile(r"\s*[»”›」』）)\]]")
# German and its neighbours close with what opens elsewhere: „So?“
_LOW_CLOSING = re.compile(r"“[.!?…]*\s*")
_OPENING = frozenset("«“‘„‹「『（([")
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĘĚĞİŁŃŇŐŒŘŚŠŞŤŮŰŹŻŽ"
_NAMED = rf"[{_CAPITAL}][\w’'-]*\s+"
_INITIALS = rf"(?:[{_CAPITAL}]\.[\s-]*)+$"
# “A. Noir”, also after a comma or a Chinese character.
_AFTER_INITIAL = re.compile(rf"(?:^|{_NAMED}|[,(«“]\s*|[\u3400-\u9fff]){_INITIALS}")
# “by G. Conti”, but not “vitamin C. Scientists”.
_AFTER_OWN_INITIAL = re.compile(rf"(?<![^\W_])([^\W\d_]+)\s(?:[{_CAPITAL}]\.\s?)+$")
_LETTERED_WORDS = (
    "plan type option vitamine vitamines vitamin hépatite hepatitis groupe group point série series"
    " class classe grade ligue league phase annexe appendix zone niveau level part partie bloc block"
    " note catégorie category influenza grippe étape step"
)
_LETTERED = frozenset(_LETTERED_WORDS.split())
_OPENERS = re.compile(
    r"(?:Les?|La|L[’']|Une?|Il|Ils|Elles?|On|Ce|Cette|Ces|Mais|Et|The|It|He|She|They|This|That|These|But"
    r"|And|In|We|You|I|A|An|Il|Lo|Gli|El|Los|Las|Der|Die|Das|Es|Sie)\b"
)
# “in Washington, D.C. She”
_AFTER_ACRONYM = re.compile(rf"[{_CAPITAL}]\.\s?[{_CAPITAL}]\.\s*$")
_PRONOUN = re.compile(r"(?:He|She|It|They|We|You|The|This|But|Ils?|Elles?|On|Mais|Cette?|Les)\b")
# “l’A.F.P.”
_IN_ACRONYM = re.compile(rf"(?<![^\W_])[{_CAPITAL}]\.$")
_AFTER_HOUR = re.compile(r"\d\s?h\.\s*$")
_MINUTES = re.compile(r"[0-5]\d\b")
# “der 1. FC”, “le 1er. mars”.
_AFTER_ORDINAL = re.compile(
    r"\b(?:de[rnms]|die|das|am|im|zum|zur|vom|beim|seit|bis|ab)\s+\d{1,2}\.\s*$"
    r"|\d(?:er|re|e|ème|st|nd|rd|th)\.\s*(?=$)",
    re.IGNORECASE,
)
_AFTER_LETTERS = re.compile(rf"(?<![^\W_])(?:[{_CAPITAL}]\.-?)+\s*$")
_HYPHENED = re.compile(rf"-[{_CAPITAL}]\.")
_PAUSES = frozenset("，、；：,;")
_AFTER_OPEN_END = re.compile(r"(?:…|\.\.\.|[!?？！]|[.。][»”\"’)\]]|[»”]\s?\.)[»”\"’)\]\s]*$")
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_CAPITALISED = re.compile(rf"[{_CAPITAL}]")
# Not “iPhone” or “xAI”, which may well begin a sentence.
_LOWER_CASE = re.compile(r"[a-zß-öø-ÿœа-яё](?:[a-zß-öø-ÿœа-яё]|[\s’'])")
_ASIDE = re.compile(r"\([^()]{1,40}\)\s*[,;:]")
_WORD = re.compile(r"[^\W_]")
_INNER_END = re.compile(
    rf"(?<=[^\W\d_])(?:…|\.\.\.)\s+(?=[{_CAPITAL}«“])|(?<=[a-z] no)\.\s+(?=[{_CAPITAL}])"
    rf"|(?<=[.!?…])[)\]]\s+(?=[{_CAPITAL}«“])|(?<=\betc)\.\s+(?=[{_CAPITAL}«“])"
    rf"|(?<=[^\W\d_]{{3}})\.\s+(?=[a-z][{_CAPITAL}])"
    # Without capitals, what trails off ends only after a few words and before a few more.
    r"|(?<=[\u3400-\u9fff]{5})……(?=[\u3400-\u9fff]{4})"
    r"|(?<=[\u05d0-\u05ea\u0620-\u064a])…\s+(?=(?:[\u05d0-\u05ea\u0620-\u064a]+\s+){2})"
    r"|[。！？](?=[^。！？」』”’）)\s…])|(?<=[。！？])[）)](?=[^，。！？、）)])"
)
_CLOSERS = '»”"」』'
_STOP = re.compile("[.…。！？]")
_END_IN_LONG = re.compile(rf"[.!?…]\s+(?=[{_CAPITAL}«“])|[。！？](?=[^。！？」』”’）)\s])")


def mended(line: str, cuts: Sequence[int], language: str = "fr") -> list[int]:
    """The cuts put right. No character is lost: the last cut stays at the end of the line.

    >>> line = "Voir M. Petit. « Quoi ? » dit-il."
    >>> [line[a:b] for a, b in [(0, 15), (15, 33)]], mended(line, [8, 15, 26, 33])
    (['Voir M. Petit. ', '« Quoi ? » dit-il.'], [15, 33])
    """
    kept: list[int] = []
    # A long row of signs is looked at once: what closes it ends at `closed`, and is settled up to
    # `done`; up to `silent` it has no word.
    closed = done = silent = 0
    may_be_plain = "„" not in line
    for cut in cuts:
        start = kept[-1] if kept else 0
        if may_be_plain and cut >= done and _is_plain_end(line, start, cut, language):
            kept.append(cut)
            done = closed
            continue
        closes = cut < len(line) and _CLOSER.match(line, cut) is not None
        if cut < done or (closes and cut < closed):
            continue
        moved = _past_closers(line, cut)
        closed = moved if closes else closed
        right = line[moved : moved + _CONTEXT]
        if right and not _WORD.search(line, max(start, silent), moved):
            silent, done = moved, closed
        elif moved > start and not _goes_on(line[start:moved], right, language):
            kept.append(moved)
            done = closed
    if not kept or kept[-1] < len(line):
        kept.append(len(line))
    kept = _without_stray_tail(line, kept)
    return _with_missed(line, kept, language)


def _is_plain_end(line: str, start: int, cut: int, language: str) -> bool:
    """A plain word, a full stop, a space, a capital: nothing else need be asked, as of most ends."""
    if line[cut - 2 : cut] != ". " or not line[cut : cut + 1].isupper():
        return False
    return _is_plain_word(line[max(start, cut - _ABBREVIATED) : cut], language)


def _past_closers(line: str, cut: int) -> int:
    """A closing quote or bracket belongs to what it closes, an opening one to what it opens."""
    if closing := _CLOSING.match(line, cut):
        return closing.end()
    if "„" in line[:cut]:
        before = line[:cut].rstrip()
        at = len(before) - before.endswith("“")
        low = _LOW_CLOSING.match(line, at)
        if low and line.count("„", 0, at) > line.count("“", 0, at):
            return low.end()
    start = max(0, cut - _CONTEXT)
    near = line[start:cut].rstrip()
    return start + len(near) - 1 if near[-1:] in _OPENING and cut < len(line) else cut


def _goes_on(left: str, right: str, language: str) -> bool:
    """Whether the sentence `left` goes on in `right`, the beginning of what follows."""
    if not right:
        return False
    if right[0] in _PAUSES or not _WORD.search(left) or _ASIDE.match(right):
        return True
    tail = left[-_CONTEXT:]
    short = left[-_ABBREVIATED:]
    said = left.rstrip()
    if said[-1] in _CLOSERS and is_attribution(left, right):
        return True
    if left[-1] == "." and right[0].isalpha() and _IN_ACRONYM.search(tail):
        return True
    if _LOWER_CASE.match(right) and _AFTER_OPEN_END.search(tail):
        return True
    if said[-1] != "." or _is_plain_word(short, language) or not _SHORT_END.search(short):
        return False
    return _is_abbreviated(short, right, language) or _is_named(tail, right)


def _is_plain_word(short: str, language: str) -> bool:
    """Whether the stop stands behind a word that is no abbreviation, initial or number: as most do."""
    word = short.rstrip()[:-1].rpartition(" ")[2]
    return word.isalpha() and word[-1].islower() and not may_abbreviate(word, language)


def _is_abbreviated(tail: str, right: str, language: str) -> bool:
    known = abbreviations(language)
    if known.always.search(tail) or _AFTER_ORDINAL.search(tail):
        return True
    if (_CAPITALISED.match(right) or language in _CASELESS) and known.title.search(tail):
        return True
    if _NUMBER.match(right):
        is_clock = _AFTER_HOUR.search(tail) and _MINUTES.match(right)
        return bool(is_clock or known.before_number.search(tail))
    if not _LOWER_CASE.match(right):
        return False
    return bool(_AFTER_LETTERS.search(tail) or known.before_small.search(tail))


def _is_named(tail: str, right: str) -> bool:
    """Whether the tail ends in the initials of the name that follows."""
    if _HYPHENED.match(right) and _AFTER_LETTERS.search(tail):
        return True
    if not _CAPITALISED.match(right):
        return False
    if _AFTER_INITIAL.search(tail):
        return not (_AFTER_ACRONYM.search(tail) and _PRONOUN.match(right))
    own = _AFTER_OWN_INITIAL.search(tail)
    return bool(own and own[1].lower() not in _LETTERED and not _OPENERS.match(right))


def _without_stray_tail(line: str, cuts: list[int]) -> list[int]:
    """Pieces of punctuation alone are the end of the sentence before them."""
    kept = [cuts[0]]
    for cut in cuts[1:]:
        if line[kept[-1]].isalnum() or _WORD.search(line, kept[-1], cut):
            kept.append(cut)
        else:
            kept[-1] = cut
    return kept


def _with_missed(line: str, cuts: list[int], language: str) -> list[int]:
    ends: list[int] = []
    start = 0
    for cut in cuts:
        if cut - start > _LONG or _STOP.search(line, start, cut - 2):
            ends.extend(_missed(line, start, cut, language))
        ends.append(cut)
        start = cut
    return ends


def _missed(line: str, start: int, end: int, language: str) -> list[int]:
    """Ends after an ellipsis outside quotes; in what is very long, also those inside quotes."""
    if end - start > _LONG:
        found = _END_IN_LONG.finditer(line, start, end)
        ends = [_past_closers(line, match.end()) for match in found]
    else:
        ends = [
            match.end()
            for match in _INNER_END.finditer(line, start, end)
            if not _is_quoting(line[start : match.end()])
        ]
    kept: list[int] = []
    for place in ends:
        before = kept[-1] if kept else start
        if before < place < end and not _goes_on(
            line[before:place], line[place : place + _CONTEXT], language
        ):
            kept.append(place)
    return kept


def _is_quoting(left: str) -> bool:
    return any(
        left.count(opener) > left.count(closer) for opener, closer in ("«»", "“”", "「」", "()")
    )
