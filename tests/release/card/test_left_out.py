"""A datasheet says what is not in, as far as the manifest knows."""

from __future__ import annotations

import pytest

from annotations.release.card.datasheet import WHY, datasheet
from annotations.release.models import Release
from tests.cast import document
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus
from tests.release.formats.samples import CODEBOOK
from tests.release.test_freezing import freeze


@pytest.fixture
def release(corpus: Corpus) -> Release:
    document(corpus.cast.project, "Nobody was asked about this one.\n")
    return freeze(corpus)


def test_each_reason_is_counted_in_words(release: Release) -> None:
    left = release.manifest["left_out"]
    assert {row["reason"] for row in left} >= {"no-round"}
    told = datasheet(release.manifest, CODEBOOK)
    for row in left:
        assert f"| {WHY[row['reason']]} | {row['documents']} |" in told
    assert f"\n{sum(row['documents'] for row in left)} documents of the project are not in" in told


def test_nothing_left_out_is_said_too_and_older_manifests_say_nothing(release: Release) -> None:
    whole = {**release.manifest, "left_out": []}
    assert "No document of the project was left out." in datasheet(whole, CODEBOOK)
    older = {name: said for name, said in release.manifest.items() if name != "left_out"}
    assert "left out" not in datasheet(older, CODEBOOK)
    assert "not in;" not in datasheet(older, CODEBOOK)
