"""From a figure on the page to the address of the passages behind it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from annotations.agreement.cell_names import NOTHING
from annotations.agreement.reports import Report


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of one report: its round or its edition stands in each."""

    base: str
    within: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, slug: str, report: Report) -> Links:
        base = reverse("agreement-passages", args=[slug])
        if report.batch:
            return cls(base, (("batch", str(report.batch.uuid)),))
        number = report.edition.number if report.edition else ""
        return cls(base, (("edition", str(number)),))

    def to(self, theme: str = "", *more: tuple[str, str], pair: tuple[str, ...] = ()) -> str:
        """`more` are other names of the address with their values."""
        about = [("theme", theme)] if theme else []
        named = [*self.within, *about, *more, *(("pair", each) for each in pair)]
        return f"{self.base}?{urlencode(named)}"

    def confused(self, one: str, other: str) -> str:
        """Of two themes; an empty name is nothing."""
        return self.to(one or NOTHING, ("with", other or NOTHING))

    def stances(self, theme: str, one: str, other: str) -> str:
        """Of two stances of a theme; an empty name is nothing further."""
        return self.to(theme, ("stance", one or NOTHING), ("with_stance", other or NOTHING))

    def in_round(self, theme: str, batch: str) -> str:
        """Of one of the rounds, by its UUID."""
        return Links(self.base, (("batch", batch),)).to(theme)
