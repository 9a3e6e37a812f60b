"""Children that end with the process that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from workbench.supervisor.accounts import Account

_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
_HURRIED = 2.0  # seconds that are left to a child when a person asks for the second time
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with(parent: int, *, by: signal.Signals) -> Callable[[], None]:
    """A hook for the child: the kernel signals it when `parent` ends, even by kill -9.

    It runs after the change of account, which would clear the setting. A parent that ended before
    the setting was made is seen by its changed id.
    """

    def in_child() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return in_child


def name_this(name: str) -> None:
    """What `ps` and `top` call this process: 15 bytes of it; Linux only."""
    if _libc is not None:
        _libc.prctl(_PR_SET_NAME, name.encode(), 0, 0, 0)


@dataclass
class Program:
    """What to run, and how it is told to stop.

    `stop` asks for an orderly end; `quit` is for a person who asks a second time; after `grace`
    seconds the whole process group is killed. `orphaned` is sent by the kernel when the supervisor
    dies, and nobody is left to insist: `stop`, unless something else is named.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    stop: signal.Signals = signal.SIGTERM
    quit: signal.Signals = signal.SIGKILL
    orphaned: signal.Signals | None = None
    grace: float = 30.0
    account: Account | None = None
    log: Path | None = None
    keep_open: Sequence[int] = field(default_factory=tuple)


class Child:
    """A running `Program`, in a session of its own, so that Ctrl-C reaches only the supervisor."""

    def __init__(self, program: Program) -> None:
        self.program = program
        output = program.log.open("ab") if program.log else None
        try:
            self.process = _start(program, output=output)
        finally:
            if output:
                output.close()

    @property
    def code(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self.process.poll()

    def ask_to_stop(self) -> None:
        if self.code is None:
            self.process.send_signal(self.program.stop)

    def wait_stopped(self, *, hurried: Callable[[], bool] = lambda: False) -> None:
        """Waits for the orderly end; quits it when hurried, kills it after its grace."""
        until = time.monotonic() + self.program.grace
        asked_again = False
        while self.code is None:
            if hurried() and not asked_again:
                self.process.send_signal(self.program.quit)
                asked_again = True
                until = min(until, time.monotonic() + _HURRIED)
            if time.monotonic() > until:
                break
            time.sleep(0.02)
        self.end()

    def end(self) -> None:
        """Also what the child itself has started and left behind."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
        finally:
            self.process.wait()


def _start(program: Program, *, output: IO[bytes] | None) -> subprocess.Popen[bytes]:
    account = program.account
    return subprocess.Popen(  # noqa: S603 - programs of ours
        list(program.argv),
        env=dict(program.env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        pass_fds=tuple(program.keep_open),
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=die_with(os.getpid(), by=program.orphaned or program.stop),
    )


def ended_how(code: int) -> str:
    """
    >>> ended_how(-9), ended_how(3)
    ('killed by SIGKILL', 'exit code 3')
    """
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
