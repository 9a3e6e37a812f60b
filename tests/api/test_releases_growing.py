"""A large release over HTTP: files that are sent while they are built, by a server that is killed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from hashlib import sha256
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from annotations.project.accounts import create_token
from annotations.release.choosing import wanted
from annotations.release.models import Release
from annotations.release.wanting import SMALL
from tests.benchmarks.releases import released
from tests.cast import Cast
from tests.servers import Server

SPANS = SMALL + 100
ALL = "/api/v1/projects/labs/releases/v1"


@pytest.fixture
def headers(live_cast: Cast) -> dict[str, str]:
    released(live_cast, SPANS)
    token = create_token(live_cast.rita, name="tool", scopes=["releases"], now=timezone.now())
    return {"Authorization": f"Bearer {token.secret}"}


def get(
    server: Server, file: str, headers: dict[str, str], method: str = "GET"
) -> http.client.HTTPResponse:
    return asked(server, f"{ALL}/{file}", headers, method)


def test_the_first_one_has_it_while_it_is_built_the_next_as_it_is_kept(
    headers: dict[str, str], server: Server
) -> None:
    first = get(server, "spans.csv", headers)
    assert (first.status, first.headers["Transfer-Encoding"]) == (200, "chunked")
    data = first.read()
    assert data.count(b"\r\n") == SPANS + 1
    again = get(server, "spans.csv", headers)
    assert again.headers["Content-Length"] == str(len(data))
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.read() == data
    known = get(server, "spans.csv", {**headers, "If-None-Match": first.headers["ETag"]})
    assert known.status == 304


def test_the_headers_come_before_there_is_anything_to_send(
    headers: dict[str, str], server: Server, settings: Settings
) -> None:
    settings.DATA_DIR = server.data
    lock = wanted(Release.objects.get(), "spans.csv").place.lock()  # as if somebody built it
    assert lock is not None
    try:
        answer = get(server, "spans.csv", headers)
        assert answer.headers["Transfer-Encoding"] == "chunked"
    finally:
        os.close(lock)
    assert answer.read().count(b"\r\n") == SPANS + 1


def test_the_release_itself_says_its_length_and_is_its_hash(
    headers: dict[str, str], server: Server
) -> None:
    release = Release.objects.get()
    answer = get(server, "documents.jsonl", headers)
    assert answer.headers["Content-Length"] == str(release.size)
    assert answer.headers["ETag"] == f'"{release.sha256}"'
    assert sha256(answer.read()).hexdigest() == release.sha256


@pytest.mark.parametrize("file", ["spans.parquet", "passages.parquet", "spacy.zip", "cas-xmi.zip"])
def test_what_needs_a_library_is_built_by_a_process_of_its_own(
    headers: dict[str, str], server: Server, file: str
) -> None:
    data = get(server, file, headers).read()
    assert data[:4] == (b"PAR1" if file.endswith("parquet") else b"PK\x03\x04")
    assert get(server, file, headers).headers["Content-Length"] == str(len(data))


def test_asking_for_the_headers_builds_nothing(headers: dict[str, str], server: Server) -> None:
    answer = get(server, "tei.zip", headers, "HEAD")
    assert (answer.status, answer.read()) == (200, b"")
    assert answer.headers["ETag"]
    assert not [*server.data.rglob("tei.zip*")]


def builders(data: Path) -> list[int]:
    """Processes that build files for the server of this folder."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                command = (folder / "cmdline").read_bytes()
                here = f"WORKBENCH_DATA={data}\0".encode() in (folder / "environ").read_bytes()
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue
            if b"build_release_file" in command and here:
                found.append(int(folder.name))
    return found


def until_one_builds(server: Server) -> int:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if found := builders(server.data):
            return found[0]
        time.sleep(0.005)
    raise AssertionError("Nobody began to build.")


def test_a_builder_that_is_killed_cuts_the_answer_off_and_the_next_one_is_whole(
    headers: dict[str, str], server: Server
) -> None:
    answer = get(server, "cas-json.zip", headers)
    os.kill(until_one_builds(server), signal.SIGKILL)
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        answer.read()
    assert not [*server.data.rglob("cas-json.zip.*.*.*")]
    whole = get(server, "cas-json.zip", headers).read()
    assert get(server, "cas-json.zip", headers).read() == whole


def test_a_server_that_is_killed_cuts_the_answer_off_and_what_is_built_goes_on(
    headers: dict[str, str], server: Server
) -> None:
    answer = get(server, "cas-json.zip", headers)
    until_one_builds(server)
    server.kill()
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        answer.read()
    server.start()
    data = get(server, "cas-json.zip", headers).read()
    kept = [*server.data.rglob("cas-json.zip.*.*.*")]
    assert [path.read_bytes() for path in kept] == [data]


def test_what_changed_waits_for_files_that_are_built_elsewhere(
    headers: dict[str, str], server: Server
) -> None:
    feed = "/api/v1/projects/labs/changes?limit=1"
    first = asked(server, feed, headers)
    assert (first.status, first.headers["Retry-After"]) == (503, "5")
    assert json.loads(first.read())["type"] == "being-built"
    until = time.monotonic() + 120
    while (answer := asked(server, feed, headers)).status == 503 and time.monotonic() < until:
        time.sleep(0.2)
    (told,) = json.loads(answer.read())["results"]
    assert (told["release"], told["what"], len(told["added"])) == ("v1", "added", 100)
    assert (
        get(server, "documents.jsonl", headers).headers["ETag"]
        == f'"{Release.objects.get().sha256}"'
    )


def asked(
    server: Server, path: str, headers: dict[str, str], method: str = "GET"
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=120)
    connection.request(method, path, headers=headers)
    return connection.getresponse()
