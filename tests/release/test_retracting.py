"""A retracted release keeps its manifest and its hash, and gives no file any more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from annotations.project.refusals import Invalid, NotAllowed, NotNow, TakenDown
from annotations.release.cache import releases_folder
from annotations.release.changing import Place, changes
from annotations.release.choosing import wanted
from annotations.release.models import Release
from annotations.release.present import taken_back
from annotations.release.retracting import retract
from annotations.release.serving import release_of
from tests.api.test_adjudication import by
from tests.cast import NOW
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze

ALL = "/api/v1/projects/labs/releases"


def taken(corpus: Corpus, release: Release) -> None:
    retract(release, reason="Wrong round.", by=corpus.cast.mia, now=NOW)


def test_its_files_are_gone_and_its_manifest_says_why(corpus: Corpus) -> None:
    release = freeze(corpus)
    client = by(corpus.cast.rita)
    before = client.get(f"{ALL}/v1")
    kept = wanted(release, "documents.jsonl").kept()
    taken(corpus, release)
    with pytest.raises(TakenDown):
        wanted(release, "documents.jsonl")
    assert not kept.path.exists()
    for file in ("documents.jsonl", "spans.csv", "bundle.zip"):
        answer = client.get(f"{ALL}/v1/{file}")
        assert (answer.status_code, answer.json()["type"]) == (410, "retracted")
        assert "Wrong round." in answer.json()["detail"]
    after = client.get(f"{ALL}/v1", headers={"If-None-Match": before["ETag"]})
    assert after.json()["retracted"]["reason"] == "Wrong round."
    assert after.json()["sha256"] == release.sha256


def test_latest_and_changes_pass_over_it(corpus: Corpus) -> None:
    project = corpus.cast.project
    first, second = freeze(corpus), freeze(corpus, later=1)
    taken(corpus, second)
    assert release_of(project, "latest") == first
    found, _place = changes(project, place=Place(0), most=10)
    assert {each["release"] for each in found} == {"v1"}
    (told,) = taken_back(project)["retracted"]
    assert (told["release"], told["reason"]) == ("v2", "Wrong round.")


def test_what_is_the_same_in_another_release_stays_in_the_cache(corpus: Corpus) -> None:
    first, second = freeze(corpus), freeze(corpus, later=1)
    kept = wanted(first, "documents.jsonl").kept()
    taken(corpus, second)
    assert kept.path.exists()
    assert kept.path.parent == releases_folder()


def test_it_takes_a_manager_a_reason_and_one_time(corpus: Corpus) -> None:
    release = freeze(corpus)
    with pytest.raises(NotAllowed):
        retract(release, reason="x", by=corpus.cast.cleo, now=NOW)
    with pytest.raises(Invalid):
        retract(release, reason=" ", by=corpus.cast.mia, now=NOW)
    taken(corpus, release)
    with pytest.raises(NotNow):
        taken(corpus, release)


def test_over_rest_and_on_its_page(corpus: Corpus) -> None:
    freeze(corpus)
    freeze(corpus, later=1)
    client = by(corpus.cast.mia)
    page = reverse("retraction", args=["labs", "v1"])
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Wrong."}).status_code == 302
    assert "Wrong." in client.get(page).content.decode()
    said = json.dumps({"reason": "Wrong, too."})
    answer = client.post(f"{ALL}/v2/retraction", said, content_type="application/json")
    assert (answer.status_code, answer.json()["reason"]) == (201, "Wrong, too.")


def test_a_document_is_taken_down_over_rest_and_on_its_page(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.mia)
    where = f"/api/v1/documents/{corpus.ruled.uuid}/takedown"
    seen: dict[str, Any] = client.get(where).json()
    assert (seen["taken_down"], seen["releases"], seen["annotations"]) == (None, ["v1"], 4)
    said = json.dumps({"reason": "Asked to."})
    done = client.post(where, said, content_type="application/json").json()
    assert done["taken_down"]["reason"] == "Asked to."
    assert done["documents"][0]["raw_sha256"] == seen["documents"][0]["raw_sha256"]
    assert client.get(f"/api/v1/documents/{corpus.ruled.uuid}").status_code == 410
    assert client.get(reverse("document", args=[corpus.ruled.uuid])).status_code == 410
    assert client.get(reverse("adjudicate", args=[corpus.ruled.uuid])).status_code == 410
    page = reverse("takedown", args=[corpus.agreed.uuid])
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Asked, too."}).status_code == 302
    assert "Asked, too." in client.get(page).content.decode()
    assert "taken_down" in client.get("/api/v1/projects/labs/changes").json()
