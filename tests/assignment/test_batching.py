"""Rounds of work: made, filled, opened, closed, promoted."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.assignment.batching import (
    add_documents,
    batch_for,
    close_batch,
    make_batch,
    open_batch,
    promote,
)
from annotations.assignment.models import Batch
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.corpus.models import Document, Passage
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests import cast as made
from tests.cast import NOW, Cast


@pytest.fixture
def stories(cast: Cast) -> list[Document]:
    return [made.document(cast.project, f"{n} nights.\n\nLong ones.\n") for n in range(3)]


def batch(cast: Cast, documents: list[Document], **changed: Any) -> Batch:
    plan: dict[str, Any] = {
        "name": "Round 1",
        "kind": "main",
        "edition": cast.edition,
        "documents": documents,
        "slots": 2,
        "by": cast.mia,
        "now": NOW,
        "seed": 7,
        **changed,
    }
    return make_batch(cast.project, **plan)


def contents(row: Batch) -> list[tuple[int, int]]:
    return list(row.items.values_list("position", "document_id"))


def test_a_batch_keeps_its_documents_in_the_order_given(
    cast: Cast, stories: list[Document]
) -> None:
    row = batch(cast, stories[::-1])
    assert contents(row) == list(enumerate(each.pk for each in stories[::-1]))
    assert row.opened_at is None
    assert row.created_by == cast.coder(cast.mia)


def test_the_edition_is_frozen_when_a_batch_uses_it(cast: Cast, stories: list[Document]) -> None:
    draft = Edition.objects.create(project=cast.project, number=2)
    Theme.objects.create(edition=draft, key="pay", code="PA", colour=1)
    StanceValue.objects.create(edition=draft, key="favor", glyph="+")
    batch(cast, stories, edition=draft)
    assert Edition.objects.get(number=2).frozen_at == NOW


def test_an_empty_edition_cannot_be_used(cast: Cast, stories: list[Document]) -> None:
    with pytest.raises(NotNow):
        batch(cast, stories, edition=Edition.objects.create(project=cast.project, number=2))
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "name-length"),
        ({"name": "x" * 101}, "name-length"),
        ({"kind": "final"}, "kind-unknown"),
        ({"slots": 0}, "slots-range"),
        ({"slots": 21}, "slots-range"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    cast: Cast, stories: list[Document], wrong: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        batch(cast, stories, **wrong)
    assert refusal.value.extra["errors"][0]["code"] == code


def test_two_batches_of_a_project_have_two_names(cast: Cast, stories: list[Document]) -> None:
    batch(cast, stories)
    with pytest.raises(Invalid, match="Round 1"):
        batch(cast, stories)


def test_only_managers_plan(cast: Cast, stories: list[Document]) -> None:
    with pytest.raises(NotVisible):
        batch(cast, stories, by=cast.dag)
    for member in (cast.ada, cast.cleo, cast.rita):
        with pytest.raises(NotAllowed):
            batch(cast, stories, by=member)
    row = batch(cast, stories)
    for act in (open_batch, close_batch):
        with pytest.raises(NotAllowed):
            act(row, by=cast.ada, now=NOW)
    with pytest.raises(NotAllowed):
        promote(row, reason="good", by=cast.cleo, now=NOW)
    with pytest.raises(NotVisible):
        batch_for(cast.dag, row.uuid)


def test_documents_and_editions_of_other_projects_do_not_exist_here(
    cast: Cast, stories: list[Document]
) -> None:
    other = Project.objects.create(slug="other", name="Other")
    with pytest.raises(NotVisible):
        batch(cast, [made.document(other, "Foreign.")])
    with pytest.raises(NotVisible):
        batch(cast, stories, edition=made.frozen_edition(other))
    assert not Batch.objects.exists()


def test_documents_added_later_come_last_and_each_once(cast: Cast, stories: list[Document]) -> None:
    row = batch(cast, stories[:1])
    assert (
        add_documents(row, [stories[1], stories[0], stories[1], stories[2]], by=cast.mia, now=NOW)
        == 2
    )
    assert contents(row) == list(enumerate(each.pk for each in stories))


def test_a_closed_batch_takes_no_more_documents(cast: Cast, stories: list[Document]) -> None:
    row = batch(cast, stories[:1])
    open_batch(row, by=cast.mia, now=NOW)
    close_batch(row, by=cast.mia, now=NOW)
    with pytest.raises(NotNow):
        add_documents(row, stories, by=cast.mia, now=NOW)


def test_opening_says_that_zones_were_taken_as_proposed(
    cast: Cast, stories: list[Document]
) -> None:
    assert open_batch(batch(cast, stories), by=cast.mia, now=NOW).zones_taken_as_proposed


def test_opening_says_that_zones_were_confirmed(cast: Cast, stories: list[Document]) -> None:
    Passage.objects.update(zone_confirmed_at=NOW)
    row = open_batch(batch(cast, stories), by=cast.mia, now=NOW)
    assert not row.zones_taken_as_proposed
    add_documents(row, [made.document(cast.project, "Later.")], by=cast.mia, now=NOW)
    assert Batch.objects.get().zones_taken_as_proposed


def test_a_batch_without_documents_cannot_open(cast: Cast) -> None:
    with pytest.raises(NotNow):
        open_batch(batch(cast, []), by=cast.mia, now=NOW)


def test_opening_twice_keeps_the_first_time(cast: Cast, stories: list[Document]) -> None:
    row = batch(cast, stories)
    open_batch(row, by=cast.mia, now=NOW)
    assert open_batch(row, by=cast.mia, now=NOW.replace(year=2027)).opened_at == NOW


def test_a_batch_closes_after_it_was_open_and_stays_closed(
    cast: Cast, stories: list[Document]
) -> None:
    row = batch(cast, stories)
    with pytest.raises(NotNow):
        close_batch(row, by=cast.mia, now=NOW)
    open_batch(row, by=cast.mia, now=NOW)
    assert close_batch(row, by=cast.mia, now=NOW).closed_at == NOW
    with pytest.raises(NotNow):
        open_batch(row, by=cast.mia, now=NOW)
    assert not Batch.objects.open().exists()


def test_a_pilot_reaches_gold_with_a_reason_only(cast: Cast, stories: list[Document]) -> None:
    row = batch(cast, stories, kind="pilot")
    assert not row.reaches_gold
    with pytest.raises(Invalid):
        promote(row, reason="  ", by=cast.mia, now=NOW)
    promoted = promote(row, reason="Coded with the final edition.", by=cast.mia, now=NOW)
    assert promoted.reaches_gold
    with pytest.raises(NotNow):
        promote(row, reason="Again.", by=cast.mia, now=NOW)


def test_a_main_round_needs_no_promotion(cast: Cast, stories: list[Document]) -> None:
    with pytest.raises(NotNow):
        promote(batch(cast, stories), reason="It is good.", by=cast.mia, now=NOW)
