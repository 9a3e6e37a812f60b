"""The Chromium that tests drive: one that is there, else Playwright's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.browsers import says

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Kept off the network, and able to run as root in a container.
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """The path of a Chromium on this machine; None stands for Playwright's own."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, NAMES), str(ON_MACOS)]
    # Asked, because Ubuntu has a `chromium-browser` that only says how to get one.
    return next((path for path in candidates if path and "Chrom" in says(path)), None)
