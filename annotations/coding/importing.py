"""Annotations from elsewhere: a line an annotation, an outcome a line, in the order of the lines.

Lines are taken some hundred at a time, each time in a transaction of their own, so that an import of
any length takes little memory, and what was answered stays whatever comes after. A line is known by
its id, or by what it says, so that an import can be repeated: it goes on where it ended.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.coding.import_closing import Closed, close
from annotations.coding.import_lines import Line, read_line
from annotations.coding.import_places import Coders, Documents, Units
from annotations.coding.import_saving import Piece, name_of, renamed, save
from annotations.coding.import_seats import Round, Seats
from annotations.coding.recording_many import New
from annotations.project.access import Action, coder_of, require
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid, Refusal

AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Import:
    """What goes for all lines. `coder` is whose a line is that names none, `prefix` stands before
    each name of a coder; `submit` what was coded once all lines are in, with every passage judged,
    or those that lines name.
    """

    into: Round
    coder: str = ""
    prefix: str = ""
    judged_all: bool = False
    submit: bool = False


class Outcome(NamedTuple):
    """Of a line `created`, `already-there`, `judged` or `refused`; of an assignment, which has no
    line, `submitted`, `already-there` or `refused`; in the end `done`, with how many of each.
    """

    line: int | None
    outcome: str
    annotation: UUID | None = None
    document: UUID | None = None
    coder: str | None = None
    assignment: UUID | None = None
    refusal: Refusal | None = None
    counts: dict[str, int] | None = None


Raw = tuple[int, int, bytes | None]
Read = Line | Outcome


def import_annotations(
    project: Project, lines: Iterable[Raw], how: Import, *, by: User, now: datetime
) -> Iterator[Outcome]:
    """`lines` are (number, size, bytes). Refuses as a whole before the first of them is read."""
    require(by, Action.IMPORT_CODINGS, project)
    return _Importing(project, how, by=by, now=now).outcomes(lines)


class _Importing:
    def __init__(self, project: Project, how: Import, *, by: User, now: datetime) -> None:
        self.how, self.now, self.who = how, now, coder_of(by, project)
        self.documents, self.units = Documents(project), Units()
        self.coders = Coders(project, prefix=how.prefix)
        self.seats = Seats(project, how.into, by=by, who=self.who, now=now)
        self.judged: dict[int, array[int] | None] = {}  # by assignment; None is every passage
        self.faulty: set[tuple[int, str]] = set()  # (document, coder's name) of refused lines
        self.counts: Counter[str] = Counter()

    def outcomes(self, lines: Iterable[Raw]) -> Iterator[Outcome]:
        for group in self._groups(lines):
            with transaction.atomic():
                told = self._imported(group)
            self.counts.update(each.outcome for each in told)
            yield from told
        self.seats.settle()
        if self.how.submit:
            yield from self._submitted()
        yield Outcome(None, "done", counts=dict(sorted(self.counts.items())))

    def _groups(self, lines: Iterable[Raw]) -> Iterator[list[Read]]:
        """None holds two lines that are the same, so that the second finds what the first made."""
        group: list[Read] = []
        keys: set[object] = set()
        for number, _size, data in lines:
            read = self._read(number, data)
            key = (read.id or replace(read, number=0)) if isinstance(read, Line) else number
            if key in keys or len(group) == AT_ONCE:
                yield group
                group, keys = [], set()
            group.append(read)
            keys.add(key)
        if group:
            yield group

    def _read(self, number: int, data: bytes | None) -> Read:
        try:
            return read_line(number, data, coder=self.how.coder)
        except Invalid as refusal:
            return Outcome(number, "refused", refusal=refusal)

    def _imported(self, group: Sequence[Read]) -> list[Outcome]:
        pieces = [Piece(read) for read in group if isinstance(read, Line)]
        self.documents.look_up(piece.line for piece in pieces)
        _each(pieces, self._find)
        there = {piece.document.pk for piece in pieces if piece.document and not piece.outcome}
        if there:
            self.seats.lock(there)
        _each(pieces, self._seat)
        save(pieces)
        told = {piece.line.number: self._told(piece) for piece in pieces}
        return [read if isinstance(read, Outcome) else told[read.number] for read in group]

    def _find(self, piece: Piece) -> None:
        piece.document = self.documents.of(piece.line)
        if piece.line.fault is not None:
            raise piece.line.fault
        if piece.line.created_at is not None and piece.line.created_at > self.now:
            detail = _("%(field)s is in the future.") % {"field": "created_at"}
            raise Invalid.field("created_at", "in-the-future", detail)
        piece.coder = self.coders.of(piece.line.coder)

    def _seat(self, piece: Piece) -> None:
        line, document = piece.line, piece.document
        assert document is not None  # noqa: S101 - `_find` has found it, or refused
        assert piece.coder is not None  # noqa: S101 - as the document
        piece.work = work = self.seats.of(document.pk, piece.coder)
        if line.judged is not None:
            self._note_judged(work.id, line.judged)
        if line.body is None:
            piece.outcome = "judged"
            return
        body = self.units.in_codepoints(line.body, line.unit, document.pk)
        body = replace(body, assignment=work.uuid)
        new = New(work, UUID(int=0), UUID(int=0), body, line.created_at or self.now)
        piece.new = renamed(new, name_of(new, line))

    def _note_judged(self, assignment: int, judged: tuple[int, ...] | str) -> None:
        if isinstance(judged, str):
            self.judged[assignment] = None
        elif (so_far := self.judged.setdefault(assignment, array("L"))) is not None:
            so_far.extend(judged)

    def _told(self, piece: Piece) -> Outcome:
        if piece.refusal is not None and piece.document is not None:
            self.faulty.add((piece.document.pk, piece.line.coder))
        made = piece.new.annotation if piece.new and piece.refusal is None else None
        return Outcome(
            line=piece.line.number,
            outcome=piece.outcome,
            annotation=made,
            document=piece.document.uuid if piece.document else None,
            coder=piece.coder.pseudonym if piece.coder else piece.line.coder,
            assignment=piece.work.uuid if piece.work else None,
            refusal=piece.refusal,
        )

    def _submitted(self) -> Iterator[Outcome]:
        faulty = {
            (document, coder.pk)
            for document, name in self.faulty
            if (coder := self.coders.known.get(name)) is not None
        }
        judged = {} if self.how.judged_all else self.judged
        for assignment in sorted(set(self.seats.touched)):
            passages = judged.get(assignment, None if self.how.judged_all else ())
            closed = close(assignment, passages, faulty=faulty, by=self.who, now=self.now)
            self.counts[f"{closed.outcome} assignments"] += 1
            yield _of_assignment(closed)


def _each(pieces: Iterable[Piece], step: Callable[[Piece], None]) -> None:
    """Takes each that has no outcome one step further; a refusal is its outcome."""
    for piece in pieces:
        if not piece.outcome:
            try:
                step(piece)
            except Refusal as refusal:
                piece.refuse(refusal)


def _of_assignment(closed: Closed) -> Outcome:
    return Outcome(
        line=None,
        outcome=closed.outcome,
        document=closed.assignment.document.uuid,
        coder=closed.assignment.coder.pseudonym,
        assignment=closed.assignment.uuid,
        refusal=closed.refusal,
    )
