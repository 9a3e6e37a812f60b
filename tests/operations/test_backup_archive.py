"""An archive is whole or not there, and no flipped bit of it goes unnoticed."""

from __future__ import annotations

import errno
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from annotations.project.refusals import Refusal
from workbench.backup.archive import reading, writing
from workbench.backup.refusals import Damaged, NotMade, Unknown

LINES = [b"1\tRome burned\n", "2\t夜のニュース\n".encode(), b"3\t\\N\n"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "kept.zip"
    with writing(path) as writer:
        writer.add("tables/a.tsv", LINES)
        writer.add("tables/empty.tsv", [])
    return path


def read(path: Path) -> dict[str, bytes]:
    with reading(path) as archive:
        return {name: b"".join(archive.pieces(name)) for name in sorted(archive.names())}


def test_what_was_written_is_read_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "kept.zip"
    with writing(path) as writer:
        counted = writer.add("tables/a.tsv", LINES)

    assert read(path) == {"tables/a.tsv": b"".join(LINES)}
    assert (counted.rows, counted.size) == (3, len(b"".join(LINES)))
    with reading(path) as archive:
        assert archive.sum("tables/a.tsv") == counted


def test_any_unzip_opens_it(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        packed = opened.open("tables/a.tsv.zst")
        assert zstandard.ZstdDecompressor().stream_reader(packed).read() == b"".join(LINES)


def test_it_is_for_its_owner_alone(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_a_flipped_bit_anywhere_is_noticed(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    flipped = tmp_path / "flipped.zip"
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << (place % 8)
        flipped.write_bytes(damaged)
        with pytest.raises((Damaged, Unknown)):
            read(flipped)


def test_a_lost_end_is_noticed(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    cut = tmp_path / "cut.zip"
    for length in [*range(0, len(whole), 37), len(whole) - 1]:
        cut.write_bytes(whole[:length])
        with pytest.raises((Damaged, Unknown)):
            read(cut)
    cut.write_bytes(whole + b"\n")
    with pytest.raises((Damaged, Unknown)):
        read(cut)


def test_what_is_no_archive_is_refused_in_words(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("Rome burned.")
    for path in (text, tmp_path / "nowhere.zip", tmp_path):
        with pytest.raises(Unknown) as refusal:
            read(path)
        assert str(path) in refusal.value.message


def test_nothing_is_written_over(archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(NotMade), writing(archive) as writer:
        writer.add("tables/a.tsv", [])
    assert archive.read_bytes() == before


def failing(error: Exception) -> Iterator[bytes]:
    yield b"1\n"
    raise error


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), Refusal("the server went away")]
)
def test_a_failure_half_way_leaves_no_file(tmp_path: Path, error: Exception) -> None:
    with (
        pytest.raises(Refusal, match="No space left|went away"),
        writing(tmp_path / "kept.zip") as writer,
    ):
        writer.add("tables/a.tsv", failing(error))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotMade) as refusal, writing(tmp_path / "missing" / "kept.zip"):
        pass
    assert str(tmp_path / "missing") in refusal.value.message
