"""What a version has released is the same in every later one: rows, labels, hashes, bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_django import DjangoDbBlocker

from annotations.release.models import Release
from tests.released import keeping
from workbench.backup.proving import verify_releases

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=keeping.kept_versions())
def version(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SimpleNamespace]:
    """A released version's database, restored as it was and migrated to this version."""
    from django.conf import settings

    before = settings.DATA_DIR
    settings.DATA_DIR = tmp_path_factory.mktemp("released")
    with django_db_blocker.unblock(), keeping.restored(request.param) as manifest:
        yield SimpleNamespace(name=request.param, manifest=manifest)
    settings.DATA_DIR = before


def test_the_version_of_this_project_has_a_fixture() -> None:
    """A version is tagged with its fixture: `make released`."""
    assert keeping.this_version() in keeping.kept_versions()


@pytest.mark.parametrize("kept", keeping.kept_versions())
def test_fixtures_are_small_and_whole(kept: str) -> None:
    files = {path.name: path.stat().st_size for path in (keeping.FOLDER / kept).iterdir()}

    assert set(files) == {"backup.zip", "hashes.json"}
    assert sum(files.values()) < 300_000


def test_its_releases_are_proven(version: SimpleNamespace) -> None:
    verified = verify_releases(version.manifest)

    assert [each.faults for each in verified] == [()] * len(version.manifest.releases)
    assert len(verified) >= 2


def test_its_rows_are_all_there(version: SimpleNamespace) -> None:
    """Migrations may add to a table and never lose a row of what people made."""
    from django.apps import apps

    models = {model._meta.db_table: model for model in apps.get_models()}
    for table in version.manifest.tables:
        made_by_people = table.name.startswith("annotations_") and table.name in models
        if made_by_people:
            assert models[table.name]._base_manager.count() >= table.rows, table.name


def test_everything_occurs_in_it(version: SimpleNamespace) -> None:
    rows = {
        table.name.removeprefix("annotations_"): table.rows for table in version.manifest.tables
    }
    for name in ("edition", "story", "comment", "flag", "sweep", "ruling", "snapshot", "apitoken"):
        assert rows[name] >= 1, name
    assert rows["edition"] >= 2
    assert any(release.manifest["parameters"].get("splits") for release in Release.objects.all())


def test_every_file_of_its_releases_has_the_bytes_that_it_had(version: SimpleNamespace) -> None:
    kept, now = keeping.kept_hashes(version.name), keeping.hashes_now()

    assert set(kept) == set(now)
    for name, said in kept.items():
        assert now[name]["frozen"] == said["frozen"]
        assert now[name]["manifest"] == said["manifest"]
        for file, format_ in said["formats"].items():
            if keeping.library_of(file) == format_["library"]:
                found = now[name]["formats"].get(file)
                # After a change on purpose: python -m tests.released.keeping formats
                assert found == format_, file


def test_a_version_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "FOLDER", tmp_path)
    (tmp_path / "0.1.0").mkdir()
    with pytest.raises(SystemExit, match="never changed"):
        keeping.keep("0.1.0")
