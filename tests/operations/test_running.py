"""`make run` from the first start to the last, with everything that can be killed killed."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.workplaces import (
    WORKBENCH,
    Installation,
    ask,
    environment,
    free_port,
    open_folder,
    wait_until,
    with_database,
)

pytestmark = pytest.mark.slow

GUNICORN, POSTGRES = "gunicorn", "bin/postgres"
WORKERS = {"default": "The worker", "releases": "The release worker"}


@pytest.fixture(scope="module")
def loaded() -> Iterator[Path]:
    """A data folder in which the demo is loaded; made by the first start there is."""
    with open_folder() as folder:
        first = Installation(folder / "var").start()
        try:
            first.ready()
        finally:
            code = first.stop()
        assert code == 0
        yield folder / "var"


@pytest.fixture
def running(loaded: Path) -> Iterator[Installation]:
    """A start over `loaded`, whose page answers."""
    it = Installation(loaded).start()
    try:
        yield it.ready()
    finally:
        it.stop()


def hand(*command: str, data: Path) -> str:
    """What a person types in another terminal."""
    done = subprocess.run(
        [*WORKBENCH, *command],
        env=environment(WORKBENCH_DATA=str(data)),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_welcome_names_an_address_and_a_link_for_each_demo_account(
    running: Installation,
) -> None:
    links = running.links()

    assert f"The workbench is at {running.url}/" in running.said
    assert {"ada", "ben", "cleo", "mia", "dag"} <= set(links)
    assert len(set(links.values())) == len(links)
    assert "private window" in running.said
    assert running.get("/readyz") == 200
    assert running.get(links["ada"].removeprefix(running.url)) == 200


def test_a_second_start_creates_and_loads_nothing_again(
    loaded: Path, running: Installation
) -> None:
    assert "Creating" not in running.said
    assert "Loading" not in running.said
    count = "SELECT count(*) FROM annotations_project"
    assert with_database(loaded, *ask(count)).stdout == "1\n"


def test_a_command_beside_it_uses_the_same_database(loaded: Path, running: Installation) -> None:
    link = hand("sign_in_link", "ada", "--base-url", running.url, data=loaded).strip()

    assert link.startswith(f"{running.url}/sign-in/")
    assert running.get(link.removeprefix(running.url)) == 200
    assert running.code is None


def test_a_second_run_on_the_same_data_says_where_the_first_one_is(
    loaded: Path, running: Installation
) -> None:
    refused = subprocess.run(
        [*WORKBENCH, "run", "--port", str(free_port()), "--data", str(loaded)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 2
    assert f"is running already, at {running.url}" in refused.stderr
    assert running.get("/healthz") == 200


def test_a_port_in_use_is_said_before_anything_is_started(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        installation.port = taken.getsockname()[1]
        code = installation.start().wait()

    assert code == 2
    assert f"Port {installation.port} is in use by another program." in installation.said
    assert f"make run PORT={installation.port + 1}" in installation.said
    assert not (installation.data / "postgres").exists()


def test_a_killed_web_server_comes_back_at_the_same_address(running: Installation) -> None:
    killed = running.child(GUNICORN)
    subprocess.run(["kill", "-9", str(killed)], check=True)
    wait_until(lambda: running.has_child_other_than(GUNICORN, killed), "a new web server")

    assert running.get("/readyz") == 200
    assert "The web server ended (killed by SIGKILL)" in running.said


def worker_of(running: Installation, queue: str) -> int:
    wait_until(lambda: running.worker(queue) is not None, "a worker")
    found = running.worker(queue)
    assert found
    return found


@pytest.mark.parametrize("queue", WORKERS)
def test_a_killed_worker_comes_back(running: Installation, queue: str) -> None:
    killed = worker_of(running, queue)
    other = worker_of(running, next(each for each in WORKERS if each != queue))
    subprocess.run(["kill", "-9", str(killed)], check=True)

    wait_until(lambda: running.worker(queue) not in {None, killed}, "a new worker")
    assert f"{WORKERS[queue]} ended (killed by SIGKILL)" in running.said
    assert Path(f"/proc/{other}").exists()


def test_with_the_process_that_they_were_forked_from_all_workers_come_back(
    running: Installation,
) -> None:
    killed = {worker_of(running, queue) for queue in WORKERS}
    subprocess.run(["kill", "-9", str(running.child("workbench.workers"))], check=True)

    wait_until(lambda: not any(Path(f"/proc/{each}").exists() for each in killed), "their end")
    for queue in WORKERS:
        wait_until(lambda queue=queue: running.worker(queue) is not None, "a new worker")  # type: ignore[misc]
    assert "The workers ended (killed by SIGKILL)" in running.said


def test_a_killed_database_comes_back_and_the_pages_with_it(running: Installation) -> None:
    killed = running.child(POSTGRES)
    subprocess.run(["kill", "-9", str(killed)], check=True)
    wait_until(lambda: running.has_child_other_than(POSTGRES, killed), "a new database server")

    wait_until(lambda: running.answers("/readyz"), "ready again")
    assert "PostgreSQL ended (killed by SIGKILL)" in running.said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_stops_everything(loaded: Path, number: signal.Signals) -> None:
    it = Installation(loaded).start().ready()
    it.send(number)

    assert it.wait() == 0
    assert it.said.endswith("Stopped.\n")
    assert it.family() == []
    log = (loaded / "postgres" / "log").read_text()
    assert "database system is shut down" in log


def test_asked_twice_it_hurries(loaded: Path) -> None:
    it = Installation(loaded).start().ready()
    with socket.create_connection(("127.0.0.1", it.port)) as slow:
        slow.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n")
        it.send(signal.SIGINT)
        it.send(signal.SIGTERM)

        assert it.wait() == 0
    assert it.family() == []


def test_a_killed_supervisor_leaves_nobody_behind_and_the_next_start_copes(loaded: Path) -> None:
    killed = Installation(loaded).start().ready()
    killed.send(signal.SIGKILL)
    killed.wait()
    again = Installation(loaded, port=killed.port).start().ready()

    assert again.get("/readyz") == 200
    assert again.stop() == 0
    assert again.family() == []


def test_stopped_during_its_first_start_it_can_be_started_again(
    installation: Installation,
) -> None:
    installation.start()
    wait_until(lambda: "Bringing the database" in installation.said, "migrations")
    assert installation.stop() == 0
    assert installation.family() == []

    installation.start().ready()
    assert installation.links()


def test_another_server_may_be_named(loaded: Path, installation: Installation) -> None:
    """Played by the embedded server of other data, which cannot be told from any other."""
    holder = Installation(loaded).start().ready()
    url = with_database(loaded, "printenv", "DATABASE_URL").stdout.strip()
    other = installation.start(env=environment(DATABASE_URL=url)).ready()

    assert other.get("/readyz") == 200
    assert not (installation.data / "postgres").exists()
    other.stop()
    holder.stop()
