"""Ctrl-C and SIGTERM: the first ends everything in order, the second hurries."""

from __future__ import annotations

import os
import select
import signal
from types import FrameType

from workbench.supervisor.terminal import say


class Stop(BaseException):
    """Unwinds the supervisor, whatever it is doing. Not an error, so not an Exception."""


class Signals:
    """Raises `Stop` in the main thread at the first signal, and counts the others."""

    def __init__(self) -> None:
        self._asked = 0
        self._to_renew = False
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # nohup has its way; a SIGINT is heard even where a shell started us in the background.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._receive)
        signal.signal(signal.SIGUSR2, self._renew)
        # Only to be woken: a dead child is looked at without waiting for the next round.
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def asked_to_renew(self) -> bool:
        """Whether somebody has asked for it since this was last called; by SIGUSR2."""
        asked, self._to_renew = self._to_renew, False
        return asked

    def hurried(self) -> bool:
        return self._asked > 1

    def sleep(self, seconds: float) -> None:
        """Until `seconds` have passed or any signal has come."""
        ready, _, _ = select.select([self._woken], [], [], seconds)
        if ready:
            os.read(self._woken, 4096)

    def _renew(self, number: int, frame: FrameType | None) -> None:
        self._to_renew = True

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self._asked += 1
        if self._asked == 1:
            raise Stop
        if self._asked == 2:
            say("Hurrying.")
