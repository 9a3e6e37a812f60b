"""Tokens: made, seen once, used, revoked by their owner or by a manager within whose reach they are."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations.project.accounts import create_token
from annotations.project.members import enrol
from annotations.project.models import ApiToken, Role, User
from tests.cast import Cast
from tests.desk.test_adjudication import by
from tests.security.places import another_project

WANTED = {"do": "create", "name": "notebook", "scopes": ["releases"], "days": "30"}


def make(client: Client, **other: object) -> str:
    """The answer's page."""
    answer = client.post(reverse("tokens"), {**WANTED, **other})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return unescape(answer.content.decode())


def secret_in(page: str) -> str:
    (secret,) = re.findall(r'value="(wb_[^"]+)"', page)
    return str(secret)


def asked_with(secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return int(Client().get("/api/v1/projects", headers=headers).status_code)


def test_a_token_is_shown_once_and_works(cast: Cast) -> None:
    client = by(cast.rita)
    secret = secret_in(make(client, scopes=["read"]))
    assert asked_with(secret) == 200
    assert secret not in client.get(reverse("tokens")).content.decode()
    row = ApiToken.objects.get()
    assert (row.name, row.scopes, row.user) == ("notebook", ["read"], cast.rita)
    assert timedelta(days=29) < row.expires_at - timezone.now() <= timedelta(days=30)


def test_the_command_beside_it_works_with_the_least_of_tokens(cast: Cast) -> None:
    page = make(by(cast.rita))
    (address,) = re.findall(r"Bearer \$TOKEN\" http://testserver(\S+?)<", page)
    answer = Client().get(address, headers={"Authorization": f"Bearer {secret_in(page)}"})
    assert answer.status_code == 200


def test_its_owner_revokes_it_at_once(cast: Cast) -> None:
    client = by(cast.rita)
    secret = secret_in(make(client, scopes=["read"]))
    token = ApiToken.objects.get()
    page = client.post(reverse("tokens"), {"do": "revoke", "token": token.uuid}, follow=True)
    assert "revoked" in page.content.decode()
    assert asked_with(secret) == 401


def test_revoking_twice_keeps_the_first_time(cast: Cast) -> None:
    made = create_token(cast.rita, name="t", scopes=["read"], now=timezone.now())
    client = by(cast.rita)
    client.post(reverse("tokens"), {"do": "revoke", "token": made.row.uuid})
    first = ApiToken.objects.get().revoked_at
    client.post(reverse("tokens"), {"do": "revoke", "token": made.row.uuid})
    assert ApiToken.objects.get().revoked_at == first


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "  "},
        {"name": "x" * 101},
        {"name": "a\x07b"},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"days": "36500"},
        {"days": ""},
    ],
)
def test_what_is_wrong_is_said_and_makes_none(cast: Cast, wrong: dict[str, object]) -> None:
    answer = by(cast.rita).post(reverse("tokens"), {**WANTED, **wrong})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_manager_sees_and_ends_tokens_that_reach_the_project(cast: Cast) -> None:
    made = create_token(cast.ada, name="ada’s script", scopes=["code"], now=timezone.now())
    page = by(cast.mia).get(reverse("tokens")).content.decode()
    assert "ada’s script" in page
    assert made.secret not in page
    by(cast.mia).post(reverse("tokens"), {"do": "revoke", "token": made.row.uuid})
    assert ApiToken.objects.get().revoked_at is not None
    assert "revoked" in by(cast.ada).get(reverse("tokens")).content.decode()


@pytest.mark.parametrize("who", ["ben", "cleo", "rita", "dag"])
def test_nobody_else_sees_or_ends_them(cast: Cast, who: str) -> None:
    made = create_token(cast.ada, name="ada’s script", scopes=["code"], now=timezone.now())
    client = by(getattr(cast, who))
    assert "ada’s script" not in client.get(reverse("tokens")).content.decode()
    answer = client.post(reverse("tokens"), {"do": "revoke", "token": made.row.uuid})
    assert answer.status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_a_manager_elsewhere_does_not_reach_them(cast: Cast) -> None:
    create_token(cast.ada, name="ada’s script", scopes=["code"], now=timezone.now())
    other = User.objects.create(username="olga")
    cast.project.memberships.model.objects.create(
        project=cast.project, user=other, role=Role.ADJUDICATOR
    )
    assert "ada’s script" not in by(other).get(reverse("tokens")).content.decode()


def test_states_are_told_apart(cast: Cast) -> None:
    now = timezone.now()
    create_token(cast.rita, name="one", scopes=["read"], now=now)
    create_token(cast.rita, name="old", scopes=["read"], now=now - timedelta(days=400))
    page = by(cast.rita).get(reverse("tokens")).content.decode()
    assert page.count("in force</span>") == 1
    assert page.count("expired</span>") == 1
    assert page.count('value="revoke"') == 1


def test_the_account_menu_leads_there(cast: Cast) -> None:
    assert f'href="{reverse("tokens")}"' in by(cast.rita).get("/").content.decode()


def test_who_made_and_who_ended_it_stays_in_the_trail(cast: Cast) -> None:
    by(cast.ada).post(reverse("tokens"), {**WANTED, "name": "ada’s script"})
    token = ApiToken.objects.get()
    ApiToken.objects.update(last_used_at=timezone.now())  # which is no event
    by(cast.mia).post(reverse("tokens"), {"do": "revoke", "token": token.uuid})
    rows = ApiToken.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]  # the audit's
    told = [(each.pgh_label, each.pgh_context.metadata["user"], each.scopes) for each in rows]
    assert told == [
        ("insert", cast.ada.pk, ["releases"]),
        ("update", cast.mia.pk, ["releases"]),
    ]
    assert rows.last().revoked_at is not None
    fields = {field.name for field in rows.model._meta.get_fields()}
    assert not fields & {"name", "token_hash"}


def test_a_token_is_limited_to_the_projects_that_were_ticked(cast: Cast) -> None:
    client = by(cast.rita)
    page = make(client, scopes=["read"], where="some", projects=["labs"])
    assert ApiToken.objects.get().projects == [cast.project.pk]
    assert asked_with(secret_in(page)) == 200
    assert '<td data-label="Where"><code>labs</code>' in page
    page = make(client, name="other")
    assert ApiToken.objects.latest("pk").projects is None
    assert '<td data-label="Where">all projects' in page


@pytest.mark.parametrize("projects", [[], ["mills"], ["labs", "no-such"], ["la\x00bs"]])
def test_projects_that_are_none_of_ones_own_make_no_token(cast: Cast, projects: list[str]) -> None:
    another_project()
    wanted = {**WANTED, "where": "some", "projects": projects}
    answer = by(cast.rita).post(reverse("tokens"), wanted)
    assert answer.status_code in {400, 422}
    assert not ApiToken.objects.exists()


def test_a_manager_sees_what_reaches_their_project_and_no_name_of_others(cast: Cast) -> None:
    mills = another_project()
    enrol(cast.ada, mills.project, roles=[Role.ANNOTATOR])
    now = timezone.now()
    for name, projects in (("here", ["labs", "mills"]), ("there", ["mills"])):
        create_token(cast.ada, name=name, scopes=["code"], now=now, projects=projects)
    page = by(cast.mia).get(reverse("tokens")).content.decode()
    assert "<code>labs</code> " in page
    assert "1 other<" in page
    assert "mills" not in page
    there = ApiToken.objects.get(name="there")
    answer = by(cast.mia).post(reverse("tokens"), {"do": "revoke", "token": there.uuid})
    assert answer.status_code == 404


def test_the_command_limits_a_token_too(cast: Cast) -> None:
    told = StringIO()
    call_command(
        "create_token", "rita", "--scopes", "read", "--projects", " labs", "--json", stdout=told
    )
    assert json.loads(told.getvalue())["projects"] == ["labs"]
    assert ApiToken.objects.get().projects == [cast.project.pk]
