"""Disputes and rulings over REST."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotations.adjudication.models import Ruling
from annotations.corpus.models import Document
from annotations.project.models import User
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import document as document  # a fixture
from tests.cast import Cast


def by(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def where(document: Document) -> str:
    return f"/api/v1/documents/{document.uuid}/adjudication"


def shown(document: Document, user: User) -> dict[str, Any]:
    answer = by(user).get(where(document))
    assert answer.status_code == 200
    return answer.json()  # type: ignore[no-any-return]


def put(document: Document, user: User, body: dict[str, Any], **headers: str) -> Any:
    return by(user).put(
        where(document), json.dumps(body), content_type="application/json", headers=headers
    )


def rejection(document: Document, user: User) -> tuple[dict[str, Any], str]:
    """The body of a ruling on the open dispute, and the version that it was made on."""
    state = shown(document, user)
    (dispute,) = [each for each in state["disputes"] if not each["settled"]]
    body = {"operation": str(uuid4()), "dispute": dispute["key"], "decision": "reject"}
    return body, state["version"]


def test_disputes_are_shown_under_letters(cast: Cast, document: Document) -> None:
    state = shown(document, cast.cleo)
    assert (state["state"], state["coders"], state["offset_unit"]) == (
        "open",
        ["A", "B"],
        "codepoint",
    )
    nights, pay = state["disputes"]
    assert (nights["unanimous"], pay["unanimous"]) == (False, True)
    for member in nights["members"]:
        assert document.text[member["start"] : member["end"]] == member["quote"]
    for coder in (cast.ada, cast.ben):
        assert cast.coder(coder).pseudonym not in json.dumps(state)


def test_a_ruling_answers_with_the_state_after_it(cast: Cast, document: Document) -> None:
    body, version = rejection(document, cast.cleo)
    answer = put(document, cast.cleo, body, If_Match=f'"{version}"')
    assert answer.status_code == 200
    after = answer.json()
    assert after["state"] == "adjudicated"
    assert answer["ETag"] == f'"{after["version"]}"'
    assert [ruling["decision"] for ruling in after["rulings"]] == ["reject"]


def test_accepting_names_a_letter(cast: Cast, document: Document) -> None:
    body, version = rejection(document, cast.cleo)
    state = shown(document, cast.cleo)
    second = state["disputes"][0]["members"][1]
    body |= {"decision": "accept", "accept": second["coder"]}
    assert put(document, cast.cleo, body, If_Match=f'"{version}"').status_code == 200
    assert Ruling.objects.get().quote == second["quote"]


def test_an_old_version_is_412_and_names_the_new_one(cast: Cast, document: Document) -> None:
    body, version = rejection(document, cast.cleo)
    put(document, cast.cleo, body, If_Match=f'"{version}"')
    other = {**body, "operation": str(uuid4()), "decision": "accept"}
    answer = put(document, cast.mia, other, If_Match=f'"{version}"')
    assert answer.status_code == 412
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["current"] == shown(document, cast.mia)["version"]


def test_the_same_operation_again_is_the_same_ruling(cast: Cast, document: Document) -> None:
    body, version = rejection(document, cast.cleo)
    answers = [put(document, cast.cleo, body, If_Match=f'"{version}"') for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert Ruling.objects.count() == 1


def test_without_a_version_nothing_is_ruled(cast: Cast, document: Document) -> None:
    body, _ = rejection(document, cast.cleo)
    assert put(document, cast.cleo, body).status_code == 428


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"operation": "7"}, "operation"),
        ({"operation": None}, "operation"),
        ({"decision": "perhaps"}, "decision"),
        ({"decision": None}, "decision"),
        ({"decision": "accept", "accept": "Z"}, "accept"),
        ({"decision": "adjust", "start": "0"}, "start"),
        ({"decision": "adjust", "start": True}, "start"),
        ({"decision": "adjust", "start": -1}, "start"),
        ({"decision": "adjust", "end": 2**31}, "end"),
        ({"decision": "change", "theme": 7}, "theme"),
        ({"decision": "change", "holder": "author"}, "holder"),
        ({"decision": "change", "holder": {"kind": "person", "age": 7}}, "holder"),
        ({"decision": "change", "holder": {"kind": "person", "name": 7}}, "holder.name"),
        ({"clause": "x" * 201}, "clause"),
        ({"verdict": "reject"}, "verdict"),
        ({"dispute": ["x"]}, "dispute"),
    ],
)
def test_a_body_that_breaks_a_rule_is_422_and_names_the_field(
    cast: Cast, document: Document, change: dict[str, Any], field: str
) -> None:
    body, version = rejection(document, cast.cleo)
    answer = put(document, cast.cleo, body | change, If_Match=f'"{version}"')
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_text_that_cannot_be_stored_is_refused(cast: Cast, document: Document) -> None:
    body, version = rejection(document, cast.cleo)
    answer = put(document, cast.cleo, body | {"reason": "\x00"}, If_Match=f'"{version}"')
    assert answer.status_code == 422


def test_an_unchanged_state_is_304(cast: Cast, document: Document) -> None:
    version = shown(document, cast.cleo)["version"]
    answer = by(cast.cleo).get(where(document), headers={"If-None-Match": f'"{version}"'})
    assert answer.status_code == 304


def test_while_a_coder_is_missing_nothing_is_shown(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    makers.submitted(batch, row, cast.coder(cast.ada), [makers.PAY], slot=1)
    state = shown(row, cast.cleo)
    assert (state["state"], state["disputes"]) == ("waiting", [])


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("rita", 403), ("dag", 404)])
def test_adjudication_is_for_adjudicators(
    cast: Cast, document: Document, who: str, status: int
) -> None:
    user = getattr(cast, who)
    assert by(user).get(where(document)).status_code == status
    assert put(document, user, {}, If_Match='"0-0"').status_code == status


def test_without_a_session_it_is_401(document: Document) -> None:
    assert Client().get(where(document)).status_code == 401


def test_the_queries_of_a_document_do_not_grow_with_its_disputes(
    cast: Cast, document: Document, django_assert_max_num_queries: Any
) -> None:
    client = by(cast.cleo)
    with django_assert_max_num_queries(14):
        client.get(where(document))
