"""Who is signed in, and until when: the cookie of a session."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.cast import Cast

COOKIE = "sessionid"


@pytest.mark.parametrize(
    "path",
    ["/", "/sign-in", "/api/v1/csrf", "/api/v1/annotations/01900000-0000-7000-8000-000000000001"],
)
def test_what_finds_the_session_ended_leaves_the_cookie_to_whoever_signs_in_next(
    client: Client, cast: Cast, path: str
) -> None:
    client.force_login(cast.ada)
    Session.objects.all().delete()
    answer = client.get(path)
    assert answer.status_code in {200, 302, 401}
    assert COOKIE not in answer.cookies


def test_signing_out_takes_the_cookie_away(client: Client, cast: Cast) -> None:
    client.force_login(cast.ada)
    assert client.post("/sign-out").cookies[COOKIE].value == ""
    assert not Session.objects.exists()


def test_a_new_password_ends_other_sessions_and_takes_their_cookie_away(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.ada)
    cast.ada.set_password("another one, and long")
    cast.ada.save()
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.cookies[COOKIE].value == ""


def test_a_form_that_grew_old_says_to_load_the_page_again(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ada)
    answer = client.post("/sign-out")
    assert answer.status_code == 403
    assert "<h1>Load the page again</h1>" in answer.content.decode()
    assert Session.objects.exists()
