"""From what an adjudicator decides to the label that it gives, checked against the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.codebook.models import StanceValue, Theme
from annotations.coding.models import HolderKind
from annotations.corpus.models import Passage
from annotations.project.refusals import Invalid, NotNow

from .aligning import CodedSpan
from .cases import Case
from .checking import untagged
from .disputes import Dispute
from .models import Decision


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an adjudicator asks for.

    `dispute` is the dispute's key (for `add` it is not needed, to `reopen` an addition it is that
    ruling's UUID). `accepted` is the primary key of the Revision of the member that the label is
    taken from; without it the rule's choice. Boundaries come with their quote, or not at all.
    """

    decision: Decision
    dispute: str = ""
    accepted: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    theme: str | None = None
    stance: str | None = None
    holder_kind: str | None = None
    holder_name: str | None = None
    reason: str = ""
    clause: str = ""
    override_reason: str = ""

    @property
    def draws(self) -> bool:
        """Whether it sets boundaries of its own."""
        return None not in (self.start, self.end, self.quote)

    @property
    def relabels(self) -> bool:
        """Whether it sets theme, stance or holder of its own."""
        return any((self.theme, self.stance, self.holder_kind))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a ruling row will say; no `theme` where the decision gives no label."""

    start: int
    end: int
    quote: str
    votes_for: int
    members: tuple[int, ...] = ()
    accepted: int | None = None
    theme: Theme | None = None
    stance: StanceValue | None = None
    holder_kind: str | None = None
    holder_name: str | None = None


def outcome(case: Case, verdict: Verdict) -> Outcome:
    """What the verdict comes to. Raises Invalid, naming the field, or NotNow."""
    if case.waiting:
        raise NotNow(_("This document waits for a coder; its codings cannot be settled yet."))
    if verdict.decision == Decision.ADD:
        return _labelled(case, verdict, None, None)
    if verdict.decision == Decision.REOPEN:
        return _reopened(case, verdict)
    if (passage := untagged(case, verdict.dispute)) is not None:
        return _nothing_there(case, verdict, passage)
    dispute = case.dispute(verdict.dispute)
    if dispute is None:
        raise Invalid.field("dispute", "dispute-unknown", _("There is no such dispute here."))
    return _DECIDED[verdict.decision](case, verdict, dispute)


def _accepted(case: Case, verdict: Verdict, dispute: Dispute) -> Outcome:
    if verdict.draws or verdict.relabels:
        raise Invalid.field("decision", "accept-changes", _("To accept is to change nothing."))
    return _labelled(case, verdict, dispute, _member(dispute, verdict.accepted))


def _adjusted(case: Case, verdict: Verdict, dispute: Dispute) -> Outcome:
    if not verdict.draws:
        raise Invalid.field("start", "boundaries-missing", _("Say where it begins and ends."))
    if verdict.relabels:
        raise Invalid.field(
            "decision", "adjust-changes", _("To change the label, choose “change”.")
        )
    return _labelled(case, verdict, dispute, _member(dispute, verdict.accepted))


def _changed(case: Case, verdict: Verdict, dispute: Dispute) -> Outcome:
    if not verdict.relabels:
        raise Invalid.field("theme", "label-missing", _("Say which theme, stance or holder."))
    return _labelled(case, verdict, dispute, _member(dispute, verdict.accepted))


def _without_label(case: Case, verdict: Verdict, dispute: Dispute) -> Outcome:
    return Outcome(
        start=dispute.start,
        end=dispute.end,
        quote=case.document.text[dispute.start : dispute.end],
        votes_for=dispute.slots - len(dispute.members),
        members=_revisions(dispute),
    )


def _nothing_there(case: Case, verdict: Verdict, passage: Passage) -> Outcome:
    if verdict.decision != Decision.NONE:
        said = _("Nobody tagged anything here: say “none of these”, or add a label.")
        raise Invalid.field("decision", "nothing-tagged", said)
    return Outcome(
        start=passage.start,
        end=passage.end,
        quote=case.document.text[passage.start : passage.end],
        votes_for=case.coders,
    )


def _reopened(case: Case, verdict: Verdict) -> Outcome:
    dispute = case.dispute(verdict.dispute)
    if dispute is not None and case.is_settled(dispute):
        return _without_label(case, verdict, dispute)
    ruling = case.standing.get(verdict.dispute)
    if ruling is None:
        raise NotNow(_("Nothing was settled there."))
    return Outcome(start=ruling.start, end=ruling.end, quote=ruling.quote, votes_for=0)


_DECIDED: dict[str, Callable[[Case, Verdict, Dispute], Outcome]] = {
    Decision.ACCEPT: _accepted,
    Decision.ADJUST: _adjusted,
    Decision.CHANGE: _changed,
    Decision.REJECT: _without_label,
    Decision.NONE: _without_label,
}


def _member(dispute: Dispute, accepted: int | None) -> CodedSpan:
    if accepted is None:
        return dispute.chosen
    for member in dispute.members:
        if member.revision == accepted:
            return member
    raise Invalid.field("accept", "not-a-member", _("That coding is not part of this dispute."))


def _labelled(
    case: Case, verdict: Verdict, dispute: Dispute | None, base: CodedSpan | None
) -> Outcome:
    start, end, quote = _boundaries(case, verdict, base)
    theme = _theme(case, verdict.theme or (base.theme if base else None))
    stance = _stance(case, verdict.stance or (base.stance if base else None))
    kind, name = _holder(verdict, base)
    return Outcome(
        start=start,
        end=end,
        quote=quote,
        votes_for=dispute.votes_for((theme.key, stance.key, kind)) if dispute else 0,
        members=_revisions(dispute) if dispute else (),
        accepted=base.revision if base else None,
        theme=theme,
        stance=stance,
        holder_kind=kind,
        holder_name=name,
    )


def _boundaries(case: Case, verdict: Verdict, base: CodedSpan | None) -> tuple[int, int, str]:
    if verdict.start is not None and verdict.end is not None and verdict.quote is not None:
        return verdict.start, verdict.end, verdict.quote
    if base is None or (verdict.start, verdict.end, verdict.quote) != (None, None, None):
        raise Invalid.field("start", "boundaries-missing", _("Say where it begins and ends."))
    return base.start, base.end, case.document.text[base.start : base.end]


def _theme(case: Case, key: str | None) -> Theme:
    if not key:
        raise Invalid.field("theme", "theme-missing", _("Say which theme."))
    if key not in case.themes:
        raise Invalid.field("theme", "theme-unknown", _("This edition has no such theme."))
    return case.themes[key]


def _stance(case: Case, key: str | None) -> StanceValue:
    if not key:
        raise Invalid.field("stance", "stance-missing", _("Say which stance."))
    stance = case.item.batch.edition.stances.filter(key=key).first()
    if stance is None:
        raise Invalid.field("stance", "stance-unknown", _("This edition has no such stance."))
    return stance


def _holder(verdict: Verdict, base: CodedSpan | None) -> tuple[str, str | None]:
    if verdict.holder_kind:
        kind, name = verdict.holder_kind, verdict.holder_name or None
    elif base is not None and base.holder_kind:
        kind, name = base.holder_kind, base.holder_name
    else:
        raise Invalid.field("holder", "holder-missing", _("Say whose stance it is."))
    if kind not in HolderKind.values:
        raise Invalid.field("holder", "holder-unknown", _("There is no such kind of holder."))
    return kind, name


def _revisions(dispute: Dispute) -> tuple[int, ...]:
    return tuple(sorted(member.revision for member in dispute.members))
