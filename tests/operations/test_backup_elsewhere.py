"""From the embedded server to one that somebody else runs, an older one too, and back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.operations.keeping import half_way, rows
from tests.operations.workplaces import (
    PATIENCE,
    ROOT,
    WORKBENCH,
    account,
    environment,
    free_port,
    wait_until,
)
from tests.released.keeping import FOLDER
from workbench.backup import manifest
from workbench.backup.archive import reading
from workbench.backup.manifest import Manifest

pytestmark = pytest.mark.slow
INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@pytest.fixture(params=INSTALLED or [None], ids=lambda path: path and path.parents[1].name)
def server(request: pytest.FixtureRequest, place: Path) -> Iterator[str]:
    """A PostgreSQL of the operating system; gives the address of an empty database on it, whose
    owner is no superuser and may make no databases."""
    if request.param is None:
        pytest.skip("the operating system has no PostgreSQL of its own to restore to")
    programs, cluster, port = request.param.parent, place / "cluster", free_port()
    identity = _other_account()
    if identity:
        shutil.chown(place, identity["user"], identity["group"])
    options = ["--pgdata", str(cluster), "--username=owner", "--encoding=UTF8", "--locale=C"]
    subprocess.run([programs / "initdb", *options, "--no-sync"], check=True, cwd="/", **identity)
    process = subprocess.Popen(
        [programs / "postgres", "-D", cluster, "-p", str(port), "-k", place, "-c", "fsync=off"],
        cwd="/",
        stderr=subprocess.DEVNULL,
        **identity,
    )
    try:
        address = f"postgresql://owner@127.0.0.1:{port}/postgres"
        wait_until(lambda: _answers(address), "an answer of the server")
        with psycopg.connect(address, autocommit=True) as owner:
            owner.execute("CREATE ROLE plain LOGIN")
            owner.execute("CREATE DATABASE study OWNER plain")
        yield f"postgresql://plain@127.0.0.1:{port}/study"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _other_account() -> dict[str, Any]:
    """PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = account("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _answers(address: str) -> bool:
    try:
        psycopg.connect(address).close()
    except psycopg.OperationalError:
        return False
    return True


def command(*typed: str, **more: str) -> str:
    done = subprocess.run(
        [*WORKBENCH, *typed],
        cwd=ROOT,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=6 * PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def contents(path: Path) -> Manifest:
    with reading(path) as archive:
        return manifest.from_json(b"".join(archive.pieces(manifest.NAME)))


@pytest.mark.timeout(1200)
def test_there_and_back(server: str, data: Path, place: Path) -> None:
    """What the first version kept on the embedded server goes to another one, and back."""
    there, back = FOLDER / "0.1.0" / "backup.zip", place / "back.zip"

    with half_way("restore", there, server, at="40/") as killed:
        killed.kill()  # what it leaves on servers before 17 is cleared away by the next
    said = json.loads(command("restore", str(there), "--into", server, "--json", "-v", "0"))
    outside = {"DATABASE_URL": server, "WORKBENCH_SECRET_KEY": "of the suite"}
    command("backup", str(back), **outside)
    command("restore", str(back), WORKBENCH_DATA=str(data))
    proven = command("verify_release", "life-in-ai-labs", "v2", WORKBENCH_DATA=str(data))

    kept, brought = contents(there), contents(back)
    assert [each["faults"] for each in said["releases"]] == [[], []]
    assert kept.releases == brought.releases
    assert kept.releases[1].sha256 in proven
    assert kept.postgresql.split(".")[0] != brought.postgresql.split(".")[0]
    for table in ("annotations_passage", "annotations_revision", "annotations_releasespan"):
        assert rows(kept)[table] == rows(brought)[table]
