"""What the docstrings show is so."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = ("brat", "markup", "spans_csv", "stretches", "tokens")


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    module = import_module(f"annotations.release.formats.{name}")
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
