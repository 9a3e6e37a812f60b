"""Every setting is documented, and nothing that is none."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.docs.reading import DOCS, pages, prose, table
from tests.docs.settings_used import variables
from tests.servers import ROOT

NAME = re.compile(r"\bWORKBENCH_[A-Z_]+\b")
OF_RECIPES = {"WORKBENCH_URL", "WORKBENCH_TOKEN"}


def documented() -> dict[str, str]:
    rows = table(DOCS / "operate.md", "Settings")
    return {name.strip("`"): default for name, default, _what in rows}


def test_the_table_of_settings_is_what_the_code_reads() -> None:
    assert set(documented()) == set(variables())


def test_each_default_is_the_code_s() -> None:
    said = documented()
    plain = {name: default for name, default in variables().items() if default}
    assert {name: said[name] for name in plain} == {name: f"`{plain[name]}`" for name in plain}


def test_each_setting_says_what_it_does() -> None:
    assert all(all(row) for row in table(DOCS / "operate.md", "Settings"))


def test_no_page_or_file_names_a_setting_that_there_is_not() -> None:
    files = [*pages(), ROOT / "docker-compose.yml", ROOT / "Dockerfile", ROOT / "ARCHITECTURE.md"]
    named = {name for each in files for name in NAME.findall(each.read_text(encoding="utf-8"))}
    assert {each.rstrip("_") for each in named} - set(variables()) - OF_RECIPES - {
        "WORKBENCH"
    } == set()


def test_what_is_set_beside_the_compose_file_reaches_the_containers() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert set(variables()) - set(re.findall(r"^ +([A-Z_]+): ", compose, re.MULTILINE)) == IN_IMAGE


IN_IMAGE = {
    *{"WORKBENCH_DATA", "WORKBENCH_STATIC_ROOT", "WORKBENCH_DEBUG"},
    *{"WORKBENCH_POOL_SIZE"},
}
"""What fits the image and its own PostgreSQL, or is for work on the code."""


def test_an_empty_setting_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the compose file hands on what nobody has set."""
    for name in set(variables()) - {"DATABASE_URL", "WORKBENCH_SECRET_KEY"}:
        monkeypatch.setenv(name, "")
    code = "from workbench import settings, serving; print(settings.LIMITS, settings.BASE_URL)"
    read = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert read.returncode == 0, read.stderr
    assert "http://localhost:8000" in read.stdout


def test_prose_is_read_without_its_blocks() -> None:
    assert "create_token rita" not in prose(DOCS / "consume.md")
