"""A standby is read where that does, and the primary wherever a reader would be misled."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from annotations.project.accounts import create_token
from annotations.project.models import Membership, Project, User
from annotations.release.models import ReleaseDocument
from annotations.release.taking_down import take_down
from tests import cast as _cast
from tests.databases import close_all
from tests.operations.workplaces import wait_until
from tests.recipes import gold
from tests.replicating import Pair, pair
from workbench import environment as env
from workbench import replicas

pytestmark = pytest.mark.slow

ALIAS = replicas.REPLICA
API = "/api/v1/projects/labs"
PLACES = (
    *(f"{API}/releases", f"{API}/releases/v1", f"{API}/releases/latest"),
    *(f"{API}/releases/v1/documents.jsonl", f"{API}/releases/v1/spans.csv"),
    *(f"{API}/releases/v1/diff/v2", f"{API}/changes", f"{API}/agreement", f"{API}/batches"),
    *("/projects/labs/releases", "/projects/labs/releases/v1", "/projects/labs/releases/v1/labels"),
    *("/projects/labs/releases/v1/diff/v2", "/projects/labs/agreement"),
    *("/projects/labs/agreement/passages", "/projects/labs/agreement/methods"),
    *("/projects/labs/matrix", "/projects/labs/batches"),
)


@pytest.fixture(scope="module")
def both(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Pair]:
    """Django's connection points at the primary, and the replica is the standby."""
    before = dict(connection.settings_dict)
    with django_db_blocker.unblock(), pair(template_database) as running:
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("READ", running.standby.url)
            patched.setenv("WRITTEN", running.primary.url)
            close_all()
            connection.settings_dict.update(
                env.database("WRITTEN") | {"OPTIONS": before["OPTIONS"]}
            )
            settings.DATABASES[ALIAS] = env.replica("READ", of=connection.settings_dict)
        try:
            yield running
        finally:
            close_all()
            del settings.DATABASES[ALIAS]
            connection.settings_dict.update(before)


@pytest.fixture(scope="module")
def team(both: Pair) -> _cast.Cast:
    made = _cast.assemble()
    gold.assemble(made)
    return made


@pytest.fixture(autouse=True)
def level(both: Pair, team: _cast.Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is behind, nobody has written lately, and a busy machine is no lagging standby."""
    monkeypatch.setattr(replicas, "MOST_BEHIND", timedelta(hours=1))
    monkeypatch.setattr(replicas, "PAUSE", 0.0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM workbench_limit")
    both.catch_up()
    wait_until(lambda: replicas.look(team.mia.pk).fits, "the replica is found")
    yield
    both.catch_up()


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def token_of(user: User) -> Client:
    made = create_token(user, name="t", scopes=["read", "manage"], now=timezone.now())
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def asked_there(client: Client, place: str) -> tuple[int, int]:
    """The status, and how much was asked of the replica beyond how it does."""
    with CaptureQueriesContext(connections[ALIAS]) as asked:
        status = client.get(place).status_code
    mine = [each for each in asked.captured_queries if "pg_is_in_recovery" not in each["sql"]]
    return status, len(mine)


@pytest.mark.parametrize("place", PLACES)
def test_these_are_read_there_and_there_alone(
    team: _cast.Cast, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger=replicas.__name__):
        status, there = asked_there(of(team.mia), place)
    assert status == 200
    assert there, "answered by the primary"
    assert not caplog.records, "the view changes something"


def test_large_files_are_built_from_there(team: _cast.Cast, tmp_path: Path) -> None:
    with override_settings(DATA_DIR=tmp_path), CaptureQueriesContext(connections[ALIAS]) as asked:
        call_command("build_release_file", "labs", "v1", "documents.jsonl", verbosity=0)
    assert any("annotations_releasedocument" in each["sql"] for each in asked.captured_queries)


def test_a_tool_with_a_token_reads_there(team: _cast.Cast, both: Pair) -> None:
    client = token_of(team.mia)
    assert asked_there(client, f"{API}/agreement")[1]


@pytest.mark.parametrize("place", ["/", f"{API}/documents", "/projects/labs/members", "/account"])
def test_what_people_change_and_read_back_is_read_from_the_primary(
    team: _cast.Cast, place: str
) -> None:
    assert asked_there(of(team.mia), place) == (200, 0)


def test_who_wrote_sees_it_at_once_and_others_soon(team: _cast.Cast, both: Pair) -> None:
    mia, other = of(team.mia), of(team.cleo)
    both.pause()
    said = {"name": "Told apart", "kind": "pilot", "documents": [], "slots": 1, "hands": []}
    answer = mia.post(f"{API}/batches", said, content_type="application/json")
    if answer.status_code == 422:  # a round wants documents
        document = str(ReleaseDocument.objects.values_list("document__uuid", flat=True)[0])
        said["documents"] = [document]
        answer = mia.post(f"{API}/batches", said, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert "Told apart" in mia.get(f"{API}/batches").content.decode()
    assert asked_there(mia, f"{API}/batches")[1] == 0
    assert asked_there(other, f"{API}/releases")[1], "others are not held up by it"


def test_what_was_taken_down_is_gone_though_the_replica_still_has_it(
    team: _cast.Cast, both: Pair
) -> None:
    document = ReleaseDocument.objects.filter(release__number=2).order_by("pk")[0].document
    where = f"{API}/releases/v2/spans.csv"
    client = of(team.rita)
    before = client.get(where)
    assert str(document.uuid) in b"".join(before).decode()
    both.pause()
    take_down(document, by=team.mia, reason="asked for", now=timezone.now())
    after = client.get(where)
    assert str(document.uuid) not in b"".join(after).decode()
    manifest = client.get(f"{API}/releases/v2").json()
    assert str(document.uuid) in json.dumps(manifest["taken_down"])


def test_a_role_that_was_taken_away_lets_nobody_in(team: _cast.Cast, both: Pair) -> None:
    client = of(team.rita)
    assert client.get(f"{API}/releases").status_code == 200
    both.pause()
    mine = Membership.objects.filter(user=team.rita)
    held = list(mine)
    mine.delete()
    try:
        assert client.get(f"{API}/releases").status_code == 404
    finally:
        Membership.objects.bulk_create(held)


def test_a_role_that_was_given_lets_them_in_at_once(team: _cast.Cast, both: Pair) -> None:
    client = of(team.dag)
    assert client.get(f"{API}/releases").status_code == 404
    both.pause()
    given = Membership.objects.create(user=team.dag, project=team.project, role="reader")
    try:
        assert client.get(f"{API}/releases").status_code == 200
    finally:
        given.delete()


def test_one_that_is_too_far_behind_is_not_read(
    team: _cast.Cast, both: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    both.pause()
    Project.objects.filter(pk=team.project.pk).update(name=team.project.name)
    monkeypatch.setattr(replicas, "MOST_BEHIND", timedelta(0))
    wait_until(lambda: replicas.look().state == replicas.State.BEHIND, "the primary is ahead")
    assert not replicas.look().fits
    assert asked_there(of(team.mia), f"{API}/agreement") == (200, 0)
    assert Client().get("/readyz").json()["replica"] == "behind"


def test_one_that_is_away_is_done_without_until_it_is_back(team: _cast.Cast, both: Pair) -> None:
    mia = of(team.mia)
    both.standby.stop()
    try:
        assert mia.get(f"{API}/agreement").status_code == 200
        assert Client().get("/readyz").json()["replica"] == "away"
    finally:
        both.standby.start()
    both.catch_up()
    wait_until(lambda: replicas.look().state == replicas.State.UP, "the replica is found again")
    assert asked_there(mia, f"{API}/agreement")[1]


def test_the_watch_is_told(team: _cast.Cast, both: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", "a token")
    said = Client(headers={"Authorization": "Bearer a token"}).get("/metrics").content.decode()
    assert "workbench_replica_up 1.0" in said
    assert "workbench_replica_behind_seconds" in said


def test_nothing_is_written_through_it(team: _cast.Cast, both: Pair) -> None:
    with replicas._instead(connections[ALIAS]), pytest.raises(DatabaseError):
        Project.objects.filter(pk=team.project.pk).update(name="Elsewhere")


def test_not_even_where_it_could_be(both: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when somebody names the primary; which is no replica, so that nothing is read there."""
    monkeypatch.setenv("READ", both.primary.url)
    monkeypatch.setitem(
        settings.DATABASES, "twice", env.replica("READ", of=connection.settings_dict)
    )
    try:
        with connections["twice"].cursor() as cursor, pytest.raises(DatabaseError):
            cursor.execute("DELETE FROM workbench_limit")
    finally:
        connections["twice"].close()
        connections["twice"].close_pool()  # type: ignore[attr-defined]
        del connections["twice"]


def test_a_view_that_writes_after_all_is_answered_by_the_primary(both: Pair) -> None:
    def write() -> int:
        return Project.objects.filter(slug="labs").update(name="Life in the labs")

    assert replicas.elsewhere(write) == 1
