"""Some of what coders agree on is looked at all the same, and how often they were wrong is known."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.adjudication.cases import Case, case_of
from annotations.adjudication.checking import Check, checks, open_checks, tally
from annotations.adjudication.gold import gold_of
from annotations.adjudication.models import Decision
from annotations.adjudication.ruling import reopen, rule
from annotations.adjudication.sampling import is_drawn
from annotations.adjudication.verdicts import Verdict
from annotations.corpus.models import Document
from annotations.project.refusals import Invalid
from tests import cast as made
from tests.adjudication import makers
from tests.cast import NOW, Cast


def settled(cast: Cast, *, share: float = 1.0) -> Document:
    """Two coders agree on one passage of four, and leave the others untagged."""
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row], checked_share=share)
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [makers.PAY], ben: [makers.PAY]})
    return row


def case(row: Document) -> Case:
    found = case_of(row)
    assert found is not None
    return found


def check(row: Document, kind: str) -> Check:
    return next(each for each in checks(case(row)) if each.kind == kind)


def ruled(cast: Cast, row: Document, verdict: Verdict) -> None:
    base = case(row).version
    rule(row, verdict, by=cast.cleo, operation=uuid4(), base=base, now=NOW)


def test_what_is_drawn_waits_and_gold_holds_meanwhile(cast: Cast) -> None:
    row = settled(cast)
    found = checks(case(row))
    assert [each.kind for each in found] == ["untagged", "untagged", "unanimous", "untagged"]
    assert {each.result for each in found} == {"open"}
    assert case(row).state == "adjudicated"
    assert len(gold_of(case(row))) == 1


def test_nothing_is_drawn_where_the_share_is_none(cast: Cast) -> None:
    assert checks(case(settled(cast, share=0))) == []


def test_the_sample_is_a_share_and_the_same_each_time() -> None:
    drawn = [is_drawn(f"{n}", seed=1, document="d", share=0.05) for n in range(4_000)]
    assert 150 < sum(drawn) < 250
    assert drawn == [is_drawn(f"{n}", seed=1, document="d", share=0.05) for n in range(4_000)]
    more = [is_drawn(f"{n}", seed=1, document="d", share=0.10) for n in range(4_000)]
    assert all(larger for small, larger in zip(drawn, more, strict=True) if small)


def test_to_accept_confirms_the_rule(cast: Cast) -> None:
    row = settled(cast)
    ruled(cast, row, Verdict(Decision.ACCEPT, dispute=check(row, "unanimous").key))
    assert check(row, "unanimous").result == "confirmed"


@pytest.mark.parametrize(
    "more", [{"decision": Decision.REJECT}, {"decision": Decision.CHANGE, "stance": "favor"}]
)
def test_another_label_or_none_overturns_it(cast: Cast, more: dict[str, object]) -> None:
    row = settled(cast)
    ruled(cast, row, Verdict(dispute=check(row, "unanimous").key, **more))  # type: ignore[arg-type]
    assert check(row, "unanimous").result == "overturned"
    assert [span.stance for span in gold_of(case(row))] == (["favor"] if "stance" in more else [])


def test_nothing_there_is_confirmed_and_can_be_reopened(cast: Cast) -> None:
    row = settled(cast)
    key = check(row, "untagged").key
    ruled(cast, row, Verdict(Decision.NONE, dispute=key))
    assert check(row, "untagged").result == "confirmed"
    reopen(row, key, by=cast.cleo, base=case(row).version, now=NOW)
    assert check(row, "untagged").result == "open"


def test_what_is_added_there_overturns_the_silence(cast: Cast) -> None:
    row = settled(cast)
    quote = makers.NIGHTS[0]
    start = row.text.index(quote)
    verdict = Verdict(
        Decision.ADD,
        **{"start": start, "end": start + len(quote), "quote": quote, "theme": "burnout"},  # type: ignore[arg-type]
        stance="against",
        holder_kind="author",
    )
    ruled(cast, row, verdict)
    results = {each.start <= start < each.end: each.result for each in checks(case(row))}
    assert results[True] == "overturned"


def test_a_passage_that_nobody_tagged_has_no_label_to_accept(cast: Cast) -> None:
    row = settled(cast)
    with pytest.raises(Invalid, match="add a label"):
        ruled(cast, row, Verdict(Decision.ACCEPT, dispute=check(row, "untagged").key))


def test_what_one_coder_did_not_judge_is_no_agreement(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row], checked_share=1.0)
    makers.submitted(batch, row, cast.coder(cast.ada), [], slot=1)
    makers.submitted(batch, row, cast.coder(cast.ben), [], slot=2, judged=[1, 2])
    assert [each.key for each in open_checks(case(row))] == ["passage-1", "passage-2"]


def test_how_often_agreement_was_overturned_is_known(cast: Cast) -> None:
    row = settled(cast)
    ruled(cast, row, Verdict(Decision.REJECT, dispute=check(row, "unanimous").key))
    ruled(cast, row, Verdict(Decision.NONE, dispute=check(row, "untagged").key))
    found = tally([case(row)])
    unanimous, untagged = found["unanimous"], found["untagged"]
    assert (unanimous.drawn, unanimous.checked, unanimous.share) == (1, 1, 1.0)
    assert (untagged.drawn, untagged.checked, untagged.share) == (3, 1, 0.0)
