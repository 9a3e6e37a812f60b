"""The chain of a gold label: from what was released back to the bytes of its file, link by link.

label → line and release → ruling or rule → codings → text → repairs → bytes

Each link is compared as it is read, against what is in the database now; nothing is believed.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from annotations.corpus.models import ImportFile, Passage
from annotations.project.refusals import NotVisible
from annotations.text.cutting import around
from annotations.text.spans import Span

from .canonical import line
from .chain_bytes import Trace, traced
from .chain_checks import Check, gone, same
from .chain_codings import coded, codings_of
from .chain_grounds import decided
from .chain_links import Chain, Released
from .chain_sources import Delivered, Original, Repaired, Sentence, Written
from .models import Release, ReleaseDocument, ReleaseSpan
from .rows import stored_row, stored_spans
from .serving import frozen_file
from .wanting import ReleaseDamaged

AROUND = 240
"""Code points of the text on each side of the label."""
BESIDE = ("ruling__theme", "ruling__stance", "ruling__by", "document__source")


def label_of(release: Release, uuid: UUID) -> ReleaseSpan:
    """The label of that id as the release has it. Raises NotVisible."""
    rows = ReleaseSpan.objects.filter(release=release, uuid=uuid)
    label = rows.select_related("released", "release__by", *BESIDE).first()
    if label is None:
        raise NotVisible
    return label


def chain_of(label: ReleaseSpan) -> Chain:
    """All its links. After a takedown it ends at hashes: what cannot be compared is `gone`."""
    document = label.document
    text = None if document.taken_down else document.text
    codings = codings_of(label)
    trace = _trace(label)
    return Chain(
        id=str(label.uuid),
        released=_released(label, taken_down=text is None),
        decided=decided(label, codings, taken_down=text is None),
        coded=tuple(coded(label, codings, text=text)),
        written=_written(label, text),
        repairs=trace.repairs if trace else _untraced(label),
        original=_original(label, trace),
    )


def _released(label: ReleaseSpan, *, taken_down: bool) -> Released:
    release, released = label.release, label.released
    return Released(
        version=release.version,
        released_at=release.at.isoformat(),
        released_by=release.by.pseudonym if release.by else None,
        release_sha256=release.sha256,
        file_bytes=release.size,
        line=released.position + 1,
        line_sha256=released.sha256,
        edition=released.line["edition"],
        label=label.label,
        stance=label.stance,
        holder_kind=label.holder_kind,
        holder_name=label.holder_name,
        start=label.start,
        end=label.end,
        quote=label.quote,
        origin=label.origin,
        votes_for=label.votes_for,
        votes_total=label.votes_total,
        split=released.line["split"],
        checks=_of_release(release, released, taken_down=taken_down),
    )


def _of_release(
    release: Release, released: ReleaseDocument, *, taken_down: bool
) -> tuple[Check, ...]:
    """The line is made again from its rows, then found in the file that has the release's hash."""
    if taken_down:
        return (gone("line", released.sha256), gone("release", release.sha256))
    spans = stored_spans(release, (released.position, released.position + 1))
    piece = line(stored_row(released, spans.get(released.pk, [])))
    of_line = same("line", released.sha256, sha256(piece).hexdigest())
    others = ReleaseDocument.objects.filter(release=release)
    if others.filter(document__taken_down=True).exists():
        # The file cannot be made whole again; each line that is left still has its own hash.
        return (of_line, gone("release", release.sha256))
    return (of_line, _of_file(release, released.position, piece))


def _of_file(release: Release, position: int, piece: bytes) -> Check:
    digest, found = sha256(), b""
    try:
        with frozen_file(release).open("rb") as file:
            for number, each in enumerate(file):
                digest.update(each)
                if number == position:
                    found = each
    except ReleaseDamaged as error:
        return Check("release", "broken", release.sha256, error.found)
    if found != piece:
        return Check("release", "broken", sha256(piece).hexdigest(), sha256(found).hexdigest())
    return same("release", release.sha256, digest.hexdigest())


def _written(label: ReleaseSpan, text: str | None) -> Written:
    released, document = label.released, label.document
    place = (label.start, label.end)
    beside = around(text, *place, most=AROUND) if text is not None else None
    return Written(
        document=str(document.uuid),
        title=released.line["title"] or "",
        language=released.line["language"] or "",
        length=document.length,
        text_sha256=released.text_sha256,
        before=(("…" if beside.cut_before else "") + beside.before) if beside else None,
        quote=None if text is None else text[label.start : label.end],
        after=(beside.after + ("…" if beside.cut_after else "")) if beside else None,
        passages=tuple(_sentences(label)),
        checks=_of_text(label, text),
    )


def _sentences(label: ReleaseSpan) -> list[Sentence]:
    rows = Passage.objects.filter(
        document=label.document_id, start__lt=label.end, end__gt=label.start
    )
    return [
        Sentence(
            index=each.index,
            start=each.start,
            end=each.end,
            paragraph=each.paragraph,
            sentence=each.sentence,
            zone=each.zone,
            language=each.language,
        )
        for each in rows.order_by("index")
    ]


def _of_text(label: ReleaseSpan, text: str | None) -> tuple[Check, ...]:
    if text is None:
        return (gone("text", label.released.text_sha256), gone("quote"))
    hashed = sha256(text.encode()).hexdigest()
    return (
        same("text", label.released.text_sha256, hashed),
        same("quote", label.quote, text[label.start : label.end]),
    )


def _trace(label: ReleaseSpan) -> Trace | None:
    """None where the bytes are gone, or the steps do not lead from them to this stretch."""
    document = label.document
    if document.source.content is None:
        return None
    try:
        place = Span(label.start, label.end)
        return traced(bytes(document.source.content), document.repairs, place)
    except (TypeError, ValueError, LookupError):
        return None


def _untraced(label: ReleaseSpan) -> tuple[Repaired, ...]:
    """The names of the steps, where what they did cannot be seen any more."""
    names = [str(step.get("step", "")) for step in label.document.repairs[1:]]
    return tuple(Repaired(name, False, "", "", ()) for name in names)


def _original(label: ReleaseSpan, trace: Trace | None) -> Original:
    document, source = label.document, label.document.source
    return Original(
        name=source.name,
        size=source.size,
        sha256=label.released.raw_sha256,
        encoding=document.encoding,
        start_byte=trace.place.start if trace else None,
        end_byte=trace.place.end if trace else None,
        decoded=trace.decoded if trace else None,
        rows=trace.rows if trace else (),
        left_out_bytes=trace.left_out_bytes if trace else 0,
        delivered=tuple(_delivered(label)),
        taken_down_at=source.taken_down_at.isoformat() if source.taken_down_at else None,
        takedown_reason=source.takedown_reason,
        checks=_of_bytes(label, trace),
    )


def _of_bytes(label: ReleaseSpan, trace: Trace | None) -> tuple[Check, ...]:
    released, source = label.released, label.document.source
    kept = same("source", released.raw_sha256, source.sha256)
    if source.content is None:
        return (kept, gone("bytes", released.raw_sha256), gone("rebuilt", released.text_sha256))
    came = sha256(bytes(source.content)).hexdigest()
    again = sha256(trace.text.encode()).hexdigest() if trace else ""
    found = trace.text[label.start : label.end] if trace else ""
    return (
        kept,
        same("bytes", released.raw_sha256, came),
        same("rebuilt", released.text_sha256, again),
        same("rebuilt-quote", label.quote, found),
    )


def _delivered(label: ReleaseSpan) -> list[Delivered]:
    rows = ImportFile.objects.filter(document=label.document_id)
    return [
        Delivered(
            name=each.name,
            at=each.delivery.created_at.isoformat(),
            container=each.container.name if each.container else None,
            container_sha256=each.container.sha256 if each.container else None,
        )
        for each in rows.select_related("delivery", "container").order_by("pk")
    ]
