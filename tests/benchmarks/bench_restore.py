"""A backup of 100,000 annotations and its way back, beside COPY of the same rows alone."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.utils import timezone
from psycopg import sql

from annotations.coding import recording
from annotations.coding.bodies import parse
from annotations.coding.models import Annotation
from annotations.coding.showing import work_of
from tests import databases
from tests.benchmarks.conftest import Record
from tests.cast import NOW, Cast, assignment, batch, body_of, document
from tests.operations.keeping import empty_database
from workbench.backup.archive import reading
from workbench.backup.restoring import restore
from workbench.backup.taking import Taken, take

DOCUMENTS = 100
SENTENCES = 100  # a document
COPIES = 999  # of each document's annotation
# As many rows as people would have saved, without their hours; history is not written by this.
MANY = """
ALTER TABLE annotations_revision DISABLE TRIGGER USER;
ALTER TABLE annotations_annotation DISABLE TRIGGER USER;
CREATE TEMPORARY TABLE made AS
  SELECT r.id AS was, gen_random_uuid() AS made FROM annotations_revision AS r,
         generate_series(1, {copies});
INSERT INTO annotations_annotation SELECT (jsonb_populate_record(a, jsonb_build_object('id', made))).*
  FROM made JOIN annotations_revision AS r ON r.id = was
  JOIN annotations_annotation AS a ON a.id = r.annotation_id;
INSERT INTO annotations_revision SELECT (jsonb_populate_record(r, jsonb_build_object(
    'id', nextval('annotations_revision_id_seq'), 'annotation_id', made,
    'operation', gen_random_uuid()))).* FROM made JOIN annotations_revision AS r ON r.id = was;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE annotations_revision ENABLE TRIGGER USER;
ALTER TABLE annotations_annotation ENABLE TRIGGER USER;
"""


def code_everything(cast: Cast) -> None:
    sentences = [f"In room {n}, nobody asks why the lights stay on." for n in range(SENTENCES)]
    texts = [
        document(cast.project, "\n".join([f"Day {day}", *sentences]), title=f"Day {day}")
        for day in range(DOCUMENTS)
    ]
    round_ = batch(cast.project, cast.edition, texts, slots=1)
    for text in texts:
        work = assignment(round_, text, cast.coder(cast.ada))
        body = parse(body_of(work, sentences[0], stance="against"))
        recording.annotate(work_of(work), uuid4(), body, operation=uuid4(), now=NOW)
    with databases.connect() as raw:
        raw.execute(MANY.format(copies=COPIES).encode())


def copied_alone(taken: Taken) -> float:
    """Seconds of COPY into tables without keys, indexes and triggers, from the same archive."""
    begin = time.perf_counter()
    with (
        databases.connect() as raw,
        raw.transaction(force_rollback=True),
        reading(taken.path) as archive,
        raw.cursor() as cursor,
    ):
        for table in taken.manifest.tables:
            if not table.rows:
                continue
            bare, columns = sql.Identifier(f"bare_{table.name}"), map(sql.Identifier, table.columns)
            like = sql.SQL("CREATE TABLE {} (LIKE {})")
            cursor.execute(like.format(bare, sql.Identifier(table.name)))
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(bare, sql.SQL(", ").join(columns))
            with cursor.copy(into) as copy:
                for piece in archive.pieces(table.part):
                    copy.write(piece)
    return time.perf_counter() - begin


def test_restoring(live_cast: Cast, record: Record, tmp_path: Path) -> None:
    code_everything(live_cast)
    total = Annotation.objects.count()
    assert total == DOCUMENTS * (COPIES + 1)
    begin = time.perf_counter()
    taken = take(tmp_path / "kept.zip", of=connection, now=timezone.now())
    taking = time.perf_counter() - begin
    alone = copied_alone(taken)
    with empty_database():
        begin, spent = time.perf_counter(), time.process_time()
        restore(taken.path, into=connection)
        seconds, spent = time.perf_counter() - begin, time.process_time() - spent
        assert Annotation.objects.count() == total
    record(
        f"restore {total} annotations, {taken.manifest.rows} rows, from the archive on",
        seconds,
        "s",
        limit="60 seconds",
        limit_value=60,
        aim="<= 1",
        own_processor_seconds=spent,
        seconds_to_take=taking,
        archive_mb=taken.size / 1e6,
        copy_alone_seconds=alone,
        times_copy_alone=seconds / alone,
    )
