"""Every page opens for staff, shows text as text, and is there for nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.desk.admin.conftest import HOSTILE
from tests.test_architecture import own_models

MODELS = [pytest.param(model, id=model.__name__) for model in own_models()]
REGISTERED = [pytest.param(model, id=model.__name__) for model in admin.site._registry]


def address(model: type[Model], page: str, *arguments: Any) -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=arguments)


def text_of(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    text = answer.content.decode()
    assert "<script>alert" not in text
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", text), "the policy forbids it"
    return text


@pytest.mark.parametrize("model", MODELS)
def test_every_model_is_there_with_a_row(mia: Client, model: type[Model]) -> None:
    row = model._default_manager.latest("pk")
    listed = text_of(mia, address(model, "changelist"))
    assert f"{address(model, 'change', row.pk)}" in listed
    text_of(mia, address(model, "change", row.pk))
    text_of(mia, address(model, "history", row.pk))


@pytest.mark.parametrize("model", REGISTERED)
def test_every_list_opens_also_with_a_search(mia: Client, model: type[Model]) -> None:
    text_of(mia, address(model, "changelist") + "?q=night")
    row = model._default_manager.first()
    if row is not None:
        text_of(mia, address(model, "change", row.pk))


def test_the_index_names_everything(mia: Client) -> None:
    text = text_of(mia, reverse("admin:index"))
    assert all(address(model.values[0], "changelist") in text for model in MODELS)


@pytest.mark.parametrize("model", ["document", "annotation", "ruling", "user", "releasespan"])
def test_markup_is_shown_as_it_was_written(mia: Client, model: str) -> None:
    kind = apps.get_model("annotations", model)
    row = kind._default_manager.filter(**_hostile(model)).latest("pk")
    text = text_of(mia, address(kind, "change", row.pk))
    assert HOSTILE.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;") in text


def _hostile(model: str) -> dict[str, str]:
    return {"name": HOSTILE} if model == "user" else {}


def test_bytes_and_hashes_of_secrets_are_on_no_page(mia: Client) -> None:
    for name, secret in (("source", "content"), ("apitoken", "hash"), ("signinlink", "hash")):
        model = apps.get_model("annotations", name)
        row = model._default_manager.latest("pk")
        text = text_of(mia, address(model, "change", row.pk))
        assert f"field-{secret}" not in text
        assert f"field-token_{secret}" not in text
        assert getattr(row, "token_hash", "no secret") not in text


@pytest.mark.parametrize("model", MODELS)
def test_it_is_there_for_nobody_else(everything: Cast, model: type[Model]) -> None:
    where = address(model, "changelist")
    asked = Client().get(where, follow=True)
    assert [step for step, _ in asked.redirect_chain][-1].startswith("/sign-in?next=")
    for person in (everything.ada, everything.cleo, everything.dag):
        client = Client()
        client.force_login(person)
        assert client.get(where, follow=True).status_code == 404


def test_the_administration_has_no_door_of_its_own(everything: Cast, mia: Client) -> None:
    stranger = Client()
    answer = stranger.get("/admin/login/?next=https://elsewhere.example.org/")
    assert answer.headers["Location"] == "/sign-in?next=/admin/"
    assert mia.get("/admin/login/").headers["Location"] == "/admin/"
    assert mia.get("/admin/password_change/").status_code == 404


def test_the_history_says_who_and_what(everything: Cast, mia: Client) -> None:
    where = address(type(everything.project), "change", everything.project.pk)
    mia.post(where, {"name": "Renamed", "slug": "labs"})
    text = text_of(mia, address(type(everything.project), "history", everything.project.pk))
    assert "Renamed" in text
    assert re.search(r"<td>update</td>\s*<td>Mia</td>", text)
