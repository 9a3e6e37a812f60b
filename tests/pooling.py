"""pgbouncer in front of the tests' PostgreSQL, set up as docs/operate.md says."""

from __future__ import annotations

import configparser
import os
import pwd
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection

from tests.operations.workplaces import open_folder
from tests.packages import needed
from tests.recipes.fences import blocks_of
from tests.servers import ROOT, free_port

PATIENCE = 60.0  # seconds until it is taken for hanging
OPERATE = ROOT / "docs" / "operate.md"


@dataclass(frozen=True)
class Pooler:
    port: int
    said: Path

    def address(self, database: str) -> str:
        """The DATABASE_URL of one of its databases, as web server or worker have it."""
        user, password = (connection.settings_dict[each] for each in ("USER", "PASSWORD"))
        login = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"


def documented() -> configparser.ConfigParser:
    """pgbouncer.ini as the documentation has it."""
    (block,) = [each for each in blocks_of(OPERATE) if each.language == "ini"]
    read = configparser.ConfigParser(interpolation=None, comment_prefixes=(";",))
    read.read_string(block.code)
    return read


def wanted_behind_it() -> dict[str, str]:
    """The settings that the documentation wants of web server and worker."""
    lines = [
        line
        for each in blocks_of(OPERATE)
        if each.language == "sh"
        for line in each.code.splitlines()
    ]
    return dict(line.split("=", 1) for line in lines if "WORKBENCH_" in line)


@contextmanager
def pooler(database: str) -> Iterator[Pooler]:
    """Runs for as long as the block does; its databases all are this one of the tests' server."""
    program = needed("pgbouncer")
    with open_folder() as folder:
        place = Pooler(free_port(), folder / "said")
        file = folder / "pgbouncer.ini"
        users = folder / "userlist.txt"
        settings = connection.settings_dict
        users.write_text(f'"{settings["USER"]}" "{settings["PASSWORD"]}"\n')
        with file.open("w") as out:
            _here(database, place, users).write(out)
        process = subprocess.Popen(
            [program, str(file)],
            stdin=subprocess.DEVNULL,
            stdout=place.said.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **_account(settings["HOST"]),
        )
        try:
            _wait(place, process)
            yield place
        finally:
            process.kill()
            process.wait(timeout=PATIENCE)


def _here(database: str, place: Pooler, users: Path) -> configparser.ConfigParser:
    """What is documented, with the addresses of this machine."""
    read = documented()
    host, port = (connection.settings_dict[each] for each in ("HOST", "PORT"))
    for name, said in read["databases"].items():
        words = said.replace("host=database.example.org", f"host={host or '127.0.0.1'}")
        words = words.replace("port=5432", f"port={port or 5432}")
        read["databases"][name] = words.replace("dbname=workbench", f"dbname={database}")
    here = {
        "listen_addr": "127.0.0.1",
        "listen_port": str(place.port),
        "auth_type": "trust",
        "auth_file": str(users),
        "unix_socket_dir": "",
    }
    read["pgbouncer"].update(here)
    return read


def _account(host: str) -> dict[str, Any]:
    """It does not run as root, and has to reach the server's socket."""
    if os.geteuid() != 0:
        return {}
    there = Path(host).stat() if host.startswith("/") else None
    owner = pwd.getpwuid(there.st_uid) if there and there.st_uid else pwd.getpwnam("nobody")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _wait(place: Pooler, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(place.address("worker"), connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, place.said.read_text()
            assert time.monotonic() < until, place.said.read_text()
            time.sleep(0.05)
