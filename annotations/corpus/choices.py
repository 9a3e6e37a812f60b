"""How a file is to be read, where somebody has chosen: plain data that goes with a delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Repair = Literal["proposed", "none"]


class Replacement(NamedTuple):
    """A person's word on one kind of damage: every `was` becomes `now` (itself: it is kept).

    With `instead`, only where that was proposed for it.
    """

    was: str
    now: str
    instead: str | None = None

    def concerns(self, was: str, proposed: str) -> bool:
        return self.was == was and self.instead in (None, proposed)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which field of a row is what: names from the header, or "1", "2" … where there is none."""

    text: str
    title: str | None = None
    external_id: str | None = None
    source_url: str | None = None
    published_on: str | None = None
    language: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Column → key of an attribute of the project."""
    delimiter: str = ""
    """Between the fields of a table's row; empty: the row is a JSON object."""


@dataclass(frozen=True, slots=True)
class Choices:
    """`encoding` overrules detection; `repair` is about mojibake; `columns` reads a row."""

    encoding: str | None = None
    repair: Repair = "proposed"
    replacements: tuple[Replacement, ...] = ()
    columns: Columns | None = None

    def as_json(self) -> dict[str, Any]:
        """
        >>> Choices.from_json(Choices("cp1252").as_json()) == Choices("cp1252")
        True
        """
        said: dict[str, Any] = {}
        if self.encoding:
            said["encoding"] = self.encoding
        if self.repair != "proposed":
            said["repair"] = self.repair
        if self.replacements:
            said["replacements"] = [list(each) for each in self.replacements]
        if self.columns:
            named = {name: getattr(self.columns, name) for name in Columns.__slots__}
            said["columns"] = {
                name: dict(value) if name == "attributes" else value
                for name, value in named.items()
                if value
            }
        return said

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Choices:
        columns = said.get("columns")
        return cls(
            encoding=said.get("encoding"),
            repair=said.get("repair", "proposed"),
            replacements=tuple(Replacement(*each) for each in said.get("replacements", ())),
            columns=Columns(**columns) if columns else None,
        )


AS_PROPOSED = Choices()
