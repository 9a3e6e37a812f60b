"""The chain of a label over the API: every link, and what was compared."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from annotations.release.models import ReleaseSpan
from tests.desk.test_adjudication import by
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus
from tests.release.test_freezing import freeze
from tests.release.test_proving import tamper


def address(corpus: Corpus, uuid: object) -> str:
    return reverse("api:release-label", args=[corpus.cast.project.slug, "v1", uuid])


def test_a_reader_follows_a_label_to_its_bytes(corpus: Corpus) -> None:
    release = freeze(corpus)
    label = ReleaseSpan.objects.filter(quote__startswith="is a").get()
    said = by(corpus.cast.rita).get(address(corpus, label.uuid)).json()
    assert (said["id"], said["state"], said["offset_unit"]) == (
        str(label.uuid),
        "holds",
        "codepoint",
    )
    assert said["checks"]["broken"] == 0
    assert said["released"]["release_sha256"] == release.sha256
    content = bytes(corpus.agreed.source.content or b"")
    place = slice(said["original"]["start_byte"], said["original"]["end_byte"])
    assert content[place].decode() == label.quote


def test_nobody_is_named(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    for label in ReleaseSpan.objects.all():
        body = client.get(address(corpus, label.uuid)).content.decode()
        for person in (corpus.cast.ada, corpus.cast.ben, corpus.cast.cleo, corpus.cast.mia):
            assert f'"{person.username}"' not in body
            assert str(person) not in body


def test_a_broken_chain_says_so(corpus: Corpus) -> None:
    freeze(corpus)
    tamper("UPDATE annotations_releasespan SET quote = 'soup'")
    label = ReleaseSpan.objects.earliest("pk")
    assert by(corpus.cast.rita).get(address(corpus, label.uuid)).json()["state"] == "broken"


def test_unknown_labels_and_filters_are_refused(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    assert client.get(address(corpus, uuid4())).status_code == 404
    label = ReleaseSpan.objects.earliest("pk")
    assert client.get(address(corpus, label.uuid), {"with": "soup"}).status_code == 422
