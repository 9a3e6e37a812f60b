"""Nobody is sent elsewhere, and nothing that a request says of its host ends in a link."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from annotations.project.accounts import create_token, new_sign_in_link
from tests.cast import NOW, Cast
from tests.pages.test_own_account import PASSWORD, in_by_link
from tests.security.places import READ
from tests.security.test_routes import things


@pytest.fixture(autouse=True)
def hashed_quickly(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\x01//evil.example",
    "http:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//testserver@evil.example/",
    "https://testserver.evil.example/",
    " https://evil.example",
    "/%0d%0aLocation:%20https://evil.example",
]


def leads_elsewhere(address: str) -> bool:
    """As a browser reads it: without controls, and a backslash is a slash."""
    read = re.sub(r"[\x00-\x20]", "", address).replace("\\", "/")
    return not read.startswith("/") or read.startswith("//")


@pytest.mark.parametrize("to", ELSEWHERE)
def test_no_next_leads_elsewhere(cast: Cast, to: str) -> None:
    cast.dag.set_password(PASSWORD)
    cast.dag.is_staff = True
    cast.dag.save()
    inside, _answer = in_by_link(cast.dag)
    known = {"login": "dag", "password": PASSWORD}
    answers = [
        Client().post("/language", {"language": "fr", "next": to}),
        Client().post("/sign-in", {**known, "next": to}),
        inside.get("/sign-in", {"next": to}),
        inside.post("/sign-in/again", {"password": PASSWORD, "next": to}),
        inside.get("/admin/login/", {"next": to}),
        Client().get("/admin/login/", {"next": to}),
    ]
    for number, answer in enumerate(answers):
        assert answer.status_code == 302, number
        assert not leads_elsewhere(answer["Location"]), number
        assert "\r" not in answer["Location"]
    page = Client().get("/sign-in", {"next": to}).content.decode()
    assert not re.search(r'(?:href|action)="[^"]*evil\.example', page.replace("next=", "next#"))


HOSTS = ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "testserver:x", "a b"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/sign-in", "/api/v1/projects", "/healthz", "/no-such"])
def test_another_host_is_answered_by_nothing(db: None, host: str, path: str) -> None:
    answer = Client(headers={"Host": host}).get(path)
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


PORT = "58443"  # with a colon before it, in no identifier and no hash
TOLD = {
    "X-Forwarded-Host": "evil.example",
    "X-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "X-HTTP-Host-Override": "evil.example",
    "X-Original-URL": "/account",
    "X-Rewrite-URL": "/account",
    "Forwarded": "host=evil.example;proto=https",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": PORT,
    "X-Forwarded-Prefix": "//evil.example",
    "X-Script-Name": "//evil.example",
}


def test_what_a_request_says_of_its_host_is_in_no_answer(cast: Cast) -> None:
    named = things(cast)
    client = Client(raise_request_exception=False, headers=TOLD)
    client.force_login(cast.mia)
    for path in READ:
        answer = client.get(path.format(**named))
        said = str(answer.headers) + b"".join(answer).decode(errors="replace")
        assert "evil.example" not in said, path
        assert f":{PORT}" not in said, path


def test_without_https_in_the_settings_no_header_makes_it_so(
    cast: Cast, settings: Settings
) -> None:
    """Else a stranger's word would turn off what holds for a page without TLS."""
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert not settings.USE_X_FORWARDED_HOST
    answer = Client(headers=TOLD).get("/sign-in")
    assert not answer.wsgi_request.is_secure()


def test_a_printed_link_begins_with_what_the_settings_say(cast: Cast, settings: Settings) -> None:
    settings.BASE_URL = "https://coding.example.org"
    out = StringIO()
    call_command("sign_in_link", "ada", stdout=out)
    assert "https://coding.example.org/sign-in/" in out.getvalue()


def test_an_address_with_a_secret_is_told_to_nobody_who_is_linked_to(cast: Cast) -> None:
    link = new_sign_in_link(cast.ada, now=NOW)
    page = Client().get(f"/sign-in/{link}")
    assert page["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert not re.search(r'(?:href|src|action)="(?:https?:)?//', page.content.decode())


def test_a_token_in_an_address_is_no_token(cast: Cast) -> None:
    secret = create_token(cast.mia, name="notebook", scopes=["read"], now=NOW).secret
    for query in ("token", "access_token", "api_key", "bearer"):
        assert Client().get(f"/api/v1/projects?{query}={secret}").status_code == 401
