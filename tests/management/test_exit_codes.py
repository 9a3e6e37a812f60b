"""What a shell sees."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.databases import address

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["sign_in_link", "ada"], 0),
        (["sign_in_link", "nobody"], 2),
        (["enrol", "ada", "labs", "emperor"], 2),
        (["freeze_release", "labs"], 1),
    ],
)
def test_results_go_to_stdout_and_errors_to_stderr(
    live_cast: Cast, own_database: str, arguments: list[str], code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address(own_database)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert bool(done.stdout) == (code == 0)
    assert bool(done.stderr) == (code != 0)
