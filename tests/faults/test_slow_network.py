"""Clients that send slowly or read slowly: they keep nobody waiting, and not for ever."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from threading import Semaphore
from uuid import uuid4

import pytest

from annotations.coding.models import Revision
from tests.cast import Cast, body_of
from tests.clients import Person
from tests.faults.lines import line
from tests.faults.test_killed_while_saving import work_for
from tests.servers import Server
from workbench import slow_clients
from workbench.slow_clients import CHUNKED, Wire

MANY = 24  # more than the server has threads to answer with
HEAD = b"POST /api/v1/projects HTTP/1.1\r\nHost: localhost\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.fixture
def crowd(server: Server) -> Iterator[ExitStack]:
    with ExitStack() as connections:
        yield connections


def connected(server: Server, crowd: ExitStack) -> socket.socket:
    return crowd.enter_context(socket.create_connection(("127.0.0.1", server.port)))


@pytest.mark.parametrize(
    "begun",
    [b"GET /api", HEAD, HEAD + b"Content-Length: 100000\r\n\r\n{"],
    ids=["a-line-begun", "headers-begun", "a-body-begun"],
)
def test_who_sends_slowly_keeps_nobody_waiting(
    live_cast: Cast, server: Server, crowd: ExitStack, begun: bytes
) -> None:
    ada, work = Person(server.url, live_cast.ada), work_for(live_cast)
    slow = [connected(server, crowd) for _ in range(MANY)]
    for each in slow:
        each.sendall(begun)
    before = time.monotonic()
    assert ada.put(uuid4(), body_of(work, "café"))[0] == 201
    waited = time.monotonic() - before
    assert all(_is_open(each) for each in slow) or waited > 10, "they were cut off, not passed by"


def _is_open(each: socket.socket) -> bool:
    each.setblocking(False)
    try:
        return each.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True


@pytest.fixture
def wire() -> Iterator[tuple[Wire, socket.socket]]:
    """A client's connection at which a request is under way, and the client's end."""
    ours, theirs = socket.socketpair()
    wire = Wire.of(ours, Semaphore(1))
    wire.slots.acquire()
    wire.begin()
    with wire, theirs:
        yield wire, theirs


def test_who_reads_slowly_leaves_the_turn_to_others_and_has_everything_in_the_end(
    wire: tuple[Wire, socket.socket],
) -> None:
    ours, theirs = wire
    whole = bytes(range(256)) * 20_000
    with ThreadPoolExecutor(1) as sender:
        sent = sender.submit(ours.sendall, whole)
        assert ours.slots.acquire(timeout=60), "nobody else has a turn"
        ours.slots.release()
        got = bytearray()
        while len(got) < len(whole):
            got += theirs.recv(65536)
        sent.result(timeout=60)
    assert got == whole


def test_who_reads_nothing_is_cut_off(
    wire: tuple[Wire, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow_clients, "STALL", 0.1)
    ours, _ = wire
    with pytest.raises(ConnectionResetError):
        ours.sendall(b"x" * 10_000_000)
    with pytest.raises(ConnectionResetError):
        ours.recv(1)
    assert not ours.slots.acquire(blocking=False), "the turn is ours again"


@pytest.mark.parametrize("body", [b"an answer", b"", memoryview(b"an answer"), b"x" * 100_000])
def test_a_head_is_sent_with_its_body(wire: tuple[Wire, socket.socket], body: bytes) -> None:
    ours, theirs = wire
    ours.sendall(ANSWER)
    assert arrived(theirs) == b""
    ours.sendall(body)
    assert arrived(theirs) == ANSWER + bytes(body)


def test_a_head_whose_body_comes_in_chunks_waits_for_none(
    wire: tuple[Wire, socket.socket],
) -> None:
    ours, theirs = wire
    head = ANSWER[:-2] + CHUNKED[2:] + b"\r\n"
    ours.sendall(head)
    assert arrived(theirs) == head


def test_a_head_without_a_body_is_sent_before_the_client_is_waited_for(
    wire: tuple[Wire, socket.socket],
) -> None:
    ours, theirs = wire
    ours.sendall(ANSWER)
    ours.settimeout(0.0)
    with pytest.raises(ConnectionResetError):
        ours.recv(1)
    assert arrived(theirs) == ANSWER


def test_a_head_without_a_body_is_sent_when_nothing_follows(
    server: Server, crowd: ExitStack
) -> None:
    line = connected(server, crowd)
    line.settimeout(60)
    line.sendall(b"HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert line.recv(100_000).startswith(b"HTTP/1.1 200 OK\r\n")


def arrived(theirs: socket.socket) -> bytes:
    """All that is there by now."""
    theirs.setblocking(False)
    try:
        return theirs.recv(1_000_000)
    except BlockingIOError:
        return b""


@pytest.mark.slow
def test_saves_over_a_line_that_is_slow_and_cut_are_kept_once_each(
    live_cast: Cast, server: Server
) -> None:
    work = work_for(live_cast)
    with line(("127.0.0.1", server.port)) as wire:
        ada = Person(f"http://127.0.0.1:{wire.port}", live_cast.ada)
        wire.delay = 0.02
        kept = []
        for cut_there, cut_back in [(200, None), (1200, None), (None, 0), (None, 30), (None, 300)]:
            uuid, operation, body = uuid4(), uuid4(), body_of(work, "café")
            wire.cut_there, wire.cut_back = cut_there, cut_back
            _tried(ada, partial(ada.put, uuid, body, operation=operation))
            wire.cut_there = wire.cut_back = None
            ada.reconnect()
            assert ada.put(uuid, body, operation=operation)[0] in {200, 201}
            kept.append(uuid)
    assert sorted(Revision.objects.values_list("annotation_id", flat=True)) == sorted(kept)


def _tried(ada: Person, act: Callable[[], object]) -> None:
    ada.reconnect()
    try:
        act()
    except (OSError, http.client.HTTPException, ValueError):
        return
