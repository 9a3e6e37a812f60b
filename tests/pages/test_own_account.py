"""One's own account: password, second factor, where one is signed in, one's data, the end of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from annotations.assignment.models import Assignment
from annotations.coding.models import Annotation
from annotations.project.accounts import new_sign_in_link
from annotations.project.models import Coder, User
from tests.cast import Cast, assignment, batch, document
from tests.coding.test_recording import annotate

PASSWORD = "seven quiet nights"
OTHER = "eight loud mornings"


@pytest.fixture(autouse=True)
def no_tries_yet(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def in_by_link(user: User, client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    token = new_sign_in_link(user, now=timezone.now())
    return client, client.post(f"/sign-in/{token}")


def in_by_password(user: User, password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/sign-in", {"login": user.username, "password": password})


def signed_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def code_of(secret: str, ahead: int = 0) -> str:
    counter = next(iter(yield_hotp_counters_from_time())) + ahead
    return str(format_hotp_value(hotp_value(secret, counter)))


def with_second_factor(user: User) -> tuple[Client, str, list[str]]:
    """Turned on from the page; gives the secret and the recovery codes."""
    client, _answer = in_by_link(user)
    page = client.get("/account/second-factor").content.decode()
    secret = re.search(r'id="key" readonly value="(\w+)"', page)
    assert secret is not None
    answer = client.post("/account/second-factor", {"code": code_of(secret[1])}, follow=True)
    listed = re.search(r"<pre><code>(.*?)</code>", answer.content.decode(), re.DOTALL)
    return client, secret[1], listed[1].split() if listed else []


def test_somebody_who_came_by_a_link_chooses_a_password_and_comes_back_with_it(cast: Cast) -> None:
    client, answer = in_by_link(cast.ada)
    assert answer["Location"] == "/"
    chosen = client.post("/account/password/first", {"password1": PASSWORD, "password2": PASSWORD})
    assert chosen["Location"].startswith("/account")
    assert signed_in(client)
    again, answer = in_by_password(cast.ada)
    assert answer["Location"] == "/"
    assert signed_in(again)


def test_a_wrong_password_and_an_unknown_account_are_told_the_same(cast: Cast) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    wrong = in_by_password(cast.ada, OTHER)[1].content.decode()
    cast.ada.username = "nobody-here"
    unknown = in_by_password(cast.ada)[1].content.decode()
    refusals = [re.findall(r'role="alert">(.*?)</div>', each) for each in (wrong, unknown)]
    assert refusals[0] == refusals[1] != []


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", "ada ada ada"])
def test_weak_passwords_are_refused_with_the_reason(cast: Cast, weak: str) -> None:
    User.objects.filter(pk=cast.ada.pk).update(name="ada ada ada")
    client, _answer = in_by_link(User.objects.get(pk=cast.ada.pk))
    answer = client.post("/account/password/first", {"password1": weak, "password2": weak})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not User.objects.get(pk=cast.ada.pk).has_usable_password()


def test_another_password_signs_out_everywhere_else(cast: Cast) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    here, there = in_by_password(cast.ada)[0], in_by_password(cast.ada)[0]
    answer = here.post(
        "/account/password",
        {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER},
    )
    assert answer.status_code == 302
    assert signed_in(here)
    assert not signed_in(there)


def test_after_five_wrong_passwords_the_right_one_waits_too(cast: Cast) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    for _ in range(5):
        in_by_password(cast.ada, OTHER)
    client, answer = in_by_password(cast.ada)
    assert answer.status_code in {200, 429}
    assert not signed_in(client)


def test_a_session_begun_before_signing_in_is_not_the_one_after(cast: Cast) -> None:
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    in_by_link(cast.ada, client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize(
    "to", ["//elsewhere.example/", "https://elsewhere.example/", "\\\\x.example"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(cast: Cast, to: str) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    answer = Client().post(
        "/sign-in", {"login": cast.ada.username, "password": PASSWORD, "next": to}
    )
    assert answer["Location"] == "/"


def test_the_way_asked_for_is_gone_on_after_signing_in(cast: Cast) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    wanted = Client().get("/account")["Location"]
    answer = Client().post(
        wanted, {"login": cast.ada.username, "password": PASSWORD, "next": "/account"}
    )
    assert answer["Location"] == "/account"


def test_a_second_factor_is_asked_of_password_and_of_link(cast: Cast) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    client, _answer = in_by_link(cast.ada)
    confirmed = client.post("/sign-in/again?next=/account/second-factor", {"password": PASSWORD})
    assert confirmed["Location"] == "/account/second-factor"
    page = client.get("/account/second-factor").content.decode()
    secret = re.search(r'id="key" readonly value="(\w+)"', page)
    assert secret is not None
    client.post("/account/second-factor", {"code": code_of(secret[1])})
    for enter in (in_by_link, in_by_password):
        cache.clear()  # a code counts once
        other, answer = enter(cast.ada)
        assert answer["Location"] == "/sign-in/second-factor"
        assert not signed_in(other)
        assert other.post("/sign-in/second-factor", {"code": "000000"}).status_code == 200
        assert not signed_in(other)
        answer = other.post("/sign-in/second-factor", {"code": code_of(secret[1])})
        assert answer["Location"] == "/"
        assert signed_in(other)


def test_a_recovery_code_lets_in_once(cast: Cast) -> None:
    _client, _secret, codes = with_second_factor(cast.ada)
    assert len(codes) == 10
    for expected in (True, False):
        client, _answer = in_by_link(cast.ada)
        client.post("/sign-in/second-factor", {"code": codes[0]})
        assert signed_in(client) is expected


def test_the_secret_is_not_readable_in_the_database(cast: Cast) -> None:
    _client, secret, codes = with_second_factor(cast.ada)
    rows = Authenticator.objects.filter(user=cast.ada)
    assert rows.count() == 2
    for row in rows:
        assert secret not in str(row.data)
        assert not any(code in str(row.data) for code in codes)


def test_recovery_codes_are_shown_once(cast: Cast) -> None:
    client, _secret, codes = with_second_factor(cast.ada)
    page = client.get("/account/codes").content.decode()
    assert not any(code in page for code in codes)


def test_without_the_second_factor_it_is_not_turned_off(cast: Cast) -> None:
    client, secret, _codes = with_second_factor(cast.ada)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.post("/account/second-factor/off")
    assert answer["Location"].startswith("/sign-in/again/code")
    assert Authenticator.objects.filter(user=cast.ada).exists()
    cache.clear()
    # What was asked for is done as soon as it is known who asks.
    client.post("/sign-in/again/code?next=/account/second-factor/off", {"code": code_of(secret)})
    assert not Authenticator.objects.filter(user=cast.ada).exists()


def test_places_are_listed_and_one_is_ended_from_another(cast: Cast) -> None:
    here, there = in_by_link(cast.ada)[0], in_by_link(cast.ada)[0]
    assert here.get("/account").content.decode().count("127.0.0.1") == 2
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post("/account/sessions", {"which": str(other.pk)})
    assert signed_in(here)
    assert not signed_in(there)


def test_all_other_places_are_ended_at_once(cast: Cast) -> None:
    here, *others = [in_by_link(cast.ada)[0] for _ in range(3)]
    here.post("/account/sessions", {"which": "others"})
    assert [signed_in(each) for each in (here, *others)] == [True, False, False]


def test_places_of_others_are_left_alone(cast: Cast) -> None:
    bens = in_by_link(cast.ben)[0]
    row = UserSession.objects.get(session_key=bens.session.session_key)
    client = in_by_link(cast.ada)[0]
    for which in (str(row.pk), "²", "-1", "9" * 30):
        client.post("/account/sessions", {"which": which})
    assert signed_in(bens)


def test_ones_data_has_no_secret_and_names_the_pseudonym(cast: Cast) -> None:
    client, secret, codes = with_second_factor(cast.ada)
    answer = client.get("/account/data")
    told = answer.json()
    assert told["account"]["username"] == cast.ada.username
    assert told["pseudonyms"] == [
        {"project": cast.project.slug, "pseudonym": cast.coder(cast.ada).pseudonym}
    ]
    assert len(told["sessions"]) == 1
    text = answer.content.decode()
    assert not any(each in text for each in (secret, client.session.session_key, *codes))


def test_an_erased_account_is_gone_and_its_work_stays(cast: Cast) -> None:
    text = document(cast.project, "Nights in the lab.\nThe pay is good.\n")
    work = assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))
    annotate(work, "Nights")
    coder = cast.coder(cast.ada)
    client = with_second_factor(cast.ada)[0]
    assert "The account is erased" in client.post("/account/erase", {"sure": "on"}).content.decode()
    assert not User.objects.filter(pk=cast.ada.pk).exists()
    assert Coder.objects.get(pk=coder.pk).user is None
    assert Annotation.objects.filter(assignment=work).count() == 1
    assert Assignment.objects.get(pk=work.pk).state == "released"
    assert not signed_in(client)


def test_erasing_is_asked_about_first(cast: Cast) -> None:
    client = in_by_link(cast.ada)[0]
    assert "Erase the account?" in client.post("/account/erase").content.decode()
    assert User.objects.filter(pk=cast.ada.pk).exists()


def test_the_last_manager_cannot_erase_themselves(cast: Cast) -> None:
    client = in_by_link(cast.mia)[0]
    answer = client.post("/account/erase", {"sure": "on"})
    assert answer.status_code == 409
    assert User.objects.filter(pk=cast.mia.pk).exists()


def test_nobody_signs_up(cast: Cast) -> None:
    before = User.objects.count()
    for path in ("/sign-in/new", "/sign-up", "/signup"):
        Client().post(path, {"username": "eve", "password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.count() == before


def test_a_closed_account_does_not_come_in_by_password(cast: Cast) -> None:
    cast.ada.set_password(PASSWORD)
    cast.ada.is_active = False
    cast.ada.save()
    client, _answer = in_by_password(cast.ada)
    assert not signed_in(client)
