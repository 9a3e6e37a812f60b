"""How long a secret is looked at tells nothing of it: told by what is done, not by a watch.

Of what is wrong, only its digest is ever compared, and whatever is wrong with it, the same is asked
of the database, in the same order. A digest that is nearly right belongs to a secret that nobody
can come by, so that a comparison which ends early says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from pytest_django import Settings

from annotations.api import metrics
from annotations.assignment.models import Assignment
from annotations.project.accounts import (
    SCOPES,
    create_token,
    fingerprint,
    new_sign_in_link,
    use_sign_in_link,
)
from annotations.project.models import User
from annotations.project.tokens import revoke
from tests.cast import Cast, body_of
from tests.security.table import rows
from tests.security.test_routes import things

OVER_REST = [(method, path) for method, path, _ in rows() if path.startswith("/api/")]
OF_ALL = {"/api/v1/schema", "/api/v1/docs"}
"""These ask nobody who they are."""
CHANGING = re.compile(r"'\d{4}-\d\d-\d\d[^']*'|\"s\d+_x\d+\"|[0-9a-f]{8}-[0-9a-f-]{27}")
"""The time, and names that are made for once: of savepoints, and of contexts of the audit trail."""
MASKED = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


class Asked(NamedTuple):
    """What the database was asked, the digest and the time left out, and what was answered."""

    statements: list[str]
    status: int
    said: str


def asked(secret: str, request: Callable[[], Any]) -> Asked:
    digest = fingerprint(secret)
    before = transaction.savepoint()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = request()
    transaction.savepoint_rollback(before)
    said = [each["sql"] for each in seen.captured_queries]
    assert any(digest in each for each in said), said
    assert not any(secret in each or secret[:12] in each for each in said)
    told = [CHANGING.sub("…", each.replace(digest, "the digest")) for each in said]
    page = MASKED.sub("", answer.content.decode().replace(secret, "the secret"))
    return Asked(told, answer.status_code, page)


@pytest.fixture(autouse=True)
def as_often_as_one_likes(db: None, settings: Settings) -> Iterator[None]:
    settings.LIMITS = {name: (0, 60) for name in settings.LIMITS}
    cache.clear()
    yield
    cache.clear()


def gone(cast: Cast) -> User:
    """ben, who may not come in any more."""
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    return cast.ben


def nearly(secret: str) -> list[str]:
    """Wrong at the end, in the middle, from the beginning on."""
    other = {True: "A", False: "B"}
    return [
        secret[:at] + other[secret[at] != "A"] + secret[at + 1 :]
        for at in (len(secret) - 1, len(secret) // 2, 3, 0)
    ]


def wrong_tokens(cast: Cast) -> list[str]:
    now = timezone.now()

    def made(user: User, lifetime: timedelta = timedelta(days=1)) -> Any:
        return create_token(user, name="tool", scopes=SCOPES, now=now, lifetime=lifetime)

    right, ended = made(cast.ada).secret, made(cast.ada)
    revoke(ended.row.uuid, by=cast.ada, now=now)
    late = made(cast.ada, timedelta(days=-1)).secret
    return [*nearly(right), right + "x", right[:-1], ended.secret, late, made(gone(cast)).secret]


def by_tool(method: str, address: str, body: dict[str, Any], secret: str) -> Any:
    """As whoever means it well asks, so that nothing but the token is amiss."""
    condition = {"If-None-Match": "*"} if method == "PUT" else {"If-Match": '"1"'}
    operation = {"Idempotency-Key": "0190a0a0-0000-7000-8000-000000000001"}
    client = Client(headers={"Authorization": f"Bearer {secret}", **operation, **condition})
    given = {} if method == "GET" else {"data": body, "content_type": "application/json"}
    return getattr(client, method.lower())(address, **given)


def test_whatever_is_wrong_with_a_token_the_same_is_done(cast: Cast) -> None:
    """By every route of the table, the short ways among them."""
    named, wrong = things(cast), wrong_tokens(cast)
    work = Assignment.objects.get(uuid=named["assignment"])
    body = body_of(work, "pay", stance="against")
    for method, path in OVER_REST:
        if path not in OF_ALL:
            asking = partial(by_tool, method, path.format(**named), body)
            first, *others = [asked(each, partial(asking, each)) for each in wrong]
            assert first.status == 401, (method, path)
            for each in others:
                assert each == first, (method, path)


def wrong_links(cast: Cast) -> list[str]:
    now = timezone.now()
    right, used, late = (new_sign_in_link(cast.ada, now=now) for _ in range(3))
    use_sign_in_link(used, now=now)
    late = new_sign_in_link(cast.ada, now=now - timedelta(days=60))
    return [*nearly(right), right[:-1], used, late, new_sign_in_link(gone(cast), now=now)]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whatever_is_wrong_with_a_link_the_same_is_done(cast: Cast, method: str) -> None:
    first, *others = [
        asked(each, partial(Client().generic, method, f"/sign-in/{each}"))
        for each in wrong_links(cast)
    ]
    assert first.status == 404
    for each in others:
        assert each == first


class Counting(MD5PasswordHasher):
    """How often a password was worked upon, which is what takes the time."""

    works = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.works += 1
        return super().encode(password, salt)


def test_a_password_is_worked_upon_once_whoever_it_is_for(cast: Cast, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{Counting.__module__}.Counting"]
    for each in (cast.ada, cast.ben):
        each.set_password("seven quiet nights")
        each.save()
    gone(cast)
    cast.cleo.set_unusable_password()
    cast.cleo.save()
    tries = [("ada", "wrong"), ("ada", "seven quiet nightx"), ("nobody-here", "wrong")]
    tries += [("ben", "wrong"), ("cleo", "wrong"), ("a" * 150, "wrong")]
    works = []
    for login, password in tries:
        Counting.works = 0
        Client().post("/sign-in", {"login": login, "password": password})
        works.append(Counting.works)
    assert works == [1] * len(tries)


def test_the_secret_of_the_figures_is_compared_by_digests_of_one_length(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []

    def spied(one: str, other: str) -> bool:
        compared.append((one, other))
        return constant_time_compare(one, other)

    monkeypatch.setattr(metrics, "constant_time_compare", spied)
    settings.METRICS_TOKEN = "figures for the one who watches"
    given = ["", "f", "figures for the one who watchez", settings.METRICS_TOKEN * 2, "é"]
    for each in given:
        answer = Client().get("/metrics", headers={"Authorization": f"Bearer {each}"})
        assert answer.status_code == 404
    assert [len(one) for pair in compared for one in pair] == [64] * 2 * len(given)
