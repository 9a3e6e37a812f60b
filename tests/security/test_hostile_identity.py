"""Whatever a provider of identities says, nobody comes in as somebody else, and nothing breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from annotations.project.models import Membership, User
from tests.cast import Cast
from tests.identity.hostile import CLIENT, SECRET, Hostile, key, listening, signed
from tests.pages.test_own_account import signed_in

CONFIGURATION = "/.well-known/openid-configuration"
RLO = "\u202e"


@pytest.fixture
def hostile(cast: Cast, settings: Settings) -> Iterator[Hostile]:
    """Known to the workbench, which lets its people in; ada has connected `ada-7`, mia `mia-1`."""
    with listening(Hostile()) as provider:
        app = {"provider_id": "sso", "name": "University", "client_id": CLIENT, "secret": SECRET}
        app["settings"] = {"server_url": provider.issuer, "oauth_pkce_enabled": True}  # type: ignore[assignment]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        settings.IDENTITIES_OPEN = True
        for user, uid in ((cast.ada, "ada-7"), (cast.mia, "mia-1")):
            SocialAccount.objects.create(user=user, provider="sso", uid=uid)
        yield provider


def visit(hostile: Hostile, client: Client | None = None, **also: str) -> tuple[Client, Any]:
    """There and back; the answer of the way back."""
    client = client or Client(raise_request_exception=False)
    page = client.post("/sign-in/with/sso").content.decode()
    target = re.search(r'href="(http[^"]+)"', page)
    assert target, page
    asked = parse_qs(urlsplit(unescape(target[1])).query)
    assert asked["code_challenge_method"] == ["S256"]
    hostile.nonce = asked["nonce"][0]
    said = {"code": "any", "state": asked["state"][0], **also}
    return client, client.get("/sign-in/with/sso/back", said)


def who(client: Client) -> str | None:
    found = User.objects.filter(pk=client.session.get("_auth_user_id")).first()
    return found.username if found else None


def test_who_is_connected_comes_in(hostile: Hostile) -> None:
    """Else the refusals below would say nothing."""
    client, answer = visit(hostile)
    assert (answer.status_code, who(client)) == (302, "ada")
    hostile.token = lambda claims: signed(claims, kid=None)  # of the only key there is
    assert who(visit(hostile)[0]) == "ada"


def unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, None, algorithm="none")


def signed_with_the_secret(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, SECRET * 2, algorithm="HS256", headers={"kid": "first"})


def signed_with_the_public_key(claims: dict[str, Any]) -> str:
    """The confusion of algorithms: what everybody knows, taken for a secret."""
    public = str(jwt.algorithms.RSAAlgorithm.to_jwk(key("ours").public_key()))
    return jwt.encode(claims, public, algorithm="HS256", headers={"kid": "first"})


def changed_afterwards(claims: dict[str, Any]) -> str:
    head, _body, tail = signed({**claims, "sub": "nobody"}).split(".")
    return f"{head}.{signed(claims).split('.')[1]}.{tail}"


TOKENS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "none at all": lambda _: None,
    "not signed": unsigned,
    "signed with the client's secret": signed_with_the_secret,
    "signed with the public key": signed_with_the_public_key,
    "signed by another": lambda claims: signed(claims, by="another's"),
    "signed with a key that is not told": lambda claims: signed(claims, kid="second"),
    "changed afterwards": changed_afterwards,
    "no token": lambda _: "x.y.z",
    "a number": lambda _: 7,
    "a list": lambda _: ["x"],
}


@pytest.mark.parametrize("token", TOKENS.values(), ids=list(TOKENS))
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    hostile: Hostile, token: Callable[[dict[str, Any]], Any]
) -> None:
    hostile.token = token
    client, answer = visit(hostile)
    assert (answer.status_code, signed_in(client)) == (401, False)


CLAIMS: dict[str, dict[str, Any]] = {
    "of another issuer": {"iss": "http://127.0.0.1:1"},
    "of no issuer": {"iss": None},
    "for another client": {"aud": "another"},
    "for several, made for another": {"aud": [CLIENT, "another"], "azp": "another"},
    "for several, made for nobody": {"aud": [CLIENT, "another"]},
    "for nobody": {"aud": None},
    "over": {"exp": 1},
    "without an end": {"exp": None},
    "not yet": {"iat": 99_999_999_999},
    "of another visit": {"nonce": "another"},
    "of no visit": {"nonce": None},
    "of nobody": {"sub": None},
    "of an empty name": {"sub": ""},
    "of a number": {"sub": 7},
    "of a list": {"sub": ["ada-7"]},
    "of a name that no column holds": {"sub": "a" * 192},
    "of a name with NUL": {"sub": "ada-7\x00"},
    "of a name that turns the line": {"sub": f"ada-7{RLO}"},
}


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=list(CLAIMS))
def test_a_token_that_says_too_little_or_is_for_others_lets_nobody_in(
    hostile: Hostile, claims: dict[str, Any]
) -> None:
    hostile.claims = claims
    if isinstance(claims.get("sub"), str):
        hostile.userinfo = {"sub": claims["sub"]}
    known = User.objects.count()
    client, answer = visit(hostile)
    assert (answer.status_code, signed_in(client)) == (401, False)
    assert User.objects.count() == known


def test_both_answers_are_about_one_person(hostile: Hostile) -> None:
    hostile.userinfo = {"sub": "mia-1"}
    assert not signed_in(visit(hostile)[0])
    hostile.userinfo, hostile.claims = {}, {"sub": "mia-1"}
    assert not signed_in(visit(hostile)[0])


def test_the_mail_of_another_makes_nobody_them(hostile: Hostile, cast: Cast) -> None:
    """Verified or not: who one is is `sub`, and no mail is kept."""
    User.objects.filter(pk=cast.mia.pk).update(email="mia@example.org")
    EmailAddress.objects.create(user=cast.mia, email="mia@example.org", verified=True, primary=True)
    for number, verified in enumerate((True, False, "true")):
        said = {"sub": f"stranger-{number}", "email": "mia@example.org", "email_verified": verified}
        hostile.claims = hostile.userinfo = {**said, "preferred_username": "mia"}
        client, _answer = visit(hostile)
        made = SocialAccount.objects.get(uid=said["sub"]).user
        assert who(client) == made.username != "mia"
        assert (made.email, made.is_staff, made.is_superuser) == ("", False, False)
        assert not Membership.objects.filter(user=made).exists()
    assert EmailAddress.objects.count() == 1


def test_another_sub_is_another_person(hostile: Hostile, cast: Cast) -> None:
    """Whatever else is the same: names and mails are given to others after one has left."""
    hostile.claims = {"sub": "ada-8"}
    hostile.userinfo = {"sub": "ada-8", "preferred_username": "ada", "is_staff": True, "id": 1}
    client, _answer = visit(hostile)
    assert who(client) not in {None, "ada"}


NAMES: dict[str, Any] = {
    "markup": "\"'><script>window.hostile=1</script><img src=x onerror=1>",
    "the line turned around": f"Ada {RLO}ecalevoL",
    "lines": "Ada\r\nSet-Cookie: x=1\u2028\x85Lovelace",
    "NUL": "Ada\x00Lovelace",
    "half a pair": "Ada\udced",
    "a megabyte": "é" * 40_000,
    "no letters": "\u200b\u2060\ufeff",
    "a list": ["Ada"],
    "an object": {"first": "Ada"},
    "a number": 7,
    "nothing": None,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_a_name_is_a_line_of_at_most_150_characters(hostile: Hostile, name: Any) -> None:
    hostile.claims = {"sub": "new"}
    said = dict.fromkeys(("name", "given_name", "family_name", "preferred_username"), name)
    hostile.userinfo = {"sub": "new", **said}
    client, answer = visit(hostile)
    made = SocialAccount.objects.get(uid="new").user
    assert (answer.status_code, who(client)) == (302, made.username)
    for shown in (made.name, made.username):
        assert len(shown) <= 150
        assert not shown or shown.isprintable()
    page = client.get("/account").content.decode()
    assert "<script>window" not in page
    assert "<img src=x" not in page
    assert not str(answer.headers).count("Set-Cookie: x=1")
    kept = SocialAccount.objects.get(uid="new").extra_data["userinfo"]
    assert set(kept) == {"sub", "name", "given_name", "family_name", "preferred_username"}


ANSWERS: dict[str, Any] = {
    "no JSON": b"<html>",
    "nothing": b"",
    "a list": [],
    "a word": "access_token",
    "an empty object": {},
    "nested without end": b"[" * 100_000,
    "two megabytes": b'{"sub": "' + b"x" * 2_000_000 + b'"}',
    "half a character": b'{"sub": "\xff"}',
}


@pytest.mark.parametrize("said", ANSWERS.values(), ids=list(ANSWERS))
def test_no_answer_of_a_provider_breaks_the_workbench(hostile: Hostile, said: Any) -> None:
    for path in ("/token", "/keys", "/userinfo"):
        hostile.answers = {path: said}
        client, answer = visit(hostile)
        assert (answer.status_code, signed_in(client)) == (401, False), path
    hostile.answers = {CONFIGURATION: said}
    answer = Client(raise_request_exception=False).post("/sign-in/with/sso")
    assert answer.status_code == 401


@pytest.mark.parametrize("to", ["javascript:alert(1)//", "data:text/html,x", "//evil.example/ask"])
def test_no_provider_sends_to_what_is_no_address_of_the_web(hostile: Hostile, to: str) -> None:
    usual = hostile.answer(CONFIGURATION)
    hostile.answers = {CONFIGURATION: {**usual, "authorization_endpoint": to}}
    answer = Client(raise_request_exception=False).post("/sign-in/with/sso")
    assert answer.status_code == 401
    assert "alert" not in answer.content.decode()


def test_a_way_back_is_of_the_browser_that_left_and_once(hostile: Hostile) -> None:
    client, _answer = visit(hostile)
    left = Client()
    target = unescape(left.post("/sign-in/with/sso").content.decode())
    state = parse_qs(urlsplit(re.search(r'href="(http[^"]+)"', target)[1]).query)["state"][0]  # type: ignore[index]
    back = {"code": "any", "state": state}
    for other in (Client(), client):
        before = who(other)
        assert other.get("/sign-in/with/sso/back", back).status_code == 401
        assert who(other) == before
    assert left.get("/sign-in/with/sso/back", {**back, "state": "x"}).status_code == 401


def test_why_it_failed_is_logged_without_what_was_said(
    hostile: Hostile, caplog: pytest.LogCaptureFixture
) -> None:
    hostile.answers = {"/token": {"error": "secret-word\nforged line"}}
    visit(hostile)
    assert "gave no token for the code" in caplog.text
    assert "secret-word" not in caplog.text
