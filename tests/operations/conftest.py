"""Folders for the tests of starting, stopping and breaking."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.workplaces import Installation, may_mount, open_folder


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder that the database's account can reach."""
    with open_folder() as folder:
        yield folder


@pytest.fixture
def data(place: Path) -> Path:
    """A data folder that is not there yet."""
    return place / "var"


@pytest.fixture
def installation(data: Path) -> Iterator[Installation]:
    """Not started yet; stopped at the end."""
    it = Installation(data)
    yield it
    if it.process:
        it.stop()


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root has to hand the database to another account")


@pytest.fixture
def mounts(place: Path) -> None:
    if not may_mount(place):
        pytest.skip("a small disk to fill can only be mounted by root")
