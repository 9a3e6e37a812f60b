"""One rule for many disputes: what it takes, what it leaves alone, and its undoing."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from annotations.adjudication.gold import gold_of
from annotations.adjudication.models import Ruling, Sweep
from annotations.adjudication.patterns import Pattern
from annotations.adjudication.ruling import reopen
from annotations.adjudication.standing import catch_up, waiting
from annotations.adjudication.sweeping import Preview, preview, sweep, undo
from annotations.corpus.models import Document
from annotations.project.models import Coder, User
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible, Stale
from annotations.release.freezing import freeze_release
from annotations.release.proving import verify_release
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.adjudication.test_ruling import decide
from tests.cast import NOW, Cast

STANCE = Pattern("stance")


@pytest.fixture
def eve(cast: Cast) -> Coder:
    return made.enrol(made.person("eve"), cast.project, roles=["annotator"])


@pytest.fixture
def texts(cast: Cast, eve: Coder) -> list[Document]:
    """Two documents of three coders: two of them against secret pay, one for it; nights are one's."""
    rows = [makers.document(cast.project, f"{makers.TEXT}\n{n}", title=f"{n}") for n in range(2)]
    batch = made.batch(cast.project, cast.edition, rows, slots=3)
    for row in rows:
        coding = {
            cast.coder(cast.ada): [makers.PAY],
            cast.coder(cast.ben): [makers.PAY_PRAISED],
            eve: [makers.PAY, makers.NIGHTS],
        }
        makers.coded(batch, row, coding)
    return rows


def swept(cast: Cast, pattern: Pattern = STANCE, *, by: User | None = None, **more: Any) -> Sweep:
    by = by or cast.cleo
    seen = more.pop("seen", None) or preview(cast.project, pattern, by=by).fingerprint
    more.setdefault("operation", uuid4())
    return sweep(cast.project, pattern, by=by, seen=seen, now=NOW, **more)


def undone(cast: Cast, row: Sweep, *, operation: UUID | None = None) -> Sweep:
    return undo(row, by=cast.cleo, operation=operation or uuid4(), reason="Too quick.", now=NOW)


def found(cast: Cast, pattern: Pattern = STANCE) -> Preview:
    return preview(cast.project, pattern, by=cast.cleo)


def test_a_preview_counts_and_changes_nothing(cast: Cast, texts: list[Document]) -> None:
    seen = found(cast)
    assert (len(seen.matches), seen.documents, seen.own) == (2, 2, 0)
    assert {match.span.stance for match in seen.matches} == {"against"}
    assert Ruling.objects.count() == 0


def test_what_was_previewed_is_decided_by_the_majority(cast: Cast, texts: list[Document]) -> None:
    row = swept(cast, reason="Two of three.")
    assert row.total == 2
    for text in texts:
        (gold,) = gold_of(the_case(text))
        assert (gold.origin, gold.stance) == ("majority", "against")
        assert (gold.votes_for, gold.votes_total) == (2, 3)
        assert gold.ruling is not None
        assert gold.ruling.reason == "Two of three."
        assert [each.family for each in the_case(text).open_disputes] == ["burnout"]


def test_the_same_operation_again_changes_nothing(cast: Cast, texts: list[Document]) -> None:
    operation = uuid4()
    row = swept(cast, operation=operation)
    assert swept(cast, operation=operation, seen="whatever") == row
    assert Ruling.objects.count() == 2


def test_what_a_person_ruled_on_is_left_alone(cast: Cast, texts: list[Document]) -> None:
    (key,) = [m.dispute.key for m in found(cast).matches if m.case.document == texts[0]]
    decide(texts[0], "reject", cast.cleo, dispute=key)
    assert found(cast).documents == 1
    base = the_case(texts[0]).version
    reopen(texts[0], key, by=cast.cleo, base=base, now=NOW)
    assert found(cast).documents == 1
    swept(cast)
    assert the_case(texts[0]).dispute(key) in the_case(texts[0]).open_disputes


def test_the_database_too_keeps_a_rule_off_what_a_person_ruled(
    cast: Cast, texts: list[Document]
) -> None:
    row = swept(cast)
    ruling = decide(texts[0], "reject", cast.cleo)
    ruling.pk, ruling.uuid, ruling.operation = None, uuid4(), uuid4()
    ruling.number, ruling.sweep, ruling.decision = ruling.number + 1, row, "reopen"
    with pytest.raises(DatabaseError, match="ruled-by-a-person"), transaction.atomic():
        ruling.save(force_insert=True)


def test_a_rule_is_never_changed(cast: Cast, texts: list[Document]) -> None:
    row = swept(cast)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Sweep.objects.filter(pk=row.pk).update(votes=3)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Sweep.objects.filter(pk=row.pk)._raw_delete("default")


def test_what_has_changed_since_the_preview_is_not_decided(
    cast: Cast, texts: list[Document]
) -> None:
    seen = found(cast).fingerprint
    key = found(cast).matches[0].dispute.key
    decide(texts[0], "reject", cast.mia, dispute=key)
    with pytest.raises(Stale) as refusal:
        swept(cast, seen=seen)
    assert refusal.value.extra["current"] == found(cast).fingerprint
    assert Sweep.objects.count() == 0


def test_undoing_is_one_deed_and_all_is_kept(cast: Cast, texts: list[Document]) -> None:
    before = the_case(texts[0]).open_disputes
    row = swept(cast)
    back = undone(cast, row)
    assert (back.undoes, back.total) == (row, 2)
    assert the_case(texts[0]).open_disputes == before
    assert (
        list(Ruling.objects.values_list("decision", flat=True)) == ["accept"] * 2 + ["reopen"] * 2
    )
    with pytest.raises(NotNow):
        undone(cast, row)
    assert swept(cast).total == 2


def test_undoing_leaves_what_a_person_ruled_since(cast: Cast, texts: list[Document]) -> None:
    row = swept(cast)
    key = row.rulings.get(document=texts[0]).dispute
    reopen(texts[0], key, by=cast.mia, base=the_case(texts[0]).version, now=NOW)
    decide(texts[0], "none", cast.mia, dispute=key)
    assert undone(cast, row).total == 1
    assert the_case(texts[0]).standing[key].decision == "none"


def test_documents_that_one_coded_are_left_out_and_counted(
    cast: Cast, texts: list[Document]
) -> None:
    cast.ada.memberships.create(project=cast.project, role="adjudicator")
    seen = preview(cast.project, STANCE, by=cast.ada)
    assert (seen.matches, seen.own) == ((), 2)
    with pytest.raises(NotNow):
        swept(cast, by=cast.ada)


def test_two_coders_have_no_majority_and_boundaries_take_none(
    cast: Cast, document: Document
) -> None:
    with pytest.raises(NotNow, match="three coders"):
        found(cast)
    row = swept(cast, Pattern("boundaries", overlap=0.4))
    assert row.total == 1
    (nights,) = [gold for gold in gold_of(the_case(document)) if gold.theme == "burnout"]
    assert (nights.origin, nights.votes_for, nights.votes_total) == ("majority", 2, 2)


def test_what_waits_no_more_is_no_longer_in_the_queue(cast: Cast, texts: list[Document]) -> None:
    catch_up(cast.project)
    assert waiting(cast.project).count() == 4
    swept(cast)
    catch_up(cast.project)
    assert {point.family for point in waiting(cast.project)} == {"burnout"}


def test_a_majority_is_released_as_one_and_proven(live_cast: Cast) -> None:
    row = makers.document(live_cast.project)
    batch = made.batch(live_cast.project, live_cast.edition, [row])
    ada, ben = live_cast.coder(live_cast.ada), live_cast.coder(live_cast.ben)
    makers.coded(batch, row, {ada: [makers.NIGHTS], ben: [makers.LATE]})
    swept(live_cast, Pattern("boundaries", overlap=0.4))
    release = freeze_release(live_cast.project, by=live_cast.mia, now=NOW)
    assert release.manifest["spans_by_origin"] == {"majority": 1}
    assert verify_release(release).faults == ()


@pytest.mark.parametrize("who", ["ada", "rita"])
def test_other_members_may_not_sweep(cast: Cast, texts: list[Document], who: str) -> None:
    with pytest.raises(NotAllowed):
        preview(cast.project, STANCE, by=getattr(cast, who))


def test_for_an_outsider_there_is_no_such_project(cast: Cast, texts: list[Document]) -> None:
    with pytest.raises(NotVisible):
        preview(cast.project, STANCE, by=cast.dag)


@pytest.mark.parametrize(
    ("pattern", "field"),
    [
        (Pattern("everything"), "differs"),  # type: ignore[arg-type]
        (Pattern("boundaries", overlap=0), "overlap"),
        (Pattern("stance", votes=1), "votes"),
    ],
)
def test_a_pattern_that_makes_no_sense_is_refused(cast: Cast, pattern: Pattern, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        found(cast, pattern)
    assert refusal.value.extra["errors"][0]["field"] == field
