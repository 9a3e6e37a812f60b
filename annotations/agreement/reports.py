"""Agreement of the coders of a project, from what they first submitted.

Only `main` batches of the current codebook edition count, unless one batch is asked for. Counting
a thousand documents takes about a second, so figures are kept under a fingerprint of all that they
rest on: whatever changes, other figures are asked for, and nothing is kept up to date by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.db.models import Exists, OuterRef

from annotations.assignment.models import Batch, BatchKind
from annotations.codebook.models import Edition
from annotations.coding.models import Snapshot
from annotations.corpus.models import Document
from annotations.project.models import Coder, Project

from .gathering import gather
from .judging import Codings
from .layouts import Layout
from .measuring import Measured, OfTheme, measure
from .resampling import SAMPLES
from .submissions import Selection, Submitted, current_edition, submitted

VERSION = 5
"""Of the way figures are counted; another one makes what was kept worthless."""


@dataclass(frozen=True, slots=True)
class Report:
    """`edition` is None before any is frozen, `measured` before anything was submitted.

    `documents` are those with a submission, `compared` those with at least two. `passages` and
    `titles` are the units in them, `left_out` the passages there of zones that nobody codes;
    `unjudged` is how often a submission leaves a unit unjudged. `stories` are those of compared
    documents, which intervals draw.
    """

    edition: Edition | None
    batch: Batch | None = None
    measured: Measured | None = None
    documents: int = 0
    compared: int = 0
    coders: int = 0
    passages: int = 0
    titles: int = 0
    left_out: int = 0
    unjudged: int = 0
    stories: int = 0
    seed: int = 0
    samples: int = SAMPLES

    @property
    def themes(self) -> tuple[OfTheme, ...]:
        """Root themes in the order of the codebook."""
        return self.measured.themes if self.measured else ()


def report(
    project: Project, *, edition: Edition | None = None, batch: Batch | None = None
) -> Report:
    """The figures of an edition, else of the current one, or of one batch."""
    edition = batch.edition if batch else edition or current_edition(project)
    if edition is None:
        return Report(None)
    selection = Selection(edition, batch)
    key = fingerprint(selection)
    kept = caches["figures"].get(key)
    if isinstance(kept, _Counted):
        return Report(edition, batch, **kept.values)
    counted = _counted(selection, submitted(selection))
    caches["figures"].set(key, counted)
    return Report(edition, batch, **counted.values)


def across(project: Project, known: Report) -> list[Report]:
    """The figures of each edition that main rounds were coded with, in their order.

    `known` stands for its edition; none of a round alone, which has one edition.
    """
    if known.batch is not None:
        return []
    used = Snapshot.objects.filter(number=1, batch__kind=BatchKind.MAIN, edition=OuterRef("pk"))
    editions = Edition.objects.filter(Exists(used), project=project, frozen_at__isnull=False)
    return [
        known if each == known.edition else report(project, edition=each)
        for each in editions.order_by("number")
    ]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is kept: the fields of a Report behind the first two."""

    values: dict[str, Any]


def _counted(selection: Selection, snapshots: Sequence[Submitted]) -> _Counted:
    layout = Layout.of(snapshots)
    codings = gather(selection, snapshots, layout)
    coders: dict[int, set[int]] = {}
    for each in snapshots:
        coders.setdefault(each.document, set()).add(each.coder)
    seed = selection.edition.number
    measured = measure(codings, roots_of(selection.edition), seed=seed)
    titles = int(codings.units.title.sum())
    return _Counted(
        {
            "measured": measured,
            "documents": len(coders),
            "compared": sum(len(own) >= 2 for own in coders.values()),
            "coders": len(codings.coders),
            "passages": len(codings.units) - titles,
            "titles": titles,
            "left_out": layout.left_out,
            "unjudged": _unjudged(codings, layout, snapshots),
            "stories": measured.stories,
            "seed": seed,
        }
    )


def _unjudged(codings: Codings, layout: Layout, snapshots: Sequence[Submitted]) -> int:
    """Units of each submission that it neither marked nor says that it judged."""
    asked = Counter((each.batch, each.document) for each in snapshots)
    places = Counter(codings.units.text.tolist())
    units = sum(asked[round_] * places[text] for text, round_ in enumerate(layout.rounds))
    return units - int(codings.judged.sum())


def fingerprint(selection: Selection) -> str:
    """Of everything that the figures rest on: submissions, zones, languages, stories, names."""
    rows = selection.snapshots().order_by("pk").values_list("pk", "document", "coder", "taken_at")
    snapshots = [(pk, document, coder, at.isoformat()) for pk, document, coder, at in rows]
    documents = sorted({document for _, document, _, _ in snapshots})
    stories = list(
        Document.objects.filter(pk__in=documents).order_by("pk").values_list("pk", "story")
    )
    coders = Coder.objects.filter(pk__in={coder for _, _, coder, _ in snapshots}).order_by("pk")
    names = list(coders.values_list("pk", "pseudonym"))
    batch = selection.batch and selection.batch.pk
    what = [VERSION, str(selection.edition.project.uuid), selection.edition.pk, batch]
    rests = [what, snapshots, stories, names, _zones(documents)]
    return hashlib.sha256(json.dumps(rests).encode()).hexdigest()


def _zones(documents: Sequence[int]) -> str | None:
    """A hash of the zone and language of every passage."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(string_agg(zone || ' ' || language, ',' ORDER BY document_id, index))"
            " FROM annotations_passage WHERE document_id = ANY(%s)",
            [list(documents)],
        )
        (found,) = cursor.fetchone() or (None,)
    return found and str(found)


def roots_of(edition: Edition) -> dict[str, str]:
    """Each sub-theme's key → that of the root that it stands under."""
    themes = {theme.pk: theme for theme in edition.themes.all()}
    roots = {}
    for theme in themes.values():
        root = theme
        while root.parent_id is not None:
            root = themes[root.parent_id]
        roots[theme.key] = root.key
    return roots
