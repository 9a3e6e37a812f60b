"""What is kept for a while: tries to get in, counts, figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def caches_in(data: Path) -> dict[str, dict[str, Any]]:
    """Django's setting; `data` is the data folder."""
    return {
        # How often somebody tried to get in: on all machines together, so it is a table.
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "workbench_try",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        },
        # Of this machine, and may be deleted: what is counted for a minute, and figures that cost a
        # second or more, under a fingerprint of what they rest on.
        "counts": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": data / "cache" / "counts",
            "OPTIONS": {"MAX_ENTRIES": 1000},
        },
        "figures": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": data / "cache" / "figures",
            "TIMEOUT": None,
            "OPTIONS": {"MAX_ENTRIES": 200},
        },
    }
