"""From text to text in search of the passages behind a cell, until a page is full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from annotations.codebook.reading import Lookup, lookup
from annotations.coding.sayings import Text, texts_saying, texts_submitted
from annotations.project.refusals import Invalid

from .cell_names import Asked, cell_of
from .cell_places import Places
from .cell_rows import Behind, rows_of
from .gathering import gather
from .judging import Codings, numbered
from .layouts import Layout
from .selecting import behind
from .submissions import Selection, Submitted, submitted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

AT_ONCE = 15
MOST = 90
"""Texts that one page may read, so that a rare cell does not hold up the server."""
FEW = 40
"""Texts that are read to say how many passages there are in all."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a list goes on: among those that differ or not, from a text, after a passage of it."""

    alike: bool = False
    text: Text = (0, 0)
    passage: int = -1

    def __str__(self) -> str:
        return f"{self.alike:d}.{self.text[0]}.{self.text[1]}.{self.passage}"

    @classmethod
    def of(cls, said: str) -> At:
        """
        >>> At.of(str(At(True, (7, 2), 5))) == At(True, (7, 2), 5)
        True
        """
        if not said:
            return cls()
        try:
            alike, document, batch, passage = map(int, said.split("."))
            if not (0 <= document < 2**62 and 0 <= batch < 2**62 and abs(passage) < 2**31):
                raise ValueError(said)
        except ValueError as error:
            told = _("The cursor is none that was given here.")
            raise Invalid.field("after", "cursor", told) from error
        return cls(alike == 1, (document, batch), passage)


@dataclass(frozen=True, slots=True)
class _Read:
    """Some texts, and the units of the cell in them."""

    codings: Codings
    layout: Layout
    snapshots: Sequence[Submitted]
    differing: list[int]
    alike: list[int]

    def place(self, unit: int) -> tuple[Text, int]:
        units = self.codings.units
        batch, document = self.layout.rounds[int(units.text[unit])]
        return (document, batch), int(units.passage[unit])


@dataclass(frozen=True, slots=True)
class Walk:
    """`rounds` are primary keys of all that the selection is of."""

    selection: Selection
    rounds: Sequence[int]
    asked: Asked
    roots: Mapping[str, str]

    @property
    def _book(self) -> Lookup:
        return lookup(self.selection.edition.pk)

    def refuse(self) -> None:
        """Invalid where the cell names a theme or stance that there is not."""
        codings = gather(self.selection, [], book=self._book)
        cell_of(codings, replace(self.asked, pair=(), language=""), self.roots)

    def page(self, places: Places, begun: At) -> tuple[list[Behind], At | None]:
        """Its passages, and where to go on; None at the end."""
        found: list[Behind] = []
        texts, step = 0, AT_ONCE
        at: At | None = begun
        while at is not None:
            said = places.alike if at.alike else places.differ
            there = self._texts(said, at.text, most=step + 1)
            rows, full = self._shown(there, at, AT_ONCE - len(found))
            found += rows
            if full is not None:
                return found, full
            texts += len(there)
            at = _next(at, there, step)
            if texts >= MOST:
                break
            # Where nothing is found, more are looked at in one go.
            step = AT_ONCE if rows else min(2 * step, MOST - texts)
        return found, at

    def count(self, places: Places) -> tuple[int, int] | None:
        """Those in which coders differ and those in which they do not; None of more than a few texts."""
        differ, alike = (
            self._texts(said, (0, 0), most=FEW + 1) for said in (places.differ, places.alike)
        )
        if max(len(differ), len(alike)) > FEW:
            return None
        return (
            len(self._read(differ).differing) if differ else 0,
            len(self._read(alike).alike) if alike else 0,
        )

    def _shown(self, texts: Sequence[Text], at: At, room: int) -> tuple[list[Behind], At | None]:
        """What of the texts has room, and where the rest begins, if there is more of it."""
        if not texts:
            return [], None
        read = self._read(texts)
        units = [
            unit
            for unit in (read.alike if at.alike else read.differing)
            if read.place(unit) > (at.text, at.passage)
        ]
        rows = rows_of(read.codings, read.layout, read.snapshots, units[:room])
        shown = [Behind(*row, differs=not at.alike) for row in rows]
        if len(units) <= room:
            return shown, None
        if not room:
            return [], at
        return shown, At(at.alike, *read.place(units[room - 1]))

    def _texts(self, said: frozenset[str] | None, since: Text, *, most: int) -> list[Text]:
        if said is None:
            return texts_submitted(self.rounds, since=since, most=most)
        return texts_saying(said, self.rounds, since=since, most=most)

    def _read(self, texts: Sequence[Text]) -> _Read:
        wanted = {(batch, document) for document, batch in texts}
        snapshots = [
            each
            for each in submitted(self.selection, among=[document for document, _ in texts])
            if (each.batch, each.document) in wanted
        ]
        layout = Layout.of(snapshots)
        codings = gather(self.selection, snapshots, layout, book=self._book)
        if not self._is_met_by(codings):
            return _Read(codings, layout, snapshots, [], [])
        numbers = numbered(codings.themes)
        found = behind(
            codings,
            cell_of(codings, self.asked, self.roots),
            [numbers[self.roots[key]] for key in codings.themes],
            visible=visible(layout),
        )
        units = found.units.tolist()
        return _Read(codings, layout, snapshots, units[: found.differing], units[found.differing :])

    def _is_met_by(self, codings: Codings) -> bool:
        """Whether these texts have the pair and the language that are asked for."""
        language = self.asked.language
        return set(self.asked.pair) <= set(codings.coders) and (
            not language or language in codings.languages
        )


def visible(layout: Layout) -> Flags:
    """Of each text, whether every slot of it is submitted, and it has not been taken down."""
    import numpy as np

    batches = [batch for batch, _ in layout.rounds]
    documents = [document for _, document in layout.rounds]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT workbench_others_visible(t.batch, t.document) AND NOT d.taken_down"
            " FROM unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY AS t (batch, document, n)"
            " JOIN annotations_document d ON d.id = t.document ORDER BY t.n",
            [batches, documents],
        )
        return np.array([seen for (seen,) in cursor.fetchall()], dtype=bool)


def _next(at: At, texts: Sequence[Text], step: int) -> At | None:
    """Behind these texts, of which all was looked at; None at the end of it all."""
    if len(texts) > step:
        document, batch = texts[-1]
        return At(at.alike, (document, batch + 1))
    return None if at.alike else At(alike=True)
