"""What each comparison of a chain says, in words; and the names that its page uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.coding.models import HolderKind
from annotations.release.chain_checks import Check, State

LONGEST = 400
"""Code points of either side that a page shows."""

CHECKED = {
    "line": gettext_lazy("the line made again from its rows has this hash"),
    "release": gettext_lazy("the file that holds this line has the release’s hash"),
    "ruling": gettext_lazy("a ruling on this document gives the label"),
    "ruling-id": gettext_lazy("label and ruling have the same id"),
    "ruling-place": gettext_lazy("same place"),
    "ruling-quote": gettext_lazy("same quote"),
    "ruling-label": gettext_lazy("same theme"),
    "ruling-stance": gettext_lazy("same stance"),
    "ruling-holder": gettext_lazy("same voice"),
    "ruling-origin": gettext_lazy("same origin"),
    "ruling-votes": gettext_lazy("same votes"),
    "ruling-adjudicator": gettext_lazy("same adjudicator"),
    "ruling-reason": gettext_lazy("same reason and clause"),
    "ruling-revisions": gettext_lazy("rests on the same saves"),
    "rule": gettext_lazy("no ruling, so it is unanimous"),
    "rule-votes": gettext_lazy("every coder has one of these"),
    "rule-unanimous": gettext_lazy("they say the same, and overlap enough"),
    "rule-says": gettext_lazy("theme, stance and voice are theirs"),
    "rule-place": gettext_lazy("boundaries of the one in the middle"),
    "rule-id": gettext_lazy("the id is made of these saves"),
    "revision": gettext_lazy("the save it rests on is there"),
    "coded-quote": gettext_lazy("its quote stands at its place"),
    "submitted": gettext_lazy("submitted just so"),
    "coded-released": gettext_lazy("released just so"),
    "text": gettext_lazy("the text has the hash that was released"),
    "quote": gettext_lazy("the quote stands at its place"),
    "source": gettext_lazy("the file is the one that was released"),
    "bytes": gettext_lazy("its bytes have this hash"),
    "rebuilt": gettext_lazy("bytes and repairs give the text again"),
    "rebuilt-quote": gettext_lazy("and the quote at its place"),
}

STATES = {
    "holds": gettext_lazy("holds"),
    "broken": gettext_lazy("broken"),
    "gone": gettext_lazy("nothing left to compare with"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as it is listed; `expected` and `found` only where it is broken."""

    state: State
    words: str
    said: str
    expected: str = ""
    found: str = ""


def compared(checks: Iterable[Check]) -> list[Compared]:
    """In their order."""
    return [_compared(each) for each in checks]


def _compared(check: Check) -> Compared:
    words, said = str(CHECKED.get(check.name, check.name)), str(STATES[check.state])
    if check.state != "broken":
        return Compared(check.state, words, said)
    return Compared(check.state, words, said, _cut(check.expected), _cut(check.found))


def _cut(side: str) -> str:
    return side if len(side) <= LONGEST else f"{side[:LONGEST]}…"


def worst(checks: Iterable[Check]) -> State:
    """How a link ended: broken if one comparison is, gone if one is, else it holds."""
    found = {check.state for check in checks}
    return "broken" if "broken" in found else "gone" if "gone" in found else "holds"


class Names:
    """Themes, stances and voices of an edition, by key; what it does not know goes by its key."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.themes: Mapping[str, Theme] = {each.key: each for each in edition.themes.all()}
        self.stances: Mapping[str, StanceValue] = {each.key: each for each in edition.stances.all()}
        self.holders = {str(kind): str(words) for kind, words in HolderKind.choices}

    def of(
        self, label: str | None, stance: str | None, holder: str | None = None
    ) -> dict[str, Any]:
        """For a template: each as an object, else as its key."""
        return {
            "theme": self.themes.get(label or ""),
            "theme_key": label or "",
            "stance": self.stances.get(stance or ""),
            "stance_key": stance or "",
            "holder": self.holders.get(holder or "", holder or ""),
        }

    def words(self, label: str, stance: str) -> str:
        """The label in words."""
        theme, value = self.themes.get(label, label), self.stances.get(stance, stance)
        return _("%(theme)s, %(stance)s") % {"theme": theme, "stance": value}
