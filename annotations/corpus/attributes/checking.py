"""A value held against the kind of its attribute."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from annotations.corpus.models import AttributeKind
from annotations.project.refusals import Invalid
from annotations.text.phrases import Phrase, phrase, wording

LONGEST_VALUE = 2_000
SHOWN = 60
WRONG = wording("“%(value)s” is not what the attribute %(name)s takes: %(kind)s.")
LEFT_OUT = wording("“%(value)s” was left out, as the attribute %(name)s takes: %(kind)s.")
TRUE, FALSE = "true", "false"
_YES = frozenset({"1", TRUE, "yes", "y", "oui", "vrai", "o"})
_NO = frozenset({"0", FALSE, "no", "n", "non", "faux"})
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?")


class Kind:
    """What values an attribute takes; `choices` matter to one of a list only."""

    def __init__(self, name: str, kind: str, choices: Sequence[str] = ()) -> None:
        self.name = name
        self.kind = AttributeKind(kind)
        self.choices = tuple(map(str, choices))

    def settled(self, value: str) -> str | None:
        """The value as it is kept, None where it does not fit.

        >>> Kind("seen", "flag").settled("Oui"), Kind("year", "number").settled("about 3")
        ('true', None)
        """
        said = value.strip()
        folded = said.casefold()
        if self.kind == AttributeKind.FLAG:
            return TRUE if folded in _YES else FALSE if folded in _NO else None
        if self.kind == AttributeKind.CHOICE:
            return next((each for each in self.choices if each.casefold() == folded), None)
        fits = {
            AttributeKind.TEXT: len(said) <= LONGEST_VALUE,
            AttributeKind.NUMBER: bool(_NUMBER.fullmatch(said)),
            AttributeKind.DATE: _is_date(said),
        }
        return said if fits[self.kind] else None

    def in_words(self) -> str:
        """What it takes: a phrase, or the list."""
        if self.kind == AttributeKind.CHOICE:
            listed = ", ".join(self.choices)
            return listed if len(listed) <= 200 else f"{listed[:199]}…"
        return phrase(_KINDS[self.kind])

    def refusal(self, value: str, *, field: str) -> Invalid:
        said = phrase(WRONG, value=value.strip()[:SHOWN], name=self.name, kind=self.in_words())
        return Invalid.field(field, "attribute-value", said)

    def warning(self, value: str) -> Phrase:
        """What is kept of a value that does not fit."""
        given = " ".join(value.split())[:SHOWN]
        return phrase(LEFT_OUT, value=given, name=self.name, kind=self.in_words())


_KINDS = {
    AttributeKind.TEXT: wording("text of at most 2,000 characters"),
    AttributeKind.NUMBER: wording("a number, such as 12 or 3.5"),
    AttributeKind.DATE: wording("a date written as 2025-01-31"),
    AttributeKind.FLAG: wording("yes or no"),
}


def _is_date(said: str) -> bool:
    """Only the form with dashes, which sorts as text does."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", said)) and bool(date.fromisoformat(said))
    except ValueError:
        return False
