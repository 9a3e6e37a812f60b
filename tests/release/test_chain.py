"""A gold label leads back to the bytes of its file, and a broken link is seen as broken."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.db import connection

from annotations.project.refusals import NotVisible
from annotations.release.chain import chain_of, label_of
from annotations.release.chain_links import Chain
from annotations.release.models import Release, ReleaseSpan
from annotations.release.taking_down import take_down
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze
from tests.release.test_proving import behind_its_back, tamper


def chain_in(release: Release, **which: object) -> Chain:
    label = ReleaseSpan.objects.filter(release=release, **which).earliest("pk")
    return chain_of(label_of(release, label.uuid))


def broken(found: Chain) -> set[str]:
    return {check.name for check in found.checks if check.state == "broken"}


def test_an_untouched_label_holds_link_by_link(corpus: Corpus) -> None:
    release = freeze(corpus)
    for label in ReleaseSpan.objects.filter(release=release):
        found = chain_of(label_of(release, label.uuid))
        assert found.state == "holds", broken(found)
        assert len(found.coded) == 2
        assert {each.coder for each in found.coded} == {
            corpus.cast.coder(each).pseudonym for each in (corpus.cast.ada, corpus.cast.ben)
        }


def test_the_chain_ends_at_the_very_bytes(corpus: Corpus) -> None:
    found = chain_in(freeze(corpus), origin="unanimous", quote__startswith="is a")
    source = corpus.agreed.source
    content = bytes(source.content or b"")
    start, end = found.original.start_byte, found.original.end_byte
    assert content[start:end].decode() == "is a « secret »." == found.original.decoded
    marked = [piece for row in found.original.rows for piece in row.pieces if piece.of_label]
    assert bytes.fromhex(" ".join(piece.hex for piece in marked)) == content[start:end]
    assert "".join(piece.text for piece in marked) == "is a « secret »."


def test_a_ruled_label_shows_who_ruled_and_why_under_the_pseudonym(corpus: Corpus) -> None:
    found = chain_in(freeze(corpus), origin="adjudicated")
    (verdict,) = found.decided.verdicts
    assert found.decided.how == "ruling"
    assert verdict.counts
    assert (verdict.by, verdict.clause) == (corpus.cast.coder(corpus.cast.cleo).pseudonym, "unit")


def test_a_save_and_the_first_submission_are_there(corpus: Corpus) -> None:
    found = chain_in(freeze(corpus), origin="unanimous")
    for each in found.coded:
        (save,) = each.revisions
        assert save.counts
        assert each.first is not None
        assert (each.first.number, each.first.there) == (1, True)
        assert (each.first.start, each.first.end) == (save.start, save.end)


TAMPERED = [
    ("UPDATE annotations_releasespan SET stance = 'favor'", "unanimous", "line"),
    ("UPDATE annotations_releasespan SET stance = 'favor'", "unanimous", "rule-says"),
    ("UPDATE annotations_releasespan SET stance = 'favor'", "unanimous", "release"),
    ("UPDATE annotations_releasespan SET stance = 'mixed'", "adjudicated", "ruling-stance"),
    ("UPDATE annotations_releasespan SET quote = 'soup'", "unanimous", "quote"),
    ("UPDATE annotations_releasespan SET quote = 'soup'", "unanimous", "rebuilt-quote"),
    ("UPDATE annotations_releasespan SET revisions = '{4711}'", "unanimous", "revision"),
    ("UPDATE annotations_releasespan SET votes_total = 3", "unanimous", "rule-votes"),
    ("UPDATE annotations_releasespan SET uuid = gen_random_uuid()", "unanimous", "rule-id"),
    ("UPDATE annotations_release SET sha256 = repeat('0', 64)", "unanimous", "release"),
    ("UPDATE annotations_releasedocument SET sha256 = repeat('0', 64)", "unanimous", "line"),
    ("UPDATE annotations_releasedocument SET raw_sha256 = repeat('0', 64)", "unanimous", "source"),
    ("UPDATE annotations_ruling SET reason = 'Something else.'", "adjudicated", "ruling-reason"),
    ("UPDATE annotations_ruling SET members = '{}'", "adjudicated", "ruling-revisions"),
    ("UPDATE annotations_ruling SET decision = 'reject'", "adjudicated", "ruling"),
    ("UPDATE annotations_revision SET quote = 'soup'", "unanimous", "coded-quote"),
    ("UPDATE annotations_revision SET stance_id = NULL", "unanimous", "coded-released"),
    ("UPDATE annotations_revision SET start = start + 3", "unanimous", "rule-place"),
    ("UPDATE annotations_snapshot SET spans = '[]'", "unanimous", "submitted"),
    ("UPDATE annotations_document SET repairs = '[]'", "unanimous", "rebuilt"),
]


@pytest.mark.parametrize(("statement", "origin", "check"), TAMPERED)
def test_whatever_is_changed_breaks_its_link(
    corpus: Corpus, statement: str, origin: str, check: str
) -> None:
    release = freeze(corpus)
    assert broken(chain_in(release, origin=origin)) == set()
    tamper(statement)
    release.refresh_from_db()
    found = chain_in(release, origin=origin)
    assert check in broken(found)
    assert found.state == "broken"


def test_another_text_breaks_the_text_and_what_stands_on_it(corpus: Corpus) -> None:
    release = freeze(corpus)
    with behind_its_back(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE annotations_document DROP CONSTRAINT text_is_its_hash")
        cursor.execute("UPDATE annotations_document SET text = replace(text, 'secret', 'Secret')")
    found = chain_in(release, quote__startswith="is a")
    assert {"text", "quote", "line", "rebuilt-quote", "coded-quote"} - broken(found) == {
        "rebuilt-quote"
    }


def test_other_bytes_break_the_file(corpus: Corpus) -> None:
    release = freeze(corpus)
    with behind_its_back(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE annotations_source DROP CONSTRAINT source_is_its_hash")
        cursor.execute("UPDATE annotations_source SET content = content || '!'::bytea")
    assert broken(chain_in(release, quote__startswith="is a")) == {"bytes", "rebuilt"}


def test_both_sides_of_a_broken_link_are_told(corpus: Corpus) -> None:
    release = freeze(corpus)
    tamper("UPDATE annotations_releasedocument SET raw_sha256 = repeat('0', 64)")
    found = chain_in(release, quote__startswith="is a")
    (check,) = [each for each in found.original.checks if each.name == "source"]
    assert (check.expected, check.found) == ("0" * 64, corpus.agreed.source.sha256)


def test_after_a_takedown_the_chain_ends_at_hashes(corpus: Corpus) -> None:
    release = freeze(corpus)
    hashed = sha256(bytes(corpus.agreed.source.content or b"")).hexdigest()
    take_down(corpus.agreed, reason="Asked to.", by=corpus.cast.mia, now=release.at)
    for label in ReleaseSpan.objects.filter(document=corpus.agreed):
        found = chain_of(label_of(release, label.uuid))
        assert (found.state, broken(found)) == ("gone", set())
        assert found.original.sha256 == hashed
        assert (found.original.rows, found.original.decoded) == ((), None)
        assert (found.written.quote, found.released.quote) == (None, "")
        assert found.original.takedown_reason == "Asked to."


def test_of_other_documents_all_but_the_whole_file_still_holds(corpus: Corpus) -> None:
    release = freeze(corpus)
    take_down(corpus.agreed, reason="Asked to.", by=corpus.cast.mia, now=release.at)
    found = chain_in(release, document=corpus.ruled)
    assert [each.name for each in found.checks if each.state != "holds"] == ["release"]
    assert found.state == "gone"


def test_a_label_of_another_release_is_not_there(corpus: Corpus) -> None:
    release = freeze(corpus)
    label = ReleaseSpan.objects.earliest("pk")
    other = Release(pk=release.pk + 1, project=release.project, number=2)
    with pytest.raises(NotVisible):
        label_of(other, label.uuid)
