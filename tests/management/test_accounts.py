"""Accounts, links and tokens from the command line."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from annotations.project.access import coder_of, roles
from annotations.project.accounts import token_of, use_sign_in_link
from annotations.project.models import Project, Role, SignInLink, User
from tests.cast import Cast
from tests.management.calling import run


def token_in(address: str) -> str:
    return urlsplit(address).path.removeprefix("/sign-in/")


def test_an_account_is_created_without_a_password(db: None) -> None:
    answer = run("create_user", "eva", "--name", "Eva", "--json")
    assert answer.json == {"account": "eva", "name": "Eva", "staff": False}
    eva = User.objects.get(username="eva")
    assert not eva.has_usable_password()
    assert not eva.is_superuser


def test_staff_may_use_the_administration(db: None) -> None:
    assert run("create_user", "eva", "--staff").code == 0
    eva = User.objects.get(username="eva")
    assert eva.is_staff
    assert eva.is_superuser


@pytest.mark.parametrize("username", ["ada", "two words", ""])
def test_a_taken_or_malformed_name_is_misuse(cast: Cast, username: str) -> None:
    before = User.objects.count()
    answer = run("create_user", username)
    assert (answer.code, answer.out) == (2, "")
    assert answer.error
    assert User.objects.count() == before


def test_a_link_signs_in_once(cast: Cast) -> None:
    answer = run("sign_in_link", "ada", "--base-url", "https://desk.example.org/")
    assert answer.out.startswith("https://desk.example.org/sign-in/")
    now = timezone.now()
    assert use_sign_in_link(token_in(answer.out), now=now) == cast.ada


def test_a_link_as_json_says_whose_it_is(cast: Cast) -> None:
    said = run("sign_in_link", "mia", "--json").json
    assert (said["account"], said["name"], said["roles"]) == ("mia", "Mia", "manager")
    assert said["url"] == "http://localhost:8000" + said["path"]


@pytest.mark.parametrize("arguments", [["nobody"], [], ["ada", "--all-demo"]])
def test_links_are_for_one_known_account_or_for_the_demonstration(
    cast: Cast, arguments: list[str]
) -> None:
    assert run("sign_in_link", *arguments).code == 2
    assert not SignInLink.objects.exists()


def test_a_closed_account_gets_no_link(cast: Cast) -> None:
    User.objects.filter(username="ada").update(is_active=False)
    assert run("sign_in_link", "ada").code == 2


def test_without_the_demonstration_there_are_no_links_of_it(cast: Cast) -> None:
    answer = run("sign_in_link", "--all-demo", "--json")
    assert (answer.json, answer.code) == ([], 0)


def test_a_token_acts_within_its_scopes_and_days(cast: Cast) -> None:
    said = run("create_token", "rita", "--scopes", "releases,read", "--days", "7", "--json").json
    assert said["scopes"] == ["read", "releases"]
    now = timezone.now()
    row = token_of(said["token"], now=now)
    assert row is not None
    assert row.user == cast.rita
    assert token_of(said["token"], now=now + timedelta(days=8)) is None


def test_a_token_alone_is_printed_for_a_script(cast: Cast) -> None:
    assert run("create_token", "rita", "--scopes", "read").out.startswith("wb_")


@pytest.mark.parametrize(
    "arguments",
    [
        ["rita", "--scopes", "everything"],
        ["rita", "--scopes", ","],
        ["nobody", "--scopes", "read"],
        ["rita", "--scopes", "read", "--days", "0"],
    ],
)
def test_a_wrong_scope_account_or_time_is_misuse(cast: Cast, arguments: list[str]) -> None:
    answer = run("create_token", *arguments)
    assert (answer.code, answer.out) == (2, "")


def test_a_project_has_its_manager(cast: Cast) -> None:
    assert run("create_project", "new-study", "New study", "--manager", "dag").code == 0
    project = Project.objects.get(slug="new-study")
    assert roles(cast.dag, project) == {Role.MANAGER}


@pytest.mark.parametrize(
    "arguments", [["labs", "Again"], ["Capital", "Name"], ["fine", "Name", "--manager", "nobody"]]
)
def test_a_taken_or_malformed_slug_is_misuse(cast: Cast, arguments: list[str]) -> None:
    manager = [] if "--manager" in arguments else ["--manager", "dag"]
    assert run("create_project", *arguments, *manager).code == 2
    assert Project.objects.count() == 1


def test_enrolling_adds_to_the_roles_held(cast: Cast) -> None:
    said = run("enrol", "cleo", "labs", "annotator", "--json").json
    assert said["roles"] == ["adjudicator", "annotator"]
    assert said["pseudonym"] == coder_of(cast.cleo, cast.project).pseudonym


@pytest.mark.parametrize("arguments", [["nobody", "labs", "reader"], ["dag", "gone", "reader"]])
def test_enrolling_needs_a_known_person_and_project(cast: Cast, arguments: list[str]) -> None:
    assert run("enrol", *arguments).code == 2


def test_who_changed_it_is_in_the_audit_trail(cast: Cast) -> None:
    run("enrol", "dag", "labs", "reader")
    event = cast.project.memberships.get(user=cast.dag).events.get()
    assert event.pgh_context.metadata == {"command": "enrol"}
