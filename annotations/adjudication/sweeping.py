"""One rule for many disputes at once: previewed, done as one deed, undone as one deed.

It never touches what a person has ruled on, nor documents that whoever sweeps has coded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.assignment.models import Assignment, BatchDocument
from annotations.project.access import Action, coder_of, require
from annotations.project.database import refusals
from annotations.project.models import Coder, Project, User
from annotations.project.refusals import Invalid, NotNow, Stale

from .cases import Case, read_all
from .disputes import Dispute
from .models import PointKind, Ruling, Sweep
from .patterns import DIFFERENCES, MAJORITY_CODERS, Pattern, taken
from .queueing import own_work
from .standing import cases_of, catch_up, waiting
from .sweep_rows import Match, reopenings_of, rulings_of

MOST = 10_000
"""Documents, and disputes, that one rule is for at most."""


@dataclass(frozen=True)
class Preview:
    """What a rule would decide now. `own` are documents left out because one coded them."""

    pattern: Pattern
    matches: tuple[Match, ...]
    own: int

    @property
    def documents(self) -> int:
        """In how many documents."""
        return len({match.case.item.pk for match in self.matches})

    @cached_property
    def fingerprint(self) -> str:
        """Another one as soon as anything else would be decided."""
        said = sorted(f"{m.case.item.pk} {m.dispute.key} {m.span.revision}" for m in self.matches)
        return sha256("\n".join(said).encode()).hexdigest()[:16]


def preview(project: Project, pattern: Pattern, *, by: User) -> Preview:
    """What the rule would decide. Refuses with NotNow where a majority would take more coders."""
    require(by, Action.ADJUDICATE, project)
    _check(pattern)
    catch_up(project, most=MOST)
    points = waiting(project).filter(kind=PointKind.DISPUTE)
    if pattern.theme:
        points = points.filter(family=pattern.theme)
    documents = list(points.order_by().values_list("standing__document", flat=True).distinct())
    own = set(own_work(project, coder_of(by, project)).values_list("document", flat=True))
    cases = cases_of(project, [each for each in documents if each not in own][:MOST])
    if pattern.takes_a_majority and cases and max(map(_coders, cases)) < MAJORITY_CODERS:
        raise NotNow(_("A majority takes three coders or more; here there are fewer."))
    return _previewed(pattern, cases, own=len(own.intersection(documents)))


def sweep(
    project: Project,
    pattern: Pattern,
    *,
    by: User,
    operation: UUID,
    seen: str,
    reason: str = "",
    now: datetime,
) -> Sweep:
    """Decides what the preview of that fingerprint showed, or nothing.

    Refuses with Stale where something else would be decided by now, NotNow where nothing is.
    """
    found = preview(project, pattern, by=by)
    coder = coder_of(by, project)
    with transaction.atomic():
        items = _held(sorted({match.case.item.pk for match in found.matches}))
        if known := Sweep.objects.filter(by=coder, operation=operation).first():
            return known
        again = _previewed(pattern, read_all(items), own=found.own)
        if again.fingerprint != seen:
            raise Stale(_("Something else would be decided by now."), current=again.fingerprint)
        if not again.matches:
            raise NotNow(_("No dispute is of this pattern."))
        made = _made(project, pattern, by=coder, operation=operation, total=len(again.matches))
        made.reason, made.at = reason, now
        with refusals(), transaction.atomic():
            made.save(force_insert=True)
            Ruling.objects.bulk_create(rulings_of(made, again.matches), batch_size=500)
    return made


def undo(swept: Sweep, *, by: User, operation: UUID, reason: str = "", now: datetime) -> Sweep:
    """Reopens what the rule decided, but for what a person has ruled on since. All is kept."""
    require(by, Action.ADJUDICATE, swept.project)
    coder = coder_of(by, swept.project)
    with transaction.atomic():
        places = swept.rulings.values_list("batch_id", "document_id").distinct()
        items = BatchDocument.objects.filter(
            project=swept.project, batch__in={b for b, _d in places}
        )
        wanted = set(places)
        pks = [each.pk for each in items if (each.batch_id, each.document_id) in wanted]
        cases = read_all(_held(sorted(pks)))
        if known := Sweep.objects.filter(by=coder, operation=operation).first():
            return known
        lifted = [
            (case, ruling)
            for case in cases
            for ruling in case.standing.values()
            if ruling.sweep_id == swept.pk
        ]
        if not lifted:
            raise NotNow(_("Nothing that this rule decided stands any more."))
        pattern = pattern_of(swept)
        made = _made(swept.project, pattern, by=coder, operation=operation, total=len(lifted))
        made.undoes, made.reason, made.at = swept, reason, now
        with refusals(), transaction.atomic():
            made.save(force_insert=True)
            Ruling.objects.bulk_create(reopenings_of(made, lifted), batch_size=500)
    return made


def pattern_of(swept: Sweep) -> Pattern:
    """As it was asked for."""
    differs = next(each for each in DIFFERENCES if each == swept.differs)
    return Pattern(differs, swept.theme, swept.overlap, swept.votes)


def _check(pattern: Pattern) -> None:
    if pattern.differs not in DIFFERENCES:
        raise Invalid.field("differs", "difference-unknown", _("Say in what they differ."))
    if not 0 < pattern.overlap <= 1:
        raise Invalid.field("overlap", "overlap", _("The overlap is between 0 and 1."))
    if not 2 <= pattern.votes <= 100:
        raise Invalid.field("votes", "votes", _("It takes at least two votes."))


def _coders(case: Case) -> int:
    return case.coders


def _previewed(pattern: Pattern, cases: Sequence[Case], *, own: int) -> Preview:
    matches = [
        Match(case, dispute, span)
        for case in sorted(cases, key=lambda case: (case.item.batch_id, case.item.position))
        for dispute in case.open_disputes
        if (span := taken(dispute, pattern)) is not None and not _ruled(case, dispute)
    ]
    return Preview(pattern, tuple(matches[:MOST]), own)


def _ruled(case: Case, dispute: Dispute) -> bool:
    """By a person, at any time: even to reopen it is to want to see it."""
    return any(r.dispute == dispute.key and r.sweep_id is None for r in case.rulings)


def _held(pks: list[int]) -> list[BatchDocument]:
    """With their texts, and held still, always in one order."""
    rows = BatchDocument.objects.filter(pk__in=pks).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    items = list(rows.select_related("batch__edition", "document"))
    work = Assignment.objects.filter(
        batch__in={each.batch_id for each in items},
        document__in={each.document_id for each in items},
    )
    list(work.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    return items


def _made(project: Project, pattern: Pattern, *, by: Coder, operation: UUID, total: int) -> Sweep:
    return Sweep(
        project=project,
        operation=operation,
        theme=pattern.theme,
        differs=pattern.differs,
        overlap=pattern.overlap,
        votes=pattern.votes,
        total=total,
        by=by,
    )
