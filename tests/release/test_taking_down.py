"""A takedown leaves ids, hashes and extents, and no word of the text anywhere."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from annotations.agreement.report_json import of_report
from annotations.agreement.reports import report
from annotations.assignment.claiming import claim_next
from annotations.assignment.models import Assignment
from annotations.assignment.searching import matching
from annotations.coding import commenting, flagging
from annotations.coding.models import Revision
from annotations.coding.remark_bodies import CommentBody, FlagBody
from annotations.corpus.accepting import accept
from annotations.corpus.deliveries.delivering import deliver
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import (
    Document,
    DocumentSketch,
    ImportFile,
    Outcome,
    Source,
    Story,
    StoryCandidate,
)
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from annotations.release.changing import Place, changes
from annotations.release.choosing import wanted
from annotations.release.formats import FORMATS
from annotations.release.freezing import freeze_release
from annotations.release.models import Release
from annotations.release.present import manifest_of_now, taken_back
from annotations.release.proving import verify_release
from annotations.release.serving import lines
from annotations.release.shapes import SHAPES
from annotations.release.taking_down import reach_of, take_down
from annotations.release.withdrawals import Takedown
from tests import cast as made
from tests.adjudication import makers
from tests.cast import NOW, Cast
from tests.release.conftest import Corpus, settle
from tests.release.test_freezing import freeze

LATER = NOW + timedelta(days=1)
MARK = "Zanzibarquill"
TEXT = f"{MARK} is paid by night.\nNobody minds {MARK} much.\n😀 Nobody else.\n"


def down(document: Document, cast: Cast, *, reason: str = "Asked to.") -> list[Takedown]:
    return take_down(document, reason=reason, by=cast.mia, now=LATER)


def places_of(word: str) -> list[str]:
    """Table and column of everything in the database that holds the word, bytes and JSON too."""
    query = """
        SELECT table_name, column_name, data_type FROM information_schema.columns
         WHERE table_schema = 'public'
           AND data_type IN ('text', 'character varying', 'bytea', 'jsonb', 'json', 'ARRAY')
           AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')"""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(query)
        for table, column, kind in cursor.fetchall():
            value = f'"{column}"'
            text = f"encode({value}, 'escape')" if kind == "bytea" else f"{value}::text"
            query = f'SELECT count(*) FROM "{table}" WHERE {text} ILIKE %s'  # noqa: S608 - a table of ours
            cursor.execute(query, [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


@pytest.fixture
def marked(live_cast: Cast, settings: Any, tmp_path: Path) -> Document:
    """A document with its word wherever people can write beside it, released once."""
    settings.DATA_DIR = tmp_path
    cast = live_cast
    document = makers.document(cast.project, TEXT, title=f"On {MARK}")
    story = Story.objects.create(project=cast.project, title=document.title)
    said = [{"key": "outlet", "value": MARK}]
    Document.objects.filter(pk=document.pk).update(
        story=story, attributes=said, warnings=[MARK, "x"], source_url=f"https://x/{MARK}"
    )
    document.refresh_from_db()
    Source.objects.filter(pk=document.source_id).update(name=f"{MARK}.txt")
    accept(document, by=cast.mia, now=NOW, warnings=[MARK])
    DocumentSketch.objects.update_or_create(
        document=document, defaults={"project": cast.project, "anchors": [MARK]}
    )
    _delivered(cast, document)
    _coded(cast, document)
    other = makers.document(cast.project, "Another one, about pay.", title="Other")
    pairs = {"project": cast.project, "first": document, "second": other, "relation": "copy"}
    StoryCandidate.objects.create(**pairs, score=0.9, evidence={"lines": [MARK]})
    LogEntry.objects.create(
        user=cast.mia,
        content_type=ContentType.objects.get_for_model(Document),
        object_id=str(document.pk),
        object_repr=document.title,
        action_flag=CHANGE,
    )
    release = freeze_release(cast.project, by=cast.mia, now=NOW)
    for file in (*FORMATS, *SHAPES, "bundle.zip", "documents.jsonl"):
        if file not in FORMATS or FORMATS[file].installed:
            wanted(release, file).kept()
    return document


def _delivered(cast: Cast, document: Document) -> None:
    delivery = deliver(cast.project, [(f"{MARK}.txt", io.BytesIO(b"x"))], by=cast.mia, now=NOW)
    delivery.files.update(
        document=document, outcome=Outcome.ADDED, content=TEXT.encode(), reason=MARK, attempts=0
    )
    delivery.files.update(reading={"preview": [MARK]})


def _coded(cast: Cast, document: Document) -> None:
    batch = made.batch(cast.project, cast.edition, [document])
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    named = ("Nobody minds", "secrecy", "against")
    makers.coded(batch, document, {ada: [(MARK, "burnout", "against"), named], ben: [named]})
    with connection.cursor() as cursor:  # as coders may write them, beside what the makers say
        cursor.execute("ALTER TABLE annotations_snapshot DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE annotations_snapshot SET reason = %s, up_to = 1, spans ="
            " (SELECT jsonb_agg(s || jsonb_build_object('holder_name', %s::text)) FROM"
            " jsonb_array_elements(spans) s)",
            [MARK, MARK],
        )
        cursor.execute("ALTER TABLE annotations_snapshot ENABLE TRIGGER USER")
        for table in ("revision", "annotation", "transition"):
            cursor.execute(f"ALTER TABLE annotations_{table} DISABLE TRIGGER USER")
            said = (
                "reason = %s"
                if table == "transition"
                else "memo = %s, holder_name = %s, holder_kind = 'person'"
            )
            values = [MARK] * said.count("%s")
            cursor.execute(f"UPDATE annotations_{table} SET {said}", values)  # noqa: S608 - a table of ours
            cursor.execute(f"ALTER TABLE annotations_{table} ENABLE TRIGGER USER")
    work = Assignment.objects.filter(document=document, coder=ada).get()
    remark = CommentBody(assignment=work.uuid, passage=0, text=f"Is {MARK} right?")
    commenting.comment(uuid4(), remark, by=cast.ada, operation=uuid4(), now=NOW)
    doubt = FlagBody(assignment=work.uuid, kind="discuss", passage=0, proposed="", note=MARK)
    flagging.flag(uuid4(), doubt, by=cast.ada, operation=uuid4(), now=NOW)
    settle(document, cast)


def test_no_word_of_it_is_left_anywhere(marked: Document, live_cast: Cast) -> None:
    before = places_of(MARK)
    assert {
        "annotations_document.text",
        "annotations_source.content",
        "annotations_revision.quote",
        "annotations_releasespan.quote",
        "annotations_snapshot.spans",
    } <= set(before)
    down(marked, live_cast)
    assert places_of(MARK) == []


def test_nor_in_the_cache(marked: Document, live_cast: Cast, tmp_path: Path) -> None:
    assert list(holding(tmp_path, MARK))
    down(marked, live_cast)
    assert not list(holding(tmp_path, MARK))


def holding(folder: Path, word: str) -> Iterator[Path]:
    for where, _folders, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            if word.encode() in path.read_bytes():
                yield path


def test_ids_hashes_and_extents_stay(corpus: Corpus) -> None:
    release = freeze(corpus)
    document = corpus.ruled
    spans = list(Revision.objects.filter(document=document).values_list("pk", "start", "end"))
    down(document, corpus.cast)
    gone = Document.objects.get(pk=document.pk)
    assert (gone.uuid, gone.text_sha256, gone.length) == (
        document.uuid,
        document.text_sha256,
        document.length,
    )
    assert gone.source.sha256 == document.source.sha256
    assert (gone.text, gone.taken_down) == ("", True)
    assert (
        list(Revision.objects.filter(document=document).values_list("pk", "start", "end")) == spans
    )
    assert Release.objects.get().sha256 == release.sha256


def test_agreement_is_what_it_was(corpus: Corpus) -> None:
    project, edition = corpus.cast.project, corpus.cast.edition
    before = of_report(report(project, edition=edition), project=project.slug)
    down(corpus.ruled, corpus.cast)
    assert of_report(report(project, edition=edition), project=project.slug) == before


def test_a_release_gives_every_other_line_as_it_was(corpus: Corpus) -> None:
    release = freeze(corpus)
    before = {json.loads(each)["id"]: each for each in lines(release)}
    old = wanted(release, "documents.jsonl")
    down(corpus.ruled, corpus.cast)
    assert list(lines(release)) == [before[str(corpus.agreed.uuid)]]
    new = wanted(release, "documents.jsonl")
    assert new.etag != old.etag
    assert new.kept().path.read_bytes() == before[str(corpus.agreed.uuid)]
    (missing,) = manifest_of_now(release)["taken_down"]
    assert (missing["id"], missing["reason"]) == (str(corpus.ruled.uuid), "Asked to.")
    assert missing["sha256"] == sha256(before[str(corpus.ruled.uuid)]).hexdigest()
    assert manifest_of_now(release)["sha256"] == release.sha256


def test_every_format_goes_without_it(marked: Document, live_cast: Cast) -> None:
    release = Release.objects.get()
    down(marked, live_cast)
    for file in (*FORMATS, *SHAPES, "bundle.zip"):
        if file not in FORMATS or FORMATS[file].installed:
            kept = wanted(release, file).kept()
            assert MARK.encode() not in kept.path.read_bytes(), file


def test_whoever_follows_is_told(corpus: Corpus) -> None:
    freeze(corpus)
    down(corpus.ruled, corpus.cast)
    freeze(corpus, later=1)
    (told,) = taken_back(corpus.cast.project)["taken_down"]
    assert (told["document"], told["releases"]) == (str(corpus.ruled.uuid), ["v1"])
    found, _place = changes(corpus.cast.project, place=Place(0), most=10)
    assert {each["document"] for each in found} == {str(corpus.agreed.uuid)}


def test_the_rest_is_still_proven_and_what_is_gone_is_named(corpus: Corpus) -> None:
    release = freeze(corpus)
    down(corpus.ruled, corpus.cast)
    proof = verify_release(release)
    assert proof.holds, proof.faults
    assert proof.taken_down == (str(corpus.ruled.uuid),)


def test_who_holds_it_loses_it_and_nobody_gets_it(live_cast: Cast) -> None:
    cast = live_cast
    document = makers.document(cast.project, TEXT)
    made.batch(cast.project, cast.edition, [document])
    work = claim_next(cast.project, by=cast.ada, now=NOW)
    assert work is not None
    down(document, cast)
    work.refresh_from_db()
    assert work.state == "released"
    for person in (cast.ada, cast.ben):
        assert claim_next(cast.project, by=person, now=LATER) is None
    with pytest.raises(DatabaseError, match="taken-down"), transaction.atomic():
        Assignment.objects.filter(pk=work.pk).update(state="in_progress")


def test_search_does_not_find_it(marked: Document, live_cast: Cast) -> None:
    query = MARK.lower()
    assert matching(live_cast.project, query, by=live_cast.mia).exists()
    down(marked, live_cast)
    assert not matching(live_cast.project, query, by=live_cast.mia).exists()


def test_the_same_file_again_does_not_bring_it_back(live_cast: Cast) -> None:
    cast = live_cast
    files = [("a.txt", b"The night was long.\n")]

    def delivered() -> ImportFile:
        delivery = deliver(
            cast.project, [(name, io.BytesIO(data)) for name, data in files], by=cast.mia, now=NOW
        )
        run_import(delivery.pk, clock=lambda: NOW)
        return delivery.files.get()

    document = delivered().document
    assert document is not None
    down(document, cast)
    assert delivered().outcome == Outcome.ALREADY_THERE
    assert places_of("night was long") == []


def test_all_versions_go_together(live_cast: Cast) -> None:
    cast = live_cast
    first = makers.document(cast.project, TEXT)
    fields = ("project", "source", "title", "encoding", "repairs", "text", "text_sha256", "length")
    copy = {name: getattr(first, name) for name in fields}
    second = Document.objects.create(**copy, version=2, previous=first)
    assert len(down(first, cast)) == 2
    second.refresh_from_db()
    assert (second.text, second.taken_down) == ("", True)
    with pytest.raises(DatabaseError, match="taken-down"):
        Document.objects.create(**copy, version=3, previous=second)


def test_before_it_is_done_one_sees_what_it_touches(corpus: Corpus) -> None:
    freeze(corpus)
    reach = reach_of(corpus.ruled, by=corpus.cast.mia)
    assert [each.version for each in reach.releases] == ["v1"]
    assert (len(reach.documents), reach.annotations) == (1, 4)


@pytest.mark.parametrize(
    ("who", "refusal"), [("ada", NotAllowed), ("cleo", NotAllowed), ("dag", NotVisible)]
)
def test_only_the_manager_takes_down(corpus: Corpus, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        take_down(corpus.ruled, reason="x", by=getattr(corpus.cast, who), now=LATER)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_a_reason_is_needed(corpus: Corpus, reason: str) -> None:
    with pytest.raises(Invalid):
        down(corpus.ruled, corpus.cast, reason=reason)


def test_once_is_enough(corpus: Corpus) -> None:
    down(corpus.ruled, corpus.cast)
    with pytest.raises(NotNow):
        down(corpus.ruled, corpus.cast)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE annotations_document SET text = '', taken_down = true, title = 'taken down',"
        " source_url = '', attributes = '[]', repairs = '[]', warnings = '[]'",
        "UPDATE annotations_source SET content = NULL, taken_down_at = now()",
        "UPDATE annotations_revision SET quote = '', holder_name = NULL, memo = ''",
        "UPDATE annotations_annotation SET quote = '', holder_name = NULL, memo = ''",
        "UPDATE annotations_ruling SET quote = ''",
        "UPDATE annotations_releasespan SET quote = ''",
        "UPDATE annotations_releasedocument SET line = line || '{\"title\": null}'",
        "DELETE FROM annotations_textblock",
        "DELETE FROM annotations_takedown",
    ],
)
def test_text_leaves_by_a_takedown_and_no_other_way(corpus: Corpus, statement: str) -> None:
    freeze(corpus)
    down(corpus.agreed, corpus.cast)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE annotations_revision SET quote = 'else' WHERE document_id = %s",
        "UPDATE annotations_revision SET quote = '', stance_id = NULL WHERE document_id = %s",
        "UPDATE annotations_document SET text = 'else' WHERE id = %s",
        "DELETE FROM annotations_revision WHERE document_id = %s",
    ],
)
def test_a_takedown_lets_nothing_else_through(corpus: Corpus, statement: str) -> None:
    cast, document = corpus.cast, corpus.ruled
    with transaction.atomic():
        Takedown.objects.create(
            project=cast.project,
            document=document,
            reason="x",
            by=cast.coder(cast.mia),
            at=LATER,
        )
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(statement, [document.pk])
        transaction.set_rollback(True)


def test_a_text_that_is_gone_does_not_come_back(corpus: Corpus) -> None:
    down(corpus.ruled, corpus.cast)
    for change in ({"taken_down": False}, {"text": corpus.ruled.text}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.filter(pk=corpus.ruled.pk).update(**change)
