"""Windows of real browsers, and the seeds of days."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.flow.day", "tests.flow.ledger", "tests.flow.machines")

from tests.flow.accounts import account_of  # noqa: E402 - as above
from tests.flow.windows import Window, opener  # noqa: E402 - what it imports is rewritten


@pytest.fixture
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Window]:
    """The browser that the test names as its parameter, not yet started."""
    made = opener(request.param, request)(tmp_path / "profile")
    before = request.session.testsfailed
    try:
        yield made
        if made.process and request.session.testsfailed > before:
            (tmp_path / "window.png").write_bytes(made.picture())
            print(f"How the window looked: {tmp_path / 'window.png'}")
            print(account_of(made))
    finally:
        made.kill()


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> Iterator[int]:
    before = request.session.testsfailed
    yield request.param
    if request.session.testsfailed > before:
        print(f'To live this day again: ANALYST_SEEDS="{request.param}"')
