"""`workbench import_corpus`, as a person types it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from annotations.corpus.models import Document, Source
from tests.cast import Cast


def typed(*words: str | Path) -> tuple[str, str]:
    """What went to stdout and to stderr."""
    out, err = StringIO(), StringIO()
    call_command("import_corpus", *map(str, words), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def press(tmp_path: Path) -> Path:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "one.txt").write_text("The night was long.\n")
    (tmp_path / "deep" / "er" / "two.txt").write_text("Nobody left before two.\n")
    (tmp_path / "deep" / "notes.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def test_a_folder_gives_the_files_that_can_be_read_at_any_depth(cast: Cast, press: Path) -> None:
    out, err = typed("labs", press)
    assert [line.split()[0] for line in out.splitlines()] == ["added", "added"]
    assert "[2/2]" in err
    assert "2 added, 0 already-there, 0 refused." in err
    assert Document.objects.filter(project=cast.project).count() == 2


def test_files_that_are_there_already_are_no_failure(cast: Cast, press: Path) -> None:
    typed("labs", press)
    out, _ = typed("labs", press)
    assert [line.split()[0] for line in out.splitlines()] == ["already-there"] * 2
    assert Source.objects.count() == 2


def test_refused_files_are_named_and_the_exit_code_is_one(cast: Cast, press: Path) -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command(
            "import_corpus",
            "labs",
            str(press / "deep/notes.pdf"),
            str(press / "one.txt"),
            stdout=out,
        )
    assert end.value.code == 1
    assert "notes.pdf: A PDF document cannot be" in out.getvalue()
    assert Document.objects.count() == 1


def test_the_same_as_json_has_one_object_a_file(cast: Cast, press: Path) -> None:
    out, _ = typed("labs", press / "one.txt", "--json")
    assert json.loads(out) == {
        "file": str(press / "one.txt"),
        "outcome": "added",
        "reason": None,
        "document": str(Document.objects.get().uuid),
    }


def test_an_unknown_project_is_named_beside_those_that_exist(cast: Cast, press: Path) -> None:
    with pytest.raises(CommandError, match="no project “lab”. Projects: labs") as refusal:
        typed("lab", press)
    assert refusal.value.returncode == 2


def test_a_missing_file_stops_the_command_before_it_begins(cast: Cast, press: Path) -> None:
    with pytest.raises(CommandError, match="absent.txt") as refusal:
        typed("labs", press / "one.txt", press / "absent.txt")
    assert refusal.value.returncode == 2
    assert not Document.objects.exists()


def test_a_name_that_is_no_text_on_disk_comes_in_all_the_same(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    path.write_text("The night was long.\n")
    out, _ = typed("labs", tmp_path)
    assert out.startswith("added")
    assert Source.objects.get().name == "caf.txt"


def test_tables_and_archives_are_unpacked_and_each_piece_is_told(
    cast: Cast, tmp_path: Path
) -> None:
    with ZipFile(tmp_path / "press.zip", "w") as archive:
        archive.writestr("one.txt", "The night was long.\n")
    (tmp_path / "rows.csv").write_text("paper,body\nDaily,The pay is good.\n")
    out, _ = typed("labs", tmp_path, "--columns", "text=body,outlet=paper")
    told = [line.split()[0] for line in out.splitlines()]
    assert sorted(told) == ["added", "added", "unpacked", "unpacked"]
    row = Document.objects.get(text="The pay is good.")
    assert row.attributes == [{"key": "outlet", "value": "Daily"}]


def test_a_table_of_unknown_columns_waits_for_an_answer(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("a,b\nx,The pay is good.\ny,The nights are long.\n")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_corpus", "labs", str(tmp_path), stdout=out)
    assert out.getvalue().startswith("asked")
    assert "--columns" in out.getvalue()
