"""First submissions → arrays. The one place where agreement reads what coders said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotations.codebook.models import Edition
from annotations.codebook.reading import Lookup
from annotations.coding.models import HolderKind
from annotations.project.models import Coder

from .coefficients.figures import MISSING
from .judging import Codings, Laid, Marks, numbered
from .layouts import Layout
from .submissions import Selection, Submitted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]

HOLDERS = tuple(HolderKind.values)
AUTHOR = HOLDERS.index(HolderKind.AUTHOR)


def gather(
    selection: Selection,
    snapshots: Sequence[Submitted],
    layout: Layout | None = None,
    *,
    names: Mapping[int, str] | None = None,
    book: Lookup | None = None,
) -> Codings:
    """All that coders said of passages in coded zones; `layout` is made of the same snapshots.

    Coders go by their pseudonyms, or by `names` of their keys. `book` is the edition's, where it is
    at hand.
    """
    import numpy as np

    themes, stances = (tuple(book.themes), book.positions) if book else _keys(selection.edition)
    columns = numbered(sorted({each.coder for each in snapshots}))
    layout = layout or Layout.of(snapshots)
    judged = np.zeros((len(layout.units), len(columns)), dtype=bool)
    marked = _Marked(numbered(themes), numbered(stances), numbered(HOLDERS))
    for each in snapshots:
        rows, column = layout.rows(each), columns[each.coder]
        seen = rows[np.array([*each.judged, *each.mark_passage], dtype=np.intp)]
        judged[seen[seen >= 0], column] = True
        marked.take(each, rows, column)
    if names is None:
        names = dict(Coder.objects.filter(pk__in=columns).values_list("pk", "pseudonym"))
    return Codings(
        units=layout.units,
        judged=judged,
        marks=marked.taken(),
        coders=tuple(names[pk] for pk in columns),
        themes=themes,
        stances=tuple(stances),
        ranks=tuple(MISSING if rank is None else rank for rank in stances.values()),
        holders=HOLDERS,
        batches=layout.batches,
        languages=layout.languages,
        n_stories=layout.n_stories,
        spans=_laid(layout, snapshots, columns, numbered(themes)),
    )


def _keys(edition: Edition) -> tuple[tuple[str, ...], dict[str, int | None]]:
    themes = tuple(edition.themes.order_by("order").values_list("key", flat=True))
    return themes, dict(edition.stances.order_by("order").values_list("key", "position"))


@dataclass(slots=True)
class _Marked:
    """Collects the marks of submission after submission."""

    themes: Mapping[str, int]
    stances: Mapping[str, int]
    holders: Mapping[str, int]
    columns: list[Integers] = field(default_factory=list)

    def take(self, each: Submitted, rows: Integers, column: int) -> None:
        import numpy as np

        if not each.mark_passage:
            return
        says = np.array([self._says(span) for span in each.spans])[each.mark_span]
        units = rows[np.array(each.mark_passage, dtype=np.intp)]
        coder = np.full(len(units), column)
        kept = units != MISSING
        self.columns.append(np.column_stack([units, coder, says])[kept])

    def _says(self, span: Mapping[str, Any]) -> tuple[int, int, int]:
        holder = self.holders.get(span["holder_kind"] or HolderKind.AUTHOR, AUTHOR)
        return self.themes[span["theme"]], self.stances[span["stance"]], holder

    def taken(self) -> Marks:
        import numpy as np

        empty = np.zeros((0, 5), dtype=np.int64)
        return Marks(*np.concatenate([empty, *self.columns]).T)


def _laid(
    layout: Layout,
    snapshots: Sequence[Submitted],
    columns: Mapping[int, int],
    themes: Mapping[str, int],
) -> Laid:
    """The spans of whole submissions: of what one left unread nothing can be said."""
    import numpy as np

    texts = numbered(layout.rounds)
    whole = [(texts[each.batch, each.document], each) for each in snapshots if each.whole]
    pairs = {(text, each.coder) for text, each in whole}
    rows = [
        (text, columns[each.coder], themes[span["theme"]], span["start"], span["end"])
        for text, each in whole
        for span in each.spans
    ]
    text, coder, theme, start, end = np.array(rows, dtype=np.int64).reshape(len(rows), 5).T
    return Laid(
        text=text,
        coder=coder,
        theme=theme,
        start=start,
        end=end,
        length=np.array(layout.lengths, dtype=np.int64),
        coders=np.bincount([text for text, _ in pairs], minlength=len(texts)),
        story=np.array(layout.stories, dtype=np.int64),
    )
