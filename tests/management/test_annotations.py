"""Annotations from elsewhere by the command line; and a release that becomes codings again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotations.coding.models import Annotation, Snapshot
from annotations.corpus.models import Document
from annotations.project.members import begin
from annotations.project.models import Project
from tests import cast as made
from tests.adjudication import makers
from tests.api.test_adjudication import by
from tests.api.test_releases import ALL, body
from tests.cast import Cast
from tests.management.calling import run
from tests.release.conftest import Corpus, corpus
from tests.release.test_freezing import freeze

__all__ = ["corpus"]


def outcomes(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.split("\n")]


def elsewhere(corpus: Corpus) -> Project:
    """Another project, with the same texts under other ids."""
    project = begin("again", "Again", by=corpus.cast.mia)
    made.frozen_edition(project)
    for row in (corpus.agreed, corpus.ruled):
        makers.document(project, row.text, title=row.title)
    return project


def codings(project: Project) -> set[tuple[Any, ...]]:
    rows = Annotation.objects.filter(project=project, deleted=False)
    fields = ("document__text_sha256", "start", "end", "quote", "theme__key", "stance__key")
    return set(rows.values_list(*fields, "coder__pseudonym"))


def test_a_release_becomes_the_same_codings_in_another_project(
    corpus: Corpus, tmp_path: Path
) -> None:
    freeze(corpus)
    for file in ("annotations.jsonl", "documents.jsonl"):
        (tmp_path / file).write_bytes(body(by(corpus.cast.rita).get(f"{ALL}/v1/{file}")))
    project = elsewhere(corpus)
    files = (str(tmp_path / "documents.jsonl"), str(tmp_path / "annotations.jsonl"))
    converted = run("convert_annotations", "release", *files)
    assert converted.code == 0
    lines = tmp_path / "lines.ndjson"
    lines.write_text(converted.out)
    asked = ("import_annotations", "again", str(lines), "--prefix", "v1 ", "--submit")
    first = run(*asked, "--judged-all")
    assert first.code == 0, first.error
    before = {(*row[:-1], f"v1 {row[-1]}") for row in codings(corpus.cast.project)}
    assert codings(project) == before
    assert {each["outcome"] for each in outcomes(run(*asked).out)[:-1]} == {"already-there"}
    there = Snapshot.objects.filter(project=project)
    assert sorted(_spans(there)) == sorted(_spans(Snapshot.objects.exclude(project=project)))


def _spans(snapshots: Any) -> list[tuple[Any, ...]]:
    keys = ("start", "end", "theme", "stance", "holder_kind")
    return [tuple(span[key] for key in keys) for each in snapshots for span in each.spans]


def test_gold_as_it_is_served_is_lines(corpus: Corpus, tmp_path: Path) -> None:
    """spans.jsonl names each document by its text, so that nothing has to be converted."""
    freeze(corpus)
    file, project = tmp_path / "spans.jsonl", elsewhere(corpus)
    for unit in ("codepoint", "utf16"):
        file.write_bytes(body(by(corpus.cast.rita).get(f"{ALL}/v1/spans.jsonl?offsets={unit}")))
        answer = run("import_annotations", "again", str(file), "--coder", "gold", "--batch", unit)
        assert answer.code == 0, answer.out
    found = Annotation.objects.filter(project=project)
    texts = dict(Document.objects.values_list("pk", "text"))
    assert found.count() == 2 * len(file.read_bytes().splitlines())
    assert all(texts[row.document_id][row.start : row.end] == row.quote for row in found)


def test_refused_lines_exit_with_one_and_nothing_tried_with_two(cast: Cast, tmp_path: Path) -> None:
    row = made.document(cast.project, "Pay.")
    line = {"document": str(row.uuid), "coder": "A", "start": 0, "end": 3, "quote": "Pay"}
    file = tmp_path / "lines.ndjson"
    good = {**line, "theme": "secrecy"}
    file.write_text("\n".join(map(json.dumps, [good, {**good, "theme": "none"}])))
    answer = run("import_annotations", "labs", str(file))
    assert (answer.code, answer.error) == (1, "refused: 1")
    told = outcomes(answer.out)
    assert [each["outcome"] for each in told] == ["created", "refused", "done"]
    assert told[1]["detail"] == "There is no theme “none”."
    assert run("import_annotations", "labs", str(tmp_path / "none")).code == 2
    assert run("import_annotations", "nowhere", str(file)).code == 2
    assert run("import_annotations", "labs", str(file), "--by", "ada").code == 2


@pytest.mark.parametrize("form", ["doccano", "prodigy", "label-studio"])
def test_what_cannot_be_converted_is_told_and_the_rest_goes_out(form: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text("{")
    assert run("convert_annotations", form, str(file)).code == 1
    assert run("convert_annotations", form, str(tmp_path / "none")).code == 2
