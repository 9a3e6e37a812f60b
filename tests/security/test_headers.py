"""What every answer says to the browser: generated from the routes, the administration and the refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from annotations.project.accounts import create_token
from tests.cast import Cast
from tests.security.places import READ, UNSAFE
from tests.security.test_routes import things
from workbench.headers import POLICY

# The same for everybody, and without anything of anybody.
OF_ALL = {"/api/v1/schema", "/docs/images/{picture}"}


def faults(answer: Any, *, of_all: bool = False) -> list[str]:
    """What is amiss, in words."""
    said = answer.headers
    wanted = {
        "Content-Security-Policy": POLICY,
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found = [name for name, value in wanted.items() if said.get(name) != value]
    if "camera=()" not in said.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    if not of_all and "no-store" not in said.get("Cache-Control", ""):
        found.append(f"Cache-Control: {said.get('Cache-Control')}")
    for name, cookie in answer.cookies.items():
        if not cookie.value:
            continue  # taken away
        if cookie["samesite"] != "Lax" or (name != "csrftoken" and not cookie["httponly"]):
            found.append(f"cookie {name}")
    if said.get("Server") or said.get("X-Powered-By"):
        found.append("names its program")
    return found


def asked(cast: Cast, person: str) -> Client:
    client = Client(raise_request_exception=False)
    if person != "nobody":
        client.force_login(getattr(cast, person))
    return client


def test_the_policy_lets_nothing_run_that_is_not_ours() -> None:
    said = dict(each.split(" ", 1) for each in POLICY.split("; "))
    assert said["default-src"] == "'none'"
    assert said["script-src"] == said["style-src"] == said["form-action"] == "'self'"
    assert said["base-uri"] == said["frame-ancestors"] == "'none'"
    for loose in ("unsafe", "data:", "*"):
        assert loose not in POLICY


@pytest.mark.parametrize("person", ["nobody", "dag", "ada", "mia"])
def test_every_route_answers_with_the_policy_and_is_kept_by_nobody(cast: Cast, person: str) -> None:
    named, client = things(cast), asked(cast, person)
    for path in READ:
        answer = client.get(path.format(**named))
        assert faults(answer, of_all=path in OF_ALL) == [], path


def test_refusals_of_every_verb_have_them_too(cast: Cast) -> None:
    named = things(cast)
    for client in (Client(enforce_csrf_checks=True), asked(cast, "nobody"), asked(cast, "dag")):
        for method, path in UNSAFE:
            answer = client.generic(method, path.format(**named), "{}", content_type="a/b")
            assert faults(answer) == [], (method, path)


def administration() -> Iterator[str]:
    yield reverse("admin:index")
    yield reverse("admin:login")
    yield "/admin/no-such"
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")


def test_the_administration_has_them_for_staff_and_for_others(cast: Cast) -> None:
    things(cast)
    staff = asked(cast, "dag")
    type(cast.dag).objects.filter(pk=cast.dag.pk).update(is_staff=True, is_superuser=True)
    opened = 0
    for address in administration():
        for client in (staff, asked(cast, "nobody")):
            answer = client.get(address)
            opened += answer.status_code == 200
            assert faults(answer) == [], address
    assert opened > 20


NOWHERE = ["/no-such", "/api/v1/no-such", "/static/no-such.js", "/docs/no-such"]


@pytest.mark.parametrize("address", [*NOWHERE, "/%00", "/projects/%ff", "/" + "a" * 5_000])
def test_what_is_nowhere_has_them_too(db: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert faults(answer, of_all=address.startswith("/static/")) == []


@pytest.mark.parametrize("address", ["/account", "/api/v1/projects"])
def test_what_breaks_has_them_too_and_says_nothing_of_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the password is swordfish")

    client = asked(cast, "mia")
    monkeypatch.setattr("annotations.pages.own_account._context", broken)
    monkeypatch.setattr("annotations.api.projects.Projects.get", broken)
    answer = client.get(address)
    assert answer.status_code == 500
    assert b"swordfish" not in answer.content
    assert faults(answer) == []


def test_too_often_and_a_strange_host_have_them_too(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "wrong": (1, 3600)}
    for wanted in (401, 429):
        wrong = client.get("/api/v1/projects", headers={"Authorization": "Bearer wb_no"})
        assert wrong.status_code == wanted
        assert faults(wrong) == []
    strange = client.get("/sign-in", headers={"Host": "evil.example"})
    assert strange.status_code == 400
    assert faults(strange) == []


def test_a_token_gets_what_is_kept_by_nobody(cast: Cast, client: Client) -> None:
    made = create_token(cast.mia, name="notebook", scopes=["read"], now=timezone.now())
    for path in ("/api/v1/projects", f"/api/v1/projects/{cast.project.slug}"):
        answer = client.get(path, headers={"Authorization": f"Bearer {made.secret}"})
        assert answer.status_code == 200
        assert faults(answer) == []
