"""Readers that do what a poisoned file would make a reader do; others are read as always."""

from __future__ import annotations

import os
import signal
import time

from annotations.corpus.choices import Choices
from annotations.corpus.readers.reading import Draft, read


def poisoned(name: str, data: bytes, choices: Choices) -> Draft:
    if data.startswith(b"swell"):
        _ = [bytearray(1 << 30) for _ in range(64)]
    if data.startswith(b"hang"):
        time.sleep(3600)
    if data.startswith(b"crash"):
        os.kill(os.getpid(), signal.SIGKILL)
    if data.startswith(b"fault"):
        raise IndexError("a mistake of a reader")
    return read(name, data, choices)
