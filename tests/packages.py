"""Programs that some tests need and Debian has: one that is found, else its package where we are root."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.browsers import fetch_with_apt

PLACES = os.pathsep.join(["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"])


def found(program: str) -> str | None:
    """Its path. Programs of servers are not on everybody's PATH."""
    return shutil.which(program) or shutil.which(program, path=PLACES)


def needed(program: str) -> str:
    """Its path; without it the test is skipped, with what to do."""
    path = found(program)
    if path is None:
        pytest.skip(f"{program} is not installed: apt install {program}")
    return path


def provide(*programs: str) -> None:
    """Before the suite runs: what is not there is installed where that is allowed."""
    if missing := [each for each in programs if found(each) is None]:
        fetch_with_apt(missing)
    for each in programs:
        if found(each) is None:
            print(f"{each} is not installed. Its tests are skipped.", flush=True)
