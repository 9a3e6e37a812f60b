"""The demonstration is whole, real, and loaded once."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from django.utils import timezone

from annotations.adjudication.models import Ruling
from annotations.assignment.models import Assignment, Batch, State
from annotations.codebook.interchange import dump_edition
from annotations.codebook.models import Edition
from annotations.coding.models import Annotation, Snapshot
from annotations.corpus.models import Document, Source
from annotations.management.demo_files import SLUG
from annotations.project.access import roles
from annotations.project.accounts import use_sign_in_link
from annotations.project.models import Project, User
from annotations.release.models import Release
from annotations.release.proving import verify_release
from tests.fixtures.demonstration import BOOKS, CORPUS, DEMO
from tests.management.calling import run


@pytest.fixture
def project(demonstration: Project) -> Project:
    return demonstration


def test_everything_described_is_there(project: Project) -> None:
    assert Document.objects.count() == Source.objects.count() == len(DEMO["documents"])
    assert {batch.name for batch in Batch.objects.open()} == {"training-1", "main-1"}
    assert Assignment.objects.count() == len(DEMO["codings"])
    assert Annotation.objects.count() == sum(len(each["spans"]) for each in DEMO["codings"])
    submitted = [each for each in DEMO["codings"] if each["submitted"]]
    assert Snapshot.objects.count() == len(submitted)
    states = Counter(Assignment.objects.values_list("state", flat=True))
    assert states == {State.SUBMITTED: len(submitted), State.IN_PROGRESS: 1}
    assert Ruling.objects.count() == len(DEMO["rulings"])


def test_the_files_are_in_byte_for_byte(project: Project) -> None:
    kept = set(Source.objects.values_list("sha256", flat=True))
    assert kept == {hashlib.sha256(each.read_bytes()).hexdigest() for each in CORPUS.glob("*.txt")}


def test_codings_are_at_the_quotes_that_were_described(project: Project) -> None:
    described = Counter(
        (each["coder"], span["quote"], span["theme"], span["stance"])
        for each in DEMO["codings"]
        for span in each["spans"]
    )
    stored = Annotation.objects.values_list(
        "coder__user__username", "quote", "theme__key", "stance__key"
    )
    assert Counter(stored) == described


def test_the_first_edition_is_in_use_and_the_second_a_draft(project: Project) -> None:
    first, second = Edition.objects.filter(project=project).order_by("number")
    assert dump_edition(first) == {**BOOKS[1], "changes": []}
    assert dump_edition(second) == {**BOOKS[2], "changes": []}
    assert first.frozen_at is not None
    assert second.frozen_at is None


def test_stories_hold_what_is_told_alike(project: Project) -> None:
    told = Document.objects.exclude(story=None).values_list("story_relation", flat=True)
    assert Counter(told) == {"": 2, "translation": 1, "copy": 1}


def test_a_release_is_made_and_can_be_proven(project: Project) -> None:
    release = Release.objects.get(project=project)
    assert release.version == "v1"
    assert release.documents_total >= 3
    assert verify_release(release).holds


def test_nobody_has_a_password_and_mia_sees_the_administration(project: Project) -> None:
    people = {user.username: user for user in User.objects.all()}
    assert not any(user.has_usable_password() for user in people.values())
    assert {name for name, user in people.items() if user.is_staff} == {"mia"}
    assert roles(people["dag"], project) == frozenset()


def test_a_second_time_changes_nothing(project: Project) -> None:
    before = _counts()
    assert run("load_demo", "--json").json == {"project": SLUG, "fresh": False}
    assert _counts() == before


def test_the_command_says_what_it_did(own_database: str) -> None:
    assert run("load_demo").out == f"Loaded {SLUG}."
    assert run("load_demo", "-v", "0").out == ""


def test_a_load_that_fails_leaves_nothing_half(own_database: str) -> None:
    # The rulings, which come last, are cleo's; and a closed account may not rule.
    User.objects.create_user(username="cleo", is_active=False)
    assert run("load_demo").code == 2
    assert not Project.objects.exists()
    assert not Document.objects.exists()
    assert User.objects.count() == 1


def test_an_account_of_that_name_gets_no_more_rights_than_its_roles(own_database: str) -> None:
    User.objects.create_user(username="mia", name="Another Mia")
    run("load_demo")
    mia = User.objects.get(username="mia")
    assert (mia.name, mia.is_staff, mia.is_superuser) == ("Another Mia", False, False)


def test_everybody_gets_a_link_that_works(project: Project) -> None:
    links = run("sign_in_link", "--all-demo", "--json").json
    assert [each["account"] for each in links] == ["ada", "ben", "cleo", "mia", "theo", "dag"]
    for each in links:
        token = each["path"].removeprefix("/sign-in/")
        assert use_sign_in_link(token, now=timezone.now()).username == each["account"]


def _counts() -> list[int]:
    models = (User, Document, Edition, Assignment, Annotation, Ruling, Release)
    return [model.objects.count() for model in models]
