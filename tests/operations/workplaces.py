"""Data folders, commands and whole installations on real processes."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import free_port as free_port

ROOT = Path(__file__).resolve().parents[2]
WORKBENCH = (sys.executable, "-m", "workbench")
PATIENCE = 240.0  # seconds until something is taken for hanging; no measure of speed


def environment(**more: str) -> dict[str, str]:
    """As in a new terminal: the suite's own database is not handed on."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith(("WORKBENCH_", "DJANGO_"))
    }
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**kept, "PYTHONPATH": path, **more}


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every account may pass through, as pytest's own folders are not for root."""
    folder = Path(tempfile.mkdtemp(prefix="wbt-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def enlarge(folder: Path, *, megabytes: int) -> None:
    _mount("-o", f"remount,size={megabytes}m", str(folder))


def may_mount(folder: Path) -> bool:
    if os.geteuid() != 0:
        return False
    try:
        with small_disk(folder / "probe", megabytes=1):
            return True
    except subprocess.CalledProcessError:
        return False


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def with_database(
    data: Path, *command: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*WORKBENCH, "with-database", "--data", str(data), "--", *command],
        env=env or environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
        check=False,
    )


def ask(query: str) -> tuple[str, ...]:
    """A command that prints the answer of the database it is given."""
    code = (
        "import os, psycopg; "
        "connection = psycopg.connect(os.environ['DATABASE_URL'], autocommit=True); "
        f"print(*(connection.execute({query!r}).fetchone() or ()))"
    )
    return (sys.executable, "-c", code)


def write(statement: str) -> tuple[str, ...]:
    code = (
        "import os, psycopg; "
        f"psycopg.connect(os.environ['DATABASE_URL'], autocommit=True).execute({statement!r})"
    )
    return (sys.executable, "-c", code)


def wait_until(holds: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, f"never happened: {what}"
        time.sleep(0.05)


def processes(words: str) -> list[int]:
    """Process ids whose command line holds `words`; those that only wait to be reaped do not."""
    listed = subprocess.run(
        ["ps", "-axww", "-o", "pid=,stat=,command="], capture_output=True, text=True, check=True
    )
    found = []
    for line in listed.stdout.splitlines():
        number, state, command = line.split(maxsplit=2)
        if words in command and not state.startswith("Z") and int(number) != os.getpid():
            found.append(int(number))
    return found


def account(name: str) -> pwd.struct_passwd:
    return pwd.getpwnam(name)


@dataclass
class Installation:
    """A `workbench run` over a data folder; what it says is in `said`."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        return self._output.read_text()

    @property
    def _output(self) -> Path:
        return self.data.with_name(f"{self.data.name}.said")

    def start(self, *, env: dict[str, str] | None = None) -> Installation:
        arguments = ["run", "--port", str(self.port), "--data", str(self.data)]
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [*WORKBENCH, *arguments],
                env=env or environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self

    def ready(self) -> Installation:
        def welcomed_or_ended() -> bool:
            return "Ctrl-C stops everything" in self.said or self.code is not None

        wait_until(welcomed_or_ended, "the welcome")
        assert self.code is None, self.said
        return self

    @property
    def code(self) -> int | None:
        return self.process.poll() if self.process else None

    def send(self, number: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(number)

    def wait(self) -> int:
        assert self.process
        return self.process.wait(timeout=PATIENCE)

    def stop(self) -> int:
        if self.code is None:
            self.send(signal.SIGTERM)
        return self.wait()

    def child(self, words: str) -> int:
        """The supervisor's own child whose command line holds `words`."""
        assert self.process
        number = self.process.pid
        listed = subprocess.run(
            ["ps", "-axww", "-o", "pid=,ppid=,stat=,command="],
            capture_output=True,
            text=True,
            check=True,
        )
        for line in listed.stdout.splitlines():
            pid, parent, state, command = line.split(maxsplit=3)
            if int(parent) == number and words in command and not state.startswith("Z"):
                return int(pid)
        raise LookupError(words)

    def worker(self, queue: str) -> int | None:
        """The process that works on what waits in `queue`."""
        for number in self.family():
            with suppress(FileNotFoundError, ProcessLookupError):
                if Path(f"/proc/{number}/comm").read_text().strip() == f"worker-{queue}":
                    return number
        return None

    def has_child_other_than(self, words: str, number: int) -> bool:
        try:
            return self.child(words) != number
        except LookupError:
            return False

    def family(self) -> list[int]:
        """Everything that was started for this data folder, also orphans."""
        environ = f"WORKBENCH_DATA={self.data}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if environ in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue
        return found + processes(str(self.data / "postgres"))

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=PATIENCE) as answer:
            return int(answer.status)

    def answers(self, path: str) -> bool:
        try:
            return self.get(path) == 200
        except OSError:
            return False

    def links(self) -> dict[str, str]:
        """Sign-in links by account, as the welcome shows them."""
        return dict(re.findall(rf"^  (\w+) .*({self.url}/sign-in/\S+)$", self.said, re.MULTILINE))
