"""How much is taken in, and what reading one file may cost. Pure; sizes in bytes, times in seconds."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

MB = 1024 * 1024

# Of the worker. A batch is claimed, read and stored together; a lease is longer than any pause
# between two of its renewals. Of small files many are in hand at once, of large ones few.
MOST_ATTEMPTS = 3
LEASE = 60
RENEWED_EVERY = 15
CLAIMED_FILES = 100
CLAIMED_BYTES = 4 * MB
READ_AT_ONCE = 200
BYTES_AT_ONCE = 8 * MB
ADMITTED_TOGETHER = 100
ADMITTED_AT_THE_END = 25

# Of one reading process. The address space holds the model of languages and a file in several
# copies; processor time grows with the file, and the clock allows for a busy machine.
READERS = max(1, min(os.cpu_count() or 1, 4))
READER_MEMORY = 2048 * MB
CPU_AT_LEAST = 20
CPU_A_MEGABYTE = 5
CLOCK_A_CPU_SECOND = 4
LONGEST_ANSWER = 512 * MB


def latest_lease(*, now: datetime) -> datetime:
    """What runs for longer is of a clock that was ahead, and holds nothing."""
    return now + 2 * timedelta(seconds=LEASE)


def cpu_seconds(size: int) -> int:
    """Processor time for a file of `size` bytes.

    >>> cpu_seconds(2_000), cpu_seconds(10 * MB)
    (20, 70)
    """
    return CPU_AT_LEAST + CPU_A_MEGABYTE * (size // MB)


# Of a container. What a member may have at most is IMPORT_MAX_FILE_BYTES, as for any file.
MOST_MEMBERS = 20_000
MOST_UNPACKED = 1024 * MB
MOST_RATIO = 100
RATIO_FROM = 10 * MB
MOST_COLUMNS = 1_000
PREVIEWED_ROWS = 5
PREVIEWED_COLUMNS = 40
