"""Nothing in the administration breaks an invariant: every model, every way to write."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.forms.models import model_to_dict
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from annotations.codebook.models import Edition
from annotations.coding.models import Annotation
from annotations.corpus.models import Document
from annotations.project.models import Membership, Role
from tests.cast import Cast
from tests.desk.admin.test_browsing import address
from tests.test_architecture import own_models

# What a person may begin by hand, end by hand, and describe better. Everything else is for verbs.
MAY_ADD = {"Project", "User", "Membership"}
MAY_DELETE = {"User", "Membership", "SignInLink"}
MAY_CHANGE: dict[str, set[str]] = {
    "Project": {"name"},
    "User": {
        "username",
        "name",
        "email",
        "language",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
    },
    "Document": {"title", "external_id", "source_url", "published_on"},
    "Passage": {"zone", "zone_reason"},
    "Story": {"title"},
    "Batch": {"name", "lease_days", "same_story", "checked_share"},
    "BatchDocument": {"slots"},
}
MODELS = [pytest.param(model, id=model.__name__) for model in own_models()]


def told(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_where_a_verb_makes_it(mia: Client, model: type[Model]) -> None:
    before = model._default_manager.count()
    answer = mia.post(address(model, "add"), {"_save": "Save"})
    if model.__name__ in MAY_ADD:
        assert answer.status_code == 200  # the form again, with what lacks
    else:
        assert answer.status_code == 403
    assert model._default_manager.count() == before


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_deleted_that_others_rest_on(mia: Client, model: type[Model]) -> None:
    row = model._default_manager.latest("pk")
    if model.__name__ in MAY_DELETE or isinstance(row, Edition) and row.frozen_at is None:
        return
    assert mia.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}
    mia.post(address(model, "changelist"), many)
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS)
def test_only_what_describes_can_be_changed(
    mia: Client, everything: Cast, rf: RequestFactory, model: type[Model]
) -> None:
    page = admin.site._registry[model]
    row = model._default_manager.latest("pk")
    request = rf.get("/")
    request.user = everything.mia
    if not page.has_change_permission(request, row):
        before = told(row)
        sent = {name: str(value) for name, value in model_to_dict(row).items()}
        answer = mia.post(address(model, "change", row.pk), {**sent, "_save": "Save"})
        assert answer.status_code == 403
        row.refresh_from_db()
        assert told(row) == before
        return
    fields = set(page.get_form(request, row, change=True).base_fields)
    assert fields <= MAY_CHANGE.get(model.__name__, set()), model.__name__


@pytest.mark.parametrize("model", MODELS)
def test_every_row_tells_its_past(mia: Client, model: type[Model]) -> None:
    row = model._default_manager.latest("pk")
    assert mia.get(address(model, "history", row.pk)).status_code == 200


def test_tokens_are_only_revoked(mia: Client) -> None:
    names = [name for name, _ in _actions(mia, "apitoken")]
    assert names == ["revoke"]


def test_no_list_has_an_action_that_deletes_unseen(mia: Client) -> None:
    for model in own_models():
        found = dict(_actions(mia, model._meta.model_name or ""))
        if model.__name__ not in MAY_DELETE | {"Edition"}:
            assert "delete_selected" not in found, model.__name__


def _actions(client: Client, name: str) -> list[tuple[str, str]]:
    try:
        page = client.get(reverse(f"admin:annotations_{name}_changelist"))
    except NoReverseMatch:
        return []
    form = page.context.get("action_form")
    choices = form.fields["action"].choices if form else []
    return [(value, words) for value, words in choices if value]


def test_the_last_manager_stays_also_here(mia: Client, everything: Cast) -> None:
    row = Membership.objects.get(user=everything.mia, role=Role.MANAGER)
    ways: list[tuple[str, dict[str, Any]]] = [
        (address(Membership, "delete", row.pk), {"post": "yes"}),
        (
            address(Membership, "changelist"),
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        ),
        (address(type(everything.mia), "delete", everything.mia.pk), {"post": "yes"}),
        (
            address(type(everything.mia), "changelist"),
            {"action": "delete_selected", "_selected_action": [everything.mia.pk], "post": "yes"},
        ),
        (
            address(type(everything.mia), "change", everything.mia.pk),
            {"username": "mia", "name": "Mia", "_save": "Save"},
        ),
    ]
    for where, sent in ways:
        page = mia.post(where, sent, follow=True)
        assert b"without a manager" in page.content, where
        everything.mia.refresh_from_db()
        assert everything.mia.is_active
        assert Membership.objects.filter(pk=row.pk).exists()


def test_the_past_of_work_and_of_labels_is_told(mia: Client, everything: Cast) -> None:
    label = Annotation.objects.first()
    assert label is not None
    said = mia.get(address(Annotation, "history", label.pk)).content.decode()
    assert "revision 1" in said
    work = label.assignment
    said = mia.get(address(type(work), "history", work.pk)).content.decode()
    assert "in progress → submitted" in said or "→ submitted" in said
    project = mia.get(address(type(everything.project), "history", everything.project.pk))
    assert "manager" in project.content.decode()


def test_the_text_of_a_document_is_never_in_a_form(mia: Client) -> None:
    row = Document.objects.latest("pk")
    before = told(row)
    mia.post(address(Document, "change", row.pk), {"title": "x", "text": "y", "length": 1})
    row.refresh_from_db()
    assert told(row) | {"title": before["title"]} == before | {"source_url": row.source_url}
