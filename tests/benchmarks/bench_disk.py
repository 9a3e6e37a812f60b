"""What a document takes on disk, all told: bytes, text, passages, what search and stories keep."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from django.db import connection
from django.utils import timezone

from annotations.corpus.deliveries.delivering import deliver
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Document, Source
from annotations.corpus.stories.gathering import gather_delivery
from tests.benchmarks.conftest import Record
from tests.benchmarks.press import lines
from tests.cast import Cast

DOCUMENTS = 500


def size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def now() -> datetime:
    return timezone.now()


@pytest.mark.parametrize("documents", [DOCUMENTS])
def test_documents_on_disk(live_cast: Cast, record: Record, documents: int) -> None:
    before = size()
    data = b"\n".join(lines(documents, seed=7))
    file = ("press.jsonl", io.BytesIO(data))
    delivery = deliver(live_cast.project, [file], by=live_cast.mia, now=now())
    while run_import(delivery.pk, clock=now):
        pass
    gather_delivery(delivery.pk)
    assert Document.objects.count() == documents
    characters = sum(Document.objects.values_list("length", flat=True))
    record(
        f"disk of 1,000 documents of {characters // documents} characters",
        (size() - before) / documents * 1000 / 1e6,
        "MB",
        limit="their bytes as they came",
        limit_value=sum(Source.objects.values_list("size", flat=True)) / documents * 1000 / 1e6,
        aim="<= 20",
    )
