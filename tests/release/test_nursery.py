"""Builders that are forked from one who is ready: whole files, and another way where he is gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from annotations.release.models import Release
from annotations.release.wanting import SMALL
from tests import databases
from tests.benchmarks.releases import released
from tests.cast import Cast
from tests.servers import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="builders are forked on Linux only")

# Asks as a web process does, and says what it got. Without programs it could only be the nursery.
ASKING = """
import json, os, signal, sys
from hashlib import sha256
import django
django.setup()
from annotations.release import building, nursery
from annotations.release.choosing import wanted
from annotations.release.models import Release

number = nursery.begin()
release = Release.objects.select_related("project").get()
program, building.subprocess.Popen = building.subprocess.Popen, None

def got(file):
    with building.growing(wanted(release, file)) as pieces:
        return sha256(b"".join(pieces)).hexdigest()

said = {"number": number, "first": {file: got(file) for file in sys.argv[1:]}}
if "gone" in os.environ:
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    building.subprocess.Popen = program
    said["then"] = got("brat.zip")
print(json.dumps(said))
"""
FILES = ("spans.csv", "spans.parquet", "conll.zip")

# The same of one who waits, with its connection open: asked, hung up on, killed.
WAITING = """
import json, os, signal, sys, time
from pathlib import Path
import django
django.setup()
from django.db import connection
from annotations.release import building, nursery
from annotations.release.choosing import wanted
from annotations.release.models import Release

nursery.PAUSE = nursery.BREATH = 0.1
number = nursery.begin()
nursery._do_without_pool()  # whose connections are none that wait for an order
release = Release.objects.select_related("project").get()
building.subprocess.Popen = None

def children():
    return Path(f"/proc/{number}/task/{number}/children").read_text().split()

def until(found):
    deadline = time.monotonic() + 60
    while not (said := found()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return said

def servers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()"
        )
        return [pid for pid, in cursor.fetchall()]

def ready():
    return until(lambda: servers() and len(children()) == 1 and children())

def got(file):
    with building.growing(wanted(release, file)) as pieces:
        return len(b"".join(pieces))

said = {"number": number, "waited": ready(), "size": got("spans.csv")}
until(lambda: not set(said["waited"]) & set(children()))
said["next"] = ready()
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [until(servers)])
until(lambda: not servers() and len(children()) == 1)
said["hung up on"] = got("brat.zip")
(waiting,) = ready()
os.kill(int(waiting), signal.SIGKILL)
said["last"] = until(lambda: [each for each in ready() if each != waiting])
print(json.dumps(said))
"""

# And of such as die before they are asked.
DYING = """
import json, os, time
from pathlib import Path
import django
django.setup()
from annotations.release import building, nursery
from annotations.release.choosing import wanted
from annotations.release.models import Release

deaths = Path(os.environ["WORKBENCH_DATA"], "deaths")
nursery.PAUSE, nursery.BREATH = 0.5, 0.0

def rehearse():
    with deaths.open("a") as file:
        file.write("!")
    raise RuntimeError("nothing can be rehearsed here")

nursery.rehearse = rehearse
before = time.monotonic()
nursery.begin()
time.sleep(2)
said = {"deaths": deaths.stat().st_size, "pauses": (time.monotonic() - before) / nursery.PAUSE}
building.subprocess.Popen = None
release = Release.objects.select_related("project").get()
with building.growing(wanted(release, "spans.csv")) as pieces:
    said["size"] = len(b"".join(pieces))
print(json.dumps(said))
"""


def asked(
    database: str, data: Path, *files: str, program: str = ASKING, **more: str
) -> dict[str, Any]:
    settings = {
        "DJANGO_SETTINGS_MODULE": "workbench.settings",
        "DATABASE_URL": databases.address(database),
        "WORKBENCH_DATA": str(data),
        "PGAPPNAME": data.name,  # which no other connection has
    }
    answer = subprocess.run(
        [sys.executable, "-c", program, *files],
        cwd=ROOT,
        env={**os.environ, **settings, **more},
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
    )
    said: dict[str, Any] = json.loads(answer.stdout)
    return said


def kept(data: Path, name: str) -> str:
    """The SHA-256 of a file as it is kept, which is in its name."""
    (found,) = data.rglob(f"{name}.codepoint.*.*")
    assert found.name.endswith(sha256(found.read_bytes()).hexdigest())
    return found.name[-64:]


def until_gone(number: int) -> None:
    deadline = time.monotonic() + 60
    while Path(f"/proc/{number}").exists():
        assert time.monotonic() < deadline, f"process {number} goes on"
        time.sleep(0.05)


def test_the_one_who_is_ready_builds_and_ends_with_those_who_could_ask(
    live_cast: Cast, own_database: str, tmp_path: Path
) -> None:
    released(live_cast, SMALL + 100)
    said = asked(own_database, tmp_path, *FILES)
    assert said["first"] == {name: kept(tmp_path, name) for name in FILES}
    documents = tmp_path / "cache" / "releases" / f"{Release.objects.get().sha256}.jsonl"
    assert documents.exists(), "kept as it was gone through for the first of them"
    until_gone(said["number"])


def test_where_nobody_is_ready_a_program_builds(
    live_cast: Cast, own_database: str, tmp_path: Path
) -> None:
    released(live_cast, SMALL + 100)
    said = asked(own_database, tmp_path, gone="yes")
    assert said["then"] == kept(tmp_path, "brat.zip")


def test_one_always_waits_with_its_connection_open(
    live_cast: Cast, own_database: str, tmp_path: Path
) -> None:
    released(live_cast, SMALL + 100)
    said = asked(own_database, tmp_path, program=WAITING)
    waited, following, last = said["waited"], said["next"], said["last"]
    assert len({*waited, *following, *last}) == 3, "who was asked built, and another got ready"
    sizes = {name: kept_size(tmp_path, name) for name in ("spans.csv", "brat.zip")}
    assert sizes == {"spans.csv": said["size"], "brat.zip": said["hung up on"]}
    for each in (said["number"], *last):
        until_gone(int(each))


def test_who_dies_before_an_order_is_followed_after_a_pause_or_by_the_order(
    live_cast: Cast, own_database: str, tmp_path: Path
) -> None:
    released(live_cast, SMALL + 100)
    said = asked(own_database, tmp_path, program=DYING)
    assert 1 <= said["deaths"] <= said["pauses"] + 1
    assert said["size"] == kept_size(tmp_path, "spans.csv")


def kept_size(data: Path, name: str) -> int:
    """Of a file as it is kept."""
    (found,) = data.rglob(f"{name}.codepoint.*.*")
    return found.stat().st_size
