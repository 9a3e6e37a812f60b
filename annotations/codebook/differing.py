"""What differs between two editions: theme by theme, clause by clause, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from annotations.codebook.clauses import Clauses, Entry, clauses_of

Kind = Literal["added", "removed", "changed"]
PARTS = ("stances", "themes")
# What a reader tells apart: a word, a sign of a script without spaces, a run of blanks, a mark.
WORD = re.compile(
    r"[぀-ヿ㐀-鿿豈-﫿]|[^\W぀-ヿ㐀-鿿豈-﫿]+|\s+|.",
    re.S,
)
MOST_WORDS = 4_000
# Below this share of words in common, two texts are easier read one after the other.
LEAST_ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the `same`, is `gone`, or is `new`."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that differs; `before` or `after` is empty where it was not, or is not, there."""

    path: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        return words_between(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Change:
    """A theme or stance that differs; `moved` when only its place among the others does too."""

    part: str
    key: str
    kind: Kind
    clauses: tuple[Clause, ...]
    moved: bool = False

    @property
    def entry(self) -> str:
        return f"{self.part}.{self.key}"


@dataclass(frozen=True, slots=True)
class Differences:
    note: tuple[Clause, ...]
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.note or self.changes)

    def of(self, part: str, key: str) -> Change | None:
        return next((each for each in self.changes if (each.part, each.key) == (part, key)), None)

    def count(self, kind: Kind) -> int:
        return sum(each.kind == kind for each in self.changes if each.part == "themes")


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Differences:
    """From one edition's JSON to another's; from nothing, everything is added.

    >>> pay = {"key": "pay", "code": "PA"}
    >>> found = differences({"themes": [pay]}, {"themes": [{**pay, "code": "PY"}]})
    >>> [(each.entry, clause.path, clause.before, clause.after) for each in found.changes for clause in each.clauses]
    [('themes.pay', 'code', 'PA', 'PY')]
    """
    earlier: Mapping[str, Any] = before or {}
    note = _clauses(clauses_of("edition", earlier), clauses_of("edition", after))
    changes = [
        change
        for part in PARTS
        for change in _changes(part, earlier.get(part) or [], after.get(part) or [])
    ]
    return Differences(note, tuple(changes))


def _changes(part: str, before: Sequence[Entry], after: Sequence[Entry]) -> Iterable[Change]:
    was = {each["key"]: each for each in before}
    now = {each["key"]: each for each in after}
    moved = moved_among(list(was), list(now))
    for key in [*now, *(key for key in was if key not in now)]:
        kind: Kind = (
            "changed" if key in was and key in now else "added" if key in now else "removed"
        )
        earlier = _compared(part, was.get(key, {}))
        clauses = _clauses(earlier, _compared(part, now.get(key, {})))
        if clauses or key in moved:
            yield Change(part, key, kind, clauses, moved=key in moved)


def _compared(part: str, entry: Entry) -> Clauses:
    """The rank is told by the order of the list."""
    found = clauses_of(part, entry)
    return {path: words for path, words in found.items() if path not in ("order", "key")}


def _clauses(before: Clauses, after: Clauses) -> tuple[Clause, ...]:
    paths = [*after, *(path for path in before if path not in after)]
    return tuple(
        Clause(path, before.get(path, ""), after.get(path, ""))
        for path in paths
        if before.get(path, "") != after.get(path, "")
    )


def moved_among(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Keys that stand elsewhere among those that both have; the fewest that explain it, or nearly.

    >>> moved_among(["a", "b", "c"], ["c", "a", "x", "b"])
    {'c'}
    """
    was = [key for key in before if key in set(after)]
    now = [key for key in after if key in set(before)]
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    kept = {key for block in blocks for key in was[block.a : block.a + block.size]}
    return set(was) - kept


def words_between(before: str, after: str) -> list[Piece]:
    """Words that stayed, went and came; very long texts are replaced as a whole.

    >>> [(piece.kind, piece.text) for piece in words_between("nights and weekends", "nights or weekends")]
    [('same', 'nights '), ('gone', 'and'), ('new', 'or'), ('same', ' weekends')]
    """
    was, now = WORD.findall(before), WORD.findall(after)
    if max(len(was), len(now)) > MOST_WORDS:
        return _pieces(("gone", before), ("new", after))
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if was and now and matcher.ratio() < LEAST_ALIKE:
        return _pieces(("gone", before), ("new", after))
    found: list[Piece] = []
    for gone, new, same in _runs(matcher, was, now):
        found += _pieces(("gone", gone), ("new", new), ("same", same))
    return found


def _runs(
    matcher: SequenceMatcher[str], was: list[str], now: list[str]
) -> Iterable[tuple[str, str, str]]:
    """(gone, new, same after it); what stayed between two changes without a word in it goes with them."""
    gone, new = "", ""
    i = j = 0
    for block in matcher.get_matching_blocks():
        gone, new = gone + "".join(was[i : block.a]), new + "".join(now[j : block.b])
        same = "".join(was[block.a : block.a + block.size])
        i, j = block.a + block.size, block.b + block.size
        at_an_end = i in (block.size, len(was))
        if gone and new and not at_an_end and not any(map(str.isalnum, same)):
            gone, new = gone + same, new + same
            continue
        yield gone, new, same
        gone, new = "", ""


def _pieces(*pieces: tuple[Literal["same", "gone", "new"], str]) -> list[Piece]:
    return [Piece(kind, text) for kind, text in pieces if text]


def as_json(found: Differences) -> dict[str, Any]:
    """`{"note": [clause], "changes": [{"part", "key", "kind", "moved", "clauses": [{"path", "before", "after"}]}]}`."""
    return {
        "note": [_clause_json(each) for each in found.note],
        "changes": [
            {
                "part": each.part,
                "key": each.key,
                "kind": each.kind,
                "moved": each.moved,
                "clauses": [_clause_json(clause) for clause in each.clauses],
            }
            for each in found.changes
        ],
    }


def _clause_json(clause: Clause) -> dict[str, str]:
    return {"path": clause.path, "before": clause.before, "after": clause.after}
