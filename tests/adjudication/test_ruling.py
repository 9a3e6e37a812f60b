"""What the adjudicator may decide, what it gives, and what keeps two of them apart."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from annotations.adjudication.cases import Case
from annotations.adjudication.gold import GoldSpan, gold_of
from annotations.adjudication.models import Decision, Ruling
from annotations.adjudication.ruling import reopen, rule
from annotations.adjudication.verdicts import Verdict
from annotations.corpus.models import Document
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible, Stale
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.cast import NOW, Cast


def decide(
    document: Document, decision: str, by: User, *, operation: UUID | None = None, **more: Any
) -> Ruling:
    """A ruling on the first open dispute, as seen now."""
    case = the_case(document)
    more.setdefault("dispute", case.open_disputes[0].key if case.open_disputes else "")
    base = more.pop("base", case.version)
    verdict = Verdict(Decision(decision), **more)
    return rule(document, verdict, by=by, operation=operation or uuid4(), base=base, now=NOW)


def nights(document: Document) -> list[GoldSpan]:
    return [span for span in gold_of(the_case(document)) if span.theme != "secrecy"]


def drawn(document: Document, span: GoldSpan) -> str:
    return document.text[span.start : span.end]


def place(document: Document, quote: str) -> dict[str, Any]:
    start = document.text.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


def test_a_unanimous_dispute_is_gold_without_anybody(document: Document) -> None:
    (span,) = gold_of(the_case(document))
    assert drawn(document, span) == makers.PAY[0]
    assert (span.origin, span.votes_for, span.votes_total) == ("unanimous", 2, 2)
    assert len(span.revisions) == 2


def test_the_same_gold_has_the_same_ids(document: Document) -> None:
    assert gold_of(the_case(document)) == gold_of(the_case(document))


def test_accepting_a_coding_makes_it_gold(cast: Cast, document: Document, case: Case) -> None:
    member = case.open_disputes[0].members[1]
    ruling = decide(document, "accept", cast.cleo, accepted=member.revision, reason="Whole clause.")
    (span,) = nights(document)
    assert (span.start, span.end, span.origin) == (member.start, member.end, "adjudicated")
    assert (span.votes_for, span.votes_total) == (2, 2)
    assert span.uuid == ruling.uuid
    assert the_case(document).state == "adjudicated"


def test_adjusting_draws_boundaries_of_its_own(cast: Cast, document: Document) -> None:
    quote = "They work until midnight and nobody minds."
    decide(document, "adjust", cast.cleo, **place(document, quote))
    (span,) = nights(document)
    assert drawn(document, span) == quote
    assert span.stance == "against"


def test_changing_keeps_the_boundaries_and_counts_who_said_so(
    cast: Cast, document: Document
) -> None:
    decide(document, "change", cast.cleo, theme="long_hours", stance="mixed", holder_kind="group")
    (span,) = nights(document)
    assert (span.theme, span.stance, span.holder_kind) == ("long_hours", "mixed", "group")
    assert (span.votes_for, span.votes_total) == (0, 2)


@pytest.mark.parametrize("decision", ["reject", "none"])
def test_without_a_label_the_dispute_is_settled_and_gives_no_gold(
    cast: Cast, document: Document, decision: str
) -> None:
    decide(document, decision, cast.cleo)
    assert nights(document) == []
    assert the_case(document).state == "adjudicated"


def test_adding_tags_what_nobody_did(cast: Cast, document: Document) -> None:
    label = {"theme": "other", "stance": "none", "holder_kind": "author"}
    decide(document, "add", cast.cleo, **place(document, "The canteen serves soup."), **label)
    added = gold_of(the_case(document))[-1]
    assert drawn(document, added) == "The canteen serves soup."
    assert (added.votes_for, added.votes_total, added.revisions) == (0, 2, ())


def test_an_addition_can_be_taken_back(cast: Cast, document: Document) -> None:
    label = {"theme": "other", "stance": "none", "holder_kind": "author"}
    added = decide(document, "add", cast.cleo, **place(document, "soup"), **label)
    base = the_case(document).version
    reopen(document, added.dispute, by=cast.cleo, base=base, now=NOW)
    assert len(gold_of(the_case(document))) == 1


def test_a_decision_can_be_reopened_and_the_change_is_kept(cast: Cast, document: Document) -> None:
    first = decide(document, "reject", cast.cleo)
    base = the_case(document).version
    reopen(document, first.dispute, by=cast.cleo, base=base, reason="Too fast.", now=NOW)
    assert the_case(document).state == "open"
    decide(document, "accept", cast.cleo)
    assert len(nights(document)) == 1
    kept = Ruling.objects.filter(document=document).values_list("number", "decision")
    assert list(kept) == [(1, "reject"), (2, "reopen"), (3, "accept")]


def test_what_the_rule_closed_can_be_reopened(cast: Cast, document: Document) -> None:
    case = the_case(document)
    (closed,) = [dispute for dispute in case.disputes if dispute.unanimous]
    reopen(document, closed.key, by=cast.cleo, base=case.version, now=NOW)
    assert gold_of(the_case(document)) == []
    assert len(the_case(document).open_disputes) == 2


def test_nothing_open_can_be_reopened(cast: Cast, document: Document, case: Case) -> None:
    with pytest.raises(NotNow):
        reopen(document, case.open_disputes[0].key, by=cast.cleo, base=case.version, now=NOW)


def test_the_second_of_two_adjudicators_is_told_that_the_state_has_changed(
    cast: Cast, document: Document, case: Case
) -> None:
    decide(document, "reject", cast.cleo)
    with pytest.raises(Stale) as refusal:
        decide(document, "accept", cast.mia, base=case.version, dispute=case.open_disputes[0].key)
    assert refusal.value.extra["current"] == the_case(document).version


def test_the_same_operation_again_is_the_same_ruling(cast: Cast, document: Document) -> None:
    base = the_case(document).version
    operation = uuid4()
    first = decide(document, "reject", cast.cleo, operation=operation)
    again = decide(
        document, "reject", cast.cleo, operation=operation, base=base, dispute=first.dispute
    )
    assert again == first
    assert Ruling.objects.count() == 1


def test_an_operation_cannot_be_used_for_another_ruling(cast: Cast, document: Document) -> None:
    operation = uuid4()
    first = decide(document, "reject", cast.cleo, operation=operation)
    with pytest.raises(Invalid):
        decide(document, "none", cast.cleo, operation=operation, dispute=first.dispute)


def test_a_changed_coding_leaves_the_old_ruling_without_a_dispute(
    cast: Cast, document: Document, case: Case
) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(document, "reject", cast.cleo, dispute="0" * 16)
    assert refusal.value.extra["errors"][0]["code"] == "dispute-unknown"


def test_who_coded_a_document_does_not_adjudicate_it_without_a_reason(
    cast: Cast, document: Document
) -> None:
    cast.ada.memberships.create(project=cast.project, role="adjudicator")
    with pytest.raises(NotAllowed):
        decide(document, "reject", cast.ada)
    ruling = decide(document, "reject", cast.ada, override_reason="Nobody else reads Chinese.")
    assert ruling.override_reason == "Nobody else reads Chinese."


@pytest.mark.parametrize("who", ["ada", "rita"])
def test_other_members_may_not_rule(cast: Cast, document: Document, who: str) -> None:
    with pytest.raises(NotAllowed):
        decide(document, "reject", getattr(cast, who))


def test_for_an_outsider_there_is_no_such_document(cast: Cast, document: Document) -> None:
    with pytest.raises(NotVisible):
        decide(document, "reject", cast.dag)


def test_nothing_is_ruled_while_a_slot_is_missing(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    makers.submitted(batch, row, cast.coder(cast.ada), [makers.PAY], slot=1)
    with pytest.raises(NotNow):
        decide(row, "reject", cast.cleo, dispute="0" * 16)


def code_of(refusal: pytest.ExceptionInfo[Invalid]) -> tuple[str, str]:
    (error,) = refusal.value.extra["errors"]
    return error["field"], error["code"]


@pytest.mark.parametrize(
    ("decision", "more", "expected"),
    [
        ("adjust", {}, ("start", "boundaries-missing")),
        ("adjust", {"start": 0, "end": 4, "quote": "soup"}, ("quote", "quote-mismatch")),
        ("adjust", {"start": 0, "end": 9999, "quote": "soup"}, ("end", "span-past-end")),
        ("change", {}, ("theme", "label-missing")),
        ("change", {"theme": "weather"}, ("theme", "theme-unknown")),
        ("change", {"stance": "angry"}, ("stance", "stance-unknown")),
        ("change", {"holder_kind": "cat"}, ("holder", "holder-unknown")),
        ("accept", {"accepted": 1_000_000}, ("accept", "not-a-member")),
        ("accept", {"theme": "other"}, ("decision", "accept-changes")),
        ("add", {"theme": "other"}, ("start", "boundaries-missing")),
        ("add", {"start": 0, "end": 6, "quote": "Nights"}, ("theme", "theme-missing")),
    ],
)
def test_a_verdict_that_breaks_a_rule_is_refused_by_name(
    cast: Cast,
    document: Document,
    decision: str,
    more: dict[str, Any],
    expected: tuple[str, str],
) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(document, decision, cast.cleo, **more)
    assert code_of(refusal) == expected
    assert not Ruling.objects.exists()


def test_after_a_ruling_a_submission_stands(cast: Cast, document: Document) -> None:
    decide(document, "reject", cast.cleo)
    work = makers.Assignment.objects.get(document=document, coder=cast.coder(cast.ada))
    with pytest.raises(NotNow) as refusal:
        makers.take_back(work)
    assert refusal.value.extra["reason"] == "adjudication-started"
