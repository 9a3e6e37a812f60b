"""An installation in containers, as docker-compose.yml sets it, has nothing to be warned of."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys

import pytest
import yaml
from django.core.checks import run_checks

from tests.operations.test_compose import SERVICES
from tests.operations.workplaces import ROOT

SECRETS = {
    "POSTGRES_PASSWORD": secrets.token_hex(24),
    "WORKBENCH_SECRET_KEY": secrets.token_hex(32),
}
TLS = {
    "WORKBENCH_HTTPS": "true",
    "WORKBENCH_ALLOWED_HOSTS": "coding.example.org",
    "WORKBENCH_TRUSTED_ORIGINS": "https://coding.example.org",
    "WORKBENCH_PROXIES": "1",
}
VARIABLE = re.compile(r"\$\{(\w+)(?::[-?]([^}]*))?\}")


def environment_of(service: str, given: dict[str, str]) -> dict[str, str]:
    """As docker compose fills it in."""

    def filled(value: str) -> str:
        return VARIABLE.sub(lambda found: given.get(found[1]) or found[2] or "", value)

    said = {name: filled(value) for name, value in SERVICES[service]["environment"].items()}
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return {**kept, **said}


def checked(given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment_of("web", {**SECRETS, **given}),
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("given", [{}, TLS], ids=["this machine alone", "behind a proxy with TLS"])
def test_nothing_is_to_be_warned_of(given: dict[str, str]) -> None:
    answer = checked(given)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_without_tls_a_name_that_others_reach_is_warned_of() -> None:
    answer = checked({"WORKBENCH_ALLOWED_HOSTS": "localhost,coding.example.org"})
    assert answer.returncode == 1
    assert "answers to coding.example.org without HTTPS" in answer.stderr
    assert "WORKBENCH_HTTPS=true" in answer.stderr


def test_of_libraries_of_templates_only_one_is_in_place_of_another() -> None:
    found = [each.msg for each in run_checks() if each.id == "templates.W003"]
    assert len(found) == 1
    assert found[0].startswith("'i18n' is used")


class _Once(yaml.SafeLoader):
    """Refuses a key that is said twice, as docker compose does."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [key.value for key, _value in node.value if key.tag != "tag:yaml.org,2002:merge"]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.YAMLError(f"said twice: {sorted(twice)}")
        return super().construct_mapping(node, deep)


def test_no_key_of_the_description_is_said_twice() -> None:
    with open(ROOT / "docker-compose.yml") as file:
        yaml.load(file, Loader=_Once)  # noqa: S506 - a SafeLoader
