"""doccano imports what we write for it, and has every span where it was.

    python -m tests.interop.doccano [FOLDER]

The environment and doccano's database are made in FOLDER, `var/interop/doccano` if not said.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from annotations.coding.foreign import ImportLine, Unreadable, Words
from annotations.coding.foreign.doccano import convert
from tests.interop.environments import alone, asked, compared, installed
from tests.release.formats.reading import laid_out
from tests.release.formats.samples import said

WANTED = ("doccano==1.8.4", "marshmallow<4", "numpy<2")
INSIDE = Path(__file__).with_name("inside_doccano.py")


def main(folder: Path) -> int:
    """0 where every span came through, else 1 with those that differ."""
    python = installed(folder / "environment", WANTED)
    files = laid_out("doccano.zip", folder / "files")
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    environment = alone(
        DOCCANO_HOME=str(home),
        STANDALONE="True",
        DATABASE_URL=f"sqlite:///{home}/database.sqlite3",
        DJANGO_SETTINGS_MODULE="config.settings.production",
        MEDIA_ROOT=str(home / "media"),
    )
    found = home / "found.json"
    subprocess.run(
        [python, INSIDE, files, found], env=environment, cwd=home, check=True, timeout=600
    )
    wanted = {each[:5] for each in said()}
    wanted |= {(*each[:4], f"stance: {each[5]}") for each in said()}
    there = [tuple(each) for each in json.loads(found.read_text())]
    # What it exports comes in again; a stance where there are several is nobody's.
    lines = list(convert([home / "all.jsonl"], Words(coder="A")))
    again = {place_of(line) for line in lines if not isinstance(line, Unreadable)}
    back = compared("doccano's export", {each[1:5] for each in said()}, again)
    return back or compared("doccano", wanted, there)


def place_of(line: ImportLine) -> tuple[object, ...]:
    """(start, end, quote, theme)."""
    return (line["start"], line["end"], line["quote"], line["theme"])


if __name__ == "__main__":
    sys.exit(main(asked("doccano")))
