"""What files made to hurt cost a reader: the same characters again and again, without end.

Each is read in two sizes: four times as much must not cost much more than four times as long.
"""

from __future__ import annotations

import contextlib
import time

import pytest

from annotations.corpus.readers.reading import read
from annotations.corpus.texts.refusals import Unreadable
from tests.benchmarks.conftest import Record

SMALL, LARGE = 25_000, 100_000
# Shorter measurements say nothing on a busy machine.
LEAST = 0.02
AGAIN_AND_AGAIN = (
    *("![a](", "![", "[", "(", "<!--", "`", "**", "> ", "- ", "1. ", "# ", "\\", "[^1]"),
    *("<div>", "<b>", "<p>a. ", "<table><tr><td>", '<a href="', "<a ", "</p>", "&amp;", "&"),
    *(
        ".",
        ". ",
        "...",
        "? !",
        ".»",
        "»",
        "«",
        "“",
        '"',
        "…… ",
        "字。",
        "“字。",
        "，",
        "M. ",
        "A. ",
    ),
    *("a", "a ", "é", "字", "\u0301", "\u200d", "😀", " ", "\n", "a\n", "Ã©", "â€™", "Ã"),
    *("http://", "www.", "a@", "/a", "a | ", "il y a 1 ", "1 mai ", "12:", "12,", "By A, ", "©"),
)


def seconds(name: str, data: bytes) -> float:
    begin = time.process_time()
    with contextlib.suppress(Unreadable):
        read(name, data)
    return time.process_time() - begin


def measured(name: str, whole: str) -> tuple[float, float]:
    """Seconds of the large size, and how many times those of the small one.

    Each is the shortest of three where it looks bad: a busy machine makes times only longer.
    """
    small = large = float("inf")
    for _try in range(3):
        small = min(small, seconds(name, whole[:SMALL].encode()))
        large = min(large, seconds(name, whole[:LARGE].encode()))
        if large <= 1.25 * max(small, LEAST) * LARGE / SMALL:
            break
    return large, large / max(small, LEAST)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_reading_the_same_without_end(record: Record, name: str) -> None:
    read("warm.txt", "Les nuits sont longues, the days are not. Добрый день.".encode())
    worst, dearest = (0.0, ""), (0.0, "")
    for piece in AGAIN_AND_AGAIN:
        large, growth = measured(name, piece * LARGE)
        worst = max(worst, (growth, piece))
        dearest = max(dearest, (large / LARGE * 1_000_000, piece))
    record(
        f"{name}: four times as much of {worst[1]!r}, the worst of {len(AGAIN_AND_AGAIN)}",
        worst[0],
        "times the time",
        limit="four times",
        limit_value=LARGE / SMALL,
        aim="<= 1.75",
    )
    record(
        f"{name}: a million characters of {dearest[1]!r}, the dearest",
        dearest[0],
        "s",
        limit="a third of what a reading process may take for a megabyte",
        limit_value=8,
        aim="<= 1",
    )
