"""The embedded server, for single commands: started, shared, found in any state, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.operations.workplaces import (
    WORKBENCH,
    ask,
    environment,
    processes,
    wait_until,
    with_database,
    write,
)
from workbench.supervisor.home import open_home

WAIT = ("-c", "import sys; print('up', flush=True); sys.stdin.read()")


def holding(data: Path) -> subprocess.Popen[str]:
    """A command that holds the database until its input is closed."""
    process = subprocess.Popen(
        [*WORKBENCH, "with-database", "--data", str(data), "--", sys.executable, *WAIT],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "up\n"
    return process


def test_a_command_gets_a_database_and_leaves_no_server_behind(data: Path) -> None:
    done = with_database(data, *ask("SELECT current_user, current_database()"))

    assert done.stdout == "workbench workbench\n"
    assert processes(str(data)) == []


def test_letters_of_any_script_are_known_to_the_database(data: Path) -> None:
    done = with_database(data, *ask("SELECT upper('é'), 'ă' < 'b', '研' ~ '[[:alpha:]]'"))

    assert done.stdout == "É False True\n"


def test_what_one_command_wrote_the_next_one_reads(data: Path) -> None:
    with_database(data, *write("CREATE TABLE kept AS SELECT 'gold' AS word"))

    assert with_database(data, *ask("SELECT word FROM kept")).stdout == "gold\n"


def test_the_code_of_the_command_is_passed_on(data: Path) -> None:
    assert with_database(data, sys.executable, "-c", "raise SystemExit(7)").returncode == 7


def test_a_second_command_shares_the_server_and_may_outlive_the_first(data: Path) -> None:
    first = holding(data)
    second = holding(data)
    assert first.stdin
    first.stdin.close()

    assert with_database(data, *ask("SELECT 1")).stdout == "1\n"

    second.communicate()
    first.wait()
    assert processes(str(data)) == []


def test_a_killed_command_takes_its_server_along_and_the_next_one_starts(data: Path) -> None:
    killed = holding(data)
    killed.kill()
    killed.communicate()

    assert with_database(data, *ask("SELECT 1")).stdout == "1\n"


def test_sigterm_ends_the_command_and_the_server(data: Path) -> None:
    process = holding(data)
    process.terminate()
    process.communicate()

    assert processes(str(data)) == []


def test_a_lock_file_that_names_a_living_stranger_is_no_server(data: Path) -> None:
    with_database(data, *ask("SELECT 1"))
    home = open_home(data)
    user = home.account.uid if home.account else None
    stranger = subprocess.Popen(["sleep", "600"], user=user)
    lock = home.cluster / "postmaster.pid"
    lock.write_text(f"{stranger.pid}\n{home.cluster}\n1700000000\n5432\n{home.path}\n\n0 0\n")

    done = with_database(data, *ask("SELECT 1"))

    assert done.stdout == "1\n"
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_server_without_a_supervisor_is_replaced(data: Path) -> None:
    with_database(data, *write("CREATE TABLE kept AS SELECT 'gold' AS word"))
    home = open_home(data)
    orphan = subprocess.Popen(
        [
            home.programs / "postgres",
            "-D",
            home.cluster,
            "-k",
            home.path,
            "-c",
            "listen_addresses=",
        ],
        user=home.account.uid if home.account else None,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_until((home.path / ".s.PGSQL.5432").exists, "the orphan is up")

    assert with_database(data, *ask("SELECT word FROM kept")).stdout == "gold\n"
    assert orphan.wait() == 0


def test_children_of_a_killed_server_are_waited_for(data: Path) -> None:
    process = holding(data)
    server = int((open_home(data).cluster / "postmaster.pid").read_text().split()[0])
    os.kill(server, signal.SIGKILL)
    process.communicate()

    assert with_database(data, *ask("SELECT 1")).stdout == "1\n"


def test_half_a_cluster_is_never_taken_for_a_whole_one(data: Path) -> None:
    with_database(data, "true")
    cluster = data / "postgres" / "cluster"
    cluster.rename(cluster.with_name("cluster.new"))
    (cluster.with_name("cluster.new") / "PG_VERSION").unlink()

    assert with_database(data, *ask("SELECT 1")).stdout == "1\n"


def test_a_cluster_of_another_version_is_refused_and_left_alone(data: Path) -> None:
    with_database(data, "true")
    mark = data / "postgres" / "cluster" / "PG_VERSION"
    mark.write_text("17\n")

    done = with_database(data, "true")

    assert done.returncode == 2
    assert "was made by PostgreSQL 17; this is PostgreSQL 18" in done.stdout


def test_any_name_of_a_folder_will_do(place: Path) -> None:
    odd = place / "données & 'quotes' %20"
    long = place / ("long" * 30)

    assert with_database(odd, *ask("SELECT 1")).stdout == "1\n"
    assert with_database(long, *ask("SELECT 1")).stdout == "1\n"


def test_nothing_listens_on_the_network(data: Path) -> None:
    assert with_database(data, *ask("SHOW listen_addresses")).stdout == "\n"


def test_the_database_is_open_to_its_account_alone(data: Path) -> None:
    with_database(data, "true")

    assert (data / "postgres").stat().st_mode & 0o077 == 0
    assert (data / "secret_key").stat().st_mode & 0o077 == 0


REFUSED = (
    """
    CREATE TABLE kept (word text UNIQUE, CHECK (length(word) < 12));
    INSERT INTO kept VALUES ('swordfish')
""",
    (
        "INSERT INTO kept VALUES ('swordfish')",
        "INSERT INTO kept VALUES ('swordfish and more')",
        "INSERT INTO kept VALUES ('swordfish' || chr(0))",
        "DO $$ BEGIN RAISE 'refused' USING DETAIL = 'swordfish'; END $$",
    ),
)


def test_what_is_refused_is_logged_without_what_people_write(data: Path) -> None:
    made, refused = REFUSED
    assert with_database(data, *write(made)).returncode == 0
    for statement in refused:
        said = with_database(data, *write(statement))
        assert said.returncode == 1
        log = ((data / "postgres").resolve() / "log").read_text()
        assert "ERROR" in log
        assert "swordfish" not in log
