"""Figures as people read them: the number with its interval, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.agreement.coefficients.figures import Figure, Undefined
from annotations.agreement.resampling import Interval

PLACES = 3
SOMETHING_BEHIND = {Undefined.NO_VARIATION, Undefined.NO_PAIRABLE_UNITS}


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is the number; where it is empty `why` says why. `range` and `rests` may be empty.

    `href` leads to the passages behind it, where there are any; `label` is the head of its column,
    for a page too narrow for columns.
    """

    text: str
    why: str = ""
    range: str = ""
    rests: str = ""
    few: bool = False
    href: str = ""
    label: str = ""

    @property
    def html(self) -> SafeString:
        """As it stands in a template; a table of hundreds is no place for a template of its own."""
        if self.text:
            told = _linked(self.text, self.href)
            beside = [f"[{self.range}]"] if self.range else []
            beside += [self.rests] if self.rests else []
            small = format_html_join("", ' <small class="muted">{}</small>', [(b,) for b in beside])
            return format_html("{}{}", told, small)
        if self.why:
            told = _linked(_("undefined"), self.href)
            return format_html('<span class="muted">{}: {}</span>', told, self.why)
        return format_html('<span class="muted">{}</span>', "–")


def _linked(text: str, href: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', href, text) if href else format_html("{}", text)


def labelled(cells: Iterable[Cell], heads: Sequence[str]) -> list[Cell]:
    """Each with the head of its column."""
    return [replace(each, label=head) for each, head in zip(cells, heads, strict=True)]


def cell(figure: Figure, drawn: Interval | None = None, *, of: int = 0, href: str = "") -> Cell:
    """With `of`, how many passages there are, it says on how many of them the figure rests."""
    if figure.value is None:
        behind = href if figure.reason in SOMETHING_BEHIND else ""
        return Cell("", why=reason_in_words(figure), href=behind)
    rests = ""
    if of:
        rests = _("%(part)s of %(all)s") % {"part": getattr(figure, "n_pairable", 0), "all": of}
    return Cell(
        number(figure.value),
        range=f"{number(drawn.low)} – {number(drawn.high)}" if drawn else "",
        rests=rests,
        few=bool(drawn and drawn.few),
        href=href,
    )


def number(value: float, places: int = PLACES) -> str:
    """With the minus sign that lines up with digits."""
    return number_format(round(value, places) + 0.0, places).replace("-", "−")


def percent(share: float) -> str:
    """A share from 0 to 1, as people read it."""
    return _("%(share)s%%") % {"share": number_format(round(share * 100, 1), 1)}


def reason_in_words(figure: Figure) -> str:
    """Why a figure is undefined, for people; empty where it is not."""
    words = {
        Undefined.NO_UNITS: _("nothing was submitted yet"),
        Undefined.FEWER_THAN_TWO_CODERS: _("only one coder has submitted"),
        Undefined.NO_PAIRABLE_UNITS: _("no passage was judged by two coders"),
        Undefined.NO_VARIATION: _("all judgements are the same"),
        Undefined.VALUE_NEVER_GIVEN: _("nobody gave this theme"),
        Undefined.NO_SPANS: _("nobody marked anything"),
        Undefined.NO_DOCUMENT_SHARED: _("no document was coded by two"),
    }
    return words.get(figure.reason, str(figure.reason)) if figure.reason else ""
