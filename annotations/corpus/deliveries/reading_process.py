"""The process in which files are read: `python -m annotations.corpus.deliveries.reading_process MODULE:FUNCTION`.

It knows no database and no network; what a file can do here is to end it. Requests come on
standard input and are answered on standard output, one after another:

    request: u32 count, then as often: u32 size of the head, JSON (see `Head`), u32 size, bytes
    answer:  u32 size, one byte that says what follows, and that (see `Answer`)

A file that is to be unpacked has an answer for each piece, and one for the end. All numbers are
big-endian. It ends at the end of its input, that is with whoever started it.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import struct
import sys
from collections.abc import Iterator, Sequence
from enum import Enum
from importlib import import_module
from typing import IO, Any, TypedDict

from annotations.corpus.choices import Choices
from annotations.corpus.deliveries.limits import READER_MEMORY, cpu_seconds
from annotations.corpus.deliveries.pieces import Piece, Preview
from annotations.corpus.deliveries.unpacking import unpack
from annotations.corpus.deliveries.wire import packed, prepared
from annotations.corpus.readers.reading import Reader
from annotations.corpus.texts.refusals import Unreadable

NUMBER = struct.Struct(">I")
READ = "annotations.corpus.readers.reading:read"
SWELLED = 77


class Answer(Enum):
    """`DRAFT`: a packed draft. `REFUSED`: JSON [reason, message]. `PIECE`: u32 size, JSON of a piece
    without its data, and that. `PREVIEW`: JSON. `END`: all pieces were given.
    """

    DRAFT = b"d"
    REFUSED = b"r"
    PIECE = b"p"
    PREVIEW = b"v"
    END = b"e"


class Head(TypedDict):
    """`longest`, where it is to be unpacked: what a piece may have. `inside`: it was one itself.
    `salt`, where it is to be sketched: the project's.
    """

    name: str
    choices: dict[str, Any]
    longest: int | None
    inside: bool
    salt: int | None


def serve(asked: IO[bytes], said: IO[bytes], reader: Reader) -> None:
    is_warm = False
    while said_count := asked.read(NUMBER.size):
        count = NUMBER.unpack(said_count)[0]
        # The whole request first, so that nobody waits for the other with a full pipe.
        for head, data in [_request(asked) for _ in range(count)]:
            _allow(cpu_seconds(len(data)))
            for kind, body in answers(reader, head, data):
                said.write(NUMBER.pack(len(body) + 1) + kind.value + body)
            said.flush()
        if not is_warm:
            # The model has been loaded and stays: whether it is still in use need not be looked at.
            gc.freeze()
            is_warm = True


def answers(reader: Reader, head: Head, data: bytes) -> Iterator[tuple[Answer, bytes]]:
    try:
        if head["longest"] is None:
            choices = Choices.from_json(head["choices"])
            yield (
                Answer.DRAFT,
                packed(prepared(reader(head["name"], data, choices), salt=head["salt"])),
            )
        else:
            yield from _unpacked(head, data, head["longest"])
    except Unreadable as refusal:
        yield Answer.REFUSED, json.dumps([refusal.reason, str(refusal)]).encode()
    except MemoryError:
        # What is left of the memory is not to be relied on.
        os._exit(SWELLED)


def _unpacked(head: Head, data: bytes, longest: int) -> Iterator[tuple[Answer, bytes]]:
    for each in unpack(head["name"], data, head["choices"], longest=longest, inside=head["inside"]):
        if isinstance(each, Preview):
            yield Answer.PREVIEW, json.dumps(each.said).encode("utf-8", "replace")
        else:
            said = json.dumps([each.name, each.size, each.reading, each.refused]).encode()
            yield Answer.PIECE, NUMBER.pack(len(said)) + said + each.data
    yield Answer.END, b""


def piece_of(body: bytes) -> Piece:
    behind = NUMBER.size + NUMBER.unpack(body[: NUMBER.size])[0]
    name, size, reading, refused = json.loads(body[NUMBER.size : behind])
    return Piece(name, body[behind:], size, reading, refused)


def _request(asked: IO[bytes]) -> tuple[Head, bytes]:
    head: Head = json.loads(_sized(asked))
    return head, _sized(asked)


def _sized(asked: IO[bytes]) -> bytes:
    return asked.read(NUMBER.unpack(asked.read(NUMBER.size))[0])


def _allow(seconds: int) -> None:
    """Processor time from now on; the kernel ends the process that takes more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _confined() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (READER_MEMORY, READER_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def reader_named(words: str) -> Reader:
    module, _, function = words.partition(":")
    found: Reader = getattr(import_module(module), function)
    return found


def main(words: Sequence[str]) -> None:
    # What a library prints must not get between the answers.
    said = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    reader = reader_named(words[0])
    _confined()
    serve(sys.stdin.buffer, said, reader)


if __name__ == "__main__":
    main(sys.argv[1:])
