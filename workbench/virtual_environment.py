"""Makes .venv and keeps it at the pinned versions. Run by make, before anything is installed.

    python3 workbench/virtual_environment.py requirements/run.txt

Only the standard library is used here. A run that was interrupted is noticed by the next one,
which starts over: pip does not promise to repair half an installation.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
UNFINISHED = FOLDER / "unfinished"
OLDEST = (3, 11)
_ENOUGH = 16 * 2**20  # bytes, without which a failure needs no other explanation
_VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

COMMAND = """#!/bin/sh
# The `workbench` command of the checkout that this environment belongs to.
exec "$(dirname "$0")/python" -m workbench "$@"
"""


class Refused(Exception):
    """Said to the person as it stands."""


def main(requirements: Path) -> int:
    try:
        _prepare()
        _install(requirements)
    except Refused as refusal:
        sys.stderr.write(f"\n{refusal}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"\n{FOLDER}: {error.strerror or error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The same command starts the installation over.\n")
        return 130
    return 0


def _prepare() -> None:
    """Leaves an environment that has pip, or can be worked on by the pip outside of it."""
    if PYTHON.exists() and not UNFINISHED.exists() and _runs(str(PYTHON), "-c", "import encodings"):
        UNFINISHED.touch()
        return
    if FOLDER.exists():
        _say("The Python environment in .venv is incomplete: making it again.")
        shutil.rmtree(FOLDER)
    FOLDER.mkdir()
    UNFINISHED.touch()
    # Debian splits ensurepip off; without it a bare environment can still be made.
    bare = [] if _runs(sys.executable, "-c", "import ensurepip, venv") else ["--without-pip"]
    made = _run([sys.executable, "-m", "venv", *bare, str(FOLDER)])
    if made.returncode:
        raise _explained(made.stdout, doing="make a Python environment")


def _install(requirements: Path) -> None:
    wanted = sum("==" in line for line in requirements.read_text().splitlines())
    _say(f"Installing {wanted} packages of {requirements}; the first time takes a minute or two.")
    started = time.monotonic()
    options = ["--disable-pip-version-check", "--no-input", "--require-hashes", "--no-deps"]
    command = [*_pip(), "install", *options, "-r", str(requirements)]
    with subprocess.Popen(  # noqa: S603 - our own words
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        said = list(_with_progress(process, wanted))
    if process.returncode:
        raise _explained("".join(said[-30:]), doing="install the packages")
    _link_checkout()
    UNFINISHED.unlink()
    _say(f"Installed in {time.monotonic() - started:.0f} s.")


def _with_progress(process: subprocess.Popen[bytes], wanted: int) -> Iterator[str]:
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    seen = 0
    for line in process.stdout:
        text = line.decode(errors="replace")
        if text.startswith(("Collecting ", "Processing ")):
            seen += 1
            if seen % 15 == 0:
                _say(f"  {seen} of {wanted} found")
        elif text.startswith("Installing collected"):
            _say("  all found; unpacking")
        yield text


def _pip() -> list[str]:
    """The environment's own pip, else one of outside that is told to work on it."""
    if _runs(str(PYTHON), "-m", "pip", "--version"):
        return [str(PYTHON), "-m", "pip"]
    if _runs(sys.executable, "-m", "pip", "--python", str(PYTHON), "--version"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    raise Refused(
        "This Python can neither make an environment with pip in it, nor has a pip of its own.\n"
        "On Debian and Ubuntu that is one package:\n\n"
        f"    sudo apt install python{_VERSION}-venv\n\n"
        "Then run the same command again."
    )


def _link_checkout() -> None:
    """`workbench` in .venv/bin, and the checkout on the environment's path."""
    code = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    packages = Path(_run([str(PYTHON), "-c", code]).stdout.strip())
    (packages / "annotation-workbench.pth").write_text(f"{ROOT}\n")
    script = FOLDER / "bin" / "workbench"
    script.write_text(COMMAND)
    script.chmod(0o755)


def _explained(output: str, *, doing: str) -> Refused:
    tail = "\n".join(f"    {line}" for line in output.strip().splitlines()[-8:])
    full = "No space left on device" in output or "Disk quota exceeded" in output
    if full or shutil.disk_usage(FOLDER).free < _ENOUGH:
        return Refused(
            f"The disk is full: could not {doing}. About 700 MB are needed in {FOLDER},\n"
            f"and some for a while in {tempfile.gettempdir()} (set TMPDIR to use another place).\n"
            "Free some space and run the same command again."
        )
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in output:
        return Refused(f"A package is not the one that was pinned; nothing was kept.\n{tail}")
    if "No matching distribution" in output or "Could not find a version" in output:
        return Refused(
            f"A package was not found for Python {_VERSION}. Is this machine on the network?\n"
            f"Another Python can be named: make run PYTHON=python3.13\n{tail}"
        )
    return Refused(f"Could not {doing}:\n{tail}\nRun the same command again to start over.")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own words
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def _runs(*command: str) -> bool:
    try:
        return _run(list(command)).returncode == 0
    except OSError:
        return False


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit("Python 3.11 or newer is needed.")
    os.umask(os.umask(0o022) & 0o022)
    sys.exit(main(Path(sys.argv[1])))
