"""Files made to hurt: each costs itself at most, with a reason, and the others of its delivery go in."""

from __future__ import annotations

import gzip
import io
import json
import struct
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from annotations.corpus.deliveries.claiming import claim
from annotations.corpus.deliveries.delivering import deliver
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.deliveries.limits import LEASE, MB, MOST_ATTEMPTS, MOST_MEMBERS
from annotations.corpus.deliveries.reading_pool import Pool
from annotations.corpus.models import Document, Import, ImportFile, Outcome
from tests.cast import NOW, Cast

GOOD = ("good.txt", b"The night was long.\n")
POISON = "tests.security.poison:poisoned"
Member = tuple[str | zipfile.ZipInfo, bytes]


def packed(*members: Member) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def delivered(cast: Cast, *files: tuple[str, bytes]) -> Import:
    streams = [(name, io.BytesIO(data)) for name, data in files]
    return deliver(cast.project, streams, by=cast.mia, now=NOW)


def became(cast: Cast, *files: tuple[str, bytes], pool: Pool | None = None) -> dict[str, str]:
    """By name: what became of each file and piece, with the reason of those refused."""
    delivery = delivered(cast, *files)
    run_import(delivery.pk, clock=lambda: NOW, pool=pool)
    return {
        name: reason or outcome
        for name, outcome, reason in delivery.files.values_list("name", "outcome", "reason")
    }


def alone(cast: Cast, name: str, data: bytes) -> str:
    """What became of it; a good file beside it must have come in."""
    found = became(cast, (name, data), GOOD)
    assert found["good.txt"] == Outcome.ADDED
    return found[name]


def test_an_archive_that_swells_is_not_opened(cast: Cast) -> None:
    bomb = packed(*((f"{n}.txt", b"0" * (2 * MB)) for n in range(20)))
    assert len(bomb) < MB
    assert "times its size" in alone(cast, "bomb.zip", bomb)
    assert not ImportFile.objects.filter(container__isnull=False).exists()


def test_an_archive_that_lies_about_its_sizes_gives_no_more_than_it_said(cast: Cast) -> None:
    honest = packed(("a.txt", b"0" * (12 * MB)))
    lying = honest.replace(struct.pack("<L", 12 * MB), struct.pack("<L", 10))
    assert became(cast, ("lying.zip", lying), GOOD)["a.txt"].startswith("The archive is broken.")


def test_an_archive_of_too_many_files_is_refused(cast: Cast) -> None:
    many = packed(*((f"{n}.txt", b"a") for n in range(MOST_MEMBERS + 1)))
    assert "20,001 files; at most 20,000" in alone(cast, "many.zip", many)


def test_an_archive_in_an_archive_stays_shut(cast: Cast) -> None:
    inner = packed(("deep.txt", b"deep"))
    found = became(cast, ("outer.zip", packed(("inner.zip", inner), ("a.dat", inner), GOOD)))
    assert found["inner.zip"] == found["a.dat"]
    assert "An archive inside an archive" in found["inner.zip"]
    assert found["good.txt"] == Outcome.ADDED


@pytest.mark.parametrize(
    "path", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/../../evil.txt", "..\\evil.txt"]
)
def test_names_that_lead_out_of_an_archive_are_refused(cast: Cast, path: str) -> None:
    found = became(cast, ("a.zip", packed((path, b"evil"), GOOD)))
    assert "leads out of the archive" in found["evil.txt"]
    assert found["good.txt"] == Outcome.ADDED


def test_links_encrypted_and_repeated_members_are_refused_by_name(cast: Cast) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive = packed((link, b"/etc/passwd"), GOOD, ("twice.txt", b"1"), ("twice.txt", b"2"))
    found = became(cast, ("a.zip", archive))
    assert found["link.txt"] == "It is a link, not a file."
    assert "before it" in found["twice.txt"]
    locked = bytearray(packed(("locked.txt", b"secret"), ("open.txt", b"An open word.")))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    found = became(cast, ("b.zip", bytes(locked)))
    assert "without a password" in found["locked.txt"]
    assert found["open.txt"] == Outcome.ADDED


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 and nothing more", packed(GOOD)[:-30], b"PK\x05\x06" + b"\xff" * 18],
    ids=["only a head", "cut off", "an end that points nowhere"],
)
def test_a_broken_archive_is_refused(cast: Cast, data: bytes) -> None:
    assert "The archive is broken" in alone(cast, "broken.zip", data)


def test_a_table_of_a_million_columns_is_refused(cast: Cast) -> None:
    assert "1,000,001 columns" in alone(cast, "wide.csv", b"text" + b",x" * 1_000_000 + b"\na\n")


def test_one_field_of_a_hundred_megabytes_costs_its_table(cast: Cast) -> None:
    chance = Random(4)
    field = chance.randbytes(50 * MB).hex().encode()
    table = packed(("field.csv", b'text\n"' + field + b'"\n'), GOOD)
    found = became(cast, ("field.zip", table))
    assert found["field.zip"].endswith("Split it and send the parts.")


def test_an_unclosed_quote_makes_one_row_of_the_rest(cast: Cast) -> None:
    found = became(cast, ("field.csv", b'text\nA word.\n"No end,\n' + b"a,\n" * 5_000), GOOD)
    assert found["field.csv#2"] == found["good.txt"] == Outcome.ADDED
    assert set(found) == {"field.csv", "field.csv#2", "field.csv#3", "good.txt"}


@pytest.mark.parametrize("name", ["deep.json", "deep.jsonl"])
def test_json_nested_without_end_is_refused(cast: Cast, name: str) -> None:
    found = became(cast, (name, b'{"text": ' + b"[" * 100_000), GOOD)
    assert found["good.txt"] == Outcome.ADDED
    assert any("nested too deeply" in said for said in found.values())


def test_a_bad_line_costs_that_line(cast: Cast) -> None:
    lines = [b'{"text": "One."}', b"{bad}", b'{"title": "no text"}', b'{"text": 5}', b"[]"]
    lines += [json.dumps({"text": f"Word {n}.", "id": n}).encode() for n in range(20)]
    found = became(cast, ("a.jsonl", b"\n".join(lines)))
    refused = {name for name, said in found.items() if said not in Outcome.values}
    assert refused == {f"a.jsonl#{n}" for n in (2, 3, 4, 5)}
    assert Document.objects.count() == 21


def test_gzip_named_text_is_no_text(cast: Cast) -> None:
    assert alone(cast, "a.txt", gzip.compress(b"The night was long. " * 50)) not in Outcome.values


def test_markup_stays_characters_and_asks_nobody(cast: Cast) -> None:
    evil = (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a "&e;&e;">]>'
        b"<p>Nights. &e; <script>alert(1)</script><img src=x onerror=alert(2)></p>"
    )
    became(cast, ("a.txt", evil), ("a.html", b"<html><body>" + evil + b"</body></html>"))
    for document in Document.objects.all():
        assert "root:" not in document.text


@pytest.mark.slow
def test_a_single_line_of_five_megabytes_comes_in(cast: Cast) -> None:
    assert alone(cast, "line.txt", b"word " * MB) == Outcome.ADDED


@pytest.fixture
def poisoned() -> Iterator[Pool]:
    pool = Pool(1, POISON, patience=0.5)
    yield pool
    pool.close()


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"swell", "too much memory"), (b"crash", "ended while"), (b"fault", "ended while")],
)
def test_a_file_that_ends_its_reader_costs_itself(
    cast: Cast, poisoned: Pool, data: bytes, reason: str
) -> None:
    others = [(f"{n}.txt", f"Word {n}.".encode()) for n in range(30)]
    found = became(cast, *others[:15], ("evil.txt", data), *others[15:], pool=poisoned)
    assert reason in found.pop("evil.txt")
    assert set(found.values()) == {Outcome.ADDED}
    assert ImportFile.objects.get(name="evil.txt").attempts == MOST_ATTEMPTS


@pytest.mark.slow
def test_a_file_that_hangs_its_reader_is_given_up(cast: Cast, poisoned: Pool) -> None:
    delivery = delivered(cast, ("evil.txt", b"hang"), GOOD)
    delivery.files.filter(name="evil.txt").update(attempts=MOST_ATTEMPTS - 1)
    begin = time.monotonic()
    run_import(delivery.pk, clock=lambda: NOW, pool=poisoned)
    assert time.monotonic() - begin < 120
    assert "took too long" in delivery.files.get(name="evil.txt").reason
    assert delivery.files.get(name="good.txt").outcome == Outcome.ADDED


def test_a_file_that_kills_every_worker_is_refused_and_takes_no_other_with_it(cast: Cast) -> None:
    delivery = delivered(cast, *((f"{n}.txt", f"Word {n}.".encode()) for n in range(20)))
    evil = delivery.files.get(position=7).pk
    now = NOW
    deaths = 0
    while True:
        claimed = claim(delivery.pk, now=now)
        if evil in {file.pk for file in claimed}:  # the worker is killed, its leases run out
            deaths += 1
        elif claimed:
            ImportFile.objects.filter(pk__in=[file.pk for file in claimed]).update(outcome="added")
        else:
            break
        now = _later(now)
    assert deaths == MOST_ATTEMPTS
    refused = delivery.files.get(outcome=Outcome.REFUSED)
    assert refused.pk == evil
    assert "stopped 3 times" in refused.reason
    assert refused.content is None


def _later(now: datetime) -> datetime:
    return now + timedelta(seconds=LEASE + 1)


def test_nothing_is_written_beside_the_database(cast: Cast, tmp_path: Path) -> None:
    became(cast, ("a.zip", packed((f"../../../../../../../{tmp_path}/evil.txt", b"evil"))))
    assert not list(tmp_path.iterdir())
