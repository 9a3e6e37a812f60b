"""The fixture of a version: a backup of the rich project, and the hashes of all its files.

python -m tests.released.keeping           makes that of the version in pyproject.toml
python -m tests.released.keeping formats   renews the hashes of formats whose writer was
                                           changed on purpose; frozen files stay as they are
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "fixtures" / "released"
LIBRARIES = {".parquet": "pyarrow", "cas": "dkpro-cassis", "docbin": "spacy"}
"""Whose versions the bytes of a format depend on: by the beginning or the end of its name."""

Hashes = dict[str, dict[str, Any]]


def this_version() -> str:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return str(stated["project"]["version"])


def kept_versions() -> list[str]:
    return sorted(path.parent.name for path in FOLDER.glob("*/backup.zip"))


def kept_hashes(kept: str) -> Hashes:
    hashes: Hashes = json.loads((FOLDER / kept / "hashes.json").read_text())
    return hashes


def hashes_now() -> Hashes:
    """Of the releases in the database: frozen files by their bytes, and formats with the version
    of the library that writes them, where one does."""
    from annotations.release.models import Release
    from annotations.release.serving import frozen_file
    from annotations.release.shaped import kept_shape
    from annotations.release.shapes import HASHED

    found: Hashes = {}
    for release in Release.objects.select_related("project").order_by("pk"):
        frozen = {"documents.jsonl": _digest(frozen_file(release))}
        for shape in HASHED:
            frozen[shape.file] = _digest(kept_shape(release, shape.file).path)
        found[f"{release.project.slug} {release.version}"] = {
            "frozen": frozen,
            "manifest": release.manifest["files"],
            "formats": _formats(release),
        }
    return found


def _formats(release: Any) -> dict[str, dict[str, str]]:
    from annotations.release.files import kept_file
    from annotations.release.formats import FORMATS

    return {
        name: {"sha256": _digest(kept_file(release, chosen).path), "library": library_of(name)}
        for name, chosen in FORMATS.items()
        if chosen.installed
    }


def library_of(name: str) -> str:
    for mark, library in LIBRARIES.items():
        if name.endswith(mark) or name.startswith(mark):
            try:
                return f"{library} {version(library)}"
            except PackageNotFoundError:
                return f"{library}, which is not installed"
    return ""


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@contextmanager
def restored(kept: str) -> Iterator[Any]:
    """The manifest of a version's backup, while that is in a database of its own, migrated on."""
    from django.db import connection

    from tests.operations.keeping import empty_database
    from workbench.backup.restoring import restore
    from workbench.backup.schema import migrate_on

    with empty_database():
        brought = restore(FOLDER / kept / "backup.zip", into=connection)
        migrate_on(connection)
        yield brought.manifest


def keep(kept: str) -> Path:
    """Makes the fixture of this version; one that is there stays as it is."""
    from django.core.management import call_command
    from django.db import connection

    from tests.operations.keeping import empty_database
    from tests.released.rich import NOW, make
    from workbench.backup.taking import take

    folder = FOLDER / kept
    if folder.exists():
        sys.exit(f"{folder} is there already. What was released is never changed.")
    with empty_database():
        call_command("migrate", verbosity=0)
        make()
        hashes = hashes_now()
        folder.mkdir(parents=True)
        take(folder / "backup.zip", of=connection, now=NOW)
        (folder / "backup.zip").chmod(0o644)
        _write(folder, hashes)
    return folder


def renew_formats() -> None:
    for kept in kept_versions():
        with restored(kept):
            hashes, now = kept_hashes(kept), hashes_now()
        for name, each in hashes.items():
            each["formats"] = now[name]["formats"]
        _write(FOLDER / kept, hashes)


def _write(folder: Path, hashes: Hashes) -> None:
    (folder / "hashes.json").write_text(json.dumps(hashes, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    django.setup()
    from django.conf import settings

    with TemporaryDirectory() as data:
        settings.DATA_DIR = Path(data)
        if sys.argv[1:] == ["formats"]:
            renew_formats()
        else:
            print(keep(this_version()))
