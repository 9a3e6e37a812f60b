"""Why a file is not taken in."""

from __future__ import annotations


class Unreadable(ValueError):
    """A file that has no text for us. `reason` is one word; the message says what to do.

    Reasons: `empty`, `blank`, `binary`, `encoding`, `kind`.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
