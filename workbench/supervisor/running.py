"""`workbench run`: PostgreSQL, web server and worker, from the first start to Ctrl-C."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shlex import quote

from workbench.probing import status
from workbench.supervisor import address, external, figures, renewing
from workbench.supervisor.keeping import Keeper, Kept
from workbench.supervisor.locks import Held, alone
from workbench.supervisor.meanwhile import answering
from workbench.supervisor.postgres import Server
from workbench.supervisor.processes import Child, Program
from workbench.supervisor.refusals import CannotStart, from_os_error
from workbench.supervisor.secret_key import secret_key
from workbench.supervisor.sharing import make_folder, owned
from workbench.supervisor.stopping import Signals, Stop
from workbench.supervisor.terminal import say

_ROOT = Path(__file__).resolve().parents[2]
_WRONG_ANSWERS = 3  # until the web server is taken for broken
_PATIENCE = 30.0  # seconds; longer than a web server's graceful end


def run(*, host: str, port: int, data: Path) -> int:
    """Ends with 0 when asked to stop; refuses with `CannotStart` before anything was started."""
    signals = Signals()
    make_folder(data)
    try:
        with ExitStack() as stack:
            patience = stack.enter_context(_only_one(data, address.url(host, port)))
            listener = stack.enter_context(address.listening(host, port, patience=patience))
            Supervisor(host, listener, data, signals).run()
    except Stop:
        pass
    except OSError as error:
        raise from_os_error(error, folder=data) from error
    say("Stopped.")
    return 0


@contextmanager
def _only_one(data: Path, url: str) -> Iterator[float]:
    """Gives the seconds to wait for the port: after a crash an old web server may still leave."""
    try:
        with alone(data / "run.lock") as lock:
            crashed = bool(lock.note())
            lock.write(f"{url} (process {os.getpid()})")
            try:
                yield _PATIENCE if crashed else 0.0
            finally:
                lock.write("")
    except Held as held:
        raise CannotStart(
            f"The workbench of {data} is running already, at {held.note}.\n"
            "Use that one, or keep other data beside it: make run PORT=8001 DATA=/some/dir"
        ) from held


def _command(data: Path) -> str:
    """How a person types a command that works on `data`."""
    local = Path(sys.executable).with_name("workbench")
    command = os.path.relpath(local) if local.is_relative_to(Path.cwd()) else str(local)
    return command if data == Path.cwd() / "var" else f"WORKBENCH_DATA={quote(str(data))} {command}"


class Supervisor:
    """Starts everything in order, keeps it running, and stops it in the opposite order."""

    def __init__(self, host: str, listener: socket.socket, data: Path, signals: Signals) -> None:
        self.host = host
        self.port: int = listener.getsockname()[1]
        self.listener = listener
        self.data = data
        self.signals = signals
        self.keepers: list[Keeper] = []
        self.programs: list[Kept] = []

    def run(self) -> None:
        with ExitStack() as stack:
            with answering(self.listener):
                url = self._database(stack)
                env = self._environment(url)
                links = self._prepare(env)
            stack.callback(self._stop_programs)
            web = self._keep(self._web(env))
            self._keep(self._workers(env))
            self._wait_for(web, env)
            self._welcome(links)
            while True:
                self.signals.sleep(1.0)
                if self.signals.asked_to_renew():
                    self._renew(env)
                now = time.monotonic()
                for keeper in self.keepers:
                    keeper.look(now=now)
                for kept in self.programs:
                    kept.see_off(now=now)

    def _renew(self, env: Mapping[str, str]) -> None:
        """Newer code, or the same anew: what is under way ends, what comes waits at our socket."""
        say("Restarting the web server and the workers …")
        refusal = None
        try:
            self._prepare(env, "--beside")
            for kept in self.programs:
                kept.renew(now=time.monotonic())
                say(f"{kept.program.name}: new; the older one ends what it has begun.")
        except CannotStart as found:
            refusal = found
        if refusal:
            say(f"Not restarted: {refusal}")
        renewing.tell(self.data, refusal)

    def _database(self, stack: ExitStack) -> str:
        if url := os.environ.get("DATABASE_URL"):
            external.check(url)
            return url
        server: Server = stack.enter_context(owned(self.data))
        stack.callback(server.stop, hurried=self.signals.hurried)
        if not server.home.cluster.exists():
            say("Creating the database …")
        server.start()
        self.keepers.append(Keeper("PostgreSQL", code=lambda: server.code, start=server.start))
        return server.url

    def _environment(self, url: str) -> dict[str, str]:
        key = os.environ.get("WORKBENCH_SECRET_KEY") or secret_key(self.data)
        hosts = os.environ.get("WORKBENCH_ALLOWED_HOSTS") or address.allowed_hosts(self.host)
        path = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "workbench.settings",
            "PYTHONPATH": os.pathsep.join(path),
            "PYTHONUNBUFFERED": "1",
            "WORKBENCH_ALLOWED_HOSTS": hosts,
            "WORKBENCH_DATA": str(self.data),
            "WORKBENCH_SECRET_KEY": key,
        }

    def _prepare(self, env: Mapping[str, str], *how: str) -> list[dict[str, str]]:
        """Migrations, demo and static files, in a process of their own; answers sign-in links."""
        reading, writing = os.pipe()
        with os.fdopen(reading) as report:
            argv = [sys.executable, "-m", "workbench.preparation", str(writing), *how]
            child = Child(Program("Preparation", argv, env, keep_open=[writing]))
            os.close(writing)
            try:
                text = report.read()
                child.process.wait()
            finally:
                child.ask_to_stop()
                child.wait_stopped(hurried=self.signals.hurried)
        if child.code != 0:
            raise CannotStart(
                "The database could not be prepared; the reason is above.\n"
                "Nothing of the step that failed was kept. Mend what it says and start again, or\n"
                "start the version before again."
            )
        links: list[dict[str, str]] = json.loads(text)
        return links

    def _web(self, env: Mapping[str, str]) -> Program:
        """Whoever waits longer than a minute at a page has gone; PostgreSQL gives up then."""
        number = self.listener.fileno()
        counted = str(figures.folder_of(self.data))
        env = {"WORKBENCH_STATEMENT_SECONDS": "60", "PROMETHEUS_MULTIPROC_DIR": counted, **env}
        argv = [sys.executable, "-m", "gunicorn", "-c", "python:workbench.serving"]
        return Program(
            "The web server",
            [*argv, "--bind", f"fd://{number}"],
            env,
            quit=signal.SIGQUIT,
            keep_open=[number],
        )

    def _workers(self, env: Mapping[str, str]) -> Program:
        """Orphaned, their database goes at the same moment: they would wait for nothing.

        A job that was under way is given back at the next start, as after any kill.
        """
        argv = [sys.executable, "-m", "workbench.workers", "default", "releases"]
        return Program("The workers", argv, env, orphaned=signal.SIGKILL)

    def _keep(self, program: Program) -> Kept:
        kept = Kept(program)
        kept.start()
        self.programs.append(kept)
        self.keepers.append(Keeper(program.name, code=kept.code, start=kept.start))
        return kept

    def _stop_programs(self) -> None:
        """The web server is asked first, so that no new work comes in; all get their time."""
        for kept in self.programs:
            kept.ask_to_stop()
        for kept in self.programs:
            kept.wait_stopped(hurried=self.signals.hurried)
        figures.forget(self.data)

    def _wait_for(self, web: Kept, env: Mapping[str, str]) -> None:
        host = address.reachable(self.host)
        wrong = 0
        while (code := status("/healthz", host=host, port=self.port, env=env)) != http.client.OK:
            wrong += code is not None
            if web.code() is not None or wrong == _WRONG_ANSWERS:
                answer = f" (it answers with {code})" if code else ""
                raise CannotStart(f"The web server did not start{answer}; the reason is above.")
            time.sleep(0.5 if code else 0.05)

    def _welcome(self, links: list[dict[str, str]]) -> None:
        url = address.url(self.host, self.port)
        say(f"\nThe workbench is at {url}/\n")
        if links:
            say("Sign in to the demo as one of these people; each link works once:")
            for link in links:
                say(f"  {link['account']:<6} {link['roles']:<14} {url}{link['path']}")
            say("Two accounts at once want a private window: a browser holds one sign-in.")
            say(f"More links, in another terminal: {_command(self.data)} sign_in_link ada")
        say(f"\nCtrl-C stops everything. The data stays in {self.data}")
