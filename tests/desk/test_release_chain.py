"""The page of a chain, and the list that leads to it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from annotations.desk.chain_words import CHECKED
from annotations.release.chain import chain_of, label_of
from annotations.release.models import Origin, ReleaseSpan
from annotations.release.taking_down import take_down
from tests.desk.test_adjudication import by
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze
from tests.release.test_proving import tamper


def address(corpus: Corpus, label: ReleaseSpan) -> str:
    return reverse("release-label", args=[corpus.cast.project.slug, "v1", label.uuid])


def test_the_page_shows_every_link_and_that_it_holds(corpus: Corpus) -> None:
    freeze(corpus)
    label = ReleaseSpan.objects.filter(origin=Origin.ADJUDICATED).earliest("pk")
    page = by(corpus.cast.rita).get(address(corpus, label)).content.decode()
    for link in ("released", "decided", "coded", "written", "repaired", "bytes"):
        assert f'id="{link}"' in page
    assert "The chain holds." in page
    assert page.count("✗") == 0


def test_a_broken_link_is_marked_and_both_sides_are_shown(corpus: Corpus) -> None:
    freeze(corpus)
    tamper("UPDATE annotations_ruling SET reason = 'Something else.'")
    label = ReleaseSpan.objects.filter(origin=Origin.ADJUDICATED).earliest("pk")
    page = by(corpus.cast.rita).get(address(corpus, label)).content.decode()
    assert "The chain is broken." in page
    assert "✗" in page
    assert "Something else. · unit" in page


def test_every_comparison_has_its_words(corpus: Corpus) -> None:
    release = freeze(corpus)
    made = {
        check.name
        for label in ReleaseSpan.objects.filter(release=release)
        for check in chain_of(label_of(release, label.uuid)).checks
    }
    assert made <= CHECKED.keys()


def test_after_a_takedown_the_page_says_where_the_chain_ends(corpus: Corpus) -> None:
    release = freeze(corpus)
    take_down(corpus.agreed, reason="Asked to.", by=corpus.cast.mia, now=release.at)
    label = ReleaseSpan.objects.get(document=corpus.agreed)
    page = by(corpus.cast.rita).get(address(corpus, label)).content.decode()
    assert "as far as it goes" in page
    assert "Asked to." in page
    assert '<table class="hex"' not in page


def test_the_list_leads_to_every_chain(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    page = client.get(reverse("release-labels", args=[corpus.cast.project.slug, "v1"]))
    links = re.findall(r'href="([^"]+/labels/[0-9a-f-]{36})"', page.content.decode())
    assert len(links) == ReleaseSpan.objects.count() == 3
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"origin": "adjudicated"}, 1),
        ({"origin": "unanimous"}, 2),
        ({"theme": "secrecy"}, 2),
        ({"stance": "favor", "theme": "secrecy"}, 0),
        ({"language": "tlh"}, 0),
        ({"split": "test"}, 0),
    ],
)
def test_the_list_is_filtered(corpus: Corpus, asked: dict[str, str], found: int) -> None:
    freeze(corpus)
    where = reverse("release-labels", args=[corpus.cast.project.slug, "v1"])
    page = by(corpus.cast.rita).get(where, asked).content.decode()
    assert len(re.findall(r'href="[^"]+/labels/[0-9a-f-]{36}"', page)) == found


def test_the_list_goes_page_by_page_there_and_back(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.desk.release_labels.AT_ONCE", 1)
    freeze(corpus)
    client = by(corpus.cast.rita)
    where = reverse("release-labels", args=[corpus.cast.project.slug, "v1"])
    there: list[str] = []
    address = where
    while True:
        page = client.get(address).content.decode()
        there += re.findall(r'href="([^"]+/labels/[0-9a-f-]{36})"', page)
        onwards = re.search(r'rel="next" href="(\?[^"]+)"', page)
        if onwards is None:
            break
        address = where + onwards[1]
    assert len(there) == len(set(there)) == 3
    back = [there[-1]]
    while earlier := re.search(r'rel="prev" href="(\?[^"]+)"', page):
        page = client.get(where + earlier[1]).content.decode()
        back += re.findall(r'href="([^"]+/labels/[0-9a-f-]{36})"', page)
    assert back == there[::-1]


def test_gold_and_settled_disputes_lead_to_their_chains(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.cleo)
    slug = corpus.cast.project.slug
    released = {address(corpus, label) for label in ReleaseSpan.objects.all()}
    gold = client.get(reverse("coded", args=[slug]), {"of": "gold"}).content.decode()
    assert set(re.findall(r'href="([^"]+/labels/[0-9a-f-]{36})"', gold)) == released
    settled = client.get(reverse("adjudicate", args=[corpus.ruled.uuid])).content.decode()
    of_document = {
        address(corpus, label) for label in ReleaseSpan.objects.filter(document=corpus.ruled)
    }
    assert set(re.findall(r'href="([^"]+/labels/[0-9a-f-]{36})"', settled)) == of_document
