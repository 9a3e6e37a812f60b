"""An environment of its own for each tool, made once, outside ours: nothing of it is imported here."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Collection
from pathlib import Path


def installed(folder: Path, wanted: Collection[str]) -> Path:
    """The Python of an environment in which the wanted packages are."""
    python = folder / "bin" / "python"
    ready = folder / "ready"
    said = "\n".join(sorted(wanted))
    if not ready.exists() or ready.read_text() != said:
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *wanted], check=True, timeout=3600)
        ready.write_text(said)
    return python


def alone(**more: str) -> dict[str, str]:
    """The environment variables of a process that must not see our packages."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return {**kept, **more}


def asked(name: str) -> Path:
    """The folder that the tool works in: the first argument, else `var/interop/{name}`."""
    where = Path(sys.argv[1] if sys.argv[1:] else f"var/interop/{name}").resolve()
    where.mkdir(parents=True, exist_ok=True)
    return where


def compared(tool: str, wanted: Collection[object], found: Collection[object]) -> int:
    """Says what differs; 0 where nothing does, else 1."""
    there, here = set(found), set(wanted)
    for each in sorted(there ^ here, key=str):
        print("only in the samples:" if each in here else f"only in {tool}:", each)
    print(f"{tool} has {len(there & here)} of {len(here)}.")
    return int(there != here or len(found) != len(wanted))
