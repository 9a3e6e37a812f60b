"""A file that is sent while another process builds it: all of it, or cut off in sight."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO, BinaryIO

import pytest

from annotations.release import building
from annotations.release.building import READERS, BrokenOff, Growing, growing
from annotations.release.cache import NotAsPromised, Place, Promise
from annotations.release.models import Release
from annotations.release.wanting import Wanted
from tests.servers import ROOT

# Writes what it is told, line by line, as the one who builds; ends well at the end of its input.
BUILDER = """
import sys
from pathlib import Path
from annotations.release.cache import Place

def write(part):
    part.write(b"first")
    part.flush()
    print("begun", flush=True)
    for line in sys.stdin:
        part.write(line.encode())
        part.flush()

Place(Path(sys.argv[1]), "spans.csv.codepoint").kept(write)
"""


def wanted(folder: Path) -> Wanted:
    def write(_part: BinaryIO) -> None:
        raise AssertionError("built by the one who reads")

    place = Place(folder, "spans.csv.codepoint")
    return Wanted(Release(), "spans.csv", place, etag="x", write=write)


@contextmanager
def builder(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert pipe(process.stdout).readline() == b"begun\n"
        yield process
    finally:
        process.kill()
        process.wait()
        pipe(process.stdin).close()
        pipe(process.stdout).close()


def pipe(end: IO[bytes] | None) -> IO[bytes]:
    assert end is not None
    return end


def read_up_to(pieces: Iterator[bytes], length: int) -> bytes:
    found = b""
    while len(found) < length:
        found += next(pieces)
    return found


def test_it_comes_as_it_is_written_and_the_last_byte_once_it_is_whole(tmp_path: Path) -> None:
    with builder(tmp_path) as process:
        pieces = Growing(wanted(tmp_path)).__iter__()
        assert next(pieces) == b""  # the headers go out
        assert read_up_to(pieces, 4) == b"firs"
        pipe(process.stdin).write(b" second\n")
        pipe(process.stdin).close()
        assert b"".join(pieces) == b"t second\n"
    found = wanted(tmp_path).place.found()
    assert found is not None
    assert found.path.read_bytes() == b"first second\n"


def test_what_is_kept_as_it_passes_begins_with_its_first_piece(tmp_path: Path) -> None:
    place = wanted(tmp_path).place
    place.folder.mkdir(parents=True, exist_ok=True)
    pieces = place.along(iter([b"first", b" second"]), check=lambda: None)
    assert next(pieces) == b"first"
    assert place.part.read_bytes() == b"first", "whoever reads along has it before there is more"
    assert b"".join(pieces) == b" second"
    found = place.found()
    assert found is not None
    assert found.path.read_bytes() == b"first second"


def test_whoever_reads_along_has_the_same(tmp_path: Path) -> None:
    found: list[bytes] = []
    with builder(tmp_path) as process:
        readers = [
            Thread(target=lambda: found.append(b"".join(Growing(wanted(tmp_path)))))
            for _ in range(3)
        ]
        for reader in readers:
            reader.start()
        for number in range(100):
            pipe(process.stdin).write(b"%d\n" % number)
        pipe(process.stdin).close()
        for reader in readers:
            reader.join()
    assert len(found) == 3
    assert set(found) == {b"first" + b"".join(b"%d\n" % number for number in range(100))}


def test_a_file_that_gets_its_name_while_it_is_looked_for_is_not_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = building._open_if_there
    with builder(tmp_path) as process:

        def look_too_late(path: Path) -> BinaryIO | None:
            pipe(process.stdin).close()
            process.wait()
            return look(path)

        monkeypatch.setattr(building, "_open_if_there", look_too_late)
        assert b"".join(Growing(wanted(tmp_path))) == b"first"


def test_what_a_killed_one_left_is_thrown_away_by_the_next_who_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with builder(tmp_path) as process:
        process.kill()
        process.wait()
    place = wanted(tmp_path).place
    assert place.part.exists()
    monkeypatch.setattr(building, "_start", lambda _wanted, *_locks: place.written(whole))
    assert b"".join(Growing(wanted(tmp_path))) == b"whole"


def whole(part: BinaryIO) -> None:
    part.write(b"whole")


def test_one_who_is_killed_leaves_a_file_that_is_cut_off_in_sight(tmp_path: Path) -> None:
    with builder(tmp_path) as process:
        pieces = Growing(wanted(tmp_path)).__iter__()
        assert read_up_to(pieces, 4) == b"firs"
        process.kill()
        process.wait()
        with pytest.raises(BrokenOff):
            b"".join(pieces)
    place = wanted(tmp_path).place
    assert place.found() is None
    assert place.part.exists()
    kept = place.kept(lambda part: part.write(b"anew") and None)
    assert kept.path.read_bytes() == b"anew"
    assert not place.part.exists()


def test_what_a_killed_one_left_is_never_the_beginning_of_another(tmp_path: Path) -> None:
    with builder(tmp_path) as process:
        pieces = Growing(wanted(tmp_path)).__iter__()
        assert read_up_to(pieces, 4) == b"firs"
        process.kill()
        process.wait()
        with builder(tmp_path) as another:
            pipe(another.stdin).write(b"second")
            pipe(another.stdin).flush()
            with pytest.raises(BrokenOff):
                b"".join(pieces)


def test_who_comes_when_it_is_whole_has_all_of_it_at_once(tmp_path: Path) -> None:
    wanted(tmp_path).place.kept(lambda part: part.write(b"whole") and None)
    assert b"".join(Growing(wanted(tmp_path))) == b"whole"


def test_while_one_builds_nobody_else_does(tmp_path: Path) -> None:
    with builder(tmp_path):
        place = wanted(tmp_path).place
        assert place.is_being_built()
        assert place.lock() is None
        assert place.part.exists()


def test_a_file_that_is_not_what_was_promised_is_not_kept(tmp_path: Path) -> None:
    place = Place(tmp_path, "documents", Promise(5, "0" * 64))
    with pytest.raises(NotAsPromised):
        place.kept(lambda part: part.write(b"whole") and None)
    assert place.found() is None
    assert not place.part.exists()


def test_so_many_read_along_and_no_more(tmp_path: Path) -> None:
    some = [growing(wanted(tmp_path)) for _ in range(READERS)]
    try:
        assert all(some)
        assert growing(wanted(tmp_path)) is None
    finally:
        for each in some:
            assert each is not None
            each.close()
            each.close()
    with growing(wanted(tmp_path)) or pytest.fail("Nobody reads any more."):
        pass
