"""Stretches of a text replaced by others: as edits, as a recorded step, and with the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from annotations.text.offset_map import OffsetMap, Run

LOST = "lost"
MARK = "\ufffd"
KEPT = ""


class Edit(NamedTuple):
    """`[start, end)` of the text before becomes `now`. `certainty` is 1 for what is exact."""

    start: int
    end: int
    now: str
    rule: str
    certainty: float


class StepMismatch(ValueError):
    """A recorded step that belongs to another text."""


def substituted(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """The text after the edits, which are in order and do not overlap, and the map to before.

    >>> substituted("dĂ©jĂ", [Edit(1, 3, "é", "exact", 1), Edit(4, 5, "à", "word", 0.9)])[0]
    'déjà'
    """
    parts: list[str] = []
    runs: list[Run] = []
    done = 0
    for edit in edits:
        parts += text[done : edit.start], edit.now
        runs += Run(edit.start - done, 1, 1), Run(1, len(edit.now), edit.end - edit.start)
        done = edit.end
    parts.append(text[done:])
    runs.append(Run(len(text) - done, 1, 1))
    return "".join(parts), OffsetMap(runs)


def text_after(text: str, edits: Iterable[Edit]) -> str:
    """As `substituted`, without the map."""
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += text[done : edit.start], edit.now
        done = edit.end
    return "".join((*parts, text[done:]))


def composed(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Edits of `text` that do what `first` and, on its outcome, `second` do.

    What touches is one edit, as certain as the weakest of its parts.

    >>> composed("ÃƒÂ©", [Edit(0, 2, "Ã", "exact", 1), Edit(2, 4, "©", "exact", 1)],
    ...          [Edit(0, 2, "é", "exact", 1)])
    [Edit(start=0, end=4, now='é', rule='exact', certainty=1)]
    """
    cells = _cells(text, first)
    found: list[Edit] = []
    at = 0
    for later in second:
        found += cells[at : later.start]
        parts = cells[later.start : later.end]
        weakest = min((later, *parts), key=lambda each: each.certainty)
        found.append(
            Edit(parts[0].start, parts[-1].end, later.now, weakest.rule, weakest.certainty)
        )
        at = later.end
    found += cells[at:]
    return [edit for edit in found if text[edit.start : edit.end] != edit.now]


def _cells(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """One for each character after the edits; what was removed hangs on the one before it."""
    cells: list[Edit] = []
    at = 0
    for edit in (*edits, Edit(len(text), len(text), "", KEPT, 1)):
        cells += (Edit(i, i + 1, text[i], KEPT, 1) for i in range(at, edit.start))
        if edit.now:
            cells.append(edit)
        elif cells and edit.rule != KEPT:
            last = cells.pop()
            cells.append(Edit(last.start, edit.end, last.now, edit.rule, edit.certainty))
        at = edit.end
    return cells


def as_step(name: str, chain: Sequence[str], text: str, edits: Sequence[Edit]) -> dict[str, Any]:
    """JSON-able: the edits by what they do, with the positions where; and what was lost."""
    kinds: dict[tuple[str, str, str, float], list[int]] = {}
    for edit in edits:
        if edit.rule != LOST:
            was = text[edit.start : edit.end]
            kind = (was, edit.now, edit.rule, edit.certainty)
            kinds.setdefault(kind, []).append(edit.start)
    changes = [
        {"was": was, "now": now, "rule": rule, "certainty": certainty, "at": at}
        for (was, now, rule, certainty), at in kinds.items()
    ]
    lost = [[edit.start, edit.end - edit.start] for edit in edits if edit.rule == LOST]
    return {"step": name, "chain": list(chain), "changes": changes, "lost": lost}


def edits_of(step: Mapping[str, Any]) -> list[Edit]:
    """The edits of a recorded step, in the order of the text before it."""
    return sorted((*_changes(step), *_losses(step)))


def replay(text: str, step: Mapping[str, Any]) -> tuple[str, OffsetMap]:
    """The text after a recorded step, and the map to the text before it; nothing is guessed.

    Raises `StepMismatch` where the text is not the one that the step was recorded on.
    """
    for change in step["changes"]:
        was = change["was"]
        if any(text[at : at + len(was)] != was for at in change["at"]):
            raise StepMismatch(f"“{was}” is not where the step {step['step']} found it.")
    return substituted(text, edits_of(step))


def _changes(step: Mapping[str, Any]) -> Iterator[Edit]:
    for change in step["changes"]:
        for at in change["at"]:
            end = at + len(change["was"])
            yield Edit(at, end, change["now"], change["rule"], change["certainty"])


def _losses(step: Mapping[str, Any]) -> Iterator[Edit]:
    for start, length in step["lost"]:
        yield Edit(start, start + length, MARK, LOST, 0.0)
