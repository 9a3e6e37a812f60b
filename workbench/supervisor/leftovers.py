"""Server processes that outlived the one who started them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from workbench.supervisor.refusals import CannotStart

_PROC = Path("/proc")


def clear(cluster: Path, *, seconds: float = 60.0) -> None:
    """Ends what still runs in `cluster`, and makes its lock file safe to start over.

    The caller holds the lock on the data folder, so whatever runs here has lost its supervisor.
    """
    _stop_server(cluster, seconds=seconds)
    _disown_lock_file(cluster / "postmaster.pid")


def _stop_server(cluster: Path, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    signals = [signal.SIGINT, signal.SIGQUIT]
    ask = time.monotonic()
    while running := _processes_in(cluster):
        if time.monotonic() >= ask and signals:
            _send(_lock_owner(cluster / "postmaster.pid"), signals.pop(0), among=running)
            ask = time.monotonic() + seconds / 3
        if time.monotonic() > until:
            numbers = " ".join(str(number) for number in running)
            raise CannotStart(
                f"A PostgreSQL of an earlier start still works in {cluster} and does not end.\n"
                f"End it by hand, then start again: kill -QUIT {numbers}"
            )
        time.sleep(0.05)


def _send(server: int | None, what: signal.Signals, *, among: list[int]) -> None:
    """Signals the server itself; without one, its children notice and end on their own."""
    if server not in among:
        return
    try:
        os.kill(server, what)
    except ProcessLookupError:
        return


def _disown_lock_file(lock: Path) -> None:
    """Makes PostgreSQL see that no server owns `lock`.

    After a crash the number in the file may have passed to some other program, and PostgreSQL would
    take that for a running server. The file is not removed: its memory key is how PostgreSQL finds
    children of the crashed server that still write. A lock naming the starter of a server counts as
    stale, and the key is still looked at.
    """
    try:
        lines = lock.read_text().splitlines(keepends=True)
    except FileNotFoundError:
        return
    if not lines or not lines[0].strip():
        lock.unlink()  # An empty file, from a disk that was full, holds no key.
        return
    with lock.open("r+") as file:
        file.writelines([f"{os.getpid()}\n", *lines[1:]])
        file.truncate()


def _lock_owner(lock: Path) -> int | None:
    try:
        return int(lock.read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None


def _processes_in(cluster: Path) -> list[int]:
    """The server and its children have the cluster as their working directory.

    Without a /proc (macOS) only PostgreSQL's own look at its lock file is left.
    """
    found = []
    for entry in _PROC.glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == cluster and "postgres" in _command(entry):
                found.append(int(entry.name))
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found


def _command(entry: Path) -> str:
    return (entry / "comm").read_text()
