"""The code blocks of the documentation, as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ROOT

DOCS = ROOT / "docs"
FENCE = re.compile(r"^```(\w+)(?: ([a-z0-9-]+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
RUN = {"python": [sys.executable], "sh": ["sh", "-eu"]}


@dataclass(frozen=True)
class Block:
    """What stands behind three backticks: a language, a recipe's name where it has one, the code."""

    page: str
    language: str
    recipe: str
    code: str


def blocks_of(page: Path) -> Iterator[Block]:
    """In their order."""
    for language, recipe, code in FENCE.findall(page.read_text(encoding="utf-8")):
        yield Block(page.name, language, recipe, code)


def recipes_of(page: Path) -> dict[str, list[Block]]:
    """By name; the blocks of one name are steps of one recipe."""
    found: dict[str, list[Block]] = {}
    for block in blocks_of(page):
        if block.recipe:
            found.setdefault(block.recipe, []).append(block)
    return found


def run(blocks: list[Block], *, place: Path, url: str, token: str) -> str:
    """What they print, each in a process of its own that knows the address and the token, in one folder."""
    home = place / "home"
    home.mkdir(exist_ok=True)
    known = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(home / "hf"),
        "WORKBENCH_URL": url,
        "WORKBENCH_TOKEN": token,
    }
    said = []
    for block in blocks:
        ended = subprocess.run(
            RUN[block.language],
            input=block.code,
            cwd=place,
            env=known,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        assert ended.returncode == 0, f"{block.recipe}: {ended.stdout}\n{ended.stderr}"
        said.append(ended.stdout)
    return "".join(said)
