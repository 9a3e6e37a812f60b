"""The front page tells what waits, and leads to where it is done; work is handed on by verbs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations.assignment.models import Assignment, Batch, Transition
from annotations.assignment.seats import Seat
from annotations.corpus.models import Document
from annotations.desk.admin.waiting import waiting_for
from tests.cast import Cast, assignment, batch, document

LIST = "admin:annotations_assignment_changelist"


@pytest.fixture
def mia(cast: Cast, client: Client) -> Client:
    cast.mia.is_staff = cast.mia.is_superuser = True
    cast.mia.save()
    client.force_login(cast.mia)
    return client


@pytest.fixture
def work(cast: Cast) -> Assignment:
    text = document(cast.project, "Nights.\n")
    found = assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))
    Assignment.objects.filter(pk=found.pk).update(last_activity_at=timezone.now())
    found.refresh_from_db()
    return found


def counts(cast: Cast) -> dict[str, int]:
    (told,) = waiting_for(cast.mia, now=timezone.now())
    return {item.words: item.count for item in told.items}


def test_what_waits_is_counted(cast: Cast, work: Assignment) -> None:
    assert counts(cast)["coder without open work"] == 1  # ben
    assert counts(cast)["leases are over"] == 0
    long_ago = timezone.now() - timedelta(days=8)
    Assignment.objects.filter(pk=work.pk).update(last_activity_at=long_ago)
    assert counts(cast)["lease is over"] == 1
    Document.objects.filter(pk=work.document_id).update(warnings=["Odd."])
    assert counts(cast)["document with a warning"] == 1
    Batch.objects.update(closed_at=timezone.now())
    assert counts(cast)["coders without open work"] == 0


def test_members_are_led_to_the_page_and_others_to_the_list(cast: Cast, mia: Client) -> None:
    document(cast.project, "Nights.\n")
    Document.objects.update(warnings=["Odd."])
    page = mia.get(reverse("admin:index")).content.decode()
    assert 'href="/projects/labs/documents"' in page
    cast.dag.is_staff = cast.dag.is_superuser = True
    cast.dag.save()
    mia.force_login(cast.dag)
    page = mia.get(reverse("admin:index")).content.decode()
    assert 'href="/projects/labs/documents"' not in page
    assert "/admin/annotations/document/?project__id__exact=" in page


def test_leases_that_are_over_are_listed(cast: Cast, mia: Client, work: Assignment) -> None:
    where = f"{reverse(LIST)}?lease=over"
    assert "Nights" not in mia.get(where).content.decode()
    assert "0 assignments" in mia.get(where).content.decode()
    Assignment.objects.update(last_activity_at=timezone.now() - timedelta(days=30))
    assert "1 assignment" in mia.get(where).content.decode()


def test_a_lease_is_released_by_the_verb(cast: Cast, mia: Client, work: Assignment) -> None:
    page = mia.post(
        reverse(LIST), {"action": "release", "_selected_action": [work.pk]}, follow=True
    )
    assert "1 slot is free" in page.content.decode()
    work.refresh_from_db()
    assert work.state == "released"
    assert Transition.objects.get(to_state="released").by == cast.coder(cast.mia)
    again = mia.post(
        reverse(LIST), {"action": "release", "_selected_action": [work.pk]}, follow=True
    )
    assert "Nothing was changed" in again.content.decode()


def test_work_is_handed_on_with_a_reason(cast: Cast, mia: Client, work: Assignment) -> None:
    chosen = {"action": "hand_on", "_selected_action": [work.pk]}
    form = mia.post(reverse(LIST), chosen)
    assert "coder-02" in form.content.decode()
    assert "coder-04" not in form.content.decode()  # mia codes nothing
    ben = cast.coder(cast.ben)
    assert (
        "This field is required"
        in mia.post(reverse(LIST), {**chosen, "to": ben.pk}).content.decode()
    )
    done = mia.post(reverse(LIST), {**chosen, "to": ben.pk, "reason": "On leave."}, follow=True)
    assert "1 document was handed on" in done.content.decode()
    work.refresh_from_db()
    assert work.state == "released"
    seat = Seat.objects.get(document=work.document)
    assert (seat.coder, seat.slot, seat.freed_at) == (ben, work.slot, None)


def test_what_a_verb_refuses_changes_nothing(cast: Cast, mia: Client, work: Assignment) -> None:
    other = assignment(work.batch, work.document, cast.coder(cast.ben), slot=2)
    chosen = {"action": "hand_on", "_selected_action": [work.pk, other.pk]}
    sent = {**chosen, "to": cast.coder(cast.ben).pk, "reason": "x"}
    page = mia.post(reverse(LIST), sent, follow=True)
    assert "Nothing was changed" in page.content.decode()
    assert set(Assignment.objects.values_list("state", flat=True)) == {"claimed"}


def test_staff_without_a_role_hands_nothing_on(cast: Cast, mia: Client, work: Assignment) -> None:
    cast.dag.is_staff = cast.dag.is_superuser = True
    cast.dag.save()
    mia.force_login(cast.dag)
    mia.post(reverse(LIST), {"action": "release", "_selected_action": [work.pk]})
    work.refresh_from_db()
    assert work.state == "claimed"
