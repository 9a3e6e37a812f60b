"""What each coder said of the stretch, save by save, and what the first submission froze of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from annotations.coding.models import Revision, Snapshot

from .chain_checks import Check, gone, same
from .chain_links import Coded, Saved, Submission
from .models import ReleaseDocument, ReleaseEvidence, ReleaseSpan
from .shapes.evidence import CodedLabel, Coding, restored

Told = Mapping[str, tuple[Coding, CodedLabel]]
"""What the release says of each annotation: by whom, and what."""


def codings_of(label: ReleaseSpan) -> list[Revision]:
    """The revisions that the label rests on, as far as they are there and of its document."""
    rows = Revision.objects.filter(document=label.document_id, pk__in=label.revisions)
    return list(rows.select_related("theme", "stance", "coder").order_by("pk"))


def coded(label: ReleaseSpan, codings: Sequence[Revision], *, text: str | None) -> list[Coded]:
    """One for each revision the label rests on, in the order of the pseudonyms.

    `text` is the document's, None where it was taken down. A revision that is not there is a coder
    without a name whose check is broken.
    """
    told = _told(label.released)
    histories = _histories(codings)
    found = [_coded(each, histories, told, text=text) for each in codings]
    there = {each.pk for each in codings}
    lost = [_lost(pk) for pk in label.revisions if pk not in there]
    return [*sorted(found, key=lambda each: each.coder), *lost]


def _told(released: ReleaseDocument) -> Told:
    """Nothing where the release was frozen before evidence was kept."""
    row = ReleaseEvidence.objects.filter(released=released).first()
    if row is None:
        return {}
    codings = restored(row.content).codings
    return {each.id: (coding, each) for coding in codings for each in coding.labels}


def _lost(revision: int) -> Coded:
    check = Check("revision", "broken", str(revision), "")
    return Coded(id="", coder="", revisions=(), first=None, counted=None, checks=(check,))


def _histories(codings: Sequence[Revision]) -> dict[UUID, list[Revision]]:
    found: dict[UUID, list[Revision]] = {each.annotation_id: [] for each in codings}
    rows = Revision.objects.filter(annotation_id__in=found)
    for row in rows.select_related("theme", "stance").order_by("annotation_id", "number"):
        found[row.annotation_id].append(row)
    return found


def _coded(
    revision: Revision,
    histories: Mapping[UUID, Sequence[Revision]],
    told: Told,
    *,
    text: str | None,
) -> Coded:
    id_ = str(revision.annotation_id)
    coding, said = told.get(id_, (None, None))
    snapshots = {
        each.number: each for each in Snapshot.objects.filter(assignment=revision.assignment_id)
    }
    first = snapshots.get(1)
    last = snapshots.get(coding.submission) if coding else None
    return Coded(
        id=id_,
        coder=coding.coder if coding else revision.coder.pseudonym,
        revisions=tuple(
            _saved(each, counts=each.pk == revision.pk, text=text)
            for each in histories[revision.annotation_id]
        ),
        first=_submission(first, id_, counts=first is last) if first else None,
        counted=_submission(last, id_, counts=True) if last else None,
        checks=tuple(_checks(revision, said, last, text=text)),
    )


def _saved(row: Revision, *, counts: bool, text: str | None) -> Saved:
    return Saved(
        number=row.number,
        at=row.created_at.isoformat(),
        deleted=row.deleted,
        late=row.late,
        after_discussion=row.after_discussion,
        start=row.start,
        end=row.end,
        quote=None if text is None else row.quote,
        label=row.theme.key,
        stance=row.stance.key if row.stance else None,
        holder_kind=row.holder_kind,
        certainty=row.certainty,
        counts=counts,
    )


def _span_in(snapshot: Snapshot, annotation: str) -> dict[str, Any] | None:
    return next((each for each in snapshot.spans if each["annotation"] == annotation), None)


def _submission(snapshot: Snapshot, annotation: str, *, counts: bool) -> Submission:
    at = snapshot.taken_at.isoformat()
    span = _span_in(snapshot, annotation)
    if span is None:
        return Submission(snapshot.number, at, there=False, counts=counts)
    return Submission(
        number=snapshot.number,
        at=at,
        there=True,
        start=span["start"],
        end=span["end"],
        label=span["theme"],
        stance=span["stance"],
        after_discussion=snapshot.after_discussion,
        counts=counts,
    )


def _checks(
    revision: Revision, said: CodedLabel | None, counted: Snapshot | None, *, text: str | None
) -> Iterator[Check]:
    if text is None:
        yield gone("coded-quote")
    else:
        yield same("coded-quote", revision.quote, text[revision.start : revision.end])
    if counted is not None:
        span = _span_in(counted, str(revision.annotation_id))
        yield same("submitted", revision.pk, span["revision"] if span else "")
    if said is not None:
        stance = revision.stance.key if revision.stance else None
        of_coder = (revision.start, revision.end, revision.theme.key, stance)
        of_release = (said.start, said.end, said.label, said.stance)
        yield same("coded-released", _plain(of_coder), _plain(of_release))


def _plain(values: Sequence[object]) -> str:
    return " · ".join("–" if each is None else str(each) for each in values)
