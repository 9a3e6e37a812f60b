"""Releases over REST: freeze, list, manifest, and the file in full, in part, or not at all."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from annotations.release.freezings import Freezing
from annotations.release.models import Release
from tests.api.test_adjudication import by
from tests.cast import Cast
from tests.jobs.working import work
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus  # a fixture
from tests.release.test_freezing import freeze

ALL = "/api/v1/projects/labs/releases"
FILE = f"{ALL}/v1/documents.jsonl"


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def asked(corpus: Corpus, **headers: str) -> Any:
    said = json.dumps({"notes": "First."})
    client = by(corpus.cast.mia)
    return client.post(ALL, said, content_type="application/json", headers=headers)


def test_a_release_that_is_asked_for_is_202_and_then_there(corpus: Corpus) -> None:
    answer = asked(corpus)
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert answer["Location"] == f"{ALL}/freezings/{answer.json()['id']}"
    work()
    client = by(corpus.cast.mia)
    ended = client.get(answer["Location"]).json()
    assert (ended["state"], ended["release"], ended["reason"]) == ("done", "v1", None)
    manifest = client.get(f"{ALL}/v1").json()
    assert (manifest["version"], manifest["notes"], manifest["spans"]) == ("v1", "First.", 3)


def test_whoever_waits_gets_the_manifest(corpus: Corpus) -> None:
    with ThreadPoolExecutor(1) as others:

        def once_asked() -> None:
            try:
                while not Freezing.objects.exists():
                    time.sleep(0.02)
            finally:
                connection.close()
            work()

        done = others.submit(once_asked)
        answer = asked(corpus, Prefer="wait=30")
        while answer.status_code == 202:  # a machine that is slower than thirty seconds
            answer = asked(corpus, Prefer="wait=30", **{"Idempotency-Key": answer.json()["id"]})
        done.result()
    assert (answer.status_code, answer["Location"]) == (201, f"{ALL}/v1")
    assert answer["Preference-Applied"] == "wait=30"
    assert answer.json() == by(corpus.cast.rita).get(f"{ALL}/v1").json()


def test_asked_again_under_its_key_it_is_one_release(corpus: Corpus) -> None:
    key = str(uuid4())
    first, second = (asked(corpus, **{"Idempotency-Key": key}) for _ in range(2))
    assert first["Location"] == second["Location"]
    work()
    third = asked(corpus, **{"Idempotency-Key": key})
    assert (third.status_code, third["Location"]) == (201, f"{ALL}/v1")
    assert asked(corpus, **{"Idempotency-Key": "x"}).status_code == 422


def test_why_it_failed_is_a_problem(corpus: Corpus) -> None:
    key = asked(corpus).json()["id"]
    Freezing.objects.update(state="failed", reason="Freezing stopped 5 times without a result.")
    answer = asked(corpus, **{"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["type"]) == (409, "freezing-failed")
    assert "5" in answer.json()["detail"]


def test_the_list_begins_with_the_newest(corpus: Corpus) -> None:
    freeze(corpus)
    freeze(corpus, later=1)
    results = by(corpus.cast.rita).get(ALL).json()["results"]
    assert [each["version"] for each in results] == ["v2", "v1"]


def test_the_file_is_the_release(corpus: Corpus) -> None:
    release = freeze(corpus)
    answer = by(corpus.cast.rita).get(FILE)
    assert answer["ETag"] == f'"{release.sha256}"'
    assert answer["Content-Length"] == str(release.size)
    assert answer["Content-Type"] == "application/x-ndjson"
    assert sha256(body(answer)).hexdigest() == release.sha256


@pytest.mark.parametrize("accept", ["application/json", "text/html", "application/x-ndjson"])
def test_whatever_is_accepted_the_file_comes(corpus: Corpus, accept: str) -> None:
    freeze(corpus)
    assert by(corpus.cast.rita).get(FILE, headers={"Accept": accept}).status_code == 200


def test_who_has_it_already_gets_304(corpus: Corpus) -> None:
    release = freeze(corpus)
    answer = by(corpus.cast.rita).get(FILE, headers={"If-None-Match": f'"{release.sha256}"'})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_download_can_be_taken_up_again(corpus: Corpus) -> None:
    release = freeze(corpus)
    client = by(corpus.cast.rita)
    first = client.get(FILE, headers={"Range": "bytes=0-99"})
    assert first.status_code == 206
    assert first["Content-Range"] == f"bytes 0-99/{release.size}"
    rest = client.get(FILE, headers={"Range": "bytes=100-", "If-Range": f'"{release.sha256}"'})
    assert sha256(body(first) + body(rest)).hexdigest() == release.sha256


def test_a_range_of_another_file_is_not_joined(corpus: Corpus) -> None:
    freeze(corpus)
    answer = by(corpus.cast.rita).get(FILE, headers={"Range": "bytes=5-", "If-Range": '"old"'})
    assert answer.status_code == 200


def test_a_range_past_the_end_is_416(corpus: Corpus) -> None:
    release = freeze(corpus)
    answer = by(corpus.cast.rita).get(FILE, headers={"Range": "bytes=99999999-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{release.size}")


def test_nothing_adjudicated_is_409(live_cast: Cast) -> None:
    answer = by(live_cast.mia).post(ALL, "{}", content_type="application/json")
    assert answer.status_code == 409
    assert not Release.objects.exists()


@pytest.mark.parametrize("notes", [7, None, ["x"], "x" * 20_001])
def test_notes_are_text(cast: Cast, notes: object) -> None:
    answer = by(cast.mia).post(ALL, json.dumps({"notes": notes}), content_type="application/json")
    assert answer.status_code == 422


@pytest.mark.parametrize("version", ["v1", "1", "latest", "v-1"])
def test_an_unknown_version_is_404(cast: Cast, version: str) -> None:
    assert by(cast.rita).get(f"{ALL}/{version}").status_code == 404
    assert by(cast.rita).get(f"{ALL}/{version}/documents.jsonl").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("dag", 404)])
def test_releases_are_for_readers_adjudicators_and_managers(
    cast: Cast, who: str, status: int
) -> None:
    client = by(getattr(cast, who))
    for address in (ALL, f"{ALL}/v1", FILE):
        assert client.get(address).status_code == status
    assert client.post(ALL, "{}", content_type="application/json").status_code == status


def test_a_reader_does_not_freeze(cast: Cast) -> None:
    assert by(cast.rita).post(ALL, "{}", content_type="application/json").status_code == 403


def test_without_a_session_it_is_401(cast: Cast) -> None:
    assert Client().get(FILE).status_code == 401
