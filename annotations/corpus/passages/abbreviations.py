"""Abbreviations whose full stop does not end a sentence.

As regular expressions would read them only where a `|` is needed; without the last full stop.
French and English are looked up together, since the one quotes the other.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from annotations.corpus.passages.small_letters import in_small

_NOT_IN_WORD = r"(?<![^\W_])"

# Before a name.
_TITLES = (
    "M MM Mme Mmes Mlle Mlles Me Mgr Vve Pr Dr Drs St Ste Mr Mrs Ms Prof Gen Gov Sen Rep Col Lt Capt"
    " Sgt Rev Hon Maj Cdr Fr bd boul Bd"
)
_TITLES_OF = {
    "fr": "av rte pl prof cap gén col lieut",
    "it": "on sig dott ing avv arch geom rag prof sen mons gen",
    "es": "Sr Sra Srta Dra D Dña Lic Ing Gral Mons Avda",
    "de": "Hr Fr Hrn Dipl Ing St Bgm",
    "pt": "Sr Sra Dra Exmo Eng",
    "pl": "inż prof dr hab mgr ks św ul al pl red płk gen por im",
    "ro": "dl dna prof ing av",
    "nl": "dhr mevr mr ir drs",
    "tr": "Av Öğr Gör Doç Yrd",
    "ru": "г-н г-жа проф акад ген ул пр им г пос д",
    "ar": "د م أ",
}

# Before a number, a Roman one too.
_BEFORE_NUMBER = (
    "p pp art al chap vol fig tab sect ann n no nos n° éd ed env av apr ca t l v vv par para pl col op"
    " jan janv févr feb apr avr juil aug sept oct nov déc dec vers"
)
_BEFORE_NUMBER_OF = {
    "it": "pag pagg cap artt",
    "es": "pág págs núm cap",
    "de": "S Nr Abb Bd Kap Abs Ziff",
    "pl": "ok str nr s r ust poz zł",
    "ro": "nr art alin pag lit",
    "nl": "blz nr ca",
    "tr": "md s",
    "ru": "рис стр с гл ст п пп табл им",
}

# Before a number or a small letter: what may as well be the end of a sentence.
_BEFORE_SMALL = (
    "incl excl env min max tél tel dept dép ext int adj etc Inc Corp Ltd Co Jr Sr al resp a.m p.m"
    " bzw usw др пр тыс млн млрд руб г гг"
    " tys mln mld zł godz ur zm ş.a vb vd enz"
)

# Before anything.
_ALWAYS = ("cf", "p. ex", "par ex", "c.-à-d", "e.g", "i.e", "vs", "approx", "a.k.a", "resp")
_ALWAYS_OF = {
    "de": ("z. B", "z.B", "d. h", "d.h", "u. a", "u.a", "bzw", "ca"),
    "pl": ("m.in", "np", "tzn", "tzw", "tj", "tzw", "m. in", "wg", "por"),
    "ro": ("ș.a", "de ex", "d.p.d.v"),
    "nl": ("bijv", "d.w.z", "o.a", "m.b.t", "i.v.m", "t.o.v", "a.u.b"),
    "ru": ("т. е", "т.е", "т. к", "т.к", "см", "ср", "напр"),
}


class Abbreviations(NamedTuple):
    """What each kind looks like at the end of a stretch."""

    title: re.Pattern[str]
    before_number: re.Pattern[str]
    before_small: re.Pattern[str]
    always: re.Pattern[str]


@cache
def abbreviations(language: str) -> Abbreviations:
    """Those that texts in a language use.

    >>> bool(abbreviations("it").title.search("Secondo l’on. "))
    True
    >>> bool(abbreviations("en").title.search("They went on. "))
    False
    """
    return Abbreviations(
        _ending(_said(_TITLES, _TITLES_OF.get(language, "")), r"\."),
        _ending(_said(_BEFORE_NUMBER, _BEFORE_NUMBER_OF.get(language, "")), r"\.", re.IGNORECASE),
        _ending(_said(_BEFORE_SMALL), r"\."),
        _ending((*_ALWAYS, *_ALWAYS_OF.get(language, ())), r"\.?", re.IGNORECASE),
    )


def may_abbreviate(word: str, language: str) -> bool:
    """Whether a word of letters, without its full stop, ends any of them, or is the hour of a clock.

    >>> may_abbreviate("ex", "fr"), may_abbreviate("Prof", "en"), may_abbreviate("night", "en")
    (True, True, False)
    """
    return in_small(word) in _last_words(language)


@cache
def _last_words(language: str) -> frozenset[str]:
    every = (
        *_said(_TITLES, _TITLES_OF.get(language, "")),
        *_said(_BEFORE_NUMBER, _BEFORE_NUMBER_OF.get(language, "")),
        *_said(_BEFORE_SMALL),
        *(_ALWAYS + _ALWAYS_OF.get(language, ())),
    )
    return frozenset(in_small(each.split()[-1]) for each in every) | {"h"}


def _said(*lists: str) -> tuple[str, ...]:
    return tuple(word for each in lists for word in each.split())


def _ending(words: tuple[str, ...], stop: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"{_NOT_IN_WORD}(?:{'|'.join(map(re.escape, words))}){stop}\s*$", flags)
