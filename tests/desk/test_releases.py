"""The release pages: freeze, list, read, download."""

from __future__ import annotations

import re
from hashlib import sha256
from html import escape, unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.release.formats import FORMATS
from annotations.release.freezings import Freezing, FreezingProgress
from annotations.release.models import Release
from annotations.release.shapes import SHAPES
from tests.cast import NOW, Cast
from tests.desk.test_adjudication import by
from tests.jobs.working import work
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze


def test_the_manager_freezes_and_sees_what_came_of_it(corpus: Corpus) -> None:
    client = by(corpus.cast.mia)
    slug = corpus.cast.project.slug
    where, key = reverse("releases", args=[slug]), str(uuid4())
    said = {"notes": "First.\r\nFor the paper.", "key": key}
    answer = client.post(where, said, follow=True).content.decode()
    assert "It waits for a worker." in answer
    client.post(where, said)  # the button pressed twice
    work()
    release = Release.objects.get()
    assert release.notes == "First.\nFor the paper."
    page = client.get(reverse("release", args=[slug, "v1"])).content.decode()
    assert release.sha256 in page
    listed = client.get(reverse("releases", args=[slug])).content.decode()
    assert reverse("release", args=[slug, "v1"]) in listed


def test_how_far_it_is_and_why_it_failed_is_on_the_page(corpus: Corpus) -> None:
    client, where = by(corpus.cast.mia), reverse("releases", args=[corpus.cast.project.slug])
    client.post(where, {})
    FreezingProgress.objects.update(step="hashing", done=1, total=2, at=NOW)
    Freezing.objects.update(state="running")
    page = client.get(where).content.decode()
    assert "Step 2 of 3" in page
    assert re.search(r'<progress max="6" value="3"', page)
    assert 'data-open="yes"' in page
    Freezing.objects.update(state="failed", reason="It was not to be.", ended_at=timezone.now())
    page = client.get(where).content.decode()
    assert "It was not to be." in page
    assert 'data-open=""' in page
    assert "It was not to be." not in by(corpus.cast.rita).get(where).content.decode()


def test_a_reader_downloads_the_file_from_the_page(corpus: Corpus) -> None:
    release = freeze(corpus)
    client = by(corpus.cast.rita)
    where = reverse("api:released-documents", args=[corpus.cast.project.slug, "v1"])
    page = client.get(reverse("releases", args=[corpus.cast.project.slug])).content.decode()
    assert where in page
    assert "Freeze a release" not in page
    body = b"".join(client.get(where).streaming_content)  # type: ignore[attr-defined]
    assert sha256(body).hexdigest() == release.sha256


def test_nothing_adjudicated_is_said_not_crashed(live_cast: Cast) -> None:
    answer = by(live_cast.mia).post(
        reverse("releases", args=[live_cast.project.slug]), {}, follow=True
    )
    assert "nothing to release" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("dag", 404)])
def test_releases_are_not_for_everybody(cast: Cast, who: str, status: int) -> None:
    client = by(getattr(cast, who))
    assert client.get(reverse("releases", args=[cast.project.slug])).status_code == status
    assert client.post(reverse("releases", args=[cast.project.slug])).status_code == status


@pytest.mark.parametrize("version", ["v1", "v0", "1", "v1e3", "v٣", "vv1", "v" + "9" * 40])
def test_an_unknown_version_is_not_found(cast: Cast, version: str) -> None:
    where = reverse("release", args=[cast.project.slug, version])
    assert by(cast.rita).get(where).status_code == 404


def test_the_page_lists_every_format_and_what_it_loses(corpus: Corpus) -> None:
    freeze(corpus)
    slug = corpus.cast.project.slug
    client = by(corpus.cast.rita)
    where = reverse("release", args=[slug, "v1"])
    page = unescape(client.get(where).content.decode())
    for chosen in (*FORMATS.values(), *SHAPES.values()):
        assert reverse("api:released-file", args=[slug, "v1", chosen.file]) in page
        assert chosen.title in page
        assert chosen.loses in page
    links = re.findall(r'href="(/api/v1/[^"]+\?[^"]+)"', page)
    assert len(links) == 7 + 14  # of formats and of shapes
    assert {client.get(link).status_code for link in links} == {200}


def test_the_page_says_it_in_french_too(corpus: Corpus) -> None:
    freeze(corpus)
    where = reverse("release", args=[corpus.cast.project.slug, "v1"])
    page = by(corpus.cast.rita).get(where, headers={"Accept-Language": "fr"})
    words = page.content.decode()
    assert "Ne contient pas" in words
    assert not any(escape(chosen.loses) in words for chosen in FORMATS.values())
