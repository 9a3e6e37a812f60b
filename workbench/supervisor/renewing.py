"""A newer child beside an older one, and the older asked to leave: nobody is turned away meanwhile.

workbench restart        asks the `workbench run` of the same data folder to do so
"""

from __future__ import annotations

import os
import re
import select
import signal
import time
from dataclasses import replace
from pathlib import Path

from workbench.supervisor.locks import note_of
from workbench.supervisor.processes import Child, Program
from workbench.supervisor.refusals import CannotStart
from workbench.supervisor.terminal import say

READY = "READY_DESCRIPTOR"
"""What the child finds in its environment: where it writes a byte once it does its work."""
ASK = signal.SIGUSR2
_PATIENCE = 120.0  # seconds until a child that neither works nor ends is given up
_DONE = "restarted"


def ready() -> None:
    """To be called in the child; does nothing where nobody waits for it."""
    if number := os.environ.pop(READY, ""):
        os.write(int(number), b".")
        os.close(int(number))


def started(program: Program, *, seconds: float = _PATIENCE) -> Child:
    """A child that does its work; `CannotStart` for one that ended before, or did not get there."""
    reading, writing = os.pipe()
    env = {**program.env, READY: str(writing)}
    child = Child(replace(program, env=env, keep_open=[*program.keep_open, writing]))
    os.close(writing)
    works = False
    try:
        waiting, _, _ = select.select([reading], [], [], seconds)
        works = bool(waiting and os.read(reading, 1))
    finally:
        os.close(reading)
        if not works:
            child.ask_to_stop()
            child.wait_stopped()
    if not works:
        raise CannotStart(f"{program.name} of now does not start; the reason is above.")
    return child


def ask(data: Path) -> None:
    """Returns once the running workbench has done it; `CannotStart` where it has not."""
    note = note_of(data)
    process = re.search(r"\(process (\d+)\)", note or "")
    if process is None:
        raise CannotStart(f"No workbench runs on {data}.")
    answer = data / "run.restarted"
    answer.unlink(missing_ok=True)
    os.kill(int(process[1]), ASK)
    while not answer.exists():
        if note_of(data) != note:
            raise CannotStart("The workbench ended meanwhile.")
        time.sleep(0.1)
    if (said := answer.read_text()) != _DONE:
        raise CannotStart(said)
    say("The web server and the workers are new, and no request was refused.")


def tell(data: Path, refusal: CannotStart | None) -> None:
    """How it went, to whoever asked; it is there whole or not at all."""
    unfinished = data / "run.restarted.new"
    unfinished.write_text(str(refusal) if refusal else _DONE)
    unfinished.replace(data / "run.restarted")
