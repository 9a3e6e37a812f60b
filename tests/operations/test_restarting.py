"""`workbench restart`: a new web server and new workers, and nobody notices."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.operations.asking import PATIENCE, Met, visitors
from tests.operations.workplaces import (
    ROOT,
    WORKBENCH,
    Installation,
    environment,
    open_folder,
    wait_until,
    with_database,
    write,
)

pytestmark = pytest.mark.slow

GUNICORN = "gunicorn"
NEW_WEB = "The web server: new"


def more_code(folder: Path) -> Path:
    """Where the installation looks for modules, too."""
    place = folder / "code"
    place.mkdir(exist_ok=True)
    return place


@pytest.fixture(scope="module")
def running() -> Iterator[Installation]:
    with open_folder() as folder:
        code = os.pathsep.join([str(ROOT), str(more_code(folder))])
        it = Installation(folder / "var").start(env=environment(PYTHONPATH=code))
        try:
            yield it.ready()
        finally:
            it.stop()


def restart(data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """What a person types in another terminal."""
    return subprocess.run(
        [*WORKBENCH, "restart", "--data", str(data)],
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )


def said(running: Installation, words: str) -> int:
    return running.said.count(words)


def everybody_is_answered(met: list[Met]) -> bool:
    """Once more each, from here on."""
    before = [each.answers for each in met]
    wait_until(
        lambda: all(each.answers > n for each, n in zip(met, before, strict=True)), "an answer"
    )
    return [each.faults for each in met] == [[] for _ in met]


def test_no_request_is_refused_or_broken_while_all_of_it_is_restarted(
    running: Installation,
) -> None:
    web, workers = running.child(GUNICORN), running.child("workbench.workers")
    with visitors(running.port) as met:
        assert everybody_is_answered(met)
        done = restart(running.data)
        assert (done.returncode, done.stderr) == (0, "")
        wait_until(lambda: not Path(f"/proc/{web}").exists(), "the end of the older web server")
        wait_until(lambda: not Path(f"/proc/{workers}").exists(), "the end of the older workers")
        assert everybody_is_answered(met)

    assert running.has_child_other_than(GUNICORN, web)
    assert running.has_child_other_than("workbench.workers", workers)
    assert "ended (" not in running.said
    wait_until(lambda: running.answers("/readyz"), "ready again")


def test_a_request_under_way_is_answered_by_the_server_that_took_it(running: Installation) -> None:
    web = running.child(GUNICORN)
    head = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nusern"
    with socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE) as slow:
        slow.sendall(head)
        asked = said(running, NEW_WEB)
        with subprocess.Popen([*WORKBENCH, "restart", "--data", running.data], env=environment()):
            wait_until(lambda: said(running, NEW_WEB) > asked, "a new web server")
            slow.sendall(b"ame=a")
            answer = slow.recv(64)

    assert answer.startswith(b"HTTP/1.1 403 ")  # as a form without its token is always answered
    wait_until(lambda: not Path(f"/proc/{web}").exists(), "the end of the older web server")


@contextmanager
def faulty_web_server(data: Path) -> Iterator[None]:
    """Newer code that ends as soon as it starts."""
    fault = more_code(data.parent) / "sitecustomize.py"
    fault.write_text("import os, sys\nif 'gunicorn' in sys.orig_argv: os._exit(3)\n")
    try:
        yield
    finally:
        fault.unlink()


@contextmanager
def half_restored(data: Path) -> Iterator[None]:
    """A database that nothing is to work on."""
    with_database(data, *write("CREATE TABLE workbench_restoring ()"))
    try:
        yield
    finally:
        with_database(data, *write("DROP TABLE workbench_restoring"))


@pytest.mark.parametrize("broken", [faulty_web_server, half_restored])
def test_where_the_new_one_does_not_start_the_old_one_stays(
    running: Installation, broken: Callable[[Path], AbstractContextManager[None]]
) -> None:
    web = running.child(GUNICORN)
    with broken(running.data):
        done = restart(running.data)

    assert done.returncode == 2
    assert "the reason is above" in done.stderr
    assert running.child(GUNICORN) == web
    assert running.get("/healthz") == 200


def test_there_has_to_be_one_that_runs(tmp_path: Path) -> None:
    done = restart(tmp_path)

    assert done.returncode == 2
    assert f"No workbench runs on {tmp_path}." in done.stderr
