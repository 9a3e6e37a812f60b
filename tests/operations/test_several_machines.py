"""Two machines on one PostgreSQL behind pgbouncer in transaction mode: the whole job over both."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from annotations.assignment.models import Assignment
from annotations.project.members import enrol
from annotations.project.models import Role
from tests import cast
from tests.cast import Cast
from tests.databases import administer, close_all, connect, point_django_at
from tests.operations.machines import Everywhere, Machine, Stranger, two_machines
from tests.operations.workplaces import wait_until
from tests.pooling import Pooler, pooler

pytestmark = pytest.mark.slow

PASSWORD = "seven quiet nights"
NIGHT, PAY = "Nobody left before midnight.", "The pay is good."


@pytest.fixture(scope="module")
def shared(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database for all tests here. Gives its name."""
    name, before = f"wbt_{uuid4().hex[:12]}", connection.settings_dict["NAME"]
    named = {"name": sql.Identifier(name), "template": sql.Identifier(template_database)}
    with django_db_blocker.unblock():
        close_all()
        administer(sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(**named))
        point_django_at(name)
        try:
            yield name
        finally:
            point_django_at(before)
            administer(sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)").format(**named))


@pytest.fixture(scope="module")
def team(shared: str) -> Cast:
    return cast.assemble()


@pytest.fixture(scope="module")
def between(shared: str) -> Iterator[Pooler]:
    with pooler(shared) as running:
        yield running


@pytest.fixture(scope="module")
def machines(
    team: Cast,
    between: Pooler,
    static_root: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Machine, ...]]:
    with two_machines(between, static_root, tmp_path_factory.mktemp("machines")) as running:
        yield running


def sent(mia: Everywhere, *texts: str) -> list[str]:
    """Files posted to one machine, read by whichever worker takes the job. Gives the documents."""
    lines = "".join(json.dumps({"text": text, "external_id": text[:20]}) + "\n" for text in texts)
    kind = {"Content_Type": "application/x-ndjson"}
    status, said = mia.ask("POST", "/api/v1/projects/labs/imports", lines.encode(), **kind)
    assert status == 202, said
    mia.wait(
        f"/api/v1/imports/{said['id']}",
        lambda now: now["counts"].get("added") == len(texts),
        "every line is a document",
    )
    _status, page = mia.ask("GET", "/api/v1/projects/labs/documents")
    return [each["id"] for each in page["results"]]


def coded(who: Everywhere, theme: str) -> None:
    """Claimed on one machine, coded and submitted on both in turn."""
    status, work = who.ask("POST", "/api/v1/projects/labs/assignments/next", {})
    assert status == 200, work
    where = f"/api/v1/documents/{work['document']}?assignment={work['id']}"
    _status, text = who.ask("GET", where)
    for sentence in (NIGHT, PAY):
        start = text["text"].index(sentence)
        body = {"assignment": work["id"], "start": start, "end": start + len(sentence)}
        body |= {
            "stance": "against",
            "quote": sentence,
            "theme": theme if sentence == NIGHT else "compensation",
        }
        status, said = who.ask("PUT", f"/api/v1/annotations/{uuid4()}", body, If_None_Match="*")
        assert status == 201, said
    seen = who.ask("GET", where)[1]["annotations"]
    assert {each["quote"] for each in seen} == {NIGHT, PAY}
    read = list(range(len(text["passages"])))
    done = {"state": "submitted", "judged": read, "up_to": None, "reason": ""}
    status, said = who.ask("PATCH", f"/api/v1/assignments/{work['id']}", done)
    assert status == 200, said
    assert said["state"] == "submitted"


def adjudicated(cleo: Everywhere, document: str) -> None:
    where = f"/api/v1/documents/{document}/adjudication"
    _status, case = cleo.ask("GET", where)
    while left := [each for each in case["disputes"] if not each["settled"]]:
        ruling = {"operation": str(uuid4()), "dispute": left[0]["key"], "decision": "reject"}
        status, case = cleo.ask("PUT", where, ruling, If_Match=f'"{case["version"]}"')
        assert status == 200, case
    assert case["state"] == "adjudicated"


def test_the_whole_job_is_done_over_both(team: Cast, machines: tuple[Machine, ...]) -> None:
    mia, ada, ben, cleo = (
        Everywhere(machines, user) for user in (team.mia, team.ada, team.ben, team.cleo)
    )
    (document,) = sent(mia, f"{NIGHT} {PAY}\n\nThe lights stay on.")
    round_ = {"name": "Two machines", "kind": "main", "documents": [document], "slots": 2}
    status, said = mia.ask("POST", "/api/v1/projects/labs/batches", round_ | {"open": True})
    assert status == 201, said
    coded(ada, "burnout")
    coded(ben, "secrecy")
    adjudicated(cleo, document)
    status, said = mia.ask("POST", "/api/v1/projects/labs/releases", {"notes": ""})
    assert status in {201, 202}, said
    released = "/api/v1/projects/labs/releases/v1"
    manifest = mia.wait(released, lambda now: "files" in now, "the release is frozen")
    files = [mia.ask("GET", f"{released}/documents.jsonl")[1] for _machine in machines]
    assert files[0] == files[1]
    assert json.loads(files[0])["text_sha256"]
    assert len(files[0]) == manifest["files"]["documents.jsonl"]["size"]
    assert all(each.kept for each in machines), "each machine has built, or got, its own"
    with connect() as raw:  # who changed what, though many share the pooler's connections
        trail = (
            "SELECT DISTINCT c.metadata->>'user' FROM annotations_batchevent e"
            " JOIN pghistory_context c ON c.id = e.pgh_context_id"
        )
        assert raw.execute(trail).fetchall() == [(str(team.mia.pk),)]


def test_claims_on_both_at_once_seat_nobody_twice(
    team: Cast, machines: tuple[Machine, ...]
) -> None:
    many = [f"Night {n} was long.\n" for n in range(24)]
    mia = Everywhere(machines, team.mia)
    before = {
        each["id"] for each in mia.ask("GET", "/api/v1/projects/labs/documents")[1]["results"]
    }
    documents = sorted(set(sent(mia, *many)) - before)
    assert len(documents) == len(many)
    round_ = {"name": "Claims", "kind": "main", "documents": documents, "slots": 1, "open": True}
    assert mia.ask("POST", "/api/v1/projects/labs/batches", round_)[0] == 201
    people = [Everywhere(machines, cast.person(f"coder-{n}")) for n in range(6)]
    for each in people:
        enrol(each.user, team.project, roles=[Role.ANNOTATOR])

    def work(who: Everywhere) -> list[str]:
        got: list[str] = []
        while True:
            status, said = who.ask("POST", "/api/v1/projects/labs/assignments/next", {})
            if status == 204:
                return got
            assert status == 200, said
            got.append(said["document"])
            done = {"state": "submitted", "judged": [0], "up_to": None, "reason": ""}
            status, said = who.ask("PATCH", f"/api/v1/assignments/{said['id']}", done)
            assert status == 200, said

    with ThreadPoolExecutor(len(people)) as pool:
        found = [each for one in pool.map(work, people) for each in one]
    assert Counter(each for each in found if each in documents) == Counter(documents)
    seated = Assignment.objects.filter(batch__name="Claims").values_list(
        "document__uuid", flat=True
    )
    assert Counter(map(str, seated)) == Counter(documents)


def test_a_way_out_on_one_is_a_way_out_on_the_other(
    team: Cast, machines: tuple[Machine, ...]
) -> None:
    rita = Everywhere(machines, team.rita)
    assert [rita.ask("GET", "/api/v1/projects")[0] for _machine in machines] == [200, 200]
    assert rita.ask("POST", "/sign-out", b"")[0] in {200, 302}
    assert [rita.ask("GET", "/api/v1/projects")[0] for _machine in machines] == [401, 401]


def test_passwords_cannot_be_tried_anew_on_each(team: Cast, machines: tuple[Machine, ...]) -> None:
    """After five wrong ones for an account the right one waits, too: counted over both."""
    team.dag.set_password(PASSWORD)
    team.dag.save()
    for number in range(6):
        assert not gets_in(machines[number % 2], "a wrong one")
    assert not any(gets_in(each, PASSWORD) for each in machines)
    with connect() as raw:
        raw.execute("DELETE FROM workbench_try")
    assert gets_in(machines[0], PASSWORD), "it was the tries that kept dag out"


def gets_in(machine: Machine, password: str) -> bool:
    stranger = Stranger(machine.web.url)
    return stranger.signs_in("dag", password)


def test_a_page_waits_a_minute_for_a_statement_and_a_job_as_long_as_it_takes(
    between: Pooler,
) -> None:
    for database, longest in (("web", "1min"), ("worker", "0")):
        with psycopg.connect(between.address(database), autocommit=True) as own:
            assert own.execute("SHOW statement_timeout").fetchone() == (longest,)
            assert own.execute("SHOW idle_in_transaction_session_timeout").fetchone() == (longest,)


def test_nothing_is_left_of_a_session(machines: tuple[Machine, ...], shared: str) -> None:
    """Whatever of it were left would be met by whoever gets the connection next."""
    with connect() as raw:

        def none(query: str) -> bool:
            return raw.execute(query, [shared]).fetchone() == (0,)

        wait_until(
            lambda: none(
                "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
                " WHERE locktype = 'advisory' AND datname = %s"
            ),
            "no lock outlives its transaction",
        )
        assert none(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND query ILIKE 'LISTEN%%'"
        )
