"""From Python and make to an environment, on machines that lack something."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.operations.workplaces import ROOT, environment, small_disk

BUILDER = Path("workbench") / "virtual_environment.py"


@pytest.fixture
def checkout(place: Path) -> Path:
    """What `make` needs of a checkout; nothing is pinned, so nothing is fetched."""
    return copied(place / "a checkout")


def copied(folder: Path) -> Path:
    for name in ("workbench", "requirements"):
        (folder / name).mkdir(parents=True)
    for name in ("Makefile", str(BUILDER)):
        shutil.copy(ROOT / name, folder / name)
    for name in ("run.txt", "test.txt"):
        (folder / "requirements" / name).write_text("# nothing\n")
    return folder


def build(checkout: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "setup", f"PYTHON={more.pop('PYTHON', sys.executable)}"],
        cwd=checkout,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def lacking(folder: Path, *modules: str) -> str:
    """A PYTHONPATH on which these modules cannot be imported."""
    folder.mkdir()
    for module in modules:
        (folder / f"{module}.py").write_text(f"raise ImportError('no {module}')\n")
    return str(folder)


@pytest.fixture
def bare(place: Path) -> dict[str, str]:
    """Debian without python3-venv, which is also the quickest way to an environment."""
    return {"PYTHONPATH": lacking(place / "broken", "ensurepip")}


def test_an_environment_is_made_once(checkout: Path) -> None:
    first = build(checkout)
    assert first.returncode == 0, first.stdout
    assert os.access(checkout / ".venv" / "bin" / "workbench", os.X_OK)

    assert "Installing" not in build(checkout).stdout


def test_without_ensurepip_another_pip_does(checkout: Path, bare: dict[str, str]) -> None:
    done = build(checkout, **bare)

    assert done.returncode == 0, done.stdout
    assert not (checkout / ".venv" / "bin" / "pip").exists()


def test_an_interrupted_environment_is_made_again(checkout: Path, bare: dict[str, str]) -> None:
    build(checkout, **bare)
    (checkout / ".venv" / "ready-run").unlink()
    (checkout / ".venv" / "unfinished").touch()
    (checkout / ".venv" / "bin" / "leftover").touch()

    done = build(checkout, **bare)

    assert done.returncode == 0, done.stdout
    assert "incomplete" in done.stdout
    assert not (checkout / ".venv" / "bin" / "leftover").exists()


def test_an_environment_whose_python_has_gone_is_made_again(
    checkout: Path, bare: dict[str, str]
) -> None:
    build(checkout, **bare)
    (checkout / ".venv" / "ready-run").unlink()
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nonexistent/python3")

    assert build(checkout, **bare).returncode == 0
    assert (checkout / ".venv" / "bin" / "python").exists()


def test_without_any_pip_the_missing_package_is_named(checkout: Path, place: Path) -> None:
    done = build(checkout, PYTHONPATH=lacking(place / "broken", "ensurepip", "pip"))

    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert done.returncode != 0
    assert f"sudo apt install python{version}-venv" in done.stdout
    assert "Traceback" not in done.stdout


def test_a_python_that_is_too_old_or_missing_is_said(checkout: Path) -> None:
    done = build(checkout, PYTHON="/nonexistent/python3")

    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stdout
    assert "PYTHON=/path/to/python3" in done.stdout


def test_a_package_that_is_not_the_pinned_one_is_refused(
    checkout: Path, place: Path, bare: dict[str, str]
) -> None:
    wheel = place / "pinned-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("pinned-1.dist-info/METADATA", "Name: pinned\nVersion: 1\n")
    pin = f"pinned @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n"
    (checkout / "requirements" / "run.txt").write_text(pin)

    for done in (build(checkout, **bare), build(checkout, **bare)):
        assert done.returncode != 0
        assert "A package is not the one that was pinned" in done.stdout


@pytest.mark.usefixtures("mounts")
def test_a_full_disk_is_said(place: Path) -> None:
    with small_disk(place / "disk", megabytes=4) as disk:
        done = build(copied(disk / "checkout"))

    assert done.returncode != 0
    assert "The disk is full" in done.stdout
    assert "Traceback" not in done.stdout
