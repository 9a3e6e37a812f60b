"""A tireless analyst in two browsers, while server, network, session, tab and browser die at random.

Afterwards the database holds exactly what the page called saved, and each highlight its quote.
`ANALYST_SEEDS="1 2 3" make test ARGS="-k analyst"` lives through other days than the usual ones.
"""

from __future__ import annotations

import os

import pytest

from tests.cast import Cast
from tests.flow.articles import article, bring, work_on
from tests.flow.day import Day, hold
from tests.flow.windows import Window
from tests.servers import Server

SEEDS = [int(seed) for seed in os.environ.get("ANALYST_SEEDS", "5 11").split()]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("window", ["chromium", "firefox"], indirect=True)
@pytest.mark.parametrize("seed", SEEDS, indirect=True)
def test_whatever_dies_what_is_called_saved_is_saved(
    live_cast: Cast, server: Server, window: Window, seed: int
) -> None:
    work = work_on(bring(live_cast.project, article(seed=seed)))
    day = Day(window, server, work, seed=seed)
    day.begin()
    day.live({**day.analyst.steps, day.analyst.everything: 1, **day.deaths})
    hold(day)
    assert len(day.ledger.shown) > 20
    assert day.ledger.calls > 8
    assert day.happened["amid"]
