"""`pip install .` gives the whole product, not the code alone."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.servers import ROOT

WANTED = (
    "annotations/templates/annotations/coding.html",
    "annotations/static/annotations/coding.js",
    "annotations/locale/fr/LC_MESSAGES/django.mo",
    "annotations/migrations/0001_foundation.py",
    "workbench/supervisor/running.py",
    "share/annotation-workbench/fixtures/demo.json",
    "share/annotation-workbench/fixtures/corpus/README.md",
    "share/annotation-workbench/docs/code.md",
    "share/annotation-workbench/docs/code.fr.md",
    "share/annotation-workbench/docs/images/agreement.png",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built from a copy of what is tracked or new, so that nothing is left in the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            copy = place / "source" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / name).read_bytes())
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(place), str(place / "source")], check=True)
    [built] = place.glob("*.whl")
    return zipfile.ZipFile(built)


@pytest.mark.slow
def test_templates_scripts_translations_and_the_demonstration_are_in(
    wheel: zipfile.ZipFile,
) -> None:
    names = wheel.namelist()
    assert [each for each in WANTED if not any(name.endswith(each) for name in names)] == []
    assert not [
        name for name in names if Path(name).parts[0] in {"tests", "var", "fixtures", "docs"}
    ]


@pytest.mark.slow
def test_the_workbench_command_is_in(wheel: zipfile.ZipFile) -> None:
    [entry_points] = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert b"workbench = workbench.commands:main" in wheel.read(entry_points)
