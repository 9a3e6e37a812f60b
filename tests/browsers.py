"""Makes sure, before the suite runs, that there are browsers, and fonts for the scripts that tests show.

`python -m tests.browsers`. Chromium is needed; Firefox is wished for: its tests are skipped without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FONTS = ("fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji", "fonts-inter")
REMEDY = """
The browser tests need Chromium, and none could be found or fetched.
Install it and run the same command again (Debian, Ubuntu: sudo apt install chromium),
name one:                      make test CHROMIUM=/path/to/chromium
or leave the browser out:      make test ARGS='-m "not browser"'
"""


def says(path: str) -> str:
    """What a program answers to `--version`; empty where it does not run."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, timeout=60, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def main() -> int:
    from tests import chromium, firefox
    from tests.packages import provide

    wanted = [name for name in FONTS if not _is_installed(name)]
    for name, package, found in (
        ("CHROMIUM", "chromium", chromium.executable()),
        ("FIREFOX", "firefox-esr", firefox.executable()),
    ):
        wanted += [] if found or os.environ.get(name) else [package]
    if wanted:
        fetch_with_apt(wanted)
    provide("pgbouncer", "faketime")
    if not firefox.executable():
        print(f"{firefox.MISSING} Its tests are skipped.", flush=True)
    if not chromium.executable() and not _fetch_with_playwright():
        sys.stderr.write(REMEDY)
        return 2
    return 0


def fetch_with_apt(packages: list[str]) -> None:
    """Only root may install. One by one where they do not come together: not all are everywhere."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing for the tests: {' '.join(packages)} …", flush=True)
    if _install(*packages):
        return
    _apt("update")
    if not _install(*packages):
        for package in packages:
            _install(package, loud=True)


def _install(*packages: str, loud: bool = False) -> bool:
    return _apt("install", "--yes", "--no-install-recommends", *packages, loud=loud)


def _fetch_with_playwright() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if own.exists():
        return True
    print("Fetching a Chromium for the browser tests …", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0 and own.exists()


def _apt(*arguments: str, loud: bool = False) -> bool:
    done = subprocess.run(
        ["apt-get", "-q", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode and loud:
        sys.stderr.write("\n".join(done.stdout.splitlines()[-8:]) + "\n")
    return done.returncode == 0


def _is_installed(package: str) -> bool:
    if not shutil.which("dpkg-query"):
        return True
    asked = ["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}", package]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.startswith("ii")


if __name__ == "__main__":
    sys.exit(main())
