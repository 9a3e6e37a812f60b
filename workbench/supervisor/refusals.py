"""What keeps the workbench from starting, in words for the person who typed the command."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_IN_LOGS = ("No space left on device", "Disk quota exceeded")
_ENOUGH = 16 * 2**20  # bytes: one segment of PostgreSQL's log of changes


class CannotStart(Exception):
    """The message is shown as it stands and names a remedy; the command then ends with 2."""


def disk_is_full(folder: Path) -> CannotStart:
    return CannotStart(
        f"The disk that holds {folder} is full. Nothing that was saved is lost.\n"
        "Free some space there and start again, or name another place: make run DATA=/some/dir"
    )


def from_os_error(error: OSError, *, folder: Path) -> CannotStart:
    if error.errno in _FULL:
        return disk_is_full(folder)
    return CannotStart(f"{error.strerror or error}: {error.filename or folder}")


def from_log(text: str, *, program: str, log: Path, folder: Path) -> CannotStart:
    """`text` is what `program` wrote last; its final lines are shown when nothing is known."""
    # A log on the full disk may have no room for the words either.
    if any(words in text for words in _FULL_IN_LOGS) or shutil.disk_usage(folder).free < _ENOUGH:
        return disk_is_full(folder)
    last = "\n".join(f"    {line}" for line in text.strip().splitlines()[-8:])
    return CannotStart(f"{program} did not start. It wrote (all of it is in {log}):\n{last}")
