"""Comments and flags: kept as written, unseen by others until all have submitted."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from annotations.assignment.models import Assignment
from annotations.coding.remarks import Comment, CommentMark, Flag
from annotations.project.members import dismiss, enrol
from annotations.project.models import Role, User
from tests.cast import NOW, Cast, assignment, batch, document

TEXT = "A headline\nNights in the lab are long.\nThe pay is good.\n"


@pytest.fixture
def pair(cast: Cast) -> tuple[Assignment, Assignment]:
    """ada's and ben's work on one document."""
    text = document(cast.project, TEXT, zones=["title"])
    round_ = batch(cast.project, cast.edition, [text])
    return (
        assignment(round_, text, cast.coder(cast.ada)),
        assignment(round_, text, cast.coder(cast.ben), slot=2),
    )


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(
    user: User,
    method: str,
    path: str,
    body: Any = None,
    *,
    operation: UUID | None = None,
) -> Any:
    return browser_of(user).generic(
        method,
        f"/api/v1/{path}",
        b"" if body is None else json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": str(operation or uuid4())},
    )


def say(user: User, work: Assignment, text: str = "Is this the author?", **more: Any) -> str:
    uuid = str(uuid4())
    body = {"assignment": str(work.uuid), "passage": 1, "text": text, **more}
    answer = send(user, "PUT", f"comments/{uuid}", body)
    assert answer.status_code == 201, answer.content
    return uuid


def heard(user: User, work: Assignment, *, own: bool = True) -> Any:
    query = f"?assignment={work.uuid}" if own else ""
    answer = browser_of(user).get(f"/api/v1/documents/{work.document.uuid}/comments{query}")
    assert answer.status_code == 200
    return answer.json()


def texts(said: Any) -> list[str]:
    return [each["text"] for each in said["comments"]]


def submit(*work: Assignment) -> None:
    for each in work:
        each.state, each.submitted_at = "submitted", NOW
        each.save()


Pair = tuple[Assignment, Assignment]


def test_others_comments_are_unseen_until_every_slot_is_submitted(cast: Cast, pair: Pair) -> None:
    ada, ben = pair
    say(cast.ada, ada, "from ada")
    say(cast.ben, ben, "from ben")
    submit(ada)
    assert texts(heard(cast.ada, ada)) == ["from ada"]
    assert texts(heard(cast.ben, ben)) == ["from ben"]
    for boss in (cast.cleo, cast.mia):
        assert texts(heard(boss, ada, own=False)) == []
    submit(ben)
    for user, work in ((cast.ada, ada), (cast.ben, ben)):
        said = heard(user, work)
        assert (texts(said), said["others_visible"]) == (["from ada", "from ben"], True)
    for boss in (cast.cleo, cast.mia):
        assert texts(heard(boss, ada, own=False)) == ["from ada", "from ben"]


def test_an_unseen_comment_cannot_be_answered_resolved_or_found_by_its_id(
    cast: Cast, pair: Pair
) -> None:
    ada, ben = pair
    uuid = say(cast.ada, ada)
    body = {"assignment": str(ben.uuid), "passage": 1, "text": "?", "reply_to": uuid}
    assert send(cast.ben, "PUT", f"comments/{uuid4()}", body).status_code == 404
    assert send(cast.ben, "PUT", f"comments/{uuid}", {**body, "reply_to": None}).status_code == 404
    for user in (cast.ben, cast.cleo, cast.mia, cast.dag):
        assert send(user, "PATCH", f"comments/{uuid}", {"resolved": True}).status_code == 404
        assert send(user, "DELETE", f"comments/{uuid}").status_code == 404
    assert not CommentMark.objects.exists()


def test_a_manager_who_codes_the_document_is_blind_on_it_too(cast: Cast, pair: Pair) -> None:
    ada, ben = pair
    enrol(cast.ben, cast.project, roles=[Role.MANAGER])
    say(cast.ada, ada)
    assert texts(heard(cast.ben, ben, own=False)) == []


def test_a_comment_of_another_round_stays_in_it(cast: Cast, pair: Pair) -> None:
    ada, ben = pair
    say(cast.ada, ada, "first round")
    submit(ada, ben)
    retest = batch(cast.project, cast.edition, [ada.document], name="R", kind="retest", slots=1)
    again = assignment(retest, ada.document, cast.coder(cast.ben))
    assert texts(heard(cast.ben, again)) == []


def test_a_replay_gives_the_first_answer_and_writes_nothing(cast: Cast, pair: Pair) -> None:
    ada, _ben = pair
    uuid, operation = uuid4(), uuid4()
    body = {"assignment": str(ada.uuid), "passage": 0, "text": "once"}
    first = send(cast.ada, "PUT", f"comments/{uuid}", body, operation=operation)
    again = send(cast.ada, "PUT", f"comments/{uuid}", body, operation=operation)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Comment.objects.count() == 1
    other = {**body, "text": "twice"}
    reused = send(cast.ada, "PUT", f"comments/{uuid}", other, operation=operation)
    assert (reused.status_code, reused.json()["type"]) == (422, "operation-reused")
    kept = send(cast.ada, "PUT", f"comments/{uuid}", other)
    assert (kept.status_code, kept.json()["type"]) == (409, "comment-kept")


def test_a_withdrawn_comment_is_gone_unless_it_was_answered(cast: Cast, pair: Pair) -> None:
    ada, ben = pair
    submit(ada, ben)
    alone, answered = say(cast.ada, ada, "alone"), say(cast.ada, ada, "answered")
    say(cast.ben, ben, "an answer", reply_to=answered)
    for uuid in (alone, answered, answered):
        assert send(cast.ada, "DELETE", f"comments/{uuid}").status_code == 204
    said = heard(cast.ben, ben)["comments"]
    assert [(each["text"], each["withdrawn"]) for each in said] == [
        ("", True),
        ("an answer", False),
    ]
    assert send(cast.ben, "DELETE", f"comments/{answered}").status_code == 404
    assert Comment.objects.filter(text="alone").exists()


def test_an_adjudicator_answers_and_resolves_what_is_seen(cast: Cast, pair: Pair) -> None:
    ada, ben = pair
    submit(ada, ben)
    uuid = say(cast.ada, ada)
    body = {"assignment": None, "text": "The author, by clause 3.", "reply_to": uuid}
    answer = send(cast.cleo, "PUT", f"comments/{uuid4()}", body)
    assert (answer.status_code, answer.json()["passage"]) == (201, 1)
    assert send(cast.rita, "PUT", f"comments/{uuid4()}", body).status_code == 404
    resolved = send(cast.cleo, "PATCH", f"comments/{uuid}", {"resolved": True})
    assert resolved.json()["resolved"] is True
    assert heard(cast.ada, ada)["comments"][0]["resolved"] is True
    opened = send(cast.ada, "PATCH", f"comments/{uuid}", {"resolved": False})
    assert opened.json()["resolved"] is False


def test_a_span_lies_inside_its_passage(cast: Cast, pair: Pair) -> None:
    ada, _ben = pair
    say(cast.ada, ada, start=TEXT.index("Nights"), end=TEXT.index(" in the"))
    for start, end in ((0, 5), (11, 60), (12, 12), (None, 20)):
        body = {"assignment": str(ada.uuid), "passage": 1, "text": "x", "start": start, "end": end}
        assert send(cast.ada, "PUT", f"comments/{uuid4()}", body).status_code == 422
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": 4}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"passage": None}, "passage"),
        ({"passage": 99}, "passage"),
        ({"passage": True}, "passage"),
        ({"passage": 2**40}, "passage"),
        ({"assignment": "no"}, "assignment"),
        ({"assignment": None}, "assignment"),
        ({"reply_to": "no"}, "reply_to"),
        ({"shout": True}, "shout"),
    ],
)
def test_what_is_wrong_with_a_comment_is_422_by_field(
    cast: Cast, pair: Pair, change: dict[str, Any], field: str
) -> None:
    body = {"assignment": str(pair[0].uuid), "passage": 0, "text": "x", **change}
    answer = send(cast.ada, "PUT", f"comments/{uuid4()}", body)
    assert answer.status_code == 422
    assert field in [each["field"] for each in answer.json()["errors"]]
    assert not Comment.objects.exists()


def test_text_that_cannot_be_stored_is_422(cast: Cast, pair: Pair) -> None:
    for text in ("a\x00b", "\ud800"):
        body = {"assignment": str(pair[0].uuid), "passage": 0, "text": text}
        assert send(cast.ada, "PUT", f"comments/{uuid4()}", body).status_code == 422


def test_markup_in_a_comment_is_text(cast: Cast, pair: Pair) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    say(cast.ada, pair[0], hostile)
    assert texts(heard(cast.ada, pair[0])) == [hostile]


def test_a_change_takes_an_operation(cast: Cast, pair: Pair) -> None:
    client, body = browser_of(cast.ada), {"assignment": str(pair[0].uuid)}
    for path in ("comments", "flags"):
        answer = client.put(f"/api/v1/{path}/{uuid4()}", body, content_type="application/json")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_foreign_work_takes_no_comment_and_no_flag(cast: Cast, pair: Pair) -> None:
    place = {"assignment": str(pair[0].uuid), "passage": 0}
    for user in (cast.ben, cast.cleo, cast.mia, cast.rita, cast.dag):
        said = send(user, "PUT", f"comments/{uuid4()}", {**place, "text": "x"})
        flagged = send(user, "PUT", f"flags/{uuid4()}", {**place, "kind": "discuss"})
        assert (said.status_code, flagged.status_code) == (404, 404)


def test_somebody_who_left_says_nothing_more(cast: Cast, pair: Pair) -> None:
    uuid = say(cast.ada, pair[0])
    dismiss(cast.ada, cast.project)
    assert send(cast.ada, "DELETE", f"comments/{uuid}").status_code == 404


def test_the_database_keeps_comments_as_they_were_written(cast: Cast, pair: Pair) -> None:
    say(cast.ada, pair[0])
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Comment.objects.update(text="slipped in")
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Comment.objects.all().delete()


def raise_flag(user: User, work: Assignment, kind: str = "zone", **more: Any) -> str:
    uuid = str(uuid4())
    more = {"proposed": "boilerplate", **more} if kind == "zone" else more
    body = {"assignment": str(work.uuid), "kind": kind, "passage": 1, **more}
    answer = send(user, "PUT", f"flags/{uuid}", body)
    assert answer.status_code == 201, answer.content
    return uuid


def test_ones_own_flags_come_with_the_comments(cast: Cast, pair: Pair) -> None:
    ada, ben = pair
    uuid = raise_flag(cast.ada, ada, note="a share line")
    raise_flag(cast.ben, ben, "discuss")
    [only] = heard(cast.ada, ada)["flags"]
    assert (only["id"], only["proposed"], only["note"]) == (uuid, "boilerplate", "a share line")
    assert send(cast.ben, "DELETE", f"flags/{uuid}").status_code == 404
    for _again in range(2):
        assert send(cast.ada, "DELETE", f"flags/{uuid}").status_code == 204
    assert heard(cast.ada, ada)["flags"] == []


def test_a_flag_is_raised_once(cast: Cast, pair: Pair) -> None:
    uuid, operation = uuid4(), uuid4()
    body = {"assignment": str(pair[0].uuid), "kind": "split", "passage": 0, "proposed": "join"}
    first = send(cast.ada, "PUT", f"flags/{uuid}", body, operation=operation)
    again = send(cast.ada, "PUT", f"flags/{uuid}", body, operation=operation)
    assert (first.status_code, first.json()) == (201, again.json())
    other = {**body, "proposed": "divide"}
    reused = send(cast.ada, "PUT", f"flags/{uuid}", other, operation=operation)
    assert (reused.status_code, reused.json()["type"]) == (422, "operation-reused")
    kept = send(cast.ada, "PUT", f"flags/{uuid}", other)
    assert (kept.status_code, kept.json()["type"]) == (409, "flag-kept")
    assert Flag.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "martian"}, "kind"),
        ({"proposed": "advert"}, "proposed"),
        ({"proposed": None}, "proposed"),
        ({"kind": "discuss", "proposed": "body"}, "proposed"),
        ({"kind": "split", "proposed": "body"}, "proposed"),
        ({"passage": 99}, "passage"),
        ({"passage": "1"}, "passage"),
        ({"note": "x" * 2_001}, "note"),
        ({"assignment": 7}, "assignment"),
        ({"kinds": []}, "kinds"),
    ],
)
def test_what_is_wrong_with_a_flag_is_422_by_field(
    cast: Cast, pair: Pair, change: dict[str, Any], field: str
) -> None:
    body = {"assignment": str(pair[0].uuid), "kind": "zone", "passage": 0, "proposed": "link"}
    answer = send(cast.ada, "PUT", f"flags/{uuid4()}", {**body, **change})
    assert answer.status_code == 422
    assert field in [each["field"] for each in answer.json()["errors"]]
    assert not Flag.objects.exists()
