"""How a gold label was decided, and what its coders said, each compared with what was released."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import uuid5

from annotations.adjudication.aligning import CodedSpan
from annotations.adjudication.disputes import UNANIMOUS_OVERLAP, Dispute
from annotations.adjudication.models import Ruling
from annotations.assignment.models import Batch
from annotations.coding.models import Revision

from .chain_checks import Check, gone, same
from .chain_links import Decided, How, Verdict
from .grounds import gives_label, said_by_label, said_by_ruling
from .models import Origin, ReleaseSpan

OF_TEXT = "quote"
"""What a takedown takes out of rulings and labels alike."""


def decided(label: ReleaseSpan, codings: Sequence[Revision], *, taken_down: bool) -> Decided:
    """By a person's ruling, by one rule for many, or by the rule of unanimity."""
    ruling = label.ruling
    batch = _batch(label)
    return Decided(
        how=_how(label),
        batch=batch.name if batch else "",
        edition=label.released.line["edition"],
        overlap=UNANIMOUS_OVERLAP,
        verdicts=tuple(_verdicts(label)),
        checks=tuple(
            _against_ruling(label, ruling, taken_down=taken_down)
            if ruling is not None
            else _against_codings(label, codings)
        ),
    )


def _how(label: ReleaseSpan) -> How:
    if label.ruling is None:
        return "unanimous"
    return "sweep" if label.ruling.sweep_id else "ruling"


def _batch(label: ReleaseSpan) -> Batch | None:
    said = label.released.line["batch"]
    return Batch.objects.filter(project=label.project_id, uuid=said).first() if said else None


def _verdicts(label: ReleaseSpan) -> Iterator[Verdict]:
    """Every ruling on the dispute, the first one first; what came after the release too."""
    ruling = label.ruling
    if ruling is None:
        return
    rows = Ruling.objects.filter(
        batch=ruling.batch_id, document=ruling.document_id, dispute=ruling.dispute
    )
    for each in rows.select_related("theme", "stance", "by").order_by("number"):
        counts = each.pk == ruling.pk
        yield Verdict(
            number=each.number,
            decision=each.decision,
            by=(label.adjudicator or "") if counts else each.by.pseudonym,
            at=each.at.isoformat(),
            sweep=each.sweep_id is not None,
            label=each.theme.key if each.theme else None,
            stance=each.stance.key if each.stance else None,
            start=each.start,
            end=each.end,
            reason=each.reason,
            clause=each.clause,
            counts=counts,
        )


def _against_ruling(label: ReleaseSpan, ruling: Ruling, *, taken_down: bool) -> Iterator[Check]:
    yield same("ruling", True, label.origin != Origin.UNANIMOUS and gives_label(ruling, label))
    ruled = said_by_ruling(ruling)
    for name, copied in said_by_label(label).items():
        if name == OF_TEXT and taken_down:
            yield gone(f"ruling-{name}")
        else:
            yield same(f"ruling-{name}", _plain(ruled[name]), _plain(copied))


def _plain(value: object) -> str:
    """As it is read: a place as [start, end), nothing as a dash."""
    if isinstance(value, tuple):
        return " · ".join("–" if each is None else str(each) for each in value)
    return "–" if value is None else str(value)


def _against_codings(label: ReleaseSpan, codings: Sequence[Revision]) -> Iterator[Check]:
    """Whether the rule closes it, draws it so, and gives it that id."""
    yield same("rule", Origin.UNANIMOUS.value, label.origin)
    coders = len({each.coder_id for each in codings})
    votes = f"{label.votes_for} / {label.votes_total}"
    yield same("rule-votes", f"{coders} / {len(codings)}", votes)
    if not codings:
        return
    dispute = Dispute(tuple(map(_coded, codings)), label.votes_total)
    chosen = dispute.chosen
    yield same("rule-unanimous", True, dispute.unanimous)
    said = (label.label, label.stance, label.holder_kind)
    yield same("rule-says", _plain(chosen.says), _plain(said))
    place = (label.start, label.end)
    yield same("rule-place", _plain((chosen.start, chosen.end)), _plain(place))
    yield same("rule-id", uuid5(label.document.uuid, dispute.key), label.uuid)


def _coded(revision: Revision) -> CodedSpan:
    """As it was submitted: a holder that a coder did not name is the author."""
    return CodedSpan(
        coder=str(revision.coder_id),
        id=str(revision.annotation_id),
        revision=revision.pk,
        start=revision.start,
        end=revision.end,
        theme=revision.theme.key,
        family=revision.theme.key,
        stance=revision.stance.key if revision.stance else None,
        holder_kind=revision.holder_kind or "author",
        holder_name=revision.holder_name,
    )
