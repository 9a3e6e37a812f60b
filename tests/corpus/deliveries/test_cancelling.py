"""A delivery is cancelled, resumed in time, or sent again; nothing that is in is lost."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from annotations.corpus.deliveries.adding import add
from annotations.corpus.deliveries.cancelling import (
    KEPT,
    cancel,
    give_up_bytes,
    kept_until,
    resumable,
    resume,
)
from annotations.corpus.deliveries.delivering import deliver, item_of, progress_of
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Document, Import, ImportFile, Outcome, Source
from annotations.project.refusals import NotAllowed
from tests.cast import NOW, Cast

FILES = [("a.txt", b"The night was long.\n"), ("b.txt", b"Nobody left before two.\n")]
TABLE = ("t.csv", b"corps;media\nUne nuit;Le Monde\n")


def delivered(cast: Cast, *files: tuple[str, bytes]) -> Import:
    streams = [(name, io.BytesIO(data)) for name, data in files]
    return deliver(cast.project, streams, by=cast.mia, now=NOW)


def sent_again(cast: Cast, delivery: Import, *files: tuple[str, bytes]) -> int:
    items = [item_of((name, io.BytesIO(data))) for name, data in files]
    return add(delivery, items, by=cast.mia, now=NOW)


def ran(delivery: Import) -> dict[str, str]:
    run_import(delivery.pk, clock=lambda: NOW)
    return dict(delivery.files.values_list("name", "outcome"))


def archive(*files: tuple[str, bytes]) -> tuple[str, bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in files:
            packed.writestr(zipfile.ZipInfo(name), data)
    return "all.zip", out.getvalue()


def test_what_is_resumed_in_time_is_read(cast: Cast) -> None:
    delivery = delivered(cast, *FILES, TABLE)
    cancel(delivery, by=cast.mia, now=NOW)
    assert give_up_bytes(now=NOW + KEPT - timedelta(seconds=1)) == 0
    assert kept_until(delivery) == NOW + KEPT
    resume(delivery, by=cast.mia)
    assert ran(delivery) == {"a.txt": "added", "b.txt": "added", "t.csv": "asked"}
    assert kept_until(delivery) is None


def test_after_a_week_the_bytes_are_given_up_and_the_names_stay(cast: Cast) -> None:
    delivery = delivered(cast, *FILES)
    cancel(delivery, by=cast.mia, now=NOW)
    assert give_up_bytes(now=NOW + KEPT) == 2
    rows = delivery.files.values_list("name", "outcome", "content")
    assert list(rows) == [("a.txt", "cancelled", None), ("b.txt", "cancelled", None)]
    assert not resumable(delivery).exists()
    resume(delivery, by=cast.mia)
    assert set(ran(delivery).values()) == {"cancelled"}


def test_what_waits_or_is_in_gives_up_nothing(cast: Cast) -> None:
    delivery = delivered(cast, FILES[0], TABLE)
    ran(delivery)
    other = delivered(cast, FILES[1])
    assert give_up_bytes(now=NOW + 2 * KEPT) == 0
    assert bytes(Source.objects.get().content or b"") == FILES[0][1]
    assert set(ran(delivery).values()) == {"added", "asked"}
    assert set(ran(other).values()) == {"added"}


def test_documents_of_a_cancelled_delivery_keep_their_bytes(cast: Cast) -> None:
    delivery = delivered(cast, FILES[0])
    ran(delivery)
    sent_again(cast, delivery, FILES[1])
    cancel(delivery, by=cast.mia, now=NOW)
    assert give_up_bytes(now=NOW + KEPT) == 1
    assert bytes(Document.objects.get().source.content or b"") == FILES[0][1]


def test_what_was_given_up_is_read_when_it_is_sent_again(cast: Cast) -> None:
    delivery = delivered(cast, *FILES)
    cancel(delivery, by=cast.mia, now=NOW)
    give_up_bytes(now=NOW + KEPT)
    assert sent_again(cast, delivery, *FILES, FILES[0]) == 2
    delivery.refresh_from_db()
    assert delivery.cancelled_at is None
    assert ran(delivery) == {"a.txt": "added", "b.txt": "added"}
    assert progress_of(delivery).total == 2


def test_while_the_bytes_are_kept_they_are_not_kept_twice(cast: Cast) -> None:
    delivery = delivered(cast, *FILES)
    cancel(delivery, by=cast.mia, now=NOW)
    assert sent_again(cast, delivery, *FILES) == 0
    assert resumable(delivery).count() == 2


def test_an_archive_that_was_cancelled_in_the_middle_is_read_to_its_end(cast: Cast) -> None:
    packed = archive(*FILES)
    delivery = delivered(cast, packed)
    ran(delivery)
    left = ImportFile.objects.filter(name="b.txt")
    Document.objects.filter(pk__in=left.values("document")).delete()
    left.update(outcome=Outcome.CANCELLED, document=None, finished_at=NOW)
    Source.objects.exclude(documents__isnull=False).delete()
    assert sent_again(cast, delivery, packed) == 1
    assert ran(delivery) == {"all.zip": "unpacked", "a.txt": "already-there", "b.txt": "added"}
    assert sent_again(cast, delivery, packed) == 0
    names = sorted(delivery.files.values_list("name", "outcome"))
    assert ("b.txt", "cancelled") not in names
    assert ("a.txt", "added") in names


def test_only_managers_cancel_and_resume(cast: Cast) -> None:
    delivery = delivered(cast, *FILES)
    with pytest.raises(NotAllowed):
        cancel(delivery, by=cast.ada, now=NOW)
    with pytest.raises(NotAllowed):
        resume(delivery, by=cast.ada)
    with pytest.raises(NotAllowed):
        add(delivery, [], by=cast.ada, now=NOW)
