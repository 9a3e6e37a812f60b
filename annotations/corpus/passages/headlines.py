"""A line without a full stop among the prose: the heading of what follows, or a link elsewhere. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

_WORD = re.compile(r"[^\W\d_]{4,}")
_HAN_PAIR = re.compile("(?=([\u3400-\u9fff]{2}))")
_HAN = re.compile("[\u3400-\u9fff]")
# Subheadings quote what is said below them, in other words.
_QUOTED = re.compile(r"[«“\"„「]")
_PIECE = re.compile(r"\w+")
# So many letters tell a word's family: “parents”, “parental”.
_STEM = 5
_SMALL_WORDS = (
    "dans pour avec sans cette leur leurs mais plus elle elles sont être fait comme même quand"
    " aussi très tout tous toute toutes entre après avant encore alors dont depuis"
    " that this with from they their have been were will would could what when which there"
    " into more than some about your does still just only also very over before"
)
_SMALL = frozenset(_SMALL_WORDS.split())
# Words that editors put before the headline of something else.
_MARKED = re.compile(
    r"(?:vid[ée]os?|podcasts?|en images|en direct|diaporama|infographies?|reportage|entretien"
    r"|interview|watch|listen|in pictures|live|exclusive|explainer|analysis|视频|图集|直播)"
    r"\s*[.:：|–—-]\s*\S.*|[→▶►»›]\s*\S.*|.{20,}\s\|\s\w[\w .’'-]{2,30}",
    re.IGNORECASE,
)


def leads_elsewhere(line: str) -> bool:
    """Whether the line says itself that it is the headline of another text.

    >>> leads_elsewhere("VIDEO. They mend bicycles"), leads_elsewhere("Mending bicycles")
    (True, False)
    """
    return bool(_MARKED.fullmatch(line))


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The families of words that the lines use, Chinese as pairs of characters.

    >>> sorted(vocabulary(["The parents left", "换乘站"]))
    ['left', 'paren', '乘站', '换乘']
    """
    found: set[str] = set()
    for line in lines:
        small = line.lower()
        found.update(word[:_STEM] for word in _WORD.findall(small) if word not in _SMALL)
        found.update(_HAN_PAIR.findall(small))
    return frozenset(found)


def is_foreign_to(line: str, prose: Set[str]) -> bool:
    """Whether a line long enough to tell speaks of nothing that the prose speaks of.

    >>> is_foreign_to("Why moths are leaving hedges", vocabulary(["The bees came back."]))
    True
    >>> is_foreign_to("Bees in town", vocabulary(["A moth flew by."]))
    False
    """
    if _QUOTED.match(line):
        return False
    if len(_PIECE.findall(line)) < 5 and len(_HAN.findall(line)) < 8:
        return False
    own = vocabulary([line])
    return bool(own) and not own & prose
