"""Proof of a release: its bytes again, and every label's chain back to the bytes that came in.

label → ruling → revisions → text → repairs → source bytes
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from annotations.coding.models import Revision
from annotations.corpus.models import Document
from annotations.corpus.texts.normalising import rebuild

from .canonical import line
from .columns import columns_of_release
from .evidence import with_evidence
from .formats.contract import PLAIN
from .grounds import ruling_gap, unanimity_gap
from .models import Release, ReleaseDocument, ReleaseSpan
from .rows import stored_row, stored_span
from .shapes import HASHED
from .withdrawals import Retraction, Takedown


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken link: `place` is the id of the document or label, or the release's version."""

    code: str
    place: str
    detail: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was checked, and every fault found; none means proven.

    `taken_down` are the ids of documents whose text is gone: of them only the hashes, the counts
    and the takedown itself can be checked. `sha256` is what the rows give, without them.
    """

    version: str
    sha256: str
    documents: int
    spans: int
    taken_down: tuple[str, ...]
    retracted: bool
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether no fault was found."""
        return not self.faults


@transaction.atomic  # so that the rows come by and by
def verify_release(release: Release) -> Proof:
    """Rebuilds the bytes from the rows and follows every chain; reads all, changes nothing."""
    digest = sha256()
    documents = spans = 0
    gone: list[str] = []
    faults: list[Fault] = []
    rows = ReleaseDocument.objects.filter(release=release).order_by("position")
    for released in rows.select_related("document__source").iterator(chunk_size=20):
        labels = list(
            released.spans.select_related("ruling__theme", "ruling__stance", "ruling__by")
        )
        documents += 1
        spans += len(labels)
        if released.document.taken_down:
            gone.append(str(released.document.uuid))
            faults += _gone_faults(released)
            continue
        piece = line(stored_row(released, map(stored_span, labels)))
        digest.update(piece)
        faults += _line_faults(released, piece)
        faults += _text_faults(released)
        faults += _label_faults(released, labels)
    faults += _total_faults(release, documents, spans)
    if not gone:
        faults += _hash_faults(release, digest.hexdigest())
        faults += _shape_faults(release)
    return Proof(
        version=release.version,
        sha256=digest.hexdigest(),
        documents=documents,
        spans=spans,
        taken_down=tuple(gone),
        retracted=Retraction.objects.filter(release=release).exists(),
        faults=tuple(faults),
    )


def _gone_faults(released: ReleaseDocument) -> Iterator[Fault]:
    """Of a document that was taken down: that it was, that nothing is left, and that hashes are."""
    document, source = released.document, released.document.source
    place = str(document.uuid)
    if not Takedown.objects.filter(document=document).exists():
        yield Fault("takedown", place, "nobody took it down, and its text is gone")
    if document.text or source.content is not None:
        yield Fault("takedown", place, "it was taken down, and its text is still there")
    if document.text_sha256 != released.text_sha256:
        yield Fault("text-hash", place, "the text was not the one that was released")
    if source.sha256 != released.raw_sha256:
        yield Fault("source-hash", place, "the source is not the one that was released")


def _total_faults(release: Release, documents: int, spans: int) -> Iterator[Fault]:
    for name, counted, said in (
        ("documents", documents, release.documents_total),
        ("spans", spans, release.spans_total),
    ):
        if counted != said:
            yield Fault("count", release.version, f"{counted} {name}, but {said} are stated")
    if release.manifest.get("sha256") != release.sha256:
        yield Fault("manifest", release.version, "the manifest states another hash")


def _hash_faults(release: Release, found: str) -> Iterator[Fault]:
    if found != release.sha256:
        yield Fault("hash", release.version, f"the rows give {found}, not {release.sha256}")


def _shape_faults(release: Release) -> Iterator[Fault]:
    """What was frozen beside the lines; a release from before that has no such files stated."""
    stated = release.manifest.get("files", {})
    shapes = [shape for shape in HASHED if shape.file in stated]
    if not shapes:
        return
    columns = columns_of_release(release)
    digests = {shape.file: sha256(shape.head(columns, PLAIN)) for shape in shapes}
    for row, evidence in with_evidence(release):
        for shape in shapes:
            digests[shape.file].update(shape.piece(row, evidence, columns, PLAIN))
    for file, digest in digests.items():
        if digest.hexdigest() != stated[file]["sha256"]:
            detail = f"the rows give {digest.hexdigest()}, not {stated[file]['sha256']}"
            yield Fault("shape-hash", file, detail)


def _line_faults(released: ReleaseDocument, piece: bytes) -> Iterator[Fault]:
    found = sha256(piece).hexdigest()
    if found != released.sha256:
        place = str(released.document.uuid)
        yield Fault("line-hash", place, f"the row gives {found}, not {released.sha256}")


def _text_faults(released: ReleaseDocument) -> Iterator[Fault]:
    document, source = released.document, released.document.source
    place = str(document.uuid)
    if sha256(document.text.encode()).hexdigest() != released.text_sha256:
        yield Fault("text-hash", place, "the text is not the one that was released")
    if source.sha256 != released.raw_sha256:
        yield Fault("source-hash", place, "the source is not the one that was released")
    content = bytes(source.content or b"")
    if sha256(content).hexdigest() != released.raw_sha256:
        yield Fault("source-bytes", place, "the source bytes are not the ones that came in")
    elif not _comes_from(document, content):
        yield Fault("repairs", place, "the recorded repairs do not lead from the bytes to the text")


def _comes_from(document: Document, content: bytes) -> bool:
    try:
        text, _ = rebuild(content, document.repairs)
    except (ValueError, LookupError):  # a step unknown or none at all, bytes that do not decode
        return False
    return text == document.text


def _label_faults(released: ReleaseDocument, labels: list[ReleaseSpan]) -> Iterator[Fault]:
    wanted = {revision for label in labels for revision in label.revisions}
    revisions = Revision.objects.filter(document=released.document_id).select_related(
        "theme", "stance"
    )
    found = revisions.in_bulk(wanted)
    for label in labels:
        place = str(label.uuid)
        if released.document.text[label.start : label.end] != label.quote:
            yield Fault("quote", place, "the text at its place is not its quote")
        missing = [pk for pk in label.revisions if pk not in found]
        if missing:
            yield Fault("revisions", place, f"revisions {missing} are not of this document")
            continue
        codings = [found[pk] for pk in label.revisions]
        detail = ruling_gap(label) if label.ruling else unanimity_gap(label, codings)
        if detail:
            yield Fault("ruling" if label.ruling else "unanimity", place, detail)
