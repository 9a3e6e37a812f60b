"""Releases are frozen and proven from the command line."""

from __future__ import annotations

import pytest

from annotations.project.models import Membership
from tests.cast import Cast
from tests.management.calling import run
from tests.release.conftest import Corpus, corpus
from tests.release.test_proving import tamper

__all__ = ["corpus"]


def test_a_release_is_frozen_and_proven(corpus: Corpus) -> None:
    made = run("freeze_release", "labs", "--notes", "First.", "--json").json
    assert (made["version"], made["notes"], made["documents"]) == ("v1", "First.", 2)
    proof = run("verify_release", "labs", "v1", "--json").json
    assert proof["holds"] is True
    assert proof["sha256"] == made["sha256"]
    assert run("verify_release", "labs", "1").code == 0


def test_a_fault_is_printed_and_exits_with_one(corpus: Corpus) -> None:
    run("freeze_release", "labs")
    tamper("UPDATE annotations_release SET spans_total = 7")
    answer = run("verify_release", "labs", "v1", "--json")
    assert answer.code == 1
    assert answer.error == "v1: faults: 1"
    assert [fault["code"] for fault in answer.json["faults"]] == ["count"]
    assert "count v1: 3 spans, but 7 are stated" in run("verify_release", "labs", "v1").out


def test_a_release_is_made_by_whom_one_names(corpus: Corpus) -> None:
    assert run("freeze_release", "labs", "--by", "ada").code == 1
    assert run("freeze_release", "labs", "--by", "nobody").code == 2
    assert run("freeze_release", "labs", "--by", "mia").code == 0


def test_nothing_adjudicated_is_a_failure(live_cast: Cast) -> None:
    answer = run("freeze_release", "labs")
    assert (answer.code, answer.out) == (1, "")
    assert "nothing to release" in answer.error


def test_a_project_without_a_manager_cannot_release(live_cast: Cast) -> None:
    Membership.objects.filter(role="manager").delete()
    assert run("freeze_release", "labs").code == 2


@pytest.mark.parametrize("version", ["v9", "latest", "v", "v99999999999"])
def test_an_unknown_release_is_misuse(cast: Cast, version: str) -> None:
    answer = run("verify_release", "labs", version)
    assert answer.code == 2
    assert version in answer.error
    assert run("verify_release", "gone", "v1").code == 2


def test_all_releases_are_proven_at_once_and_one_fault_is_a_failure(corpus: Corpus) -> None:
    run("freeze_release", "labs")
    run("freeze_release", "labs")
    proven = run("verify_release", "--all", "--json")
    assert (proven.code, [each["version"] for each in proven.json]) == (0, ["v1", "v2"])
    assert all(each["holds"] and each["project"] == "labs" for each in proven.json)
    tamper("UPDATE annotations_release SET spans_total = 7 WHERE number = 2")
    answer = run("verify_release", "labs", "--all", "--json")
    assert (answer.code, answer.error) == (1, "labs v2: faults: 1")
    assert [each["holds"] for each in answer.json] == [True, False]
