"""The next document over HTTP: the short way asks little, and refuses whatever the long way refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.assignment.models import Assignment, State
from annotations.models import AssignmentEvent
from annotations.project.accounts import create_token
from annotations.project.models import Membership, Role, User
from tests.api.test_saving import (
    as_somebody_else,
    browser_of,
    closed,
    past_its_time,
    signed_out,
    with_a_new_password,
    without_the_role,
)
from tests.cast import Cast, batch, document

NEXT = "/api/v1/projects/labs/assignments/next"


@pytest.fixture(autouse=True)
def round_(cast: Cast) -> None:
    texts = [document(cast.project, f"Night {n}.\n", title=f"Night {n}") for n in range(3)]
    batch(cast.project, cast.edition, texts, slots=2)


def asked(client: Client, **headers: str) -> Any:
    return client.post(NEXT, "{}", content_type="application/json", headers=headers)


def test_both_ways_give_the_same_answer(cast: Cast) -> None:
    short = asked(browser_of(cast.ada))
    secret = create_token(cast.ada, name="t", scopes=["code"], now=timezone.now()).secret
    long = asked(Client(), Authorization=f"Bearer {secret}")
    assert short.status_code == long.status_code == 200
    assert "Content-Language" not in short  # which the languages' middleware sets on its way
    assert "Content-Language" in long
    assert short.content == long.content
    unlike = {"Content-Language", "Vary", "Allow", "X-Request-ID", "Content-Security-Policy"}
    of_both = [{k: v for k, v in each.items() if k not in unlike} for each in (short, long)]
    assert of_both[0] == of_both[1]
    assert "frame-ancestors 'none'" in short["Content-Security-Policy"]


def test_a_claim_asks_little(cast: Cast, django_assert_num_queries: Any) -> None:
    client = browser_of(cast.ada)
    asked(client)
    Assignment.objects.update(state=State.SUBMITTED, submitted_at=timezone.now())
    # Who asks; SAVEPOINT, one at a time, what there is, the document, its slots, the claim, RELEASE; the answer.
    with django_assert_num_queries(9):
        assert asked(client).status_code == 200
    with django_assert_num_queries(7):  # what is open already is looked up, and nothing offered
        assert asked(client).status_code == 200


def test_nothing_left_is_204(cast: Cast) -> None:
    client = browser_of(cast.ada)
    for _ in range(3):
        work = asked(client).json()["id"]
        Assignment.objects.filter(uuid=work).update(
            state=State.SUBMITTED, submitted_at=timezone.now()
        )
    answer = asked(client)
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (closed, 401),
        (without_the_role, 404),
        (with_a_new_password, 401),
        (signed_out, 401),
        (past_its_time, 401),
        (as_somebody_else, 401),
    ],
)
def test_who_was_known_is_asked_about_again(
    cast: Cast, change: Callable[[User], None], status: int
) -> None:
    client = browser_of(cast.ada)
    assert asked(client).status_code == 200
    Assignment.objects.update(state=State.RELEASED)
    change(cast.ada)
    assert asked(client).status_code == status
    assert not Assignment.objects.open().exists()


def test_outsiders_other_roles_and_forgeries_claim_nothing(cast: Cast) -> None:
    statuses = [asked(browser_of(user)).status_code for user in (cast.dag, cast.mia, cast.cleo)]
    assert statuses == [404, 403, 403]
    assert asked(browser_of(cast.ada, csrf=True)).status_code == 403
    Membership.objects.filter(user=cast.ada).update(role=Role.READER)
    assert asked(browser_of(cast.ada)).status_code == 403
    assert not Assignment.objects.exists()


def test_what_is_asked_for_otherwise_goes_the_long_way(cast: Cast) -> None:
    client = browser_of(cast.ada)
    assert asked(client, Accept="text/csv").status_code == 406
    assert client.post(f"{NEXT}?theme=x").status_code == 422
    assert not Assignment.objects.exists()


def test_the_audit_says_who_claimed(cast: Cast) -> None:
    asked(browser_of(cast.ada))
    (event,) = AssignmentEvent.objects.all()
    assert event.pgh_context.metadata == {"user": cast.ada.pk}
