"""A session is of whoever signed in, of nobody else, and no longer than they say."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from annotations.assignment.models import Assignment
from annotations.project.accounts import new_sign_in_link
from annotations.project.models import Membership, User
from tests.cast import Cast, body_of
from tests.pages.test_own_account import (
    PASSWORD,
    code_of,
    in_by_link,
    signed_in,
    with_second_factor,
)
from tests.security.test_routes import things
from tests.servers import ROOT


@pytest.fixture(autouse=True)
def hashed_quickly(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def planted() -> tuple[Client, str]:
    """A browser that somebody else gave a session of theirs to."""
    client = Client()
    session = client.session
    session["planted"] = "by another"
    session.save()
    return client, str(session.session_key)


def is_gone(key: str) -> bool:
    return not Session.objects.filter(session_key=key).exists()


def test_no_way_in_goes_on_with_a_session_that_was_planted(cast: Cast) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    by_link, before = planted()
    in_by_link(cast.ada, by_link)
    by_password, earlier = planted()
    by_password.post("/sign-in", {"login": "ada", "password": PASSWORD})
    for client, key in ((by_link, before), (by_password, earlier)):
        assert signed_in(client)
        assert client.session.session_key != key
        assert is_gone(key)


def test_the_session_before_the_second_factor_is_not_the_one_after(cast: Cast) -> None:
    _client, secret, _codes = with_second_factor(cast.ada)
    client, planted_key = planted()
    in_by_link(cast.ada, client)
    halfway = client.session.session_key
    assert not signed_in(client)
    client.post("/sign-in/second-factor", {"code": code_of(secret, ahead=1)})
    assert signed_in(client)
    assert client.session.session_key not in {halfway, planted_key}
    assert halfway is None or is_gone(halfway)
    assert is_gone(planted_key)


def test_halfway_through_the_second_factor_one_is_nobody(cast: Cast) -> None:
    with_second_factor(cast.ada)
    client, _answer = in_by_link(cast.ada)
    for path in ("/account", "/tokens", "/projects/labs", "/account/data", "/account/codes"):
        assert client.get(path).status_code == 302, path
    assert client.get("/api/v1/projects").status_code == 401
    assert client.post("/account/second-factor/off").status_code == 302
    assert not signed_in(client)


def test_who_comes_after_another_in_a_browser_has_nothing_of_theirs(cast: Cast) -> None:
    client, _answer = in_by_link(cast.ben)
    bens = client.session.session_key
    client.post("/sign-out")
    assert is_gone(str(bens))
    in_by_link(cast.ada, client)
    assert str(client.session["_auth_user_id"]) == str(cast.ada.pk)
    assert "Ben" not in client.get("/account").content.decode()


def test_a_cookie_that_was_kept_is_of_no_use_once_its_person_signed_out(cast: Cast) -> None:
    named = things(cast)
    client, _answer = in_by_link(cast.ada)
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert signed_in(thief)
    assert save(thief, named, "pay") == 201
    client.post("/sign-out")
    assert not signed_in(thief)
    assert save(thief, named, "good") == 401


def save(client: Client, named: dict[str, str], quote: str) -> int:
    work = Assignment.objects.get(uuid=named["assignment"])
    answer = client.put(
        f"/api/v1/annotations/{uuid4()}",
        body_of(work, quote, stance="against"),
        content_type="application/json",
        headers={"If-None-Match": "*", "Idempotency-Key": str(uuid4())},
    )
    return int(answer.status_code)


def test_a_closed_account_a_new_password_and_a_lost_role_end_what_was_open(cast: Cast) -> None:
    """On the short way of a save, too, which has seen the session before."""
    named = things(cast)
    hers = User.objects.filter(pk=cast.ada.pk)
    changes: tuple[Callable[[], object], ...] = (
        lambda: hers.update(is_active=False),
        lambda: hers.update(password="md5$x$y"),
        Membership.objects.filter(user=cast.ada).delete,
    )
    for number, change in enumerate(changes):
        hers.update(is_active=True, password=cast.ada.password)
        client, _answer = in_by_link(User.objects.get(pk=cast.ada.pk))
        quote = ("The", "pay", "good")[number]
        assert save(client, named, quote) == 201, number
        change()
        assert save(client, named, "is") in {401, 404}, number
        assert client.get(f"/code/{named['assignment']}").status_code in {302, 404}, number


def test_a_link_of_another_signs_nobody_in_by_being_opened(cast: Cast) -> None:
    """Else a stranger's link would have people work in the stranger's account."""
    link = new_sign_in_link(cast.ben, now=timezone.now())
    client, _answer = in_by_link(cast.ada)
    client.get(f"/sign-in/{link}")
    assert str(client.session["_auth_user_id"]) == str(cast.ada.pk)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/sign-in/{link}").status_code == 403
    assert strict.get("/account").status_code == 302


NAMES = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
NAMES += (
    "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_PATH)"
)


def test_over_https_no_neighbouring_host_can_plant_a_cookie() -> None:
    """The prefix is kept by browsers: secure, of this host alone, for all of its paths."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "workbench.settings"}
    environment["WORKBENCH_HTTPS"] = "true"
    said = subprocess.run(
        [sys.executable, "-c", NAMES],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == [
        "__Host-sessionid",
        "__Host-csrftoken",
        *["True"] * 2,
        "None",
        "/",
    ]


def test_a_save_knows_the_cookie_by_its_name_over_https(cast: Cast, settings: Settings) -> None:
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-sessionid", True
    named = things(cast)
    client, answer = in_by_link(cast.ada)
    cookie = answer.cookies["__Host-sessionid"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert save(client, named, "pay") == 201
