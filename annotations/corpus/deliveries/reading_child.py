"""One reading process, as the worker has it: asked, answered, ended. Pure."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import IO, Any, NamedTuple

from annotations.corpus.deliveries.limits import CLOCK_A_CPU_SECOND, LONGEST_ANSWER, cpu_seconds
from annotations.corpus.deliveries.pieces import Piece, Preview
from annotations.corpus.deliveries.reading_process import (
    NUMBER,
    READ,
    SWELLED,
    Answer,
    Head,
    piece_of,
)
from annotations.corpus.deliveries.wire import Read, unpacked
from annotations.corpus.texts.refusals import Unreadable

# What a pipe holds; asking for more at once only takes memory.
_PIPE = 1 << 16
# One thread each: the others would only reserve memory, of which a reader has little.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


class Asked(NamedTuple):
    """A file to read; `key` is the asker's, and comes back with the result. With a `salt` it is
    sketched too."""

    key: int
    name: str
    data: bytes
    choices: Mapping[str, Any]
    salt: int | None = None


@dataclass(frozen=True, slots=True)
class Died:
    """The process ended over a file; `how` is `time`, `memory` or `crash`."""

    how: str


Result = tuple[int, Read | Unreadable | Died]


class Gone(Exception):
    """The process ended, by itself or by us; `how` as in `Died`."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class Process:
    """One reading process; the first request waits for its start.

    `patience`: seconds by the clock for each second of processor time that a file is allowed.
    """

    def __init__(self, reader: str = READ, *, patience: float = CLOCK_A_CPU_SECOND) -> None:
        self.patience = patience
        self.child = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-m", "annotations.corpus.deliveries.reading_process", reader],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_ENVIRONMENT},
            start_new_session=True,
        )
        self._rest = b""
        self._readable = select.poll()
        self._readable.register(_open(self.child.stdout), select.POLLIN)

    def read(self, asked: Sequence[Asked]) -> Iterator[Result]:
        """A result for each, in order; after a `Died` the process is gone, and the rest unread."""
        try:
            self._send(asked)
        except BrokenPipeError:
            yield asked[0].key, Died(self._ended())
            return
        for each in asked:
            try:
                kind, body = self._answer(cpu_seconds(len(each.data)) * self.patience)
            except Gone as gone:
                yield each.key, Died(gone.how)
                return
            if kind is Answer.DRAFT:
                yield each.key, unpacked(body)
            else:
                yield each.key, Unreadable(*json.loads(body))

    def unpack(self, asked: Asked, *, longest: int, inside: bool) -> Iterator[Piece | Preview]:
        """Raises `Unreadable`, also after some pieces, and `Gone` when the process ended over it."""
        try:
            self._send([asked], longest=longest, inside=inside)
        except BrokenPipeError as error:
            raise Gone(self._ended()) from error
        while True:
            kind, body = self._answer(cpu_seconds(len(asked.data)) * self.patience)
            if kind is Answer.END:
                return
            if kind is Answer.REFUSED:
                raise Unreadable(*json.loads(body))
            yield Preview(json.loads(body)) if kind is Answer.PREVIEW else piece_of(body)

    def _send(
        self, asked: Sequence[Asked], *, longest: int | None = None, inside: bool = False
    ) -> None:
        pipe = _open(self.child.stdin)
        pipe.write(NUMBER.pack(len(asked)))
        for each in asked:
            said = Head(
                name=each.name,
                choices=dict(each.choices),
                longest=longest,
                inside=inside,
                salt=each.salt,
            )
            head = json.dumps(said).encode()
            pipe.write(NUMBER.pack(len(head)) + head + NUMBER.pack(len(each.data)))
            pipe.write(each.data)
        pipe.flush()

    def _answer(self, seconds: float) -> tuple[Answer, bytes]:
        until = monotonic() + seconds
        size = NUMBER.unpack(self._bytes(NUMBER.size, until))[0]
        if not 0 < size <= LONGEST_ANSWER:
            self.kill()
            raise Gone("memory")
        body = self._bytes(size, until)
        return Answer(body[:1]), body[1:]

    def _bytes(self, size: int, until: float) -> bytes:
        """The next `size` bytes; what came with them is kept for the next call."""
        parts = [self._rest]
        missing = size - len(self._rest)
        while missing > 0:
            parts.append(self._part(until))
            missing -= len(parts[-1])
        found = b"".join(parts)
        self._rest = found[size:]
        return found[:size]

    def _part(self, until: float) -> bytes:
        if not self._readable.poll(max(0.0, until - monotonic()) * 1000):
            self.kill()
            raise Gone("time")
        part = os.read(_open(self.child.stdout).fileno(), _PIPE)
        if not part:
            raise Gone(self._ended())
        return part

    def _ended(self) -> str:
        code = self.child.wait(timeout=10)
        self.kill()
        return {SWELLED: "memory", -24: "time"}.get(code, "crash")

    def kill(self) -> None:
        self.child.kill()
        self.child.wait()
        for pipe in (self.child.stdin, self.child.stdout):
            with contextlib.suppress(BrokenPipeError):
                _open(pipe).close()


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - asked for when it was started
    return pipe
