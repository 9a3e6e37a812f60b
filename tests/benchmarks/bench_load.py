"""Many people at once, on the machine that also serves them: nothing lost, nothing double, in time."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, F

from annotations.assignment.models import Assignment, State
from annotations.coding.models import Annotation, Revision, Snapshot
from tests.benchmarks.beside import bare_inserts, spending
from tests.benchmarks.blocks import percentile
from tests.benchmarks.conftest import Record
from tests.benchmarks.crowds import (
    at_work,
    crowd,
    own_work,
    round_of,
    signed_in,
    statuses,
    times,
)
from tests.cast import Cast
from tests.databases import address
from tests.servers import Server

SECONDS = 20
# Fewer for a look on a busy machine.
CLAIMS = int(os.environ.get("BENCH_CLAIMS", "10000"))
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "200"))


@pytest.fixture
def two(own_database: str, static_root: Path, tmp_path: Path) -> Any:
    """A web server of two processes."""
    as_installed = {"WORKBENCH_POOL_SIZE": "8"}
    server = Server(address(own_database), static_root, tmp_path, workers=2, more=as_installed)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def nothing_lost(done: list[dict[str, Any]]) -> None:
    said = [each for one in done for each in one["saved"]]
    kept = {str(each) for each in Annotation.objects.values_list("pk", flat=True)}
    assert len(said) == len(set(said))
    assert kept == set(said)
    assert Revision.objects.count() == len(said)
    wrong = {
        name: n for name, n in statuses(done).items() if name[-3:] not in {"200", "201", "204"}
    }
    assert wrong == {}


def nothing_given_twice() -> None:
    live = Assignment.objects.exclude(state__in=[State.SKIPPED, State.EXPIRED, State.RELEASED])
    of_each = live.values("batch", "document").annotate(n=Count("pk"))
    assert not of_each.filter(n__gt=F("batch__slots")).exists()
    assert not live.values("document", "coder").annotate(n=Count("pk")).filter(n__gt=1).exists()


def test_eight_clients_save_as_fast_as_they_can(
    live_cast: Cast, two: Server, record: Record
) -> None:
    people = crowd(live_cast, 8)
    entries = signed_in(two, people)
    own_work(live_cast, people, entries)
    at_work(two, live_cast, entries, what="saves", seconds=2)
    before = Revision.objects.count()
    with spending(two) as spent:
        done = at_work(two, live_cast, entries, what="saves", seconds=SECONDS)
        each = spent()
    saves = Revision.objects.count() - before
    rate = saves / SECONDS
    record(
        "saves by 8 clients",
        rate,
        "saves/s",
        limit="INSERT and COMMIT by 8 connections",
        limit_value=bare_inserts(8, 5),
        aim=">= 0.1",
        p95=percentile(times(done, "save"), 95),
        **{f"processor_ms_a_save_{name}": ms / saves for name, ms in each.items()},
    )


def test_fifty_people_code(live_cast: Cast, two: Server, record: Record) -> None:
    people = crowd(live_cast, 50)
    entries = signed_in(two, people)
    own_work(live_cast, people, entries)
    at_once = at_work(two, live_cast, entries, what="once")
    done = at_work(two, live_cast, entries, what="saves", seconds=SECONDS, think=1.0)
    nothing_lost(at_once + done)
    found = times(done, "save")
    record(
        "save with 50 people coding, one passage a second each, p95",
        percentile(found, 95),
        "ms",
        limit="what a save may take",
        limit_value=100.0,
        aim="<= 1",
        p50=percentile(found, 50),
        saves=len(found),
        all_at_the_same_moment_p95=percentile(times(at_once, "save"), 95),
    )


@pytest.mark.parametrize(("documents", "share", "most"), [(10_000, 50, 10.0), (100_000, 95, 50.0)])
def test_the_next_document(
    live_cast: Cast, two: Server, record: Record, documents: int, share: int, most: float
) -> None:
    """One person alone, then fifty who read for two seconds; `bare` is /healthz of the same server."""
    round_of(live_cast, documents)
    people = signed_in(two, crowd(live_cast, 50))
    plans: dict[str, dict[str, Any]] = {
        "by one person": {"people": people[:1], "processes": 1, "times": 300},
        "with 50 people at work": {"people": people, "times": 5, "think": 2.0},
    }
    for who, plan in plans.items():
        at_work(two, live_cast, people[:1], processes=1, what="claims", times=10)
        done = at_work(two, live_cast, what="claims", bare=True, **plan)
        found, bare = times(done, "next"), times(done, "bare")
        record(
            f"next document of {documents}, {who}, p{share}",
            percentile(found, share),
            "ms",
            limit="what it may take",
            limit_value=most,
            aim="<= 1",
            p50=percentile(found, 50),
            p95=percentile(found, 95),
            bare_p50=percentile(bare, 50),
            bare_p95=percentile(bare, 95),
        )


def test_claims_at_once(live_cast: Cast, two: Server, record: Record) -> None:
    round_of(live_cast, CLAIMS // 2)
    entries = signed_in(two, crowd(live_cast, 8))
    began = time.perf_counter()
    done = at_work(two, live_cast, entries, what="claims", times=CLAIMS)
    claimed = [each for one in done for each in one["claimed"]]
    assert len(claimed) == len(set(claimed)) == CLAIMS
    nothing_given_twice()
    assert Assignment.objects.filter(state=State.SUBMITTED).count() == CLAIMS
    record(
        f"claims given twice, of {CLAIMS} by 8 people at once",
        0,
        "claims",
        limit="claims",
        limit_value=CLAIMS,
        aim="<= 0",
        p50=percentile(times(done, "next"), 50),
        p95=percentile(times(done, "next"), 95),
        seconds=time.perf_counter() - began,
    )


def test_a_crowd_works(live_cast: Cast, two: Server, record: Record) -> None:
    round_of(live_cast, 2 * PEOPLE)
    entries = signed_in(two, crowd(live_cast, PEOPLE))
    done = at_work(two, live_cast, entries, what="days", saves=3, seconds=1500)
    nothing_lost(done)
    nothing_given_twice()
    assert Assignment.objects.filter(state=State.SUBMITTED).count() == 4 * PEOPLE
    assert Snapshot.objects.count() == 4 * PEOPLE
    assert Revision.objects.count() == 12 * PEOPLE
    record(
        f"save with {PEOPLE} people at once and without a pause, p95",
        percentile(times(done, "save"), 95),
        "ms",
        limit="what a browser waits before it asks again",
        limit_value=30_000,
        aim="<= 1",
        next_p95=percentile(times(done, "next"), 95),
    )
