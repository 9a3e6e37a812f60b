"""The page of members: invited with a link that is seen once, roles given and taken, ways out."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.assignment.models import Assignment
from annotations.assignment.seats import Hand
from annotations.project.access import roles
from annotations.project.members import begin, enrol
from annotations.project.models import Role, SignInLink, User
from tests import cast as made
from tests.cast import Cast
from tests.desk.test_corpus_pages import HOSTILE, browser, words

PAGE = "/projects/labs/members"


@pytest.fixture
def mia(cast: Cast) -> Client:
    return browser(cast.mia)


def link_in(text: str) -> str:
    return re.findall(r'value="(http://testserver/sign-in/[^"]+)"', text)[0]


def test_everybody_is_there_with_roles(cast: Cast, mia: Client) -> None:
    answer = mia.get(PAGE)
    said = words(answer)
    for name in ("Ada", "Ben", "Cleo", "Mia", "Rita"):
        assert name in said
    assert "Dag" not in said
    ada = next(each for each in answer.context["members"] if each.user == cast.ada)
    assert (set(ada.roles), ada.pseudonym, ada.seen) == ({"annotator"}, "coder-01", None)


def test_an_invited_person_comes_in_once(
    cast: Cast, mia: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    invite = {"do": "invite", "name": "Éva", "roles": ["annotator", "reader"]}
    answer = mia.post(PAGE, invite)
    link = link_in(answer.content.decode())
    assert "no-store" in answer.headers["Cache-Control"]
    assert "within 7 days" in words(answer)
    assert link not in mia.get(PAGE).content.decode()
    eva = Client()
    assert eva.post(link).status_code == 302
    assert eva.get("/projects/labs").status_code == 200
    assert link.rpartition("/")[2] not in caplog.text
    assert Client().post(link).status_code == 404
    row = next(each for each in mia.get(PAGE).context["members"] if each.user.name == "Éva")
    assert row.seen is not None
    assert set(row.roles) == {"annotator", "reader"}


def test_a_link_lives_as_long_as_the_page_says(cast: Cast, mia: Client) -> None:
    mia.post(PAGE, {"do": "invite", "name": "Éva", "roles": ["reader"]})
    left = SignInLink.objects.get().expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    assert "not yet" in words(mia.get(PAGE))


def test_what_is_refused_is_kept_in_the_form(mia: Client) -> None:
    answer = mia.post(PAGE, {"do": "invite", "name": "Éva"})
    assert answer.status_code == 422
    assert "at least one role" in words(answer)
    assert 'value="Éva"' in answer.content.decode()


def test_roles_are_given_and_taken(cast: Cast, mia: Client) -> None:
    ada = {"user": cast.ada.pk}
    mia.post(PAGE, {"do": "give", "role": "adjudicator", **ada})
    mia.post(PAGE, {"do": "take", "role": "annotator", **ada})
    assert roles(cast.ada, cast.project) == {Role.ADJUDICATOR}
    last = mia.post(PAGE, {"do": "take", "role": "adjudicator", **ada})
    assert (last.status_code, "last role" in words(last)) == (409, True)


def test_the_last_manager_stays(cast: Cast, mia: Client) -> None:
    for sent in ({"do": "remove"}, {"do": "erase", "sure": "on"}):
        answer = mia.post(PAGE, {"user": cast.mia.pk, **sent})
        assert (answer.status_code, "without a manager" in words(answer)) == (409, True)
    mia.post(PAGE, {"do": "give", "role": "manager", "user": cast.cleo.pk})
    answer = mia.post(PAGE, {"do": "remove", "user": cast.mia.pk})
    assert answer.headers["Location"] == "/"
    assert mia.get(PAGE).status_code == 404


@pytest.mark.parametrize("way", ["remove", "erase", "take"])
def test_open_work_is_free_for_others_when_somebody_goes(cast: Cast, mia: Client, way: str) -> None:
    text = made.document(cast.project, "Nights.\n")
    round_ = made.batch(cast.project, cast.edition, [text])
    work = made.assignment(round_, text, cast.coder(cast.ada))
    mia.post(PAGE, {"do": "give", "role": "reader", "user": cast.ada.pk})
    sent = {"do": way, "user": cast.ada.pk, "sure": "on", "role": "annotator"}
    assert mia.post(PAGE, sent).status_code == 302
    work.refresh_from_db()
    assert work.state == "released"
    assert work.coder == cast.coder(cast.ada)
    assert Hand.objects.get(coder=work.coder).left_at is not None


def test_a_refused_departure_leaves_the_work_as_it_was(cast: Cast, mia: Client) -> None:
    text = made.document(cast.project, "Nights.\n")
    enrol(cast.mia, cast.project, roles=[Role.ANNOTATOR])
    round_ = made.batch(cast.project, cast.edition, [text])
    made.assignment(round_, text, cast.coder(cast.mia))
    assert mia.post(PAGE, {"do": "remove", "user": cast.mia.pk}).status_code == 409
    assert Assignment.objects.get().state == "claimed"


def test_erasing_wants_to_be_sure(cast: Cast, mia: Client) -> None:
    assert mia.post(PAGE, {"do": "erase", "user": cast.ada.pk}).status_code == 422
    assert "is erased" in words(
        mia.post(PAGE, {"do": "erase", "user": cast.ada.pk, "sure": "on"}, follow=True)
    )
    assert not User.objects.filter(username="ada").exists()
    assert cast.coder(cast.ada).pseudonym == "coder-01"


def test_somebody_of_another_project_is_brought(cast: Cast, mia: Client) -> None:
    other = begin("other", "Other", by=cast.mia)
    enrol(cast.dag, other, roles=[Role.ANNOTATOR])
    assert "From your other projects" in words(mia.get(PAGE))
    mia.post(PAGE, {"do": "bring", "user": cast.dag.pk, "roles": ["reader"]})
    assert roles(cast.dag, cast.project) == {Role.READER}


def test_accounts_with_a_part_elsewhere_are_not_ours(cast: Cast, mia: Client) -> None:
    enrol(cast.ada, begin("other", "Other", by=cast.dag), roles=[Role.READER])
    assert "for whoever runs the workbench" in words(mia.get(PAGE))
    assert mia.post(PAGE, {"do": "link", "user": cast.ada.pk}).status_code == 403
    assert not SignInLink.objects.exists()


@pytest.mark.parametrize("user", ["", "0", "x", "9" * 30, "-1"])
def test_strangers_are_nobody(cast: Cast, mia: Client, user: str) -> None:
    assert mia.post(PAGE, {"do": "remove", "user": user}).status_code == 404
    assert mia.post(PAGE, {"do": "remove", "user": cast.dag.pk}).status_code == 404
    assert mia.post(PAGE, {"do": "bring", "user": cast.dag.pk}).status_code == 404


def test_a_hostile_name_is_shown_as_text(mia: Client) -> None:
    answer = mia.post(PAGE, {"do": "invite", "name": HOSTILE, "roles": ["reader"]})
    for text in (answer.content.decode(), mia.get(PAGE).content.decode()):
        assert "<script>alert" not in text
        assert "\u202e" not in text
        assert "&lt;script&gt;" in text


def test_many_members_cost_no_more_queries(
    cast: Cast, mia: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        enrol(made.person(f"p{number}"), cast.project, roles=[Role.ANNOTATOR])
    with django_assert_max_num_queries(40):  # type: ignore[operator]  # a fixture of pytest-django
        mia.get(PAGE)
