"""Secrets are not found by trying, wherever one is asked for."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from annotations.project.accounts import create_token, fingerprint, new_sign_in_link
from annotations.project.models import ApiToken, SignInLink, User
from tests.cast import Cast
from tests.pages.test_own_account import (
    PASSWORD,
    code_of,
    in_by_link,
    in_by_password,
    signed_in,
    with_second_factor,
)


@pytest.fixture(autouse=True)
def no_tries_yet(db: None, settings: Settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


def wrong_codes(user: User, times: int, *, code: str = "000000") -> None:
    """Each from a browser and an address of its own."""
    for number in range(times):
        client, _answer = in_by_link(user, Client(REMOTE_ADDR=f"192.0.2.{number}"))
        client.post("/sign-in/second-factor", {"code": code})


@pytest.mark.parametrize("code", ["000000", "aaaabbbb"], ids=["of the app", "of recovery"])
def test_after_five_wrong_codes_the_right_ones_wait_from_wherever(cast: Cast, code: str) -> None:
    _client, secret, codes = with_second_factor(cast.ada)
    cache.clear()
    wrong_codes(cast.ada, 5, code=code)
    for right in (code_of(secret, ahead=1), codes[0]):
        client, _answer = in_by_link(cast.ada, Client(REMOTE_ADDR="198.51.100.1"))
        client.post("/sign-in/second-factor", {"code": right})
        assert not signed_in(client)


def test_wrong_codes_of_one_do_not_shut_out_another(cast: Cast) -> None:
    _client, secret, _codes = with_second_factor(cast.ben)
    with_second_factor(cast.ada)
    cache.clear()
    wrong_codes(cast.ada, 5)
    client, _answer = in_by_link(cast.ben)
    client.post("/sign-in/second-factor", {"code": code_of(secret, ahead=1)})
    assert signed_in(client)


def test_who_one_is_again_is_not_guessed_either(cast: Cast) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    client, _answer = in_by_password(cast.ada)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answers: list[Any] = [
        client.post("/sign-in/again?next=/account/erase", {"password": f"wrong {number}"})
        for number in range(12)
    ]
    answers.append(client.post("/sign-in/again?next=/account/erase", {"password": PASSWORD}))
    assert answers[-1].status_code in {200, 429}
    assert client.get("/account/erase").status_code == 302


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_no_header_gives_a_stranger_another_address(
    cast: Cast, settings: Settings, header: str
) -> None:
    """Tries are counted by address too, so that many accounts are not tried with one password."""
    settings.PROXIES = 0
    answers = []
    for number in range(14):
        said = {"login": f"nobody{number}", "password": "a password of many"}
        asking = Client(headers={header: f"192.0.2.{number}"})
        answers.append(asking.post("/sign-in", said))
    assert "Too many" in answers[-1].content.decode()
    assert "Too many" not in answers[0].content.decode()


def test_another_name_or_port_of_the_server_is_no_new_start(cast: Cast) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    hosts = [f"localhost:{port}" for port in range(8001, 8006)]
    for host in hosts:
        Client(headers={"Host": host}).post("/sign-in", {"login": "ada", "password": "wrong"})
    client = Client(headers={"Host": "127.0.0.1"}, REMOTE_ADDR="198.51.100.1")
    client.post("/sign-in", {"login": "ada", "password": PASSWORD})
    assert not signed_in(client)


def test_behind_a_proxy_of_ours_one_stranger_does_not_shut_out_all(
    cast: Cast, settings: Settings
) -> None:
    settings.PROXIES = 1
    for number in range(14):
        said = {"login": f"nobody{number}", "password": "a password of many"}
        Client(headers={"X-Forwarded-For": f"10.0.0.{number}, 192.0.2.7"}).post("/sign-in", said)
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    client = Client(headers={"X-Forwarded-For": "198.51.100.1"})
    client.post("/sign-in", {"login": "ada", "password": PASSWORD})
    assert signed_in(client)


def test_links_are_tried_so_often_and_no_more_from_an_address(
    cast: Cast, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "wrong": (5, 3600)}
    asked = [Client().post(f"/sign-in/{secrets.token_urlsafe()}").status_code for _ in range(8)]
    assert asked == [404] * 5 + [429] * 3


def test_a_link_lets_in_once_and_not_for_ever(cast: Cast) -> None:
    now = timezone.now()
    old = new_sign_in_link(cast.ada, now=now - timedelta(days=60))
    assert Client().post(f"/sign-in/{old}").status_code == 404
    fresh = new_sign_in_link(cast.ada, now=now)
    assert Client().post(f"/sign-in/{fresh}").status_code == 302
    assert Client().post(f"/sign-in/{fresh}").status_code == 404


def test_secrets_are_long_and_kept_as_fingerprints_that_an_index_finds(cast: Cast) -> None:
    """What is compared is a digest that nobody can steer: how long it takes tells nothing."""
    now = timezone.now()
    made = create_token(cast.ada, name="notebook", scopes=["read"], now=now).secret
    link = new_sign_in_link(cast.ada, now=now)
    for secret, model in ((made, ApiToken), (link, SignInLink)):
        assert len(secret) >= 43
        assert model._meta.get_field("token_hash").unique
        row = model._default_manager.get(token_hash=fingerprint(secret))
        assert secret not in str(vars(row))
        assert len(row.token_hash) == 64


def test_no_secret_stands_anywhere_in_the_database(cast: Cast) -> None:
    now = timezone.now()
    made = create_token(cast.ada, name="notebook", scopes=["read"], now=now).secret
    link = new_sign_in_link(cast.ada, now=now)
    Client().get("/api/v1/projects", headers={"Authorization": f"Bearer {made}"})
    Client().post(f"/sign-in/{link}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE strpos(t::text, %s) + strpos(t::text, %s) > 0",  # noqa: S608 - of the catalogue
                [made, link],
            )
            assert cursor.fetchone() == (0,), table
