"""What a released label rests on, beside what it says: its ruling, or what all its coders said."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.adjudication.models import WITH_LABEL, Ruling
from annotations.coding.models import Revision

from .models import Origin, ReleaseSpan

Said = dict[str, object]


def ruling_gap(label: ReleaseSpan) -> str:
    """What the ruling says otherwise than the label; empty where they agree."""
    ruling = label.ruling
    if ruling is None or label.origin == Origin.UNANIMOUS:
        return "a label by rule has no ruling"
    if not gives_label(ruling, label):
        return "its ruling gives no label of this document"
    wrong = differing(label, ruling)
    return f"its ruling differs in {', '.join(wrong)}" if wrong else ""


def gives_label(ruling: Ruling, label: ReleaseSpan) -> bool:
    """Whether it is a ruling on that document, of a kind that gives a label."""
    return ruling.document_id == label.document_id and ruling.decision in WITH_LABEL


def differing(label: ReleaseSpan, ruling: Ruling) -> dict[str, tuple[object, object]]:
    """What is not the same in both, as (of the ruling, of the label)."""
    said, copied = said_by_ruling(ruling), said_by_label(label)
    return {name: (said[name], copied[name]) for name in copied if copied[name] != said[name]}


def said_by_ruling(ruling: Ruling) -> Said:
    """All that a label copies of it."""
    return {
        "id": ruling.uuid,
        "place": (ruling.start, ruling.end),
        "quote": ruling.quote,
        "label": ruling.theme.key if ruling.theme else None,
        "stance": ruling.stance.key if ruling.stance else None,
        "holder": (ruling.holder_kind, ruling.holder_name),
        "origin": Origin.MAJORITY if ruling.sweep_id else Origin.ADJUDICATED,
        "votes": (ruling.votes_for, ruling.votes_total),
        "adjudicator": ruling.by.pseudonym,
        "reason": (ruling.reason or None, ruling.clause or None),
        "revisions": sorted(ruling.members),
    }


def said_by_label(label: ReleaseSpan) -> Said:
    """The same of the copy."""
    return {
        "id": label.uuid,
        "place": (label.start, label.end),
        "quote": label.quote,
        "label": label.label,
        "stance": label.stance,
        "holder": (label.holder_kind, label.holder_name),
        "origin": label.origin,
        "votes": (label.votes_for, label.votes_total),
        "adjudicator": label.adjudicator,
        "reason": (label.reason, label.clause),
        "revisions": sorted(label.revisions),
    }


def unanimity_gap(label: ReleaseSpan, codings: Sequence[Revision]) -> str:
    """Why a label without a ruling is not what all its coders said; empty where it is."""
    if label.origin != Origin.UNANIMOUS:
        return f"it is {label.origin}, but no ruling says so"
    said = {
        # A holder that a coder did not name is the author, as in every submission.
        (coding.theme.key, coding.stance and coding.stance.key, coding.holder_kind or "author")
        for coding in codings
    }
    if said != {(label.label, label.stance, label.holder_kind)}:
        return "its codings do not all say what it says"
    if not len({coding.coder_id for coding in codings}) == label.votes_for == label.votes_total:
        return "it does not rest on one coding of each coder"
    if (label.start, label.end) not in {(coding.start, coding.end) for coding in codings}:
        return "its boundaries are no coder's"
    return ""
