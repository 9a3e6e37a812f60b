"""The save route over HTTP: every answer of its contract."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from annotations.assignment.models import Assignment
from annotations.coding.models import Annotation, Revision
from annotations.project.accounts import create_token
from annotations.project.models import Membership, User
from tests.cast import NOW, Cast, assignment, batch, body_of, document

TEXT = "Nights 👩‍🔬 in the lab.\nThe pay is good.\n"


@pytest.fixture
def work(cast: Cast) -> Assignment:
    text = document(cast.project, TEXT)
    return assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))


def browser_of(user: User, *, csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=csrf)
    client.force_login(user)
    return client


def put(
    client: Client,
    body: dict[str, Any] | str | bytes,
    *,
    uuid: object = None,
    operation: object = None,
    base: int | None = None,
    **headers: str,
) -> HttpResponse:
    condition = {"If-None-Match": "*"} if base is None else {"If-Match": f'"{base}"'}
    return client.put(
        f"/api/v1/annotations/{uuid or uuid4()}",
        json.dumps(body) if isinstance(body, dict) else body,
        content_type="application/json",
        headers={"Idempotency-Key": str(operation or uuid4()), **condition, **headers},
    )


def test_a_new_annotation_is_201_with_its_etag(cast: Cast, work: Assignment) -> None:
    answer = put(browser_of(cast.ada), body_of(work, "pay"))
    assert (answer.status_code, answer["ETag"]) == (201, '"1"')
    assert answer.json()["offset_unit"] == "codepoint"


def test_changing_withdrawing_and_reviving_go_by_the_etag(cast: Cast, work: Assignment) -> None:
    client, uuid = browser_of(cast.ada), uuid4()
    put(client, body_of(work, "pay"), uuid=uuid)
    changed = put(client, body_of(work, "pay", stance="favor"), uuid=uuid, base=1)
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    gone = client.delete(
        f"/api/v1/annotations/{uuid}",
        headers={"Idempotency-Key": str(uuid4()), "If-Match": '"2"'},
    )
    assert (gone.status_code, gone["ETag"]) == (204, '"3"')
    back = put(client, body_of(work, "pay"), uuid=uuid, base=3)
    assert (back.status_code, back["ETag"]) == (200, '"4"')
    history = client.get(f"/api/v1/annotations/{uuid}/revisions").json()["results"]
    assert [each["deleted"] for each in history] == [False, False, True, False]


def test_a_replay_is_the_first_answer_to_the_letter(cast: Cast, work: Assignment) -> None:
    client, uuid, operation = browser_of(cast.ada), uuid4(), uuid4()
    first = put(client, body_of(work, "pay"), uuid=uuid, operation=operation)
    again = put(client, body_of(work, "pay"), uuid=uuid, operation=operation)
    assert (again.status_code, again.content) == (first.status_code, first.content)


def test_a_reused_operation_is_422(cast: Cast, work: Assignment) -> None:
    client, uuid, operation = browser_of(cast.ada), uuid4(), uuid4()
    put(client, body_of(work, "pay"), uuid=uuid, operation=operation)
    other = put(client, body_of(work, "Nights"), uuid=uuid, operation=operation)
    assert (other.status_code, other.json()["type"]) == (422, "operation-reused")


def test_a_stale_save_is_412_with_the_current_state(cast: Cast, work: Assignment) -> None:
    client, uuid = browser_of(cast.ada), uuid4()
    put(client, body_of(work, "pay"), uuid=uuid)
    put(client, body_of(work, "pay", stance="favor"), uuid=uuid, base=1)
    stale = put(client, body_of(work, "pay", stance="against"), uuid=uuid, base=1)
    assert stale.status_code == 412
    assert stale.json()["current"]["stance"] == "favor"
    assert stale["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"start": 5, "end": 5}, "end"),
        ({"end": 9999}, "end"),
        ({"start": 1.5}, "start"),
        ({"start": True}, "start"),
        ({"start": -1}, "start"),
        ({"end": 2**40}, "end"),
        ({"quote": "other"}, "quote"),
        ({"quote": None}, "quote"),
        ({"quote": "a\x00b"}, "quote"),
        ({"memo": "\ud800"}, "memo"),
        ({"theme": "no_such"}, "theme"),
        ({"stance": "no_such"}, "stance"),
        ({"holder": {"kind": "martian"}}, "holder.kind"),
        ({"holder": "author"}, "holder"),
        ({"certainty": 4}, "certainty"),
        ({"certainty": True}, "certainty"),
        ({"assignment": "nonsense"}, "assignment"),
        ({"offset_unit": "utf-16"}, "offset_unit"),
        ({"thene": "burnout"}, "thene"),
    ],
)
def test_what_is_wrong_is_422_by_field_and_changes_nothing(
    cast: Cast, work: Assignment, change: dict[str, Any], field: str
) -> None:
    answer = put(browser_of(cast.ada), {**body_of(work, "pay"), **change})
    assert answer.status_code == 422
    assert field in [each["field"].removeprefix("$.") for each in answer.json()["errors"]]
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"start": NaN}', b"\xff\xfe", b"[" * 100_000, b"null", b'"text"']
)
def test_what_is_no_json_object_is_a_clear_4xx(cast: Cast, work: Assignment, body: bytes) -> None:
    answer = put(browser_of(cast.ada), body)
    assert answer.status_code in {400, 422}
    assert answer.json()["detail"]


def test_what_is_too_large_is_413_in_words(cast: Cast, work: Assignment) -> None:
    answer = put(browser_of(cast.ada), {**body_of(work, "pay"), "memo": "x" * 6_000_000})
    assert answer.status_code == 413
    assert answer.json()["type"] == "too-large"
    assert "at most 5 MB" in answer.json()["detail"]
    assert not Revision.objects.exists()


def test_a_save_takes_an_operation_and_a_condition(cast: Cast, work: Assignment) -> None:
    client, url = browser_of(cast.ada), f"/api/v1/annotations/{uuid4()}"
    for headers in (
        {"If-None-Match": "*"},
        {"Idempotency-Key": str(uuid4())},
        {"Idempotency-Key": "no uuid", "If-None-Match": "*"},
        {"Idempotency-Key": str(uuid4()), "If-Match": "*"},
    ):
        answer = client.put(
            url, body_of(work, "pay"), content_type="application/json", headers=headers
        )
        assert answer.status_code == 422


def test_somebody_elses_work_is_404_for_colleagues_and_outsiders(
    cast: Cast, work: Assignment
) -> None:
    uuid = uuid4()
    put(browser_of(cast.ada), body_of(work, "pay"), uuid=uuid)
    for user in (cast.ben, cast.cleo, cast.mia, cast.rita, cast.dag):
        client = browser_of(user)
        assert put(client, body_of(work, "pay")).status_code == 404
        assert put(client, body_of(work, "pay"), uuid=uuid, base=1).status_code == 404
        assert client.get(f"/api/v1/annotations/{uuid}").status_code == 404
        assert client.get(f"/api/v1/annotations/{uuid}/revisions").status_code == 404
    assert Annotation.objects.count() == 1


def test_nobody_signed_in_is_401(work: Assignment) -> None:
    assert put(Client(), body_of(work, "pay")).status_code == 401


def test_a_closed_account_and_one_without_the_role_save_nothing(
    cast: Cast, work: Assignment
) -> None:
    client = browser_of(cast.ada)
    cast.project.memberships.filter(user=cast.ada).delete()
    assert put(client, body_of(work, "pay")).status_code == 404
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    assert put(client, body_of(work, "pay")).status_code == 401


def test_a_session_ends_with_a_new_password(cast: Cast, work: Assignment) -> None:
    client = browser_of(cast.ada)
    cast.ada.set_password("a quite long new passphrase")
    cast.ada.save()
    assert put(client, body_of(work, "pay")).status_code == 401


def test_a_session_needs_the_csrf_token_and_a_bearer_does_not(cast: Cast, work: Assignment) -> None:
    assert put(browser_of(cast.ada, csrf=True), body_of(work, "pay")).status_code == 403
    secret = create_token(cast.ada, name="t", scopes=["code"], now=timezone.now()).secret
    bare = Client(enforce_csrf_checks=True)
    answer = put(bare, body_of(work, "pay"), Authorization=f"Bearer {secret}")
    assert answer.status_code == 201


def test_a_token_saves_within_its_scopes_and_life_only(cast: Cast, work: Assignment) -> None:
    reading = create_token(cast.ada, name="r", scopes=["read"], now=timezone.now()).secret
    past = timezone.now() - timedelta(days=365)
    old = create_token(cast.ada, name="o", scopes=["code"], now=past).secret
    foreign = create_token(cast.ben, name="b", scopes=["code"], now=timezone.now()).secret
    statuses = [
        put(Client(), body_of(work, "pay"), Authorization=f"Bearer {secret}").status_code
        for secret in (reading, old, foreign, "wb_wrong")
    ]
    assert statuses == [403, 401, 404, 401]


def test_a_submitted_assignment_is_409_with_its_state(cast: Cast, work: Assignment) -> None:
    work.state, work.submitted_at = "submitted", NOW
    work.save()
    answer = put(browser_of(cast.ada), body_of(work, "pay"))
    assert answer.status_code == 409
    assert answer.json()["assignment"] == {"id": str(work.uuid), "state": "submitted"}


def test_a_save_of_a_session_that_is_known_is_one_statement(
    cast: Cast, work: Assignment, django_assert_num_queries: Any
) -> None:
    client = browser_of(cast.ada)
    put(client, body_of(work, "Nights"))
    with django_assert_num_queries(3):  # SAVEPOINT, insert, RELEASE (the test's transaction)
        assert put(client, body_of(work, "pay")).status_code == 201


def test_what_goes_well_takes_the_short_way_and_what_is_refused_the_long_one(
    cast: Cast, work: Assignment
) -> None:
    saved = put(browser_of(cast.ada), body_of(work, "pay"))
    refused = put(browser_of(cast.ben), body_of(work, "pay"), **{"Accept-Language": "fr"})
    assert (saved.status_code, refused.status_code) == (201, 404)
    assert "Content-Language" not in saved  # which the languages' middleware sets on its way
    assert refused["Content-Language"] == "fr"
    for answer in (saved, refused):
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def closed(ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)


def without_the_role(ada: User) -> None:
    Membership.objects.filter(user=ada).delete()


def with_a_new_password(ada: User) -> None:
    ada.set_password("quite another one")
    ada.save()


def signed_out(_ada: User) -> None:
    Session.objects.all().delete()


def past_its_time(_ada: User) -> None:
    Session.objects.update(expire_date=timezone.now())


def as_somebody_else(_ada: User) -> None:
    other = SessionStore()
    other["_auth_user_id"] = "0"
    Session.objects.update(session_data=other.encode(other._session))


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
def test_what_was_known_of_a_session_is_not_believed_again(
    cast: Cast, work: Assignment, change: Callable[[User], None], status: int
) -> None:
    client = browser_of(cast.ada)
    assert put(client, body_of(work, "Nights")).status_code == 201
    change(cast.ada)
    assert put(client, body_of(work, "pay")).status_code == status
    assert Revision.objects.count() == 1


def test_a_session_that_changes_on_its_way_goes_on_saving(cast: Cast, work: Assignment) -> None:
    client = browser_of(cast.ada)
    assert put(client, body_of(work, "Nights")).status_code == 201
    session = client.session
    session["seen"] = "the tour"
    session.save()
    assert put(client, body_of(work, "pay")).status_code == 201
