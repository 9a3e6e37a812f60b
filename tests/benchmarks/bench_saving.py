"""Saving one annotation, beside a bare INSERT and COMMIT of such a row.

Both are measured in turn, block by block, so that a busy disk or machine meets both alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from tests import databases
from tests.benchmarks.blocks import side_by_side
from tests.benchmarks.conftest import Record
from tests.cast import Cast, assignment, batch, body_of, document
from tests.clients import Person
from tests.servers import Server

SENTENCE = "Nights in the lab are long, and nobody asks why the lights stay on. "


@contextmanager
def bare_inserts() -> Iterator[Callable[[], object]]:
    """INSERT and COMMIT of the last revision anew: its columns and indexes, no trigger, no keys."""
    with databases.connect() as raw:
        raw.execute("CREATE TABLE bench_row (LIKE annotations_revision INCLUDING INDEXES)")
        last = raw.execute("SELECT * FROM annotations_revision ORDER BY id DESC LIMIT 1")
        names = [each.name for each in last.description or []]
        row = dict(zip(names, last.fetchone() or (), strict=True))
        marks = ", ".join(f"%({name})s" for name in names)
        quoted = ", ".join(f'"{name}"' for name in names)
        statement = f"INSERT INTO bench_row ({quoted}) VALUES ({marks})"  # noqa: S608 - names from the catalogue
        number = 0

        def insert() -> None:
            nonlocal number
            number += 1
            new = {"id": number, "annotation_id": uuid4(), "operation": uuid4()}
            raw.execute(statement, {**row, **new})

        yield insert
        raw.execute("DROP TABLE bench_row")


@pytest.mark.parametrize("size", [5_000, 100_000, 1_000_000])
def test_saving_one_annotation(live_cast: Cast, server: Server, record: Record, size: int) -> None:
    cast = live_cast
    text = document(cast.project, (SENTENCE * (size // len(SENTENCE) + 1))[:size].strip())
    work = assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))
    ada = Person(server.url, cast.ada, timeout=120)
    body = body_of(work, "nobody asks why", stance="against")

    def save() -> None:
        status, _answer = ada.put(uuid4(), body)
        assert status == 201

    save()
    with bare_inserts() as insert:
        found = side_by_side(save, insert)
    record(
        f"save one annotation, document of {size // 1000} kB, p50",
        found.p50,
        "ms",
        limit="INSERT and COMMIT of such a row by psycopg, p50, in turn",
        limit_value=found.beside.p50,
        ratio=found.ratio,
        aim="<= 10",
        p95=found.p95,
        limit_p95=found.beside.p95,
    )
