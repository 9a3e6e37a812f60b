"""What a preview shows is what is made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotations.assignment.batching import Settings, add_documents
from annotations.assignment.models import Allocation, Batch
from annotations.assignment.planning import PlanChanged, make_round, preview
from annotations.assignment.seats import Exclusion, Hand, Seat
from annotations.corpus.models import Document, Story
from annotations.project.members import dismiss
from annotations.project.models import Membership
from annotations.project.refusals import Invalid, NotAllowed, NotVisible
from tests.assignment.rounds import PLANNED, joined, part, plan, planned, seats_of, texts
from tests.cast import NOW, Cast, document


def test_a_preview_writes_nothing(cast: Cast) -> None:
    shown = preview(cast.project, plan(cast, texts(cast, 4)), by=cast.mia)
    assert len(shown.allocation.seats) == 8
    assert not Batch.objects.exists()
    assert not Seat.objects.exists()


def test_what_was_previewed_is_made_seat_by_seat(cast: Cast) -> None:
    joined(cast, "carl")
    asked = plan(cast, texts(cast, 5))
    shown = preview(cast.project, asked, by=cast.mia)
    made = make_round(cast.project, asked, by=cast.mia, now=NOW, expected=shown.fingerprint)
    written = Seat.objects.filter(batch=made).values_list("document", "slot", "coder")
    assert set(written) == {(s.document, s.slot, s.coder) for s in shown.allocation.seats}
    assert (made.allocation, made.open_to_all, made.seed) == (Allocation.PLANNED, False, 7)
    assert made.opened_at is None


def test_what_has_changed_since_the_preview_is_not_made(cast: Cast) -> None:
    asked = plan(cast, texts(cast, 2))
    shown = preview(cast.project, asked, by=cast.mia)
    joined(cast, "carl")
    with pytest.raises(PlanChanged):
        make_round(cast.project, asked, by=cast.mia, now=NOW, expected=shown.fingerprint)
    assert not Batch.objects.exists()


@pytest.mark.parametrize("change", ["language", "story"])
def test_documents_that_changed_make_another_preview(cast: Cast, change: str) -> None:
    [one, *_rest] = documents = texts(cast, 2)
    before = preview(cast.project, plan(cast, documents), by=cast.mia).fingerprint
    told: dict[str, Any] = {
        "language": "fr",
        "story": Story.objects.create(project=cast.project, title="The same"),
    }
    Document.objects.filter(pk=one.pk).update(**{change: told[change]})
    asked = plan(cast, list(Document.objects.order_by("pk")))
    assert preview(cast.project, asked, by=cast.mia).fingerprint != before


def test_another_seed_is_another_preview(cast: Cast) -> None:
    documents = texts(cast, 2)
    one, other = (plan(cast, documents, seed=seed) for seed in (1, 2))
    fingerprints = {preview(cast.project, each, by=cast.mia).fingerprint for each in (one, other)}
    assert len(fingerprints) == 2


def test_people_bring_their_measure_into_the_round(cast: Cast) -> None:
    [first, second, third] = documents = texts(cast, 3)
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    parts = (part(ada, most=1, languages=("en", "fr")), part(ben, excluded=(second,)))
    made = planned(cast, documents, parts=parts, slots=1)
    hand = Hand.objects.get(batch=made, coder=ada)
    assert (hand.most, hand.languages) == (1, ["en", "fr"])
    assert Exclusion.objects.get().document == second
    assert seats_of(made, ada) == {second.pk}
    assert seats_of(made, ben) == {first.pk, third.pk}


def test_stories_of_the_round_are_told_and_kept_apart(cast: Cast) -> None:
    [one, two, _three] = texts(cast, 3)
    story = Story.objects.create(project=cast.project, title="The same")
    Document.objects.filter(pk__in=[one.pk, two.pk]).update(story=story)
    documents = list(Document.objects.order_by("pk"))
    shown = preview(cast.project, plan(cast, documents, slots=1), by=cast.mia)
    assert shown.stories == {story.pk: [one.pk, two.pk]}
    coders = {s.coder for s in shown.allocation.seats if s.document in (one.pk, two.pk)}
    assert len(coders) == 2


def test_a_queue_without_names_is_for_everyone(cast: Cast) -> None:
    made = planned(cast, texts(cast, 1), settings=Settings())
    assert made.open_to_all
    assert not Hand.objects.exists()
    assert not Seat.objects.exists()
    assert made.checked_share == 0.05


def test_a_queue_with_names_is_for_them(cast: Cast) -> None:
    parts = (part(cast.coder(cast.ada)),)
    made = planned(cast, texts(cast, 1), settings=Settings(), parts=parts)
    assert not made.open_to_all
    assert [hand.coder for hand in made.hands.all()] == [cast.coder(cast.ada)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"settings": replace(PLANNED, checked_share=1.5)}, "share-range"),
        ({"settings": replace(PLANNED, allocation="lottery")}, "allocation-unknown"),
        ({"slots": 0}, "slots-range"),
        ({"name": ""}, "name-length"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_the_preview(
    cast: Cast, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        preview(cast.project, plan(cast, [], **changed), by=cast.mia)
    assert refusal.value.extra["errors"][0]["code"] == code


def test_only_who_codes_here_takes_part(cast: Cast) -> None:
    ada = cast.coder(cast.ada)
    for parts, code in (
        ((part(cast.coder(cast.cleo)),), "not-annotator"),
        ((part(ada), part(ada)), "twice"),
        ((part(ada, most=0),), "most-range"),
        ((part(ada, languages=("x" * 21,)),), "language-length"),
    ):
        with pytest.raises(Invalid) as refusal:
            preview(cast.project, plan(cast, [], parts=parts), by=cast.mia)
        assert refusal.value.extra["errors"][0]["code"] == code
    Membership.objects.filter(role="annotator").delete()
    with pytest.raises(Invalid):
        preview(cast.project, plan(cast, []), by=cast.mia)


def test_only_managers_preview_and_make(cast: Cast) -> None:
    asked = plan(cast, texts(cast, 1))
    for act in (preview, make_round):
        more: dict[str, Any] = {"now": NOW} if act is make_round else {}
        with pytest.raises(NotVisible):
            act(cast.project, asked, by=cast.dag, **more)
        with pytest.raises(NotAllowed):
            act(cast.project, asked, by=cast.ada, **more)


def test_who_was_dismissed_gets_no_seats(cast: Cast) -> None:
    dismiss(cast.ben, cast.project)
    made = planned(cast, texts(cast, 2), slots=1)
    assert seats_of(made, cast.coder(cast.ben)) == set()


def test_documents_added_later_are_seated_by_themselves(cast: Cast) -> None:
    made = planned(cast, texts(cast, 2), slots=1)
    before = set(Seat.objects.values_list("pk", flat=True))
    late = texts(cast, 2, of="Late")
    add_documents(made, late, by=cast.mia, now=NOW)
    fresh = Seat.objects.exclude(pk__in=before)
    assert {seat.document for seat in fresh} == set(late)
    assert {seat.coder for seat in fresh} == {cast.coder(cast.ada), cast.coder(cast.ben)}


def test_documents_added_to_a_queue_are_nobodys_seat(cast: Cast) -> None:
    made = planned(cast, texts(cast, 1), settings=Settings())
    add_documents(made, [document(cast.project, "Late.")], by=cast.mia, now=NOW)
    assert not Seat.objects.exists()
