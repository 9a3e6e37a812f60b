"""The structure that ARCHITECTURE.md promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
FLOW = [
    "project",
    "corpus",
    "codebook",
    "assignment",
    "coding",
    "agreement",
    "adjudication",
    "release",
]
# Data, not code: one line a string.
DATA_FILES = {"strings.py"}
NEIGHBOURS = {("corpus", "codebook"), ("codebook", "corpus")}


def domain_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def own_models() -> list[type[models.Model]]:
    """Ours, without the audit's event tables, which follow what they track."""
    found = apps.get_app_config("annotations").get_models()
    return [model for model in found if not hasattr(model, "pgh_tracked_model")]


FOREIGN_KEYS = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in own_models()
    for field in model._meta.get_fields()
    if isinstance(field, models.ForeignKey)
]


@pytest.mark.parametrize(("model", "field"), FOREIGN_KEYS)
def test_foreign_keys_look_upstream(
    model: type[models.Model], field: models.ForeignKey[models.Model, models.Model]
) -> None:
    here, there = domain_of(model), domain_of(field.related_model)
    assert (here, there) not in NEIGHBOURS
    assert FLOW.index(there) <= FLOW.index(here)


@pytest.mark.parametrize(("model", "field"), FOREIGN_KEYS)
def test_foreign_keys_to_another_domain_leave_no_name_there(
    model: type[models.Model], field: models.ForeignKey[models.Model, models.Model]
) -> None:
    if domain_of(model) != domain_of(field.related_model):
        assert field.remote_field.related_name == "+"


def sources(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".js", ".css", ".html"} and "migrations" not in path.parts
    ]


@pytest.mark.parametrize("path", sources("annotations", "workbench"), ids=lambda path: path.name)
def test_no_file_is_longer_than_250_lines(path: Path) -> None:
    assert path.name in DATA_FILES or len(path.read_text().splitlines()) <= 250


def test_no_template_has_inline_script_or_style() -> None:
    for path in sources("annotations"):
        if path.suffix == ".html":
            text = path.read_text()
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", text), path


def test_no_tracked_file_names_a_registry_or_a_machine() -> None:
    names = re.compile(r"pypi\.|npmjs|deb\.debian|(?<![\w./])/(work|root|home)/")
    for path in sources("annotations", "workbench", "tests"):
        if path.name != Path(__file__).name:
            assert not names.search(path.read_text()), path


def test_architecture_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = {path.parent.name for path in (ROOT / "annotations").glob("*/__init__.py")}
    for room in rooms - {"migrations", "templatetags"}:
        assert f"{room}/" in text, room
