"""What differs between releases over REST: complete, in order, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.adjudication.ruling import reopen
from tests.adjudication.conftest import the_case
from tests.api.test_adjudication import by
from tests.api.test_releases import ALL
from tests.cast import NOW, Cast
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus  # a fixture
from tests.release.test_freezing import freeze

FEED = "/api/v1/projects/labs/changes"


def got(corpus: Corpus, address: str) -> Any:
    answer = by(corpus.cast.rita).get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def three(corpus: Corpus) -> None:
    """v1 has both documents, v2 lost the one that was ruled on, v3 is as v2."""
    freeze(corpus)
    case = the_case(corpus.ruled)
    reopen(corpus.ruled, case.rulings[0].dispute, by=corpus.cast.cleo, base=case.version, now=NOW)
    freeze(corpus, later=1)
    freeze(corpus, later=2)


def test_a_difference_counts_documents_and_themes_and_shows_labels(corpus: Corpus) -> None:
    three(corpus)
    found = got(corpus, f"{ALL}/v1/diff/v2")
    assert found["documents"] == {"added": 0, "removed": 1, "changed": 0}
    assert found["themes"] == [
        {"theme": "burnout", "added": 0, "removed": 1, "changed": 0},
        {"theme": "secrecy", "added": 0, "removed": 1, "changed": 0},
    ]
    (gone,) = found["results"]
    assert (gone["document"], len(gone["removed"])) == (str(corpus.ruled.uuid), 2)
    assert got(corpus, f"{ALL}/v2/diff/v1")["documents"]["added"] == 1
    assert got(corpus, f"{ALL}/v2/diff/v3")["results"] == []


def test_the_feed_is_the_differences_one_after_another_by_pages(corpus: Corpus) -> None:
    three(corpus)
    whole = got(corpus, FEED)
    told = [(each["release"], each["what"]) for each in whole["results"]]
    assert told == [("v1", "added"), ("v1", "added"), ("v2", "retracted")]
    assert whole["next"] == "v3"
    paged, after = [], ""
    for _ in range(3):
        page = got(corpus, f"{FEED}?limit=1&after={after}" if after else f"{FEED}?limit=1")
        paged += page["results"]
        after = page["next"]
    assert paged == whole["results"]
    assert (after, got(corpus, f"{FEED}?after=v1")["results"]) == ("v3", whole["results"][2:])
    over = got(corpus, f"{FEED}?after=v3")
    assert (over["results"], over["next"]) == ([], "v3")


@pytest.mark.parametrize("asked", ["after=3", "after=v0", "limit=0", "limit=501", "since=v1"])
def test_what_is_not_known_is_422(cast: Cast, asked: str) -> None:
    assert by(cast.rita).get(f"{FEED}?{asked}").status_code == 422


def test_a_project_without_releases_has_no_changes(cast: Cast) -> None:
    nothing: dict[str, object] = {"results": [], "retracted": [], "taken_down": []}
    assert by(cast.rita).get(FEED).json() == {**nothing, "next": None}
