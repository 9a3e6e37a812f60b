"""A second try helps against chance, and hides nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.second_tries import AT_ONCE, HEADING, HERE, has_to_pass_at_once
from tests.servers import ROOT

HOOKS = """
import pytest
from tests.second_tries import *
from tests.second_tries import give_second_try

def pytest_configure(config):
    config.addinivalue_line("markers", "browser: as ours")

def pytest_collection_modifyitems(items):
    for item in items:
        give_second_try(item)

@pytest.fixture(scope="session")
def browser():
    yield object()
    print("the browser ended")
"""
TRIES = """
import pytest
seen = []

{mark}
def test_the_first_time_fails(browser):
    seen.append(browser)
    assert len(seen) == 2, "only the second time"
    assert seen[0] is not seen[1]
"""


def run(folder: Path, mark: str) -> tuple[int, str]:
    (folder / "conftest.py").write_text(HOOKS)
    (folder / "test_tries.py").write_text(TRIES.format(mark=mark))
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:playwright"]
    ended = subprocess.run(
        [*command, "-c", "/dev/null", "--rootdir", str(folder), "-o", "pythonpath=", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_what_fails_once_in_a_browser_passes_in_a_new_one_and_is_named(tmp_path: Path) -> None:
    ended, said = run(tmp_path, "@pytest.mark.browser")
    assert ended == 0, said
    named = said.partition(HEADING)[2]
    assert "test_the_first_time_fails (call)" in named
    assert "only the second time" in named


def test_what_needs_no_browser_has_one_try(tmp_path: Path) -> None:
    ended, said = run(tmp_path, "")
    assert ended == 1, said
    assert HEADING not in said


@pytest.mark.parametrize("folder", AT_ONCE, ids=lambda folder: folder.name)
def test_that_nothing_is_lost_is_said_the_first_time(folder: Path) -> None:
    assert list(folder.glob("test_*.py"))
    assert all(map(has_to_pass_at_once, folder.glob("test_*.py")))
    assert not has_to_pass_at_once(HERE / "pages" / "test_every_page.py")
