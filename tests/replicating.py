"""A PostgreSQL of the tests' own and a standby that follows it, by the binaries that we ship."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psycopg
import pytest

from tests.databases import address
from tests.operations.workplaces import PATIENCE, open_folder, wait_until
from workbench.supervisor.home import Home, open_home
from workbench.supervisor.postgres import Server


@dataclass(frozen=True)
class Pair:
    """Both by their addresses; `standby` may be stopped and started."""

    primary: Server
    standby: Server

    def pause(self) -> None:
        """The standby goes on receiving and shows nothing of it, until `resume`."""
        with psycopg.connect(_owner(self.standby), autocommit=True) as own:
            own.execute("SELECT pg_wal_replay_pause()")
            wait_until(lambda: _one(own, "SELECT pg_get_wal_replay_pause_state()") == "paused", "")

    def resume(self) -> None:
        with psycopg.connect(_owner(self.standby), autocommit=True) as own:
            own.execute("SELECT pg_wal_replay_resume()")

    def catch_up(self) -> None:
        """Until the standby has all that was committed before."""
        self.resume()
        with (
            psycopg.connect(_owner(self.primary), autocommit=True) as first,
            psycopg.connect(_owner(self.standby), autocommit=True) as second,
        ):
            position = _one(first, "SELECT pg_current_wal_lsn()::text")
            asked = f"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn"
            wait_until(lambda: _one(second, asked) is True, "the standby has caught up")


@contextmanager
def pair(template: str) -> Iterator[Pair]:
    """With the tables of that database of the tests' server. Ended with the block."""
    with ExitStack() as stack:
        first, second = (open_home(stack.enter_context(open_folder())) for _each in range(2))
        primary = Server(first, durable=False)
        stack.callback(primary.stop)
        primary.start()
        _fill(primary, template)
        _copy(first, second)
        standby = Server(second, durable=False)
        stack.callback(standby.stop)
        standby.start()
        yield Pair(primary, standby)


def _fill(primary: Server, template: str) -> None:
    programs = primary.home.programs
    dump = [str(programs / "pg_dump"), "--no-owner", "--no-privileges", address(template)]
    done = subprocess.run(dump, capture_output=True, timeout=PATIENCE, check=False)
    if b"server version mismatch" in done.stderr:
        pytest.skip("the tests' server is newer than the binaries that a standby would need")
    assert done.returncode == 0, done.stderr.decode()
    # As the owner, since extensions may be among it; the rest is handed to the role of the address.
    psql = [str(programs / "psql"), "-qX", "-v", "ON_ERROR_STOP=1", "-d", primary.url]
    filled = subprocess.run(
        psql, input=done.stdout, capture_output=True, timeout=PATIENCE, check=False
    )
    assert filled.returncode == 0, filled.stderr.decode()


def _copy(first: Home, second: Home) -> None:
    command = [str(first.programs / "pg_basebackup"), "--write-recovery-conf", "--no-sync"]
    command += ["--checkpoint=fast", "--wal-method=stream", f"--pgdata={second.cluster}"]
    command += [f"--host={first.sockets}", "--username=postgres"]
    account = second.account
    who = {"user": account.uid, "group": account.gid} if account else {}
    done = subprocess.run(
        command,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        cwd="/",
        **who,  # type: ignore[call-overload]  # of two numbers
    )
    assert done.returncode == 0, done.stderr.decode()


def _owner(server: Server) -> str:
    return server.home.url(role="postgres", database="workbench")


def _one(connection: psycopg.Connection, query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    return row and row[0]
