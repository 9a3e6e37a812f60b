"""Lists that are longer than a page: the next page goes on where the last one ended, and nothing is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from annotations.assignment import searching
from annotations.desk import adjudication_queue, batches, members, releases
from annotations.release.models import Release
from tests import cast as made
from tests.adjudication.makers import coded
from tests.cast import NOW, Cast

NEXT = re.compile(r'rel="next" href="([^"]+)"')
Patch = pytest.MonkeyPatch


def every_page(who: Any, address: str, shown: str) -> list[str]:
    """What `shown` finds on the pages, one after another."""
    client, found, query = Client(), [], ""
    client.force_login(who)
    while True:
        answer = client.get(address + query)
        assert answer.status_code == 200
        page = answer.content.decode()
        found += re.findall(shown, page)
        more = NEXT.search(page)
        if more is None:
            return found
        query = more[1].replace("&amp;", "&")


def test_the_queue_goes_on_over_rounds(cast: Cast, monkeypatch: Patch) -> None:
    texts = [
        made.document(cast.project, f"The pay is low, {n}.", title=f"Text {n}.") for n in range(5)
    ]
    for number, some in enumerate((texts[:2], texts[2:])):
        round_ = made.batch(cast.project, cast.edition, some, name=f"Round {number}")
        for each in some:
            coded(round_, each, {cast.coder(who): [] for who in (cast.ada, cast.ben)})
    monkeypatch.setattr(adjudication_queue, "PAGE", 2)
    found = every_page(cast.cleo, "/projects/labs/adjudication", r">(Text \d\.)<")
    assert found == [f"Text {n}." for n in range(5)]


def test_a_round_lists_its_documents_page_by_page(cast: Cast, monkeypatch: Patch) -> None:
    texts = [made.document(cast.project, f"Pay, {n}.", title=f"Text {n}.") for n in range(5)]
    round_ = made.batch(cast.project, cast.edition, texts)
    monkeypatch.setattr(batches, "ROWS", 2)
    found = every_page(cast.mia, f"/batches/{round_.uuid}", r'dir="auto">(Text \d\.)</a></th>')
    assert found == [f"Text {n}." for n in range(5)]


def test_members_and_releases_have_pages_too(cast: Cast, monkeypatch: Patch) -> None:
    for number in (1, 2, 3):
        Release.objects.create(
            project=cast.project,
            number=number,
            schema_version="v1",
            sha256=f"{number:064x}",
            size=0,
            documents_total=0,
            spans_total=0,
            manifest={},
            at=NOW,
        )
    monkeypatch.setattr(members, "ROWS", 2)
    monkeypatch.setattr(releases, "ROWS", 2)
    names = every_page(cast.mia, "/projects/labs/members", r'<h2 dir="auto">(\w+)')
    assert names == ["Ada", "Ben", "Cleo", "Mia", "Rita"]
    assert every_page(cast.rita, "/projects/labs/releases", r">(v\d)</a></th>") == [
        "v3",
        "v2",
        "v1",
    ]


@pytest.mark.parametrize("frequent", [0, 10_000])
def test_what_is_frequent_and_what_is_rare_is_found_alike(
    cast: Cast, monkeypatch: Patch, frequent: int
) -> None:
    made.document(cast.project, "\n".join(f"The nights are long, {n}." for n in range(7)))
    made.document(cast.project, "The days are short.")
    monkeypatch.setattr(searching, "FREQUENT", frequent)
    found = searching.matching(cast.project, "the nights", by=cast.mia)
    assert [each.passage.index for each in found] == list(range(7))
