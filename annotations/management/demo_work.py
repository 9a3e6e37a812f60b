"""The work of the demonstration: batches open, coders code and submit, disputes are settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from annotations.adjudication.cases import Case, case_of
from annotations.adjudication.disputes import Dispute
from annotations.adjudication.ruling import rule
from annotations.adjudication.verdicts import Verdict
from annotations.assignment.batching import make_batch, open_batch
from annotations.assignment.models import Assignment, BatchDocument
from annotations.assignment.offering import free_slot
from annotations.assignment.transitions import record
from annotations.codebook.models import Edition
from annotations.coding.bodies import parse
from annotations.coding.recording import annotate
from annotations.coding.showing import work_of
from annotations.coding.submitting import Submission, submit
from annotations.corpus.models import CODED_ZONES, Document
from annotations.project.access import coder_of
from annotations.project.database import refusals
from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, Project, User

SEED = 20260302
Described = dict[str, Any]


@dataclass
class Clock:
    """A time that passes with the work."""

    now: datetime

    def after(self, **spent: float) -> datetime:
        """
        >>> Clock(datetime(2026, 3, 2, 9)).after(minutes=90).hour
        10
        """
        self.now += timedelta(**spent)
        return self.now


@dataclass(frozen=True)
class Workshop:
    """Who works on what: accounts by name, documents by file."""

    project: Project
    people: dict[str, User]
    documents: dict[str, Document]
    clock: Clock

    def plan(self, batches: list[Described], *, by: User) -> None:
        """Opens the batches, which freezes the edition that they use."""
        for each in batches:
            batch = make_batch(
                self.project,
                name=each["name"],
                kind=each["kind"],
                edition=Edition.objects.get(project=self.project, number=each["edition"]),
                documents=[self.documents[file] for file in each["documents"]],
                slots=each["slots"],
                seed=SEED,
                by=by,
                now=self.clock.after(minutes=5),
            )
            open_batch(batch, by=by, now=self.clock.after(minutes=5))

    def code(self, codings: list[Described]) -> None:
        """Each coding takes a slot, saves its spans one by one, and is submitted if it says so."""
        for each in codings:
            coder = coder_of(self.people[each["coder"]], self.project)
            assignment = self._claim(self.documents[each["document"]], coder)
            for span in each["spans"]:
                self._annotate(assignment, span)
            if each["submitted"]:
                self._submit(assignment, coder)

    def _claim(self, document: Document, coder: Coder) -> Assignment:
        """A slot of this very document, where a person would get whichever is next."""
        now = self.clock.after(minutes=10)
        item = BatchDocument.objects.select_related("batch").get(document=document)
        with refusals():
            made = Assignment.objects.create(
                project=self.project,
                batch=item.batch,
                document=document,
                coder=coder,
                slot=free_slot(item, coder) or 0,  # which the database refuses
                claimed_at=now,
                last_activity_at=now,
            )
        record(made, before="", by=coder, now=now)
        return made

    def _annotate(self, assignment: Assignment, span: Described) -> None:
        start, end = place_of(span, assignment.document.text)
        said = {key: span[key] for key in ("quote", "theme", "stance", "holder", "certainty")}
        body = parse(
            {
                **said,
                "assignment": str(assignment.uuid),
                "start": start,
                "end": end,
                "memo": span["memo"] or "",
            }
        )
        annotate(
            work_of(assignment), uuid7(), body, operation=uuid4(), now=self.clock.after(minutes=2)
        )

    def _submit(self, assignment: Assignment, coder: Coder) -> None:
        read = assignment.document.passages.filter(zone__in=CODED_ZONES)
        judged = list(read.order_by("index").values_list("index", flat=True))
        now = self.clock.after(minutes=5)
        submit(assignment, Submission(judged=judged), by=coder, now=now, operation=uuid4())

    def settle(self, rulings: list[Described]) -> None:
        """Each ruling names its dispute by a span in it."""
        for each in rulings:
            document = self.documents[each["document"]]
            case = case_of(document)
            if case is None:
                raise LookupError(f"{each['document']} is in no batch that reaches gold")
            by = self.people[each["by"]]
            rule(
                document,
                self._verdict(each, case),
                by=by,
                operation=uuid4(),
                base=case.version,
                now=self.clock.after(minutes=3),
            )

    def _verdict(self, ruling: Described, case: Case) -> Verdict:
        dispute, changes = dispute_of(ruling, case), ruling["set"] or {}
        start, end, quote = _boundaries(changes, case.document.text)
        holder = changes.get("holder") or {}
        return Verdict(
            decision=ruling["decision"],
            dispute=dispute.key,
            accepted=self._accepted(ruling["coder"], dispute),
            start=start,
            end=end,
            quote=quote,
            theme=changes.get("theme"),
            stance=changes.get("stance"),
            holder_kind=holder.get("kind"),
            holder_name=holder.get("name"),
            reason=ruling["reason"],
            clause=ruling["clause"] or "",
        )

    def _accepted(self, username: str | None, dispute: Dispute) -> int | None:
        """The primary key of the Revision of that coder's member."""
        if username is None:
            return None
        coder = str(coder_of(self.people[username], self.project).pk)
        return next(member.revision for member in dispute.members if member.coder == coder)


def _boundaries(changes: Described, text: str) -> tuple[int | None, int | None, str | None]:
    if "quote" not in changes:
        return None, None, None
    start, end = place_of(changes, text)
    return start, end, changes["quote"]


def place_of(span: Described, text: str) -> tuple[int, int]:
    """Where the given occurrence of its quote stands, in code points; ValueError if nowhere."""
    start = -1
    for _ in range(span["occurrence"]):
        start = text.index(span["quote"], start + 1)
    return start, start + len(span["quote"])


def dispute_of(ruling: Described, case: Case) -> Dispute:
    """The dispute with a span of the ruling's theme at its quote."""
    wanted = (ruling["theme"], *place_of(ruling, case.document.text))
    for dispute in case.disputes:
        if any((each.theme, each.start, each.end) == wanted for each in dispute.members):
            return dispute
    raise LookupError(f"no dispute has the span of the ruling {ruling['reason']!r}")
