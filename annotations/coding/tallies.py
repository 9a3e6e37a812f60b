"""What has been coded in a round so far, theme by theme."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from annotations.assignment.models import Batch, State
from annotations.codebook.models import Theme
from annotations.coding.models import Annotation
from annotations.project.access import Action, require
from annotations.project.lately import lately
from annotations.project.models import User


@dataclass(frozen=True, slots=True)
class ThemeTally:
    """Annotations of one theme, sub-themes for themselves, in submitted work."""

    theme: Theme
    annotations: int
    documents: int
    coders: int


def by_theme(batch: Batch, *, by: User) -> list[ThemeTally]:
    """Every theme of the edition in its order, those without an annotation too; of very many
    annotations as they were a minute ago.
    """
    require(by, Action.PLAN, batch.project)
    found = lately(
        f"themes-{batch.pk}",
        lambda: _counted(batch),
        rows=lambda known: sum(numbers[0] for numbers in known.values()),
    )
    themes = Theme.objects.filter(edition=batch.edition_id).order_by("order", "pk")
    return [ThemeTally(theme, *found.get(theme.pk, (0, 0, 0))) for theme in themes]


def _counted(batch: Batch) -> dict[int, tuple[int, int, int]]:
    """Annotations, documents and coders, by primary key of the theme."""
    rows = Annotation.objects.standing().filter(
        assignment__batch=batch, assignment__state=State.SUBMITTED
    )
    counts = (
        rows.order_by()
        .values_list("theme")
        .annotate(Count("pk"), Count("document", distinct=True), Count("coder", distinct=True))
    )
    return {theme: (spans, documents, coders) for theme, spans, documents, coders in counts}
