"""A release of any size: built, downloaded, and what that weighs.

Beside an ordered join streamed by COPY, a static file of the same size, and what doccano does on a
machine like this (5,000 labels a second).
"""

from __future__ import annotations

import http.client
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from django.utils import timezone

from annotations.project.accounts import create_token
from annotations.release.cache import releases_folder
from annotations.release.formats import FORMATS
from annotations.release.models import Release
from annotations.release.serving import DOCUMENTS, lines
from annotations.release.shapes import SHAPES
from tests import databases
from tests.benchmarks.conftest import Record
from tests.benchmarks.releases import released
from tests.benchmarks.weighing import Weighing, called, megabytes, running, tree
from tests.cast import Cast
from tests.servers import Server

COPY = """
COPY (SELECT row_to_json(s) FROM annotations_releasespan s
        JOIN annotations_releasedocument d ON d.id = s.released_id
       WHERE s.release_id = {release} ORDER BY d.position, s.id) TO STDOUT
"""
SIZES = (10_000, 100_000, 1_000_000)
EVERY = (*FORMATS, *SHAPES)
HEAVY = ("spans.csv", "spans.parquet", "spacy.zip")
"""What a million labels are tried with, in minutes; the rest is tried with a hundred thousand."""
PIECE = 1 << 20  # bytes
PAIRS = 15
"""Of downloads, ours and a static file's in turn: what else the machine did was the same for both."""


@dataclass
class Big:
    """A large release behind a server."""

    release: Release
    server: Server
    token: str
    static: Path

    @property
    def spans(self) -> int:
        return self.release.spans_total

    def address(self, file: str) -> str:
        return f"/api/v1/projects/labs/releases/{self.release.version}/{file}"


@dataclass(frozen=True)
class Download:
    """Seconds to the headers, to the first byte of the file and to its end, and bytes."""

    first: float
    begun: float
    whole: float
    size: int


def download(big: Big, path: str) -> Download:
    connection = http.client.HTTPConnection(big.server.url.removeprefix("http://"), timeout=900)
    connection.connect()
    begin = time.perf_counter()
    connection.request("GET", path, headers={"Authorization": f"Bearer {big.token}"})
    answer = connection.getresponse()
    first = time.perf_counter() - begin
    assert answer.status == 200, answer.read()
    size = len(answer.read(1))
    begun = time.perf_counter() - begin
    while piece := answer.read(PIECE):
        size += len(piece)
    connection.close()
    return Download(first, begun, time.perf_counter() - begin, size)


@pytest.fixture(params=SIZES, ids=str)
def big(
    request: pytest.FixtureRequest,
    live_cast: Cast,
    own_database: str,
    static_root: Path,
    tmp_path: Path,
) -> Iterator[Big]:
    release = released(live_cast, request.param)
    token = create_token(live_cast.rita, name="tool", scopes=["releases"], now=timezone.now())
    static = tmp_path / "static"
    shutil.copytree(static_root, static)
    with (static / "measured.bin").open("wb") as file:
        # No holes, which cost the disk nothing.
        for first in range(0, release.size, PIECE):
            file.write(b"x" * min(PIECE, release.size - first))
    server = Server(
        databases.address(own_database), static_root=static, data=tmp_path / "data", as_run=True
    )
    server.start()
    try:
        yield Big(release, server, token.secret, static)
    finally:
        server.stop()


def quickest(times: int, *runs: Callable[[], float]) -> list[float]:
    """The least seconds of each, in turn: what else the machine did was the same for all."""
    found = [[run() for run in runs] for _ in range(times)]
    return [min(each) for each in zip(*found, strict=True)]


def timed(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def copied(release: Release) -> int:
    with (
        databases.connect() as raw,
        raw.cursor() as cursor,
        cursor.copy(COPY.format(release=release.pk)) as out,
    ):
        return sum(len(piece) for piece in out)


def test_a_release_of_any_size(big: Big, record: Record) -> None:
    built_beside_a_join(big, record)
    built_and_weighed(big, DOCUMENTS, record)
    served_beside_a_static_file(big, record)
    for file in EVERY if big.spans < max(SIZES) else HEAVY:
        built_and_weighed(big, file, record)


def built_beside_a_join(big: Big, record: Record) -> None:
    ours, theirs = quickest(
        3 if big.spans < max(SIZES) else 1,
        lambda: timed(lambda: sum(map(len, lines(big.release)))),
        lambda: timed(lambda: copied(big.release)),
    )
    record(
        f"build {DOCUMENTS}, {big.spans} spans",
        big.spans / ours,
        "spans/s",
        limit="the same rows joined, ordered and streamed by COPY … row_to_json",
        limit_value=big.spans / theirs,
        aim=">= 0.5",
    )


def served_beside_a_static_file(big: Big, record: Record) -> None:
    path = big.address(DOCUMENTS)
    assert download(big, path).size == download(big, "/static/measured.bin").size
    pairs = [(download(big, path), download(big, "/static/measured.bin")) for _ in range(PAIRS)]
    ours, theirs = (median(each.whole for each in some) for some in zip(*pairs, strict=True))
    record(
        f"serve {DOCUMENTS}, {big.spans} spans",
        big.release.size / ours / 1e6,
        "MB/s",
        limit="a static file of that size by the same server, over a new connection as ours",
        limit_value=big.release.size / theirs / 1e6,
        aim=">= 0.8",
        ratio=median(static.whole / frozen.whole for frozen, static in pairs),
        headers_ms=median(frozen.first for frozen, _static in pairs) * 1000,
        static_headers_ms=median(static.first for _frozen, static in pairs) * 1000,
    )


def built_and_weighed(big: Big, file: str, record: Record) -> None:
    server = big.server.process
    assert server is not None
    ours = f"WORKBENCH_DATA={big.server.data}\0".encode()

    def builders() -> list[int]:
        """Who waited below the server and was asked, or programs of their own."""
        below = [each for each in tree(server.pid) if called(each, "release-builder")]
        return [*below, *running(b"build_release_file", ours)]

    def web() -> list[int]:
        """With those who wait to build."""
        return [each for each in tree(server.pid) if not called(each, "release-builder")]

    while builders():
        time.sleep(0.1)
    idle = megabytes(web())
    with Weighing(web) as of_web, Weighing(builders) as of_builder:
        first = download(big, big.address(file))
    again, _again = quickest(3, lambda: download(big, big.address(file)).begun, lambda: 0.0)
    record(
        f"weight of building {file}, {big.spans} spans",
        of_web.most - idle + of_builder.most,
        "MB",
        limit="150 MB above idle, of web and builder together",
        limit_value=150,
        aim="<= 1",
        web=of_web.most - idle,
        builder=of_builder.most,
    )
    if big.spans > min(SIZES):
        record(
            f"first download of {file}, {big.spans} spans",
            big.spans / first.whole,
            "spans/s",
            limit="what doccano exports in a second",
            limit_value=5_000,
            aim=">= 1",
            headers_ms=first.first * 1000,
        )
    record(
        f"first byte of {file}, {big.spans} spans, not built yet",
        first.begun * 1000,
        "ms",
        limit="50 ms",
        limit_value=50,
        aim="<= 1",
    )
    record(
        f"first byte of {file}, {big.spans} spans, as it is kept",
        again * 1000,
        "ms",
        limit="50 ms",
        limit_value=50,
        aim="<= 1",
    )


@pytest.fixture(autouse=True)
def elsewhere(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"  # type: ignore[attr-defined]
    assert releases_folder().is_relative_to(tmp_path)
