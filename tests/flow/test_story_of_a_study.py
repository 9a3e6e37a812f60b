"""A study from its pilot to its second release: whatever happens later, numbers of before stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from annotations.assignment.batching import Settings, add_documents, open_batch
from annotations.assignment.models import Allocation, Assignment, Batch, State
from annotations.assignment.planning import Part, Plan, make_round
from annotations.assignment.seating import leave, replace
from annotations.assignment.seats import Hand, Seat
from annotations.codebook.models import Edition
from annotations.corpus.models import Document
from annotations.project.members import enrol
from annotations.project.models import Coder, Role, User
from tests import cast as made
from tests.adjudication import makers
from tests.api.test_adjudication import by, put, shown
from tests.api.test_releases import body
from tests.cast import Cast
from tests.jobs.working import work

LABS = "/api/v1/projects/labs"
Tag = tuple[int, str, str]
"""(line, theme, stance)"""

# Each sees two things as everybody does, and one in a way of their own.
AGREED: tuple[Tag, ...] = ((0, "burnout", "against"), (3, "secrecy", "none"))
OWN: dict[str, Tag] = {
    "ada": (1, "compensation", "favor"),
    "ben": (1, "compensation", "against"),
    "eve": (2, "burnout", "mixed"),
}


@dataclass
class Study:
    """The cast, and one more who codes; six documents of five lines."""

    cast: Cast
    eve: User
    documents: list[Document]

    def coder(self, user: User) -> Coder:
        return Coder.objects.get(project=self.cast.project, user=user)


@pytest.fixture
def study(live_cast: Cast) -> Study:
    eve = made.person("eve")
    enrol(eve, live_cast.project, roles=[Role.ANNOTATOR])
    texts = (
        "\n".join(f"Line {n} of text {text} is on work." for n in range(5)) for text in "abcdef"
    )
    rows = [
        makers.document(live_cast.project, text, title=f"Text {number}")
        for number, text in enumerate(texts)
    ]
    return Study(live_cast, eve, rows)


def post(client: Client, path: str, data: Any) -> Any:
    return client.post(path, json.dumps(data), content_type="application/json")


def change(client: Client, work: dict[str, Any], data: dict[str, Any]) -> Any:
    return client.patch(
        f"/api/v1/assignments/{work['id']}",
        json.dumps(data),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )


def claimed(client: Client) -> dict[str, Any] | None:
    answer = post(client, f"{LABS}/assignments/next", {})
    return answer.json() if answer.status_code == 200 else None


def tag(client: Client, work: dict[str, Any], tags: Sequence[Tag]) -> None:
    document = client.get(f"/api/v1/documents/{work['document']}").json()
    for line, theme, stance in tags:
        passage = document["passages"][line]
        start, end = passage["start"], passage["end"]
        said = {
            "assignment": work["id"],
            "start": start,
            "end": end,
            "quote": document["text"][start:end],
            "theme": theme,
            "stance": stance,
        }
        answer = client.put(
            f"/api/v1/annotations/{uuid4()}",
            json.dumps(said),
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4()), "If-None-Match": "*"},
        )
        assert answer.status_code == 201, answer.content


def code_one(user: User) -> bool:
    client = by(user)
    work = claimed(client)
    if work is None:
        return False
    tag(client, work, [*AGREED, OWN[user.username]])
    done = change(client, work, {"state": "submitted", "judged": list(range(5))})
    assert done.status_code == 200, done.content
    return True


def code_all(*users: User) -> None:
    for user in users:
        while code_one(user):
            pass


def agreement(study: Study, **query: str) -> dict[str, Any]:
    answer = by(study.cast.cleo).get(f"{LABS}/agreement", query)
    assert answer.status_code == 200
    return answer.json()  # type: ignore[no-any-return]


def pilot(study: Study) -> Batch:
    """Two documents, two coders, with the first edition."""
    ids = [str(each.uuid) for each in study.documents[:2]]
    asked = {"name": "Pilot", "kind": "pilot", "documents": ids, "slots": 2, "open": True}
    assert post(by(study.cast.mia), f"{LABS}/batches", asked).status_code == 201
    code_all(study.cast.ada, study.cast.ben)
    return Batch.objects.get(name="Pilot")


def revise(study: Study) -> Edition:
    """The next edition: one definition is clearer."""
    client = by(study.cast.mia)
    book = client.get(f"{LABS}/codebook").json()
    data = {key: book[key] for key in ("stances", "themes")}
    data["themes"][2]["definition"] = {"en": "Pay as such, not the gap between pays."}
    answer = client.put(f"{LABS}/codebook", json.dumps(data), content_type="application/json")
    assert answer.status_code in {200, 201}, answer.content
    return Edition.objects.get(project=study.cast.project, number=2)


def main_round(study: Study, edition: Edition) -> Batch:
    """Three documents, seats planned for ada and ben."""
    cast = study.cast
    plan = Plan(
        name="Main",
        kind="main",
        edition=edition,
        documents=tuple(study.documents[2:5]),
        slots=2,
        seed=11,
        settings=Settings(checked_share=0.0, allocation=Allocation.PLANNED),
        parts=(Part(study.coder(cast.ada)), Part(study.coder(cast.ben))),
    )
    batch = make_round(cast.project, plan, by=cast.mia, now=timezone.now())
    return open_batch(batch, by=cast.mia, now=timezone.now())


def ada_leaves_in_the_middle(study: Study, batch: Batch) -> Assignment:
    """One document submitted, one begun; eve takes over what is left."""
    cast = study.cast
    client = by(cast.ada)
    assert code_one(cast.ada)
    work = claimed(client)
    assert work is not None
    tag(client, work, AGREED[:1])
    leave(study.coder(cast.ada), batch, reason="Parental leave.", by=cast.mia, now=timezone.now())
    gone = Hand.objects.get(batch=batch, coder=study.coder(cast.ada))
    replace(gone, newcomer=study.coder(study.eve), by=cast.mia, now=timezone.now())
    return Assignment.objects.get(uuid=work["id"])


def settle(study: Study, document: Document) -> None:
    """cleo takes A's where there is one, whatever it is."""
    while True:
        state = shown(document, study.cast.cleo)
        waiting = [each for each in state["disputes"] if not each["settled"]]
        if not waiting:
            return
        ruling = {
            "operation": str(uuid4()),
            "dispute": waiting[0]["key"],
            "decision": "accept",
            "accept": waiting[0]["members"][0]["coder"],
        }
        etag = {"If-Match": f'"{state["version"]}"'}
        answer = put(document, study.cast.cleo, ruling, **etag)
        assert answer.status_code in {200, 201}, answer.content


def release(study: Study, version: str) -> tuple[dict[str, Any], bytes]:
    assert post(by(study.cast.mia), f"{LABS}/releases", {"notes": ""}).status_code == 202
    work()
    return released(study, version)


def released(study: Study, version: str) -> tuple[dict[str, Any], bytes]:
    client = by(study.cast.rita)
    manifest = client.get(f"{LABS}/releases/{version}").json()
    return manifest, body(client.get(f"{LABS}/releases/{version}/documents.jsonl"))


def reverse_one(study: Study, document: Document) -> None:
    """cleo opens a settled dispute again and rejects it, with a reason."""
    state = shown(document, study.cast.cleo)
    ruled = next(each for each in state["disputes"] if each["ruling"])
    for decision in ("reopen", "reject"):
        version = shown(document, study.cast.cleo)["version"]
        asked = {
            "operation": str(uuid4()),
            "dispute": ruled["key"],
            "decision": decision,
            "reason": "The clause says otherwise.",
        }
        answer = put(document, study.cast.cleo, asked, **{"If-Match": f'"{version}"'})
        assert answer.status_code in {200, 201}, answer.content


def test_from_the_pilot_to_the_second_release(study: Study) -> None:
    cast = study.cast
    first = pilot(study)
    of_pilot = agreement(study, batch=str(first.uuid))
    assert of_pilot["documents_compared"] == 2

    batch = main_round(study, revise(study))
    left = ada_leaves_in_the_middle(study, batch)
    assert left.state == State.RELEASED
    add_documents(batch, study.documents[5:], by=cast.mia, now=timezone.now())
    assert Seat.objects.standing().filter(batch=batch, document=study.documents[5]).count() == 2
    code_all(cast.ben, study.eve)
    assert not claimed(by(cast.ada))

    of_main = agreement(study)
    assert (of_main["edition"], of_main["documents_compared"], of_main["coders"]) == (2, 4, 3)
    for document in study.documents[2:]:
        settle(study, document)
    assert agreement(study) == of_main

    manifest, lines = release(study, "v1")
    assert manifest["documents"] == len(lines.splitlines()) == 4
    reverse_one(study, study.documents[2])
    again, later = release(study, "v2")
    assert again["spans"] == manifest["spans"] - 1
    assert later != lines

    assert released(study, "v1") == (manifest, lines)
    assert agreement(study) == of_main
    assert agreement(study, batch=str(first.uuid)) == of_pilot
    for version in ("v1", "v2"):
        call_command("verify_release", "labs", version)


def test_what_the_leaver_began_is_kept_and_counts_nowhere(study: Study) -> None:
    batch = main_round(study, revise(study))
    left = ada_leaves_in_the_middle(study, batch)
    code_all(study.cast.ben, study.eve)
    found = agreement(study)
    assert (found["documents_compared"], found["coders"]) == (3, 3)
    state = shown(left.document, study.cast.cleo)
    assert state["coders"] == ["A", "B"]
    kept = by(study.cast.ada).get(f"/api/v1/documents/{left.document.uuid}").json()
    assert [each["theme"] for each in kept["annotations"]] == ["burnout"]
