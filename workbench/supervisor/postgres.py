"""The embedded PostgreSQL server: made once, started, waited for, stopped."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable

import psycopg
from psycopg import sql

from workbench.supervisor import leftovers, refusals
from workbench.supervisor.home import PORT, ROLE, Home
from workbench.supervisor.processes import Child, Program
from workbench.supervisor.refusals import CannotStart
from workbench.supervisor.terminal import say

_OWNER = "postgres"
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_ALWAYS = (
    "listen_addresses=",
    f"port={PORT}",
    # Statements, and rows that are refused, hold what people write; they have no place in a log.
    "log_min_error_statement=panic",
    "log_parameter_max_length_on_error=0",
    "log_error_verbosity=terse",
)


class Server:
    """One PostgreSQL over `home`. `durable=False` trades safety for speed, for tests."""

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        self.home = home
        self.url = home.url()
        self._durable = durable
        self._child: Child | None = None

    @property
    def code(self) -> int | None:
        """None while it runs; else how it ended."""
        return self._child.code if self._child else 0

    def start(self) -> None:
        """Returns when the server answers. Recovery after a crash may take its time."""
        leftovers.clear(self.home.cluster)
        if not (self.home.cluster / "PG_VERSION").exists():
            self._create()
        self._check_version()
        self._keep_old_log()
        self._child = Child(self._server())
        self._wait_until_it_answers()
        self._create_database()

    def stop(self, *, hurried: Callable[[], bool] = lambda: False) -> None:
        if self._child:
            self._child.ask_to_stop()
            self._child.wait_stopped(hurried=hurried)

    def log_tail(self) -> str:
        try:
            with self.home.log.open("rb") as file:
                file.seek(max(0, self.home.log.stat().st_size - 4000))
                return file.read().decode(errors="replace")
        except FileNotFoundError:
            return ""

    def _create(self) -> None:
        """Under another name first: a cluster half made is never taken for a whole one."""
        unfinished = self.home.path / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._keep_old_log()
        options = [
            f"--pgdata={unfinished}",
            f"--username={_OWNER}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--auth-local=trust",
            "--auth-host=reject",
            "--no-instructions",
            *([] if self._durable else ["--no-sync"]),
        ]
        child = Child(self._program("initdb", *options, stop=signal.SIGTERM))
        try:
            while child.code is None:
                time.sleep(0.02)
        finally:
            child.ask_to_stop()
            child.wait_stopped()
        if child.code != 0:
            raise self._failure("initdb")
        unfinished.rename(self.home.cluster)

    def _check_version(self) -> None:
        there = (self.home.cluster / "PG_VERSION").read_text().strip()
        ours = next((self.home.programs.parent / "share").rglob("postgres.bki")).open()
        with ours:
            mine = ours.readline().split()[-1]
        if there != mine:
            raise CannotStart(
                f"{self.home.cluster} was made by PostgreSQL {there}; this is PostgreSQL {mine},\n"
                "which cannot read it. Dump it with the older version and restore it here, or\n"
                "start with an empty database in another place: make run DATA=/some/dir"
            )

    def _server(self) -> Program:
        settings = [*_ALWAYS, *(() if self._durable else _CARELESS)]
        return self._program(
            "postgres",
            "-D",
            str(self.home.cluster),
            "-k",
            str(self.home.sockets),
            *(part for setting in settings for part in ("-c", setting)),
            stop=signal.SIGINT,  # "fast": ends sessions, writes everything, leaves
        )

    def _program(self, name: str, *arguments: str, stop: signal.Signals) -> Program:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
        return Program(
            name="PostgreSQL",
            argv=[str(self.home.programs / name), *arguments],
            env={**env, "LC_ALL": "C"},  # messages in English, which we look for words in
            stop=stop,
            quit=signal.SIGQUIT,  # "immediate": the next start recovers
            grace=60,
            account=self.home.account,
            log=self.home.log,
        )

    def _keep_old_log(self) -> None:
        if self.home.log.exists():
            self.home.log.replace(self.home.log.with_name("log.old"))

    def _wait_until_it_answers(self) -> None:
        say_next = time.monotonic() + 10
        while not answers(self.home.url(role=_OWNER, database="postgres")):
            if self.code is not None:
                raise self._failure("PostgreSQL")
            if time.monotonic() > say_next:
                say(f"PostgreSQL is still starting; its log is {self.home.log}")
                say_next += 30
            time.sleep(0.03)

    def _create_database(self) -> None:
        if answers(self.url):
            return
        with psycopg.connect(
            self.home.url(role=_OWNER, database="postgres"), autocommit=True
        ) as owner:
            role = sql.Identifier(ROLE)
            if not _has(owner, "SELECT 1 FROM pg_roles WHERE rolname = %s"):
                owner.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
            if not _has(owner, "SELECT 1 FROM pg_database WHERE datname = %s"):
                owner.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))

    def _failure(self, program: str) -> CannotStart:
        return refusals.from_log(
            self.log_tail(), program=program, log=self.home.log, folder=self.home.path
        )


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _has(connection: psycopg.Connection, query: str) -> bool:
    return connection.execute(query.encode(), [ROLE]).fetchone() is not None
