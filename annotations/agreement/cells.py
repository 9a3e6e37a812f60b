"""From a figure to the passages behind it: what each coder said of them, side by side.

First submissions only, and only of documents whose every slot is submitted: a person who adjudicates
may code as well. A page reads the submissions of the texts that it shows, and of a few more.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from annotations.assignment.models import Batch, BatchKind
from annotations.codebook.models import Edition
from annotations.corpus.models import CODED_ZONES, Passage
from annotations.project.access import Action, require_at_sight
from annotations.project.lately import lately
from annotations.project.models import Coder, Project, User

from .cell_names import Asked, unknown
from .cell_places import places_of
from .cell_rows import Behind
from .cell_walk import At, Walk
from .choosing import chosen
from .reports import roots_of
from .submissions import Selection, current_edition


@dataclass(frozen=True, slots=True)
class Page:
    """`edition` is None before any is in use. `hidden` texts are not shown because somebody still
    codes them; of very many as a minute ago. `after` is where it goes on, empty at the end: a page
    may be short before it. `total` passages stand behind the cell, of which coders differ in
    `differing`; None where they are many, and on further pages."""

    edition: Edition | None
    rows: tuple[Behind, ...] = ()
    hidden: int = 0
    after: str = ""
    total: int | None = 0
    differing: int = 0


def passages(
    project: Project,
    asked: Asked,
    *,
    batch: str | None,
    edition: str | None,
    by: User,
    after: str = "",
) -> Page:
    """A page of the passages behind a cell; Invalid for a cell that there is not."""
    require_at_sight(by, Action.SEE_AGREEMENT, project)
    what = chosen(project, batch=batch, edition=edition)
    round_ = what.get("batch")
    used = round_.edition if round_ else what.get("edition") or current_edition(project)
    if used is None:
        return Page(None)
    selection = Selection(used, round_)
    _refuse_pair(selection, asked)
    roots = roots_of(used)
    walk = Walk(selection, _rounds(selection), asked, roots)
    begun = At.of(after)
    places = places_of(asked, roots)
    found, end = walk.page(places, begun)
    is_whole = end is None and begun == At()
    counted = _counted(found) if is_whole else walk.count(places) if begun == At() else None
    if not found:
        walk.refuse()
    if is_whole and not found and asked.language:
        _refuse_language(selection, asked.language)
    return Page(
        used,
        tuple(found),
        hidden=_hidden(selection),
        after=str(end) if end else "",
        total=sum(counted) if counted else None,
        differing=counted[0] if counted else 0,
    )


def _counted(found: list[Behind]) -> tuple[int, int]:
    differing = sum(row.differs for row in found)
    return differing, len(found) - differing


def _rounds(selection: Selection) -> list[int]:
    if selection.batch is not None:
        return [selection.batch.pk]
    main = Batch.objects.filter(edition=selection.edition, kind=BatchKind.MAIN)
    return list(main.values_list("pk", flat=True))


def _refuse_pair(selection: Selection, asked: Asked) -> None:
    known = Coder.objects.filter(
        project=selection.edition.project_id, pseudonym__in=asked.pair
    ).values_list("pk", flat=True)
    submitted = [pk for pk in known if selection.snapshots().filter(coder=pk).exists()]
    if asked.pair and (len(set(asked.pair)) != 2 or len(submitted) != 2):
        raise unknown("pair")


def _refuse_language(selection: Selection, language: str) -> None:
    """Where nothing was found: whether anything that was submitted has the language at all."""
    texts = selection.snapshots().order_by().values("document")
    if not Passage.objects.filter(
        document__in=texts, language=language, zone__in=CODED_ZONES
    ).exists():
        raise unknown("language")


HIDDEN = """
SELECT count(*), count(*) FILTER (
         WHERE NOT coalesce(workbench_others_visible(i.batch_id, i.document_id), false)
           AND EXISTS (SELECT 1 FROM annotations_snapshot n
                        WHERE n.batch_id = i.batch_id AND n.document_id = i.document_id
                          AND n.edition_id = %s AND n.number = 1))
  FROM annotations_batchdocument i WHERE i.batch_id = ANY (%s) AND NOT i."full"
"""


def _hidden(selection: Selection) -> int:
    """Texts that somebody has submitted and not everybody: none of them is full."""

    def counted() -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(HIDDEN, [selection.edition.pk, _rounds(selection)])
            looked_at, hidden = cursor.fetchone()
            return looked_at, hidden

    name = f"hidden-{selection.edition.pk}-{selection.batch and selection.batch.pk}"
    return lately(name, counted, rows=lambda known: known[0])[1]
