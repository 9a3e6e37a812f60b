"""Rows go into a release as it is made, many at once; a wrong one among them refuses them all."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import DatabaseError, models, transaction

from annotations.release.models import Release, ReleaseDocument, ReleaseEvidence, ReleaseSpan
from tests.adjudication import makers
from tests.migrations.test_reversible import migrate
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus  # a fixture
from tests.release.test_freezing import freeze

Change = Callable[[ReleaseSpan], None]
Row = TypeVar("Row", bound=models.Model)


def again(row: Row, **changed: object) -> Row:
    """The same row once more, not stored yet."""
    new = copy(row)
    new.pk = None
    for name, value in changed.items():
        setattr(new, name, value)
    return new


class Making:
    """A second release like the first, with its documents and without labels."""

    def __init__(self) -> None:
        self.first = Release.objects.get(number=1)
        self.release = again(self.first, number=2, uuid=uuid4())
        self.release.save(force_insert=True)
        self.documents = {}
        for row in self.first.documents.all():
            self.documents[row.pk] = again(row, release=self.release)
            self.documents[row.pk].save(force_insert=True)

    def labels(self) -> list[ReleaseSpan]:
        return [
            again(row, release=self.release, released=self.documents[row.released_id], uuid=uuid4())
            for row in ReleaseSpan.objects.filter(release=self.first)
        ]


def _elsewhere(label: ReleaseSpan) -> None:
    others = ReleaseDocument.objects.filter(release=label.release_id)
    label.released = others.exclude(pk=label.released_id).get()


def _of_another_text(label: ReleaseSpan) -> None:
    label.document = makers.document(label.project, label.document.text + "!")


def _of_another_release(label: ReleaseSpan) -> None:
    label.release = Release.objects.get(number=1)


def _blank(label: ReleaseSpan) -> None:
    at = label.document.text.index(" ")
    label.start, label.end, label.quote = at, at + 1, " "


def _past_the_end(label: ReleaseSpan) -> None:
    text = label.document.text
    label.start, label.end, label.quote = len(text) - 4, len(text) + 2, text[-4:]


def _one_further(label: ReleaseSpan) -> None:
    label.start, label.end = label.start + 1, label.end + 1


def _shorter(label: ReleaseSpan) -> None:
    label.quote = label.quote[:-1]


def _empty(label: ReleaseSpan) -> None:
    label.end = label.start


WRONG: dict[str, list[Change]] = {
    "not-found": [_elsewhere, _of_another_text],
    "release-sealed": [_of_another_release],
    "quote-blank": [_blank],
    "span-past-end": [_past_the_end],
    "quote-mismatch": [_one_further, _shorter],
    "released_span_not_empty": [_empty],
}


@transaction.atomic
def _made_with_one(change: Change, place: int) -> None:
    labels = Making().labels()
    assert len(labels) > 2
    change(labels[place])
    ReleaseSpan.objects.bulk_create(labels)


@pytest.mark.parametrize(
    ("said", "change"), [(said, each) for said, some in WRONG.items() for each in some]
)
@pytest.mark.parametrize("place", [0, -1])
def test_one_wrong_label_among_good_ones_refuses_all(
    corpus: Corpus, said: str, change: Change, place: int
) -> None:
    freeze(corpus)
    before = ReleaseSpan.objects.count()
    with pytest.raises(DatabaseError, match=said):
        _made_with_one(change, place)
    assert ReleaseSpan.objects.count() == before


def test_a_label_across_blocks_of_a_text_is_let_in(corpus: Corpus) -> None:
    text = "x" * 4090 + " Nights 👩‍🔬 " + "y" * 9000
    long = makers.document(corpus.cast.project, text)
    freeze(corpus)
    with transaction.atomic():
        making = Making()
        label = making.labels()[0]
        label.released = again(label.released, document=long, position=9)
        label.released.save(force_insert=True)
        spans = [(4085, 4099), (0, len(text)), (4096, 8192), (4095, 4096), (8191, 8193)]
        ReleaseSpan.objects.bulk_create(
            again(label, uuid=uuid4(), document=long, start=start, end=end, quote=text[start:end])
            for start, end in spans
        )
    assert ReleaseSpan.objects.filter(document=long).count() == len(spans)


@pytest.mark.parametrize("said", ["not-found", "release-sealed"])
def test_evidence_belongs_to_a_document_of_its_release(corpus: Corpus, said: str) -> None:
    freeze(corpus)
    before = ReleaseEvidence.objects.count()
    changed = {"not-found": {"project_id": 0}, "release-sealed": {"release_id": 0}}[said]
    with pytest.raises(DatabaseError, match=said):
        _kept_with_one(changed)
    assert ReleaseEvidence.objects.count() == before


@transaction.atomic
def _kept_with_one(changed: dict[str, int]) -> None:
    making = Making()
    (evidence, *_) = ReleaseEvidence.objects.all()
    *good, last = [
        again(evidence, released=each, release=making.release) for each in making.documents.values()
    ]
    ReleaseEvidence.objects.bulk_create([*good, again(last, **changed)])


def test_a_document_comes_too_late_for_a_release(corpus: Corpus) -> None:
    freeze(corpus)
    (row, *_) = ReleaseDocument.objects.all()
    other = makers.document(corpus.cast.project, "Nobody has come.")
    late = again(row, document=other, position=9)
    with pytest.raises(DatabaseError, match="release-sealed"):
        late.save(force_insert=True)


@pytest.mark.slow
def test_releases_stay_sealed_by_row_and_by_statement(corpus: Corpus) -> None:
    freeze(corpus)
    before = list(ReleaseSpan.objects.order_by("pk").values())
    for name in (["0023_token_trail"], []):
        migrate(*name)
        late = again(ReleaseSpan.objects.all()[0], uuid=uuid4())
        with pytest.raises(DatabaseError, match="release-sealed"):
            late.save(force_insert=True)
        with pytest.raises(DatabaseError, match="quote-mismatch"):
            _made_with_one(_shorter, -1)
    assert list(ReleaseSpan.objects.order_by("pk").values()) == before
