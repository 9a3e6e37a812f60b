"""What may be changed is changed, what may not is refused with a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from annotations.assignment.models import Assignment, Batch
from annotations.codebook.interchange import load_edition
from annotations.codebook.models import Edition, Theme
from annotations.coding.models import Annotation
from annotations.corpus.models import Document, Passage, Source
from annotations.desk.admin.base import GoesWhole
from annotations.project.access import coder_of, roles
from annotations.project.accounts import create_token, new_sign_in_link, token_of
from annotations.project.models import Membership, Project, Role, SignInLink, User
from tests.cast import NOW, Cast, assignment, batch, document
from tests.codebook.test_checking import small


@pytest.fixture
def mia(cast: Cast, client: Client) -> Client:
    cast.mia.is_staff = cast.mia.is_superuser = True
    cast.mia.save()
    client.force_login(cast.mia)
    return client


def post(client: Client, page: str, *arguments: Any, **form: Any) -> HttpResponse:
    where = reverse(f"admin:annotations_{page}", args=arguments)
    return client.post(where, {"_save": "Save", **form}, follow=True)


def test_a_zone_set_by_hand_is_confirmed(cast: Cast, mia: Client) -> None:
    text = document(cast.project, "Share this.\nNights.\n")
    passage = text.passages.get(index=0)
    post(mia, "passage_change", passage.pk, zone="boilerplate", zone_reason="share line", start=9)
    passage.refresh_from_db()
    assert (passage.zone, passage.start) == ("boilerplate", 0)
    assert passage.zone_confirmed_at is not None


def test_a_member_gets_a_pseudonym(cast: Cast, mia: Client) -> None:
    post(mia, "membership_add", project=cast.project.pk, user=cast.dag.pk, role="annotator")
    assert roles(cast.dag, cast.project) == {Role.ANNOTATOR}
    assert coder_of(cast.dag, cast.project).pseudonym
    row = Membership.objects.get(user=cast.dag)
    post(mia, "membership_delete", row.pk, post="yes")
    assert roles(cast.dag, cast.project) == frozenset()


def test_a_role_is_not_given_twice(cast: Cast, mia: Client) -> None:
    answer = post(
        mia, "membership_add", project=cast.project.pk, user=cast.ada.pk, role="annotator"
    )
    assert answer.context["errors"]
    assert Membership.objects.filter(user=cast.ada).count() == 1


def test_who_adds_a_project_manages_it(cast: Cast, mia: Client) -> None:
    post(mia, "project_add", slug="second", name="Second")
    assert roles(cast.mia, Project.objects.get(slug="second")) == {Role.MANAGER}


def test_a_slug_is_chosen_once(cast: Cast, mia: Client) -> None:
    post(mia, "project_change", cast.project.pk, slug="other", name="Renamed")
    cast.project.refresh_from_db()
    assert (cast.project.slug, cast.project.name) == ("labs", "Renamed")


def test_a_new_account_has_no_password(mia: Client) -> None:
    post(mia, "user_add", username="eva", name="Eva", is_active="on")
    assert not User.objects.get(username="eva").has_usable_password()


def test_erasing_an_account_leaves_the_work(cast: Cast, mia: Client) -> None:
    coder = cast.coder(cast.ada)
    create_token(cast.ada, name="t", scopes=["read"], now=NOW)
    text = document(cast.project, "Nights.\n")
    assignment(batch(cast.project, cast.edition, [text]), text, coder)
    post(mia, "user_delete", cast.ada.pk, post="yes")
    coder.refresh_from_db()
    assert coder.user is None
    assert Assignment.objects.get().coder == coder


def test_staff_without_all_rights_cannot_give_rights(cast: Cast, client: Client) -> None:
    cast.cleo.is_staff = True
    cast.cleo.save()
    wanted = Permission.objects.filter(content_type__app_label="annotations")
    cast.cleo.user_permissions.set(wanted.filter(content_type__model="user"))
    client.force_login(cast.cleo)
    post(client, "user_change", cast.cleo.pk, username="cleo", is_superuser="on", is_active="on")
    cast.cleo.refresh_from_db()
    assert not cast.cleo.is_superuser
    User.objects.filter(pk=cast.mia.pk).update(is_superuser=True)
    assert post(client, "user_change", cast.mia.pk, username="mine").status_code == 403
    assert post(client, "user_delete", cast.mia.pk, post="yes").status_code == 403


def test_a_token_is_revoked(cast: Cast, mia: Client) -> None:
    made = create_token(cast.rita, name="t", scopes=["read"], now=timezone.now())
    chosen = {"action": "revoke", "_selected_action": [made.row.pk], "index": 0}
    mia.post(reverse("admin:annotations_apitoken_changelist"), chosen)
    assert token_of(made.secret, now=timezone.now()) is None


def test_a_link_can_be_taken_back_and_not_made(cast: Cast, mia: Client) -> None:
    new_sign_in_link(cast.ada, now=NOW)
    link = SignInLink.objects.get()
    post(mia, "signinlink_delete", link.pk, post="yes")
    assert not SignInLink.objects.exists()
    assert mia.get(reverse("admin:annotations_signinlink_add")).status_code == 403


def test_a_document_is_described_better_and_its_text_stays(cast: Cast, mia: Client) -> None:
    text = document(cast.project, "Nights.\n")
    post(mia, "document_change", text.pk, title="Better", text="Changed", length=3)
    text.refresh_from_db()
    assert (text.title, text.text, text.length) == ("Better", "Nights.\n", 8)


@pytest.mark.parametrize("page", ["change", "delete"])
@pytest.mark.parametrize("model", [Source, Assignment, Annotation, Batch, Passage, Document])
def test_nothing_is_deleted_that_others_rest_on(
    cast: Cast, mia: Client, model: Any, page: str
) -> None:
    text = document(cast.project, "Nights.\n")
    assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))
    row = model.objects.first()
    if row is None or page == "change":
        assert (
            mia.get(reverse(f"admin:annotations_{model._meta.model_name}_add")).status_code == 403
        )
        return
    assert post(mia, f"{model._meta.model_name}_delete", row.pk, post="yes").status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_a_document_has_no_fewer_slots_than_are_taken(cast: Cast, mia: Client) -> None:
    text = document(cast.project, "Nights.\n")
    round_ = batch(cast.project, cast.edition, [text])
    assignment(round_, text, cast.coder(cast.ben), slot=2)
    item = round_.items.get()
    for slots, kept in ((1, None), (3, 3), ("", None)):
        post(mia, "batchdocument_change", item.pk, slots=slots)
        item.refresh_from_db()
        assert item.slots == kept


def test_a_draft_theme_is_corrected(cast: Cast, mia: Client) -> None:
    load_edition(cast.project, small(), by=None)
    theme = Theme.objects.get(edition__number=2, key="pay")
    post(mia, "theme_change", theme.pk, **_form(theme, code="PY"))
    theme.refresh_from_db()
    assert theme.code == "PY"


@pytest.mark.parametrize(
    "change",
    [{"code": "X"}, {"name": "[1]"}, {"name": "{}"}, {"hotkey": "1"}, {"colour": "99"}],
)
def test_a_draft_stays_a_codebook(cast: Cast, mia: Client, change: dict[str, str]) -> None:
    load_edition(cast.project, small(), by=None)
    theme = Theme.objects.get(edition__number=2, key="pay")
    answer = post(mia, "theme_change", theme.pk, **_form(theme, **change))
    assert set(answer.context["adminform"].form.errors) == set(change)
    theme.refresh_from_db()
    assert (theme.code, theme.hotkey) == ("PA", "2")


def _form(theme: Theme, **change: str) -> dict[str, Any]:
    texts = ("definition", "include", "exclude", "proposition", "stance_labels")
    return {
        "code": theme.code,
        "name": '{"en": "Pay"}',
        **dict.fromkeys(texts, "{}"),
        "examples": "[]",
        "counter_examples": "[]",
        "colour": theme.colour,
        "hotkey": theme.hotkey,
        "order": theme.order,
        **change,
    }


def test_a_frozen_theme_is_read_only(cast: Cast, mia: Client) -> None:
    theme = Theme.objects.get(edition=cast.edition, key="compensation")
    assert post(mia, "theme_change", theme.pk, **_form(theme, code="XX")).status_code == 403
    assert post(mia, "edition_delete", cast.edition.pk, post="yes").status_code == 403


def test_a_draft_that_nobody_wants_goes(cast: Cast, mia: Client) -> None:
    draft = load_edition(cast.project, small(), by=None)
    post(mia, "edition_delete", draft.pk, post="yes")
    assert not Edition.objects.filter(pk=draft.pk).exists()


class Careless(GoesWhole[Theme]):
    """A page that would let people write where the database does not."""

    fields = ["code"]


@pytest.mark.parametrize("view", ["changeform_view", "delete_view"])
def test_what_the_database_refuses_is_a_message(cast: Cast, rf: RequestFactory, view: str) -> None:
    cast.mia.is_superuser = True
    theme = Theme.objects.get(edition=cast.edition, key="compensation")
    request = rf.post("/here", {"_save": "Save", "code": "XX", "post": "yes"})
    request.user, request.session = cast.mia, SessionStore()
    request._messages, request._dont_enforce_csrf_checks = FallbackStorage(request), True
    answer = getattr(Careless(Theme, admin.site), view)(request, str(theme.pk))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/here")
    said = [str(message) for message in get_messages(request)]
    assert len(said) == 1
    assert "in use and frozen" in said[0]
    theme.refresh_from_db()
    assert theme.code == "CO"
