"""What differs between two releases, document by document and label by label. Pure.

Both come as the lines of documents.jsonl, sorted by id, so that nothing but the two lines at hand is
held, and lines that are the same are never parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Literal

from .canonical import parse
from .schema import DocumentRow, SpanRow

ID = slice(len('{"schema_version":"v1","id":"'), len('{"schema_version":"v1","id":"') + 36)
"""Where the id stands on a line of schema v1."""
OF_DOCUMENT = tuple(
    field.name for field in fields(DocumentRow) if field.name not in {"id", "spans"}
)
OF_SPAN = tuple(field.name for field in fields(SpanRow) if field.name != "id")


@dataclass(frozen=True, slots=True)
class ChangedLabel:
    """The same label before and after, and the names of the fields that differ."""

    before: SpanRow
    after: SpanRow
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one document; `fields` are those that differ, other than its labels."""

    document: str
    what: Literal["added", "removed", "changed"]
    fields: tuple[str, ...]
    added: tuple[SpanRow, ...]
    removed: tuple[SpanRow, ...]
    changed: tuple[ChangedLabel, ...]


def differences(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[Difference]:
    """Sorted by document; documents without a difference are left out."""
    for old, new in _side_by_side(before, after):
        if old is None and new is not None:
            row = parse(new)
            yield Difference(row.id, "added", (), row.spans, (), ())
        elif new is None and old is not None:
            row = parse(old)
            yield Difference(row.id, "removed", (), (), row.spans, ())
        elif old is not None and new is not None and old != new:
            yield of_document(parse(old), parse(new))


def of_document(before: DocumentRow, after: DocumentRow) -> Difference:
    """A label is the same by its id, else by its theme and place."""
    pairs = list(_paired(before.spans, after.spans))
    changed = (ChangedLabel(old, new, _differing(old, new, OF_SPAN)) for old, new in pairs)
    kept = {old.id for old, _ in pairs}, {new.id for _, new in pairs}
    return Difference(
        document=after.id,
        what="changed",
        fields=_differing(before, after, OF_DOCUMENT),
        added=tuple(span for span in after.spans if span.id not in kept[1]),
        removed=tuple(span for span in before.spans if span.id not in kept[0]),
        changed=tuple(each for each in changed if each.fields),
    )


def by_theme(found: Iterable[Difference]) -> dict[str, dict[str, int]]:
    """How many labels of each theme were added, removed and changed; sorted by theme.

    A label whose theme changed counts for the one that it has now.
    """
    counts: dict[str, dict[str, int]] = {}
    for each in found:
        labels = {
            "added": [span.label for span in each.added],
            "removed": [span.label for span in each.removed],
            "changed": [label.after.label for label in each.changed],
        }
        for what, themes in labels.items():
            for theme in themes:
                row = counts.setdefault(theme, {"added": 0, "removed": 0, "changed": 0})
                row[what] += 1
    return dict(sorted(counts.items()))


def _side_by_side(
    before: Iterable[bytes], after: Iterable[bytes]
) -> Iterator[tuple[bytes | None, bytes | None]]:
    olds, news = iter(before), iter(after)
    old, new = next(olds, None), next(news, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[ID] < new[ID]):
            yield old, None
            old = next(olds, None)
        elif old is None or new[ID] < old[ID]:
            yield None, new
            new = next(news, None)
        else:
            yield old, new
            old, new = next(olds, None), next(news, None)


def _paired(
    before: Iterable[SpanRow], after: Iterable[SpanRow]
) -> Iterator[tuple[SpanRow, SpanRow]]:
    by_id = {span.id: span for span in after}
    olds = list(before)
    taken = {span.id for span in olds} & by_id.keys()
    places: dict[tuple[str, int, int], list[SpanRow]] = {}
    for span in by_id.values():
        if span.id not in taken:
            places.setdefault((span.label, span.start, span.end), []).append(span)
    for span in olds:
        here = places.get((span.label, span.start, span.end))
        if span.id in taken:
            yield span, by_id[span.id]
        elif here:
            yield span, here.pop(0)


def _differing(
    before: DocumentRow | SpanRow, after: DocumentRow | SpanRow, names: Iterable[str]
) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
