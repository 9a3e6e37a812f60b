"""What is kept of what waits is what would be derived, whatever has happened meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from uuid import uuid4

import pytest

from annotations.adjudication.cases import Case, case_of
from annotations.adjudication.models import Decision, Point, Standing
from annotations.adjudication.points import DerivedPoint, points_of
from annotations.adjudication.ruling import reopen, rule
from annotations.adjudication.standing import (
    behind,
    believed,
    catch_up,
    counted,
    keep,
    keep_ruled,
    projects_behind,
    rebuild,
    tally_of,
    waiting,
)
from annotations.adjudication.verdicts import Verdict
from annotations.assignment.claiming import give_back
from annotations.assignment.models import Assignment, Batch, BatchDocument, State
from annotations.corpus.models import Document, Passage
from annotations.jobs.adjudication import catch_up as derive_all
from annotations.project.models import Project
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.adjudication.test_ruling import decide
from tests.cast import NOW, Cast

CODINGS = (makers.NIGHTS, makers.LATE, makers.HOURS, makers.PAY, makers.PAY_PRAISED)


def kept(project: Project) -> dict[int, list[DerivedPoint]]:
    """By document, as `points_of` would say it."""
    found: dict[int, list[DerivedPoint]] = {}
    for row in believed(project).select_related("standing").order_by("place", "key"):
        point = DerivedPoint(
            row.kind, row.result, row.key, (*row.place,), row.family, tuple(row.pairs)
        )
        found.setdefault(row.standing.document_id, []).append(point)
    return found


def derived(project: Project) -> dict[int, list[DerivedPoint]]:
    cases = [case_of(each) for each in Document.objects.filter(project=project)]
    found = {case.document.pk: points_of(case) for case in cases if case is not None}
    return {document: points for document, points in found.items() if points}


class Study:
    """Three documents, two coders, and whatever may happen to them."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance = cast, Random(seed)
        self.texts = [makers.document(cast.project, f"{makers.TEXT}\n{n}") for n in range(3)]
        self.batch = made.batch(cast.project, cast.edition, self.texts, checked_share=0.5)
        self.deeds: list[Callable[[Document], None]] = [
            *(self.code, self.code, self.code, self.take_back, self.give_back, self.settle),
            *(self.settle, self.reopen, self.slots, self.round, self.zone),
        ]

    def happen(self) -> None:
        self.chance.choice(self.deeds)(self.chance.choice(self.texts))

    def code(self, text: Document) -> None:
        """Whoever has not submitted it does; with whatever they think of it this time."""
        item = BatchDocument.objects.get(document=text)
        coders = (self.cast.ada, self.cast.ben)[: item.slots or 2]
        for slot, user in enumerate(coders, start=1):
            coder = self.cast.coder(user)
            work = Assignment.objects.filter(document=text, coder=coder).order_by("-pk").first()
            if work is None or work.state == State.RELEASED:
                work = made.assignment(self.batch, text, coder, slot=slot)
            if work.state != State.SUBMITTED:
                makers.save(work, self.chance.choice(CODINGS))
                makers.submit(work)

    def _submitted(self, text: Document) -> Assignment | None:
        if the_case(text).rulings:
            return None
        rows = Assignment.objects.submitted().filter(document=text)
        return self.chance.choice([*rows, None])

    def take_back(self, text: Document) -> None:
        if work := self._submitted(text):
            makers.take_back(work)

    def give_back(self, text: Document) -> None:
        if work := self._submitted(text):
            makers.take_back(work)
            give_back(work, by=work.coder, now=NOW)

    def settle(self, text: Document) -> None:
        case = the_case(text)
        if open_ones := case.open_disputes:
            self._rule(case, Decision.REJECT, self.chance.choice(open_ones).key)

    def reopen(self, text: Document) -> None:
        case = the_case(text)
        closed = [each for each in case.disputes if case.is_settled(each)]
        if closed:
            key = self.chance.choice(closed).key
            reopen(text, key, by=self.cast.cleo, base=case.version, now=NOW)

    def _rule(self, case: Case, decision: Decision, key: str) -> None:
        verdict = Verdict(decision, dispute=key)
        rule(
            case.document,
            verdict,
            by=self.cast.cleo,
            operation=uuid4(),
            base=case.version,
            now=NOW,
        )

    def slots(self, text: Document) -> None:
        item = BatchDocument.objects.get(document=text)
        item.slots = self.chance.choice([None, 1, 2, 3])
        item.save()

    def round(self, text: Document) -> None:
        self.batch.checked_share = self.chance.choice([0.0, 0.5, 1.0])
        self.batch.save()

    def zone(self, text: Document) -> None:
        zone = self.chance.choice(["body", "boilerplate"])
        Passage.objects.filter(document=text, index=3).update(zone=zone)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_is_derived_after_anything(cast: Cast, seed: int) -> None:
    study = Study(cast, seed)
    for _ in range(20):
        study.happen()
        for text, points in kept(cast.project).items():
            assert points == derived(cast.project)[text]
        if study.chance.random() < 0.5:
            catch_up(cast.project)
            assert kept(cast.project) == derived(cast.project)


def of_ben(document: Document) -> Assignment:
    return Assignment.objects.get(document=document, slot=2)


def resubmit(document: Document) -> None:
    makers.save(of_ben(document), makers.NIGHTS)
    makers.submit(of_ben(document))


CHANGES: dict[str, Callable[[Cast, Document], object]] = {
    "taken back": lambda _cast, text: makers.take_back(of_ben(text)),
    "a ruling": lambda cast, text: decide(text, "reject", cast.cleo),
    "slots": lambda _cast, text: BatchDocument.objects.filter(document=text).update(slots=1),
    "another round": lambda cast, text: made.batch(
        cast.project, cast.edition, [text], name="Round 2"
    ),
    "the share": lambda cast, _text: Batch.objects.update(checked_share=1.0),
    "the seed": lambda cast, _text: Batch.objects.update(seed=8),
    "the slots of all": lambda cast, _text: Batch.objects.update(slots=3),
    "a zone": lambda _cast, text: text.passages.filter(index=3).update(zone="boilerplate"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_case_is_read_from_is_counted(
    cast: Cast, document: Document, change: str
) -> None:
    before = counted(document)
    CHANGES[change](cast, document)
    assert counted(document) > before
    catch_up(cast.project)
    assert kept(cast.project) == derived(cast.project)


def test_a_submission_is_counted(cast: Cast, document: Document) -> None:
    makers.take_back(of_ben(document))
    catch_up(cast.project)
    resubmit(document)
    assert behind(cast.project).count() == 1
    catch_up(cast.project)
    assert kept(cast.project) == derived(cast.project)


def test_what_a_case_is_not_read_from_is_not_counted(cast: Cast, document: Document) -> None:
    before = counted(document)
    Batch.objects.update(name="Another name")
    text = document.passages.filter(index=3)
    text.update(zone="body")
    Assignment.objects.filter(document=document).update(last_activity_at=NOW)
    assert counted(document) == before


def test_a_change_in_between_is_not_overwritten(cast: Cast, document: Document) -> None:
    row = behind(cast.project).get()
    row.changes -= 1  # what somebody read before the last submission
    keep([row], {})
    assert behind(cast.project).count() == 1
    assert Point.objects.count() == 0


def test_a_ruling_is_seen_at_once(cast: Cast, document: Document) -> None:
    catch_up(cast.project)
    assert waiting(cast.project).count() == 1
    decide(document, "reject", cast.cleo)
    # The ruling keeps what it leaves, so that nobody has to derive it.
    assert behind(cast.project).count() == 0
    assert waiting(cast.project).count() == 0
    assert kept(cast.project) == derived(cast.project)


def test_what_changes_beside_a_ruling_is_derived_again(cast: Cast, document: Document) -> None:
    catch_up(cast.project)
    before = counted(document)
    Passage.objects.filter(document=document, index=3).update(zone="boilerplate")
    keep_ruled(the_case(document), since=before - 1)
    assert behind(cast.project).count() == 1


def test_the_worker_derives_what_has_changed(cast: Cast, document: Document) -> None:
    assert list(projects_behind()) == [cast.project]
    derive_all(0)
    assert list(projects_behind()) == []
    assert kept(cast.project) == derived(cast.project) != {}


def test_of_two_rounds_the_newest_that_is_complete_counts(cast: Cast, document: Document) -> None:
    catch_up(cast.project)
    newer = made.batch(cast.project, cast.edition, [document], name="Round 2", slots=1)
    catch_up(cast.project)
    assert kept(cast.project) == derived(cast.project)
    makers.submitted(newer, document, cast.coder(cast.ada), [makers.PAY], slot=1)
    catch_up(cast.project)
    assert kept(cast.project) == derived(cast.project) == {}


def test_a_promoted_pilot_joins(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row], kind="pilot")
    makers.coded(batch, row, {cast.coder(cast.ada): [makers.PAY], cast.coder(cast.ben): []})
    catch_up(cast.project)
    assert kept(cast.project) == {}
    Batch.objects.filter(pk=batch.pk).update(promoted_at=NOW, promotion_reason="As good.")
    assert catch_up(cast.project) == 1
    assert kept(cast.project) == derived(cast.project) != {}


def test_documents_that_nobody_has_coded_cost_nothing(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    made.assignment(batch, row, cast.coder(cast.ada))
    assert Standing.objects.count() == 0


def test_everything_can_be_derived_anew(cast: Cast, document: Document) -> None:
    catch_up(cast.project)
    Point.objects.all().delete()  # as no verb does
    assert kept(cast.project) == {}
    assert rebuild(cast.project) == 1
    assert kept(cast.project) == derived(cast.project) != {}


def test_the_sample_is_counted_without_reading_it_again(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row], checked_share=1.0)
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [makers.PAY], ben: [makers.PAY]})
    agreed = the_case(row).disputes[0].key
    decide(row, "reject", cast.cleo, dispute=agreed)
    catch_up(cast.project)
    found = tally_of(cast.project)
    assert (found["unanimous"].drawn, found["unanimous"].overturned) == (1, 1)
    assert (found["untagged"].drawn, found["untagged"].checked) == (3, 0)


def test_pairs_are_told_apart_and_not_named(cast: Cast, document: Document) -> None:
    catch_up(cast.project)
    (point,) = waiting(cast.project)
    (pair,) = point.pairs
    assert len(pair) == 8
    for user in (cast.ada, cast.ben):
        assert str(cast.coder(user).pk) != pair
