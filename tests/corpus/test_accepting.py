"""Warnings are accepted one by one or all, and who did it stays known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from annotations.corpus.accepting import accept
from annotations.corpus.models import Document
from annotations.project.refusals import NotAllowed, NotNow, NotVisible
from tests import cast as made
from tests.cast import NOW, Cast

HYPHENS, CONTROLS = "1 × soft hyphens, kept.", "Control characters removed: 1 × U+0007."


@pytest.fixture
def article(cast: Cast) -> Document:
    row = made.document(cast.project, "They stayed.\n")
    Document.objects.filter(pk=row.pk).update(warnings=[HYPHENS, CONTROLS])
    row.refresh_from_db()
    return row


def test_all_are_accepted_and_nothing_else_changes(cast: Cast, article: Document) -> None:
    assert accept(article, by=cast.mia, now=NOW) == 2
    found = Document.objects.get()
    assert (found.warnings, found.text) == ([], article.text)
    who = cast.coder(cast.mia).pk
    rows = article.accepted_warnings.values_list("warning", "by", "at")
    assert list(rows) == [(HYPHENS, who, NOW), (CONTROLS, who, NOW)]


def test_one_is_accepted_and_the_others_stay_open(cast: Cast, article: Document) -> None:
    accept(article, by=cast.mia, now=NOW, warnings=[CONTROLS])
    assert Document.objects.get().warnings == [HYPHENS]
    accept(article, by=cast.mia, now=NOW + timedelta(days=1))
    rows = article.accepted_warnings.values_list("warning", "at")
    assert list(rows) == [(CONTROLS, NOW), (HYPHENS, NOW + timedelta(days=1))]


def test_what_is_settled_already_is_not_settled_twice(cast: Cast, article: Document) -> None:
    accept(article, by=cast.mia, now=NOW, warnings=[HYPHENS])
    with pytest.raises(NotNow):
        accept(article, by=cast.mia, now=NOW, warnings=[HYPHENS])
    assert article.accepted_warnings.count() == 1


def test_only_managers_accept(cast: Cast, article: Document) -> None:
    with pytest.raises(NotAllowed):
        accept(article, by=cast.cleo, now=NOW)
    with pytest.raises(NotVisible):
        accept(article, by=cast.dag, now=NOW)
    assert Document.objects.get().warnings == [HYPHENS, CONTROLS]
