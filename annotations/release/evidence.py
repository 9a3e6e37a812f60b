"""What stands beside a line of documents.jsonl: from a settled case, and from a release's rows again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotations.adjudication.cases import Case, root_of
from annotations.adjudication.gold import GoldSpan
from annotations.coding.marking import mark
from annotations.coding.models import Snapshot
from annotations.corpus.models import CODED_ZONES, Passage

from .models import Release
from .reading import stored_documents
from .schema import DocumentRow
from .shapes.evidence import CodedLabel, Coding, Evidence, Extent, GoldMark, restored


def evidence_of(
    case: Case, passages: Sequence[Passage], gold: Sequence[GoldSpan], *, names: Mapping[int, str]
) -> Evidence:
    """Of an adjudicated case; `names` are the coders' pseudonyms by primary key."""
    extents = [(passage.index, passage.start, passage.end) for passage in passages]
    marked = mark(case.document.text, extents, [(span.start, span.end) for span in gold])
    return Evidence(
        themes=tuple(key for key, theme in case.themes.items() if theme.parent_id is None),
        passages=tuple(_extents(case, passages)),
        codings=tuple(_coding(case, snapshot, names) for snapshot in case.snapshots),
        gold=tuple(
            GoldMark(str(span.uuid), root_of(span.theme, case.themes), indexes)
            for span, indexes in zip(gold, marked, strict=True)
        ),
    )


def _extents(case: Case, passages: Sequence[Passage]) -> Iterator[Extent]:
    judged = [set(snapshot.judged) for snapshot in case.snapshots]
    for passage in passages:
        if passage.zone in CODED_ZONES:
            yield Extent(
                index=passage.index,
                start=passage.start,
                end=passage.end,
                paragraph=passage.paragraph,
                sentence=passage.sentence,
                language=passage.language or None,
                zone=str(passage.zone),
                judged_by=sum(passage.index in each for each in judged),
            )


def _coding(case: Case, snapshot: Snapshot, names: Mapping[int, str]) -> Coding:
    marks: list[list[int]] = [[] for _ in snapshot.spans]
    for passage, span in zip(snapshot.mark_passage, snapshot.mark_span, strict=True):
        marks[span].append(passage)
    labels = (
        _label(case, span, tuple(sorted(marked)))
        for span, marked in zip(snapshot.spans, marks, strict=True)
    )
    return Coding(
        coder=names[snapshot.coder_id],
        submission=snapshot.number,
        after_discussion=snapshot.after_discussion,
        labels=tuple(labels),
    )


def _label(case: Case, span: dict[str, Any], passages: tuple[int, ...]) -> CodedLabel:
    return CodedLabel(
        id=span["annotation"],
        start=span["start"],
        end=span["end"],
        label=span["theme"],
        root=root_of(span["theme"], case.themes),
        stance=span["stance"],
        holder_kind=span["holder_kind"],
        holder_name=span["holder_name"],
        certainty=span["certainty"],
        passages=passages,
    )


def with_evidence(release: Release) -> Iterator[tuple[DocumentRow, Evidence]]:
    """Every document of a release in order, with what was frozen beside it; few in memory.

    What was taken down is left out. A release that was frozen before evidence was kept gives none.
    """
    for each in stored_documents(release, evidence=True):
        if each.evidence is not None:
            yield each.row, restored(each.evidence)
