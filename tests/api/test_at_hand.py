"""The queue, preferences, and the file as it came."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from annotations.coding.remark_bodies import PROPOSALS
from annotations.coding.remarks import Split
from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.models import Document, Zone
from annotations.corpus.readers.reading import read
from annotations.project.models import Preference, User
from tests.cast import NOW, Cast, assignment, batch, document
from tests.release.bytes_gone import lose_bytes


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_queue_is_ones_own_in_the_order_of_claiming(cast: Cast) -> None:
    rows = [document(cast.project, f"Day {n}.\nSoup.\n", title=f"Day {n}") for n in range(4)]
    round_ = batch(cast.project, cast.edition, rows)
    work = [assignment(round_, row, cast.coder(cast.ada)) for row in (rows[2], rows[0], rows[3])]
    assignment(round_, rows[1], cast.coder(cast.ben))
    work[1].state, work[1].submitted_at = "submitted", NOW
    work[1].save()
    client = browser_of(cast.ada)
    said = client.get("/api/v1/projects/labs/assignments").json()
    assert [each["title"] for each in said["results"]] == ["Day 2", "Day 0", "Day 3"]
    ids = [str(each.uuid) for each in work]
    beside = [(each["previous"], each["next"]) for each in said["results"]]
    assert beside == [(None, ids[1]), (ids[0], ids[2]), (ids[1], None)]
    assert said["progress"] == {"done": 1, "total": 4}
    first = said["results"][0]
    assert (first["passages"], first["annotations"], first["without_stance"]) == (2, 0, 0)
    left = client.get("/api/v1/projects/labs/assignments?state=open").json()
    assert [each["next"] for each in left["results"]] == [ids[2], None]


def test_the_queue_takes_known_states_only_and_few_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    rows = [document(cast.project, f"Day {n}.\n") for n in range(12)]
    round_ = batch(cast.project, cast.edition, rows)
    for row in rows:
        assignment(round_, row, cast.coder(cast.ada))
    client = browser_of(cast.ada)
    assert client.get("/api/v1/projects/labs/assignments?state=lost").status_code == 422
    assert client.get("/api/v1/projects/labs/assignments?coder=2").status_code == 422
    with django_assert_max_num_queries(14):
        page = client.get("/api/v1/projects/labs/assignments?limit=5").json()
    assert len(page["results"]) == 5
    assert len(client.get(page["next"]).json()["results"]) == 5


def prefer(user: User, body: Any) -> Any:
    return browser_of(user).put(
        "/api/v1/me/preferences", json.dumps(body), content_type="application/json"
    )


def test_preferences_are_kept_per_person(cast: Cast) -> None:
    keys = {"undo": "z", "tag:burnout": "Shift+1", "help": None, "stance:favor": "é"}
    settings = {"selection": "word", "reading_view": True}
    assert prefer(cast.ada, {"keys": keys, "settings": settings}).status_code == 200
    said = browser_of(cast.ada).get("/api/v1/me/preferences").json()
    assert said["keys"] == keys
    assert said["settings"] == {**settings, "fold_boilerplate": True}
    assert "undo" in said["verbs"]
    assert prefer(cast.ada, said).json() == said
    assert browser_of(cast.ben).get("/api/v1/me/preferences").json()["keys"] == {}


def test_one_key_for_two_verbs_is_refused_and_both_are_named(cast: Cast) -> None:
    answer = prefer(cast.ada, {"keys": {"undo": "z", "redo": "z", "memo": "m"}})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "key-conflict")
    assert {each["field"] for each in answer.json()["errors"]} == {"keys.undo", "keys.redo"}
    assert all("undo, redo" in each["detail"] for each in answer.json()["errors"])
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        [],
        None,
        {"keys": []},
        {"keys": {"fly": "f"}},
        {"keys": {"undo": "Z"}},
        {"keys": {"undo": "zz"}},
        {"keys": {"undo": "Tab"}},
        {"keys": {"undo": "Shift+Mod+z"}},
        {"keys": {"undo": 7}},
        {"keys": {"undo": ["z"]}},
        {"keys": {"undo": "\u202e"}},
        {"keys": {"undo": "\n"}},
        {"keys": {"<script>": "z"}},
        {"keys": {"tag:<b>": "z"}},
        {"keys": {"__proto__": "z"}},
        {"keys": {f"tag:t{n}": None for n in range(201)}},
        {"settings": {"selection": "letter"}},
        {"settings": {"reading_view": 1}},
        {"settings": {"theme": "dark"}},
        {"colour": "red"},
    ],
)
def test_what_is_no_preference_is_422(cast: Cast, body: Any) -> None:
    assert prefer(cast.ada, body).status_code == 422
    assert not Preference.objects.exists()


def original(user: User, row: Document) -> Any:
    return browser_of(user).get(f"/api/v1/documents/{row.uuid}/original")


def test_the_original_is_the_file_as_first_decoded(cast: Cast) -> None:
    data = "Été\r\nbroken \x01 line\r\n".encode("cp1252")
    row = admit(read("old.txt", data), data, into=cast.project, name="old.txt").document
    said = original(cast.mia, row).json()
    assert said["text"] == "Été\r\nbroken \x01 line\r\n"
    assert said["name"] == "old.txt"
    assert said["repairs"][0]["step"] == "decode"
    assert (said["encoding"], said["truncated"]) == (row.encoding, False)
    assert row.text != said["text"]


def test_a_large_original_is_cut_between_characters(cast: Cast) -> None:
    data = ("é" * 60 + "\n").encode() * 9_000
    row = admit(read("big.txt", data), data, into=cast.project, name="big.txt").document
    said = original(cast.mia, row).json()
    assert said["truncated"] is True
    assert len(said["text"].encode()) <= 1_000_008
    assert set(said["text"]) == {"é", "\n"}


def test_halves_of_pairs_are_marked_not_sent(cast: Cast) -> None:
    data = b"\xff\xfea\x00\x00\xd8b\x00" + "c".encode("utf-16-le") * 20
    row = admit(read("half.txt", data), data, into=cast.project, name="half.txt").document
    assert original(cast.mia, row).json()["text"].startswith("a\ufffdb")


def test_the_original_is_for_those_who_read_the_document(cast: Cast) -> None:
    row = document(cast.project, "Nights.\n")
    assignment(batch(cast.project, cast.edition, [row]), row, cast.coder(cast.ada))
    given = [original(user, row).status_code for user in (cast.ada, cast.ben, cast.cleo, cast.dag)]
    assert given == [200, 404, 200, 404]


def test_bytes_that_were_taken_down_are_404_with_the_reason(cast: Cast) -> None:
    row = document(cast.project, "Nights.\n")
    lose_bytes()
    answer = original(cast.mia, row)
    assert (answer.status_code, answer.json()["type"]) == (404, "taken-down")


def test_flags_propose_zones_that_there_are() -> None:
    assert set(PROPOSALS["zone"]) == set(Zone.values)
    assert set(PROPOSALS["split"]) == set(Split.values)
