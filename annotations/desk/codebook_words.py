"""Clauses, differences and records of a codebook, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from annotations.codebook.clauses import LABELS
from annotations.codebook.differing import Change, Clause, Differences, Piece
from annotations.codebook.models import in_language

FIELDS = {
    "key": gettext_lazy("Key"),
    "parent": gettext_lazy("Sub-theme of"),
    "code": gettext_lazy("Two letters"),
    "colour": gettext_lazy("Colour"),
    "hotkey": gettext_lazy("Keyboard key"),
    "memo_required": gettext_lazy("Memo required"),
    "name": gettext_lazy("Name"),
    "definition": gettext_lazy("Definition"),
    "include": gettext_lazy("Include"),
    "exclude": gettext_lazy("Exclude"),
    "proposition": gettext_lazy("Proposition"),
    "examples": gettext_lazy("Examples"),
    "counter_examples": gettext_lazy("Counter-examples"),
    "glyph": gettext_lazy("Sign"),
    "position": gettext_lazy("Place on the scale"),
    "label": gettext_lazy("Label"),
    "note": gettext_lazy("Note"),
}


def language_in_words(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def path_in_words(path: str, stances: Mapping[str, str]) -> str:
    """`stances` is key to label.

    >>> path_in_words("exclude.en", {})
    'Exclude · English'
    """
    field, _dot, rest = path.partition(".")
    if field == LABELS:
        stance, _dot, language = rest.rpartition(".")
        label = stances.get(stance, stance)
        said = _("Words for “%(stance)s”") % {"stance": label}
        return f"{said} · {language_in_words(language)}"
    words = str(FIELDS.get(field, field))
    return f"{words} · {language_in_words(rest)}" if rest else words


@dataclass(frozen=True, slots=True)
class ClauseShown:
    words: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A change as a page shows it; `entry` is the JSON of the theme or stance, of now or of before."""

    change: Change
    entry: Mapping[str, Any]
    name: str
    clauses: list[ClauseShown]


@dataclass(frozen=True, slots=True)
class Shown:
    """All differences between two editions, for a page."""

    note: list[ClauseShown]
    changes: list[ChangeShown]

    def __bool__(self) -> bool:
        return bool(self.note or self.changes)

    def of(self, part: str, key: str) -> ChangeShown | None:
        found = (e for e in self.changes if (e.change.part, e.change.key) == (part, key))
        return next(found, None)


def shown(
    found: Differences, *, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> Shown:
    earlier = before or {"themes": [], "stances": []}
    stances = labels_of([*earlier["stances"], *after["stances"]])
    return Shown(
        note=[_clause(each, stances) for each in found.note],
        changes=[_change(each, earlier, after, stances) for each in found.changes],
    )


def labels_of(stances: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {each["key"]: in_language(each["label"]) or each["key"] for each in stances}


def _change(
    change: Change, before: Mapping[str, Any], after: Mapping[str, Any], stances: Mapping[str, str]
) -> ChangeShown:
    both = [*after[change.part], *before[change.part]]
    entry = next(each for each in both if each["key"] == change.key)
    name = in_language(entry.get("name") or entry.get("label")) or change.key
    clauses = [_clause(each, stances) for each in change.clauses]
    return ChangeShown(change, entry, name, clauses)


def _clause(clause: Clause, stances: Mapping[str, str]) -> ClauseShown:
    return ClauseShown(path_in_words(clause.path, stances), clause.pieces)


def record_in_words(record: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What was done to a theme, and why; `names` is key to name, of both editions."""
    themes = ", ".join(f"“{names.get(key, key)}”" for key in record["themes"])
    into = ", ".join(f"“{names.get(key, key)}”" for key in record["into"])
    said = {
        "archive": _("%(themes)s: not used any more."),
        "merge": _("%(themes)s: now part of %(into)s."),
        "split": _("%(themes)s: now %(into)s."),
    }[record["kind"]] % {"themes": themes, "into": into}
    return f"{said} {record['reason']}".strip()
