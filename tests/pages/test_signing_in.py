"""Who is signed in, and until when: the cookie of a session."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from annotations.project.models import User
from tests.cast import Cast

COOKIE = "sessionid"
_FIELDS = [field.attname for field in User._meta.concrete_fields]


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


def test_a_closed_account_is_signed_out_of_its_sessions(client: Client, cast: Cast) -> None:
    client.force_login(cast.ada)
    assert client.get("/").status_code == 200
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_session_that_ran_out_is_nobodys(client: Client, cast: Cast) -> None:
    client.force_login(cast.ada)
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/").status_code == 302


def test_an_account_that_is_gone_is_nobody(client: Client, cast: Cast) -> None:
    client.force_login(cast.dag)
    cast.dag.delete()
    assert client.get("/").status_code == 302


def test_who_asks_is_known_whole(client: Client, cast: Cast) -> None:
    client.force_login(cast.ada)
    asked = client.get("/").wsgi_request.user
    assert asked == cast.ada
    assert {name: getattr(asked, name) for name in _FIELDS} == {
        name: getattr(User.objects.get(pk=cast.ada.pk), name) for name in _FIELDS
    }


def test_a_form_that_grew_old_says_to_load_the_page_again(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ada)
    answer = client.post("/sign-out")
    assert answer.status_code == 403
    assert "<h1>Load the page again</h1>" in answer.content.decode()
    assert Session.objects.exists()
