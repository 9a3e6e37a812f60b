"""A release is what was settled when it was frozen, once and for all."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from threading import Thread

import pytest
from django.db import DatabaseError, connection, models

from annotations.adjudication.ruling import reopen
from annotations.project.refusals import NotAllowed, NotNow, NotVisible
from annotations.release.freezing import freeze_release
from annotations.release.models import Release, ReleaseDocument, ReleaseEvidence, ReleaseSpan
from annotations.release.serving import frozen_file, lines
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.cast import NOW
from tests.release.conftest import Corpus


def freeze(corpus: Corpus, *, later: int = 0) -> Release:
    return freeze_release(corpus.cast.project, by=corpus.cast.mia, now=NOW + timedelta(hours=later))


def test_the_hash_is_that_of_the_lines(corpus: Corpus) -> None:
    release = freeze(corpus)
    whole = b"".join(lines(release))
    assert release.sha256 == sha256(whole).hexdigest()
    assert release.size == len(whole)
    assert (release.documents_total, release.spans_total) == (2, 3)


def test_a_line_says_where_each_label_comes_from(corpus: Corpus) -> None:
    documents = {line["id"]: line for line in map(json.loads, lines(freeze(corpus)))}
    (agreed,) = documents[str(corpus.agreed.uuid)]["spans"]
    assert (agreed["origin"], agreed["quote"]) == ("unanimous", "is a « secret ».")
    assert agreed["adjudicator"] is None
    ruled = documents[str(corpus.ruled.uuid)]["spans"][0]
    assert (ruled["origin"], ruled["clause"]) == ("adjudicated", "unit")
    assert ruled["adjudicator"] == corpus.cast.coder(corpus.cast.cleo).pseudonym
    assert corpus.ruled.text[ruled["start"] : ruled["end"]] == ruled["quote"]


def test_lines_are_sorted_by_document(corpus: Corpus) -> None:
    ids = [json.loads(line)["id"] for line in lines(freeze(corpus))]
    assert ids == sorted(ids)


def test_versions_count_up_and_the_same_gold_is_the_same_bytes(corpus: Corpus) -> None:
    first, second = freeze(corpus), freeze(corpus, later=1)
    assert (first.version, second.version) == ("v1", "v2")
    assert first.sha256 == second.sha256


def test_what_waits_or_is_open_is_left_out(corpus: Corpus) -> None:
    cast = corpus.cast
    waiting = makers.document(cast.project, "Nobody has come.")
    made.batch(cast.project, cast.edition, [waiting], name="Round 2")
    case = the_case(corpus.ruled)
    (ruling,) = case.rulings
    reopen(corpus.ruled, ruling.dispute, by=cast.cleo, base=case.version, now=NOW)
    release = freeze(corpus)
    assert [row.document for row in release.documents.all()] == [corpus.agreed]


def test_nothing_settled_is_nothing_to_release(live_cast: made.Cast) -> None:
    with pytest.raises(NotNow):
        freeze_release(live_cast.project, by=live_cast.mia, now=NOW)
    assert not Release.objects.exists()


def test_a_decision_reopened_later_leaves_the_release_as_it_was(corpus: Corpus) -> None:
    release = freeze(corpus)
    before = b"".join(lines(release))
    case = the_case(corpus.ruled)
    reopen(corpus.ruled, case.rulings[0].dispute, by=corpus.cast.cleo, base=case.version, now=NOW)
    assert b"".join(lines(release)) == before


@pytest.mark.parametrize("model", [Release, ReleaseDocument, ReleaseEvidence, ReleaseSpan])
def test_a_release_is_never_changed_deleted_or_added_to(
    corpus: Corpus, model: type[models.Model]
) -> None:
    freeze(corpus)
    row = model._default_manager.first()
    assert row is not None
    with pytest.raises(DatabaseError, match="immutable"):
        row.save()
    with pytest.raises(DatabaseError, match="immutable"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - a table of ours
    with pytest.raises(DatabaseError, match="immutable"), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
    if model is not Release:
        row.pk = None
        # What is not there twice is refused by its seal, see test_sealing.
        with pytest.raises(DatabaseError, match="release-sealed|duplicate key"):
            row.save(force_insert=True)


def test_the_manifest_counts_what_is_inside(corpus: Corpus) -> None:
    release = freeze(corpus)
    manifest = Release.objects.get().manifest
    assert manifest["sha256"] == release.sha256
    assert manifest["spans_by_label"] == {"burnout": 1, "secrecy": 2}
    assert manifest["spans_by_origin"] == {"adjudicated": 1, "unanimous": 2}
    assert [batch["name"] for batch in manifest["batches"]] == ["Round 1"]
    assert manifest["checks"]["unanimous"] == {"drawn": 0, "checked": 0, "overturned": 0}


@pytest.mark.parametrize("who", ["ada", "cleo", "rita"])
def test_only_the_manager_freezes(corpus: Corpus, who: str) -> None:
    with pytest.raises(NotAllowed):
        freeze_release(corpus.cast.project, by=getattr(corpus.cast, who), now=NOW)


def test_for_an_outsider_there_is_nothing_to_freeze(corpus: Corpus) -> None:
    with pytest.raises(NotVisible):
        freeze_release(corpus.cast.project, by=corpus.cast.dag, now=NOW)


def test_two_at_once_are_frozen_one_after_the_other(corpus: Corpus) -> None:
    made_here: list[str] = []

    def one() -> None:
        made_here.append(freeze(corpus).version)
        connection.close()

    threads = [Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made_here) == ["v1", "v2", "v3"]


def test_the_file_in_the_cache_is_the_release(corpus: Corpus) -> None:
    release = freeze(corpus)
    path = frozen_file(release)
    assert sha256(path.read_bytes()).hexdigest() == release.sha256
    assert path.name == f"{release.sha256}.jsonl"
    assert [each for each in path.parent.iterdir() if each.suffix != ".lock"] == [path]


def test_a_cache_that_was_deleted_or_cut_short_is_built_again(corpus: Corpus) -> None:
    release = freeze(corpus)
    whole = frozen_file(release).read_bytes()
    frozen_file(release).unlink()
    assert frozen_file(release).read_bytes() == whole
    frozen_file(release).write_bytes(whole[:10])
    assert frozen_file(release).read_bytes() == whole
