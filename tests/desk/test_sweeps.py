"""The page of rules for many: preview, deed, undoing."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from annotations.adjudication.models import Ruling, Sweep
from annotations.corpus.models import Document
from annotations.project.models import User
from tests.adjudication.conftest import document as document
from tests.adjudication.test_ruling import decide
from tests.adjudication.test_sweeping import eve as eve
from tests.adjudication.test_sweeping import swept
from tests.adjudication.test_sweeping import texts as texts
from tests.cast import Cast
from tests.desk.test_adjudication import by
from tests.desk.test_adjudication_queue import secrecy, shown

PATTERN = "?differs=stance&theme=&overlap=0.5&votes=2"


def page_of(cast: Cast, user: User, query: str = "", *, status: int = 200) -> str:
    answer = by(user).get(reverse("sweeps", args=[cast.project.slug]) + query)
    assert answer.status_code == status
    return answer.content.decode()


def fields(page: str, form: int) -> dict[str, str]:
    """The hidden fields of the form of that number, counted among those that post."""
    found = re.findall(r'<form method="post"[^>]*>(.*?)</form>', page, re.DOTALL)[form]
    pairs = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', found)
    return {name: html.unescape(value) for name, value in pairs if "csrf" not in name}


def test_a_preview_shows_codings_side_by_side(cast: Cast, texts: list[Document]) -> None:
    page = page_of(cast, cast.cleo, PATTERN)
    told = shown(page)
    assert "2 disputes would be settled in 2 documents" in told
    assert told.count("2 of 3 votes") == 2
    assert Ruling.objects.count() == 0


def deed(cast: Cast, user: User, **more: str) -> int:
    page = page_of(cast, user, PATTERN)
    form = fields(page, 2) | more
    return by(user).post(reverse("sweeps", args=[cast.project.slug]), form).status_code


def test_what_was_previewed_is_done_and_undone(cast: Cast, texts: list[Document]) -> None:
    assert deed(cast, cast.cleo, reason="Two of three.") == 302
    assert Sweep.objects.get().total == 2
    page = page_of(cast, cast.cleo)
    assert "Two of three." in page
    form = fields(page, 2) | {"undo": str(Sweep.objects.get().uuid), "reason": "Too quick."}
    address = reverse("sweeps", args=[cast.project.slug])
    page = by(cast.cleo).post(address, form, follow=True).content.decode()
    assert "2 decisions are undone." in page
    assert "Too quick." in page
    assert Ruling.objects.filter(decision="reopen").count() == 2


def test_a_form_sent_twice_is_one_deed(cast: Cast, texts: list[Document]) -> None:
    form = fields(page_of(cast, cast.cleo, PATTERN), 2)
    address = reverse("sweeps", args=[cast.project.slug])
    for _ in range(2):
        assert by(cast.cleo).post(address, form).status_code == 302
    assert Sweep.objects.count() == 1


def test_what_has_changed_since_is_shown_and_not_done(cast: Cast, texts: list[Document]) -> None:
    form = fields(page_of(cast, cast.cleo, PATTERN), 2) | {"reason": "Two of three."}
    decide(texts[0], "reject", cast.mia, dispute=secrecy(texts[0]))
    answer = by(cast.cleo).post(reverse("sweeps", args=[cast.project.slug]), form)
    assert answer.status_code == 412
    told = shown(answer.content.decode())
    assert "1 dispute would be settled in 1 document" in told
    assert 'value="Two of three."' in answer.content.decode()
    assert Sweep.objects.count() == 0


def test_a_majority_of_two_coders_is_refused_in_words(cast: Cast, document: Document) -> None:
    assert "three coders or more" in page_of(cast, cast.cleo, PATTERN, status=409)


@pytest.mark.parametrize("query", ["?differs=stance&overlap=x", "?differs=stance&votes=1"])
def test_numbers_that_are_none_are_refused(cast: Cast, texts: list[Document], query: str) -> None:
    page_of(cast, cast.cleo, query, status=422)


def test_the_dispute_shows_that_the_majority_settled_it(cast: Cast, texts: list[Document]) -> None:
    swept(cast)
    page = by(cast.cleo).get(reverse("adjudicate", args=[texts[0].uuid])).content.decode()
    told = shown(page)
    assert "majority" in told
    assert "2 of 3 coders said:" in told


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("rita", 403), ("dag", 404)])
def test_others_do_not_get_in(cast: Cast, texts: list[Document], who: str, status: int) -> None:
    page_of(cast, getattr(cast, who), status=status)
