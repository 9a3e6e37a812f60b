"""Every page of every list at 100,000 documents: first, middle, last, filtered. Server time, beside 20 ms.

Processor time of the web server's part and of PostgreSQL's, which means the same on a busy machine:
the view is asked in this process, and nothing is counted by several processes at once.
"""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from tests.benchmarks.conftest import Record
from tests.benchmarks.filling import DOCUMENTS, fill
from tests.benchmarks.list_pages import addresses
from tests.benchmarks.spending import processor_ms
from tests.cast import Cast

MOST = 20.0  # ms
TIMES = 20
LONG = 300.0  # ms; what takes longer is asked a few times only
FEW = 3


@pytest.fixture
def client(live_cast: Cast, settings: Settings) -> Client:
    """mia manages, codes and adjudicates; all of it is hers."""
    settings.LIMITS = {name: (0, 60) for name in settings.LIMITS}
    fill(live_cast)
    client = Client()
    client.force_login(live_cast.mia)
    return client


def milliseconds(client: Client, address: str) -> float:
    """A request's, on average; the first one opens and counts what is kept afterwards."""
    with connection.cursor() as asked:
        asked.execute("SET max_parallel_workers_per_gather = 0")
        asked.execute("SELECT pg_backend_pid()")
        backend = asked.fetchone()[0]
    begun = time.process_time()
    client.get(address)
    times = FEW if 1000 * (time.process_time() - begun) > LONG else TIMES
    before = processor_ms(backend) + 1000 * time.process_time()
    for _ in range(times):
        answer = client.get(address)
        assert answer.status_code == 200, answer.content[:500]
    return (processor_ms(backend) + 1000 * time.process_time() - before) / times


def test_any_page_of_any_list(live_cast: Cast, client: Client, record: Record) -> None:
    for name, address in addresses(live_cast.project.slug).items():
        record(
            f"{name}, of {DOCUMENTS} documents",
            milliseconds(client, address),
            "ms",
            limit="what a page may take",
            limit_value=MOST,
            aim="<= 1",
        )
