"""Gold of any size, derived, hashed and stored as a release: how fast, and what that weighs."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from annotations.release.freezing import freeze_release
from tests.benchmarks.adjudicated import agreed_on
from tests.benchmarks.conftest import Record
from tests.benchmarks.weighing import Weighing, megabytes
from tests.cast import NOW, Cast

SIZES = (10_000, 100_000)
MILLION, MINUTES = 1_000_000, 5


@pytest.mark.parametrize("labels", SIZES)
def test_freezing(
    labels: int, live_cast: Cast, record: Record, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    agreed_on(live_cast, labels)
    ourselves = [os.getpid()]
    idle = megabytes(ourselves)
    begin, spent = time.perf_counter(), time.process_time()
    with Weighing(lambda: ourselves) as weighing:
        release = freeze_release(live_cast.project, by=live_cast.mia, now=NOW)
    seconds, spent = time.perf_counter() - begin, time.process_time() - spent
    assert release.spans_total == labels
    record(
        f"freeze {labels} labels",
        labels / seconds,
        "labels/s",
        limit=f"{MILLION} labels in {MINUTES} minutes",
        limit_value=MILLION / MINUTES / 60,
        aim=">= 1",
        own_microseconds_a_label=spent / labels * 1e6,
    )
    record(
        f"weight of freezing {labels} labels",
        weighing.most - idle,
        "MB",
        limit="150 MB above idle",
        limit_value=150,
        aim="<= 1",
    )
