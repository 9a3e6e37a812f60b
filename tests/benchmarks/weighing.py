"""Memory of other processes, each page counted once however many share it (PSS)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

Found = Callable[[], Iterable[int]]
OFTEN = 0.05  # seconds


def megabytes(pids: Iterable[int]) -> float:
    """Of them together; what has ended weighs nothing."""
    return sum(_measured(pid).get("Pss", 0.0) for pid in pids)


def own_megabytes(pid: int) -> float:
    """Without what processes share on purpose: PostgreSQL's buffers fill up to what is set, and stay."""
    measured = _measured(pid)
    return measured.get("Pss", 0.0) - measured.get("Pss_Shmem", 0.0)


def _measured(pid: int) -> dict[str, float]:
    """Megabytes by the kernel's names; none of a process that has ended, or is another account's."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return {}
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}


def tree(root: int) -> list[int]:
    """A process and all below it."""
    found = [root]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found


def parts(root: int) -> dict[str, list[int]]:
    """Process ids by what they do."""
    found: dict[str, list[int]] = {"supervisor": [root], "postgres": [], "web": [], "workers": []}
    for pid in tree(root)[1:]:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        kinds = {b"gunicorn": "web", b"workbench.workers": "workers", b"postgres": "postgres"}
        found[next((name for word, name in kinds.items() if word in command), "web")].append(pid)
    return found


def called(pid: int, name: str) -> bool:
    """Whether a process has this name, as `ps` says it."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == name
    except (FileNotFoundError, ProcessLookupError):
        return False


def running(word: bytes, environment: bytes) -> list[int]:
    """Processes with this word in their command, and this in their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                if word in (folder / "cmdline").read_bytes():
                    told = (folder / "environ").read_bytes()
                    found += [int(folder.name)] if environment in told else []
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue
    return found


class Weighing(threading.Thread):
    """The most that processes weigh together, from beginning to end."""

    def __init__(self, found: Found) -> None:
        super().__init__(daemon=True)
        self._found = found
        self._over = threading.Event()
        self.most = 0.0

    def __enter__(self) -> Weighing:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(OFTEN):
            self.most = max(self.most, megabytes(self._found()))
