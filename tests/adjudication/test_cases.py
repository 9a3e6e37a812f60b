"""What an adjudicator gets to see, and when."""

from __future__ import annotations

from annotations.adjudication.cases import Case, case_of, complete, reaching_gold
from annotations.assignment.claiming import give_back
from annotations.corpus.models import Document
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.cast import NOW, Cast


def test_a_document_waits_until_every_slot_is_submitted(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    makers.submitted(batch, row, cast.coder(cast.ada), [makers.PAY], slot=1)
    work = made.assignment(batch, row, cast.coder(cast.ben), slot=2)
    makers.save(work, makers.PAY)
    case = the_case(row)
    assert case.state == "waiting"
    assert case.disputes == ()
    makers.submit(work)
    assert the_case(row).state == "adjudicated"


def test_what_differs_is_open_and_what_is_unanimous_is_not(case: Case) -> None:
    assert case.state == "open"
    assert [dispute.themes for dispute in case.open_disputes] == [("burnout",)]
    assert len(case.disputes) == 2


def test_work_that_was_given_back_is_no_coding(cast: Cast, document: Document) -> None:
    work = makers.Assignment.objects.get(document=document, coder=cast.coder(cast.ben))
    makers.take_back(work)
    give_back(work, by=work.coder, now=NOW)
    assert the_case(document).state == "waiting"


def test_the_latest_submission_counts(cast: Cast, document: Document) -> None:
    before = the_case(document)
    work = makers.Assignment.objects.get(document=document, coder=cast.coder(cast.ben))
    makers.take_back(work)
    makers.save(work, makers.NIGHTS)
    makers.submit(work)
    after = the_case(document)
    assert after.version != before.version
    assert [span["start"] for span in after.snapshots[1].spans] != [
        span["start"] for span in before.snapshots[1].spans
    ]


def test_a_pilot_reaches_gold_only_when_promoted(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row], kind="pilot")
    assert case_of(row) is None
    batch.promoted_at, batch.promotion_reason = NOW, "It was as good as a main round."
    batch.save()
    assert the_case(row).state == "waiting"


def test_gold_stays_with_the_complete_round_while_a_newer_one_waits(
    cast: Cast, document: Document
) -> None:
    before = the_case(document).item.batch
    made.batch(cast.project, cast.edition, [document], name="Round 2")
    assert the_case(document).item.batch == before


def test_letters_hide_who_coded_and_are_drawn_for_each_document(cast: Cast) -> None:
    rows = [makers.document(cast.project, f"{makers.TEXT}\n{n}") for n in range(12)]
    batch = made.batch(cast.project, cast.edition, rows)
    drawn = set()
    for row in rows:
        makers.coded(batch, row, {cast.coder(cast.ada): [], cast.coder(cast.ben): []})
        letters = the_case(row).letters
        assert sorted(letters.values()) == ["A", "B"]
        assert letters == the_case(row).letters
        drawn.add(letters[str(cast.coder(cast.ada).pk)])
    assert drawn == {"A", "B"}


def test_sub_themes_are_settled_with_their_parent(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    makers.coded(
        batch,
        row,
        {cast.coder(cast.ada): [makers.NIGHTS], cast.coder(cast.ben): [makers.HOURS]},
    )
    (dispute,) = the_case(row).open_disputes
    assert dispute.themes == ("burnout", "long_hours")


def test_a_slot_taken_away_later_leaves_every_coder_a_vote(cast: Cast, document: Document) -> None:
    item = the_case(document).item
    item.slots = 1
    item.save()
    case = the_case(document)
    assert case.state == "open"
    assert {dispute.votes_total for dispute in case.disputes} == {2}
    assert list(complete(reaching_gold(cast.project))) == [item]
