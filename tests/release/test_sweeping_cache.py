"""Files that nobody has asked for in a while leave the cache, the oldest first, and come back when asked."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from annotations.release.cache import releases_folder
from annotations.release.choosing import wanted
from annotations.release.sweeping_cache import sweep_old, sweep_old_daily
from tests.cast import NOW
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> list[Path]:
    """Four files of a hundred bytes, a day apart, the newest of today; and two that are in the making."""
    settings.DATA_DIR = tmp_path
    settings.RELEASE_CACHE_DAYS, settings.RELEASE_CACHE_BYTES = 30, 10_000
    folder = releases_folder()
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for days in range(4):
        path = folder / f"{days:064x}.jsonl"
        path.write_bytes(b"x" * 100)
        at = (NOW - timedelta(days=days)).timestamp()
        os.utime(path, (at, at))
        made.append(path)
    for suffix in (".part", ".lock"):
        path = folder / f"{9:064x}{suffix}"
        path.write_bytes(b"y" * 100)
        os.utime(path, (0, 0))
    return made


def test_what_is_young_and_fits_stays(files: list[Path]) -> None:
    assert sweep_old(now=NOW) == []


def test_what_is_older_than_settings_say_goes(files: list[Path], settings: Settings) -> None:
    settings.RELEASE_CACHE_DAYS = 2
    assert sweep_old(now=NOW + timedelta(hours=1)) == [files[3], files[2]]
    assert [each.exists() for each in files] == [True, True, False, False]


def test_each_machine_does_so_once_a_day(files: list[Path], settings: Settings) -> None:
    settings.RELEASE_CACHE_DAYS = 2
    assert sweep_old_daily(now=NOW + timedelta(hours=1)) == [files[3], files[2]]
    settings.RELEASE_CACHE_DAYS = 0
    assert sweep_old_daily(now=NOW + timedelta(hours=20)) == []
    assert sweep_old_daily(now=NOW + timedelta(hours=26)) == [files[1], files[0]]


def test_the_oldest_go_until_the_rest_fits(files: list[Path], settings: Settings) -> None:
    settings.RELEASE_CACHE_BYTES = 250
    assert sweep_old(now=NOW) == [files[3], files[2]]


def test_what_is_being_built_is_left_alone(files: list[Path], settings: Settings) -> None:
    settings.RELEASE_CACHE_BYTES = 0
    sweep_old(now=NOW)
    assert sorted(each.suffix for each in releases_folder().iterdir()) == [".lock", ".part"]


def test_a_file_that_went_is_built_again(corpus: Corpus, settings: Settings) -> None:
    release = freeze(corpus)
    before = wanted(release, "spans.csv").kept().path
    content = before.read_bytes()
    settings.RELEASE_CACHE_BYTES = 0
    assert before in sweep_old(now=NOW)
    assert wanted(release, "spans.csv").kept().path.read_bytes() == content
