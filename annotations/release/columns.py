"""The root themes and stances that a release's shapes have columns of."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.codebook.models import Edition, StanceValue, Theme

from .models import Release, ReleaseDocument
from .shapes.contract import Columns


def columns_of(editions: Iterable[Edition]) -> Columns:
    """Of all these editions; the newest's order first, then what only older ones have."""
    themes: dict[str, None] = {}
    stances: dict[str, None] = {}
    for edition in sorted(editions, key=lambda edition: -edition.number):
        roots = Theme.objects.filter(edition=edition, parent__isnull=True).order_by("order", "pk")
        themes.update(dict.fromkeys(roots.values_list("key", flat=True)))
        values = StanceValue.objects.filter(edition=edition).order_by("order", "pk")
        stances.update(dict.fromkeys(values.values_list("key", flat=True)))
    return Columns(tuple(themes), tuple(stances))


def columns_of_release(release: Release) -> Columns:
    """Of the editions that its documents were coded by."""
    used = ReleaseDocument.objects.filter(release=release).values("edition_id").distinct()
    return columns_of(Edition.objects.filter(pk__in=used))
