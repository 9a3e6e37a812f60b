"""In which order an adjudicator goes on, as it stands in an address and is carried along."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from annotations.adjudication.queueing import KINDS, ORDERS, By, Next, Of, Wanted
from annotations.project.models import Project

LONGEST = 60


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """`by`, `of`, `theme`, `pair`, `after`; what is not known is as if it were not there."""
    by: By = next((each for each in ORDERS if each == query.get("by")), ORDERS[0])
    of: Of = next((each for each in KINDS if each == query.get("of")), KINDS[0])
    return Wanted(
        by=by,
        of=of,
        theme=query.get("theme", "")[:LONGEST] if by == "theme" else "",
        pair=query.get("pair", "")[:LONGEST] if by == "pair" else "",
        after=_place(query.get("after", "")),
    )


def query_of(wanted: Wanted, *, after: tuple[UUID, int] | None = None) -> str:
    """The same as the end of an address; empty for what is so by default."""
    said = {
        "by": wanted.by if wanted.by != "document" else "",
        "of": wanted.of if wanted.of != "all" else "",
        "theme": wanted.theme,
        "pair": wanted.pair,
        "after": f"{after[0]}.{after[1]}" if after else "",
    }
    return urlencode({name: value for name, value in said.items() if value})


def address_of(found: Next, wanted: Wanted) -> str:
    """The page of a point; whoever has begun with a theme or a pair goes on with it."""
    theme = found.family if wanted.by == "theme" else ""
    pair = ""
    if wanted.by == "pair":
        pair = wanted.pair if wanted.pair in found.pairs else next(iter(found.pairs), "")
    query = query_of(Wanted(wanted.by, wanted.of, theme, pair))
    return (
        f"{reverse('adjudicate', args=[found.document])}{'?' if query else ''}{query}#d-{found.key}"
    )


def next_address(project: Project, wanted: Wanted, after: tuple[UUID, int] | None = None) -> str:
    """Where the next point is asked for."""
    query = query_of(wanted, after=after)
    where = reverse("adjudication-next", args=[project.slug])
    return f"{where}?{query}" if query else where


def _place(said: str) -> tuple[UUID, int] | None:
    document, _, start = said.partition(".")
    if not (start.isascii() and start.isdecimal() and len(start) < 10):
        return None
    try:
        return UUID(document), int(start)
    except ValueError:
        return None
