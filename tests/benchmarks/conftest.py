"""Figures beside a limit measured in the same run, written to var/bench.json as they are found."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.servers import ROOT

Record = Callable[..., dict[str, Any]]
FILE = ROOT / "var" / "bench.json"
PATIENCE = 1800  # seconds for one benchmark


KEPT = pytest.StashKey[list[dict[str, Any]]]()


@pytest.fixture(scope="session")
def _figures(pytestconfig: pytest.Config) -> list[dict[str, Any]]:
    figures = pytestconfig.stash[KEPT] = []
    write(figures)
    return figures


def write(figures: list[dict[str, Any]]) -> None:
    """After each figure, so that a run that is broken off leaves those that it found."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(f"{FILE}.partial")
    partial.write_text(json.dumps(figures, indent=1) + "\n")
    partial.replace(FILE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A benchmark on a busy machine may take long: it is ended only if it surely hangs."""
    for item in items:
        if item.path.parent == Path(__file__).parent and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(PATIENCE))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """How many aims are reached, and which are not; a figure that misses fails no test."""
    figures = config.stash.get(KEPT, [])
    if not figures:
        return
    missed = [each for each in figures if not each["holds"]]
    terminalreporter.section(f"{len(figures) - len(missed)} of {len(figures)} aims are reached")
    for each in missed:
        said = f"{each['name']}: {each['ratio']} times “{each['limit']}”, aim {each['aim']}"
        terminalreporter.write_line(said)


@pytest.fixture
def record(_figures: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> Record:
    """`record(name, value, unit, limit=…, limit_value=…, aim="<= 10")` keeps one figure.

    Its ratio is value / limit_value, so that the figure means the same on any machine, unless
    `ratio` is given, as a median over blocks is; `aim` is what the ratio should be, and `holds`
    says whether it is. `load` is how many processes wanted to run, of `cores`. Whatever else is
    named is kept beside it.
    """

    def keep(
        name: str,
        value: float,
        unit: str,
        *,
        limit: str,
        limit_value: float,
        aim: str,
        ratio: float | None = None,
        **more: float,
    ) -> dict[str, Any]:
        share = value / limit_value if ratio is None else ratio
        sign, bound = aim.split()
        figure = {
            "name": name,
            "value": round(value, 3),
            "unit": unit,
            "limit": limit,
            "limit_value": round(limit_value, 3),
            "ratio": round(share, 3),
            "aim": aim,
            "load": round(os.getloadavg()[0], 1),
            "cores": os.cpu_count(),
            "holds": share <= float(bound) if sign == "<=" else share >= float(bound),
            **{key: round(figure, 3) for key, figure in more.items()},
        }
        _figures.append(figure)
        write(_figures)
        with capsys.disabled():
            print(f"\n{json.dumps(figure)}")
        return figure

    return keep
