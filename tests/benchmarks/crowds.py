"""A study for many people at once, and the people: see annotators.py."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

import pgtrigger
from django.db import connection

from annotations.assignment.models import Batch
from annotations.project.models import Coder, Role, User
from tests.cast import Cast, assignment, batch, enrol, person
from tests.clients import Person
from tests.servers import ROOT


class Served(Protocol):
    """Whatever answers at an address."""

    @property
    def url(self) -> str: ...


TEXT = "Nights in the lab are long, and nobody asks why the lights stay on. " * 30
DOCUMENTS = """
ALTER TABLE annotations_source DISABLE TRIGGER USER;
ALTER TABLE annotations_document DISABLE TRIGGER USER;
ALTER TABLE annotations_textblock DISABLE TRIGGER USER;
ALTER TABLE annotations_passage DISABLE TRIGGER USER;
INSERT INTO annotations_source (project_id, sha256, size, name, content, received_at, takedown_reason)
SELECT %(project)s, encode(sha256(n::text::bytea), 'hex'), length(n::text), 'day-' || n || '.txt',
       n::text::bytea, now(), '' FROM generate_series(1, %(documents)s) n;
INSERT INTO annotations_document (uuid, project_id, source_id, part, version, story_relation, external_id,
       title, source_url, language, languages, attributes, encoding, repairs, warnings, text,
       text_sha256, length, created_at)
SELECT gen_random_uuid(), %(project)s, s.id, '', 1, '', '', 'Day ' || s.id, '', 'en', '["en"]', '[]',
       'utf-8', '[]', '[]', %(text)s, encode(sha256(convert_to(%(text)s, 'UTF8')), 'hex'), length(%(text)s), now()
  FROM annotations_source s WHERE s.project_id = %(project)s ORDER BY s.id;
INSERT INTO annotations_textblock (project_id, document_id, index, text)
SELECT %(project)s, d.id, 0, %(text)s FROM annotations_document d;
INSERT INTO annotations_passage (project_id, document_id, index, start, "end", paragraph, sentence,
       language, zone, zone_reason)
SELECT %(project)s, d.id, 0, 0, length(%(text)s), 1, 1, 'en', 'body', '' FROM annotations_document d;
INSERT INTO annotations_batchdocument (project_id, batch_id, document_id, position)
SELECT %(project)s, %(batch)s, d.id, d.id FROM annotations_document d;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE annotations_source ENABLE TRIGGER USER;
ALTER TABLE annotations_document ENABLE TRIGGER USER;
ALTER TABLE annotations_textblock ENABLE TRIGGER USER;
ALTER TABLE annotations_passage ENABLE TRIGGER USER;
ANALYZE;
"""


def round_of(cast: Cast, documents: int, *, slots: int = 2) -> Batch:
    """An open round of so many short documents, written by the database itself."""
    assert len(TEXT) < 4096
    made = batch(cast.project, cast.edition, [], slots=slots)
    values = {
        "project": cast.project.pk,
        "documents": documents,
        "batch": made.pk,
        "text": f"'{TEXT}'",
    }
    # Each event of history would take as long as all the rest of its document.
    without = pgtrigger.ignore("annotations.BatchDocument:insert_insert")
    with without, connection.cursor() as cursor:
        cursor.execute(
            DOCUMENTS % values
        )  # whoever ignores a trigger binds in an order, not by name
    return made


def crowd(cast: Cast, size: int) -> list[tuple[User, Coder]]:
    people = [person(f"annotator{n:03d}") for n in range(size)]
    return [(each, enrol(each, cast.project, roles=[Role.ANNOTATOR])) for each in people]


def signed_in(server: Served, people: Sequence[tuple[User, Coder]]) -> list[dict[str, Any]]:
    """What a process of annotators needs of each person."""
    return [
        {"cookies": Person(server.url, user, timeout=120).cookies, "seed": coder.pk}
        for user, coder in people
    ]


def own_work(
    cast: Cast, people: Sequence[tuple[User, Coder]], entries: list[dict[str, Any]]
) -> None:
    """An assignment for each of them, claimed."""
    round_ = round_of(cast, len(people), slots=1)
    documents = [each.document for each in round_.items.select_related("document")]
    for (_user, coder), entry, text in zip(people, entries, documents, strict=True):
        entry["assignment"] = str(assignment(round_, text, coder).uuid)


def at_work(
    server: Served, cast: Cast, people: Sequence[dict[str, Any]], *, processes: int = 2, **plan: Any
) -> list[dict[str, Any]]:
    """What each of them did; none may have broken down."""
    shared = {"host": server.url.removeprefix("http://"), "project": cast.project.slug}
    shared |= {"text": TEXT, "think": 0.0, "seconds": 3600, "bare": False, **plan}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.annotators"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    try:
        for number, each in enumerate(running):
            assert each.stdin is not None
            each.stdin.write(json.dumps({**shared, "people": people[number::processes]}))
            each.stdin.close()
        done = [one for each in running for one in json.loads(each.stdout.read())]  # type: ignore[union-attr]
    finally:
        for each in running:
            each.kill()
            each.wait(timeout=30)
    assert [one["broken"] for one in done if one["broken"]] == []
    return done


def statuses(done: Sequence[dict[str, Any]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in done:
        total.update(each["statuses"])
    return total


def times(done: Sequence[dict[str, Any]], deed: str) -> list[float]:
    return sorted(one for each in done for one in each["times"].get(deed, []))
