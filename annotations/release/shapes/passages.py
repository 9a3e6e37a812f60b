"""`passages`: a row a passage that coders were asked about. Pure.

`themes` has an element for each root theme of the release, in the codebook's order. `present` is
true where a gold label of it marks the passage, false where people looked and it is not there,
null where nothing may be concluded: the passage is unjudged, or the document's edition has no
such theme. `marked_by` and `said` count coders, whatever became gold: a coder who says two stances
counts for both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from annotations.release.formats.contract import Options
from annotations.release.schema import DocumentRow
from annotations.text.phrases import phrase

from .contract import Columns, Fields, Shape, Value, cell, jsonl, table
from .evidence import Evidence, Extent

OF_DOCUMENT = (
    *("schema_version", "document", "external_id", "source_url", "published_on", "story"),
    *("split", "batch", "edition"),
)
OF_PASSAGE = (
    *("passage", "paragraph", "sentence", "offset_unit", "start", "end", "text", "language"),
    *("zone", "coders", "judged_by"),
)
KEYS = (*OF_DOCUMENT, *OF_PASSAGE)
"""The keys before `themes`."""
TITLE = phrase("A row a passage: every theme, there or not, and what coders said")

Said = Mapping[tuple[int, str], Mapping[str | None, set[str]]]
"""(passage, root) → stance → the coders who say it."""


def rows(
    document: DocumentRow, evidence: Evidence, columns: Columns, options: Options
) -> Iterator[Fields]:
    """In text order."""
    place = options.measure(document)
    gold, said = _gold(document, evidence), _said(evidence)
    for extent in evidence.passages:
        start, end = place(extent.start, extent.end)
        unjudged = _within(extent, document)
        yield {
            "schema_version": document.schema_version,
            "document": document.id,
            "external_id": document.external_id,
            "source_url": document.source_url,
            "published_on": document.published_on,
            "story": document.story,
            "split": document.split,
            "batch": document.batch,
            "edition": document.edition,
            "passage": extent.index,
            "paragraph": extent.paragraph,
            "sentence": extent.sentence,
            "offset_unit": options.unit,
            "start": start,
            "end": end,
            "text": document.text[extent.start : extent.end],
            "language": extent.language,
            "zone": extent.zone,
            "coders": len(evidence.codings),
            "judged_by": extent.judged_by,
            "themes": [
                _theme(
                    theme,
                    asked=theme in evidence.themes and not unjudged,
                    gold=gold.get((extent.index, theme)),
                    said=said.get((extent.index, theme), {}),
                    stances=columns.stances,
                )
                for theme in columns.themes
            ],
        }


def _theme(
    theme: str,
    *,
    asked: bool,
    gold: set[str] | None,
    said: Mapping[str | None, set[str]],
    stances: Iterable[str],
) -> Fields:
    known = list(stances)
    present = True if gold is not None else False if asked else None
    counts: list[Fields] = [
        {"stance": stance, "coders": len(said.get(stance, ()))} for stance in known
    ]
    return {
        "theme": theme,
        "present": present,
        "stances": [stance for stance in known if stance in (gold or ())],
        "marked_by": len(set().union(*said.values())),
        "said": counts,
    }


def _gold(document: DocumentRow, evidence: Evidence) -> dict[tuple[int, str], set[str]]:
    stances = {span.id: span.stance for span in document.spans}
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for mark in evidence.gold:
        for index in mark.passages:
            stance = stances[mark.id]
            found[index, mark.root].update([stance] if stance is not None else [])
    return found


def _said(evidence: Evidence) -> Said:
    found: dict[tuple[int, str], dict[str | None, set[str]]] = defaultdict(lambda: defaultdict(set))
    for coding in evidence.codings:
        for label in coding.labels:
            for index in label.passages:
                found[index, label.root][label.stance].add(coding.coder)
    return found


def _within(extent: Extent, document: DocumentRow) -> bool:
    return any(each.start <= extent.start and extent.end <= each.end for each in document.unjudged)


def names(columns: Columns) -> list[str]:
    """The columns of the table: `theme.KEY`, `theme.KEY.stances`, `.marked_by`, `.said.STANCE`."""
    wide = []
    for theme in columns.themes:
        said = [f"theme.{theme}.said.{stance}" for stance in columns.stances]
        wide += [f"theme.{theme}", f"theme.{theme}.stances", f"theme.{theme}.marked_by", *said]
    return [*KEYS, *wide]


def flat(row: Fields) -> dict[str, str | int | None]:
    """`true`, `false` or empty for present; stances joined by a blank."""
    cells: dict[str, str | int | None] = {key: cell(row[key]) for key in KEYS}
    for each in _list(row["themes"]):
        name = f"theme.{each['theme']}"
        cells[name] = cell(each["present"])
        cells[f"{name}.stances"] = cell(each["stances"])
        cells[f"{name}.marked_by"] = cell(each["marked_by"])
        for said in _list(each["said"]):
            cells[f"{name}.said.{said['stance']}"] = cell(said["coders"])
    return cells


def _list(value: Value) -> list[Fields]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


SHAPES: tuple[Shape, ...] = (
    jsonl("passages", rows, title=TITLE),
    table("passages", rows, title=TITLE, names=names, flat=flat),
)
