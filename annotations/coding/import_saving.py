"""Lines of an import whose place is known, as annotations: new ones, and those that were there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.coding.answers import Work
from annotations.coding.import_lines import Line
from annotations.coding.import_places import Found
from annotations.coding.models import Annotation, Revision
from annotations.coding.recording import annotate
from annotations.coding.recording_many import New, annotate_together
from annotations.project.database import OperationKnown
from annotations.project.models import Coder
from annotations.project.refusals import Invalid, Refusal

# An annotation is imported once: this is what its first save is called.
OPERATION = UUID("6f1c1d0e-9d38-5f4e-9c0b-5b2f6d1c7a10")


@dataclass(slots=True)
class Piece:
    """A line on its way: what was found of it so far, and in the end its outcome."""

    line: Line
    document: Found | None = None
    coder: Coder | None = None
    work: Work | None = None
    new: New | None = None
    outcome: str = ""
    refusal: Refusal | None = None

    def refuse(self, refusal: Refusal) -> None:
        self.outcome, self.refusal = "refused", refusal


def operation_of(annotation: UUID) -> UUID:
    return uuid5(OPERATION, annotation.hex)


def name_of(new: New, line: Line) -> UUID:
    """The line's own id, or one that says the same of the same line each time."""
    return line.id or uuid5(new.work.uuid, new.fingerprint)


def save(pieces: Sequence[Piece]) -> None:
    """Gives each piece that has a `new` its outcome. In a transaction."""
    waiting = [piece for piece in pieces if piece.new is not None]
    _rename(waiting)
    _recognise(waiting)
    _write([piece for piece in waiting if not piece.outcome])


def _rename(pieces: Sequence[Piece]) -> None:
    """An id that an annotation of other work has is no longer free: a copy gets one of its own."""
    ids = {piece.new.annotation: piece for piece in pieces if piece.new}
    rows = Annotation.objects.filter(pk__in=ids).values_list("pk", "assignment")
    for annotation, assignment in rows:
        piece = ids[annotation]
        assert piece.new is not None  # noqa: S101 - as it was gathered
        if assignment != piece.new.work.id:
            name = uuid5(piece.new.work.uuid, annotation.hex)
            piece.new = renamed(piece.new, name)


def renamed(new: New, annotation: UUID) -> New:
    return New(new.work, annotation, operation_of(annotation), new.body, new.at)


def _recognise(pieces: Sequence[Piece]) -> None:
    """What was imported before is there; what has the id of something else is refused."""
    news = {piece.new.operation: piece for piece in pieces if piece.new}
    rows = Revision.objects.filter(
        operation__in=news, coder__in={new.new.work.coder_id for new in news.values() if new.new}
    ).values_list("operation", "coder", "fingerprint")
    for operation, coder, kept in rows:
        piece = news[operation]
        if piece.new is not None and coder == piece.new.work.coder_id:
            _compare(piece, kept)


def _compare(piece: Piece, kept: str) -> None:
    assert piece.new is not None  # noqa: S101 - whoever asks has one
    if kept == piece.new.fingerprint:
        piece.outcome = "already-there"
    else:
        detail = _("Something else was imported under this id.")
        piece.refuse(Invalid.field("id", "id-taken", detail))


def _write(pieces: Sequence[Piece]) -> None:
    """Together where all go in; else by halves, until it is found which do not."""
    news = [piece.new for piece in pieces if piece.new]
    if not news:
        return
    try:
        annotate_together(news)
    except (Refusal, IntegrityError, OperationKnown):
        if len(pieces) == 1:
            return _write_one(pieces[0])
        half = len(pieces) // 2
        _write(pieces[:half])
        _write(pieces[half:])
    else:
        for piece in pieces:
            piece.outcome = "created"


def _write_one(piece: Piece) -> None:
    new = piece.new
    assert new is not None  # noqa: S101 - as `_write` has it
    try:
        with transaction.atomic():
            annotate(new.work, new.annotation, new.body, operation=new.operation, now=new.at)
        piece.outcome = "created"
    except Refusal as refusal:
        piece.refuse(refusal)
