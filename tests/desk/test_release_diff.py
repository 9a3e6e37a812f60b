"""What differs between two releases, each label in its place."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from annotations.adjudication.models import Decision, Ruling
from annotations.adjudication.ruling import rule
from annotations.adjudication.verdicts import Verdict
from tests.adjudication.conftest import the_case
from tests.cast import NOW
from tests.desk.test_adjudication import by
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze


def decided(corpus: Corpus, verdict: Verdict) -> None:
    base = the_case(corpus.ruled).version
    rule(corpus.ruled, verdict, by=corpus.cast.cleo, operation=uuid4(), base=base, now=NOW)


@pytest.fixture
def two(corpus: Corpus) -> Corpus:
    """v1; then one label is ruled away and another added, v2."""
    freeze(corpus)
    ruling = Ruling.objects.get(decision=Decision.ACCEPT)
    decided(corpus, Verdict(Decision.REOPEN, dispute=ruling.dispute))
    decided(corpus, Verdict(Decision.REJECT, dispute=ruling.dispute))
    text = corpus.ruled.text
    added = {"start": 0, "end": 5, "quote": text[:5], "theme": "secrecy", "stance": "favor"}
    decided(corpus, Verdict(Decision.ADD, **added, holder_kind="author"))  # type: ignore[arg-type]  # as given
    freeze(corpus)
    return corpus


def page_of(corpus: Corpus, before: str, after: str, **asked: str) -> str:
    where = reverse("release-diff", args=[corpus.cast.project.slug, before, after])
    return unescape(by(corpus.cast.rita).get(where, asked).content.decode())


def test_what_came_and_went_stands_in_its_text(two: Corpus) -> None:
    page = page_of(two, "v1", "v2")
    assert f"<ins>{two.ruled.text[:5]}</ins>" in page
    (gone,) = re.findall(r"<del>([^<]+)</del>", page)
    assert gone in two.ruled.text
    after = page.split(f"<del>{gone}</del>")[1].split("<")[0].rstrip("…").strip()
    assert after[:20] in two.ruled.text


def test_the_other_way_round_what_came_went(two: Corpus) -> None:
    page = page_of(two, "v2", "v1")
    assert f"<del>{two.ruled.text[:5]}</del>" in page


def test_each_label_leads_to_its_chain_in_the_release_that_has_it(two: Corpus) -> None:
    links = re.findall(
        r'href="([^"]+/releases/(v\d)/labels/[0-9a-f-]{36})"', page_of(two, "v1", "v2")
    )
    assert {version for _, version in links} == {"v1", "v2"}
    client = by(two.cast.rita)
    assert {client.get(address).status_code for address, _ in links} == {200}


def test_two_that_hold_the_same_differ_in_nothing(corpus: Corpus) -> None:
    freeze(corpus)
    freeze(corpus)
    assert "Nothing differs" in page_of(corpus, "v1", "v2")


def test_other_releases_are_chosen_by_the_form(two: Corpus) -> None:
    freeze(two)
    where = reverse("release-diff", args=[two.cast.project.slug, "v1", "v2"])
    client = by(two.cast.rita)
    answer = client.get(where, {"before": "v2", "after": "v3"})
    assert answer.headers["Location"].endswith("/releases/v2/diff/v3")
    assert client.get(where, {"before": "v9", "after": "v3"}).status_code == 404


def test_documents_come_page_by_page(two: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.desk.release_diff.AT_ONCE", 1)
    first = page_of(two, "v1", "v2")
    assert 'rel="next"' not in first
    assert "Nothing differs" in page_of(two, "v1", "v2", cursor="f" * 36)


def test_a_cursor_that_is_none_is_not_found(two: Corpus) -> None:
    where = reverse("release-diff", args=[two.cast.project.slug, "v1", "v2"])
    assert by(two.cast.rita).get(where, {"cursor": "soup"}).status_code == 404
