"""One way to speak to the person at the terminal."""

from __future__ import annotations

import sys
from contextlib import suppress


def say(text: str = "") -> None:
    """Flushed, so that words and what they announce stay in order, also in a pipe.

    A full disk under a log, or a terminal that was closed, ends nothing: what is said is for people.
    """
    with suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
