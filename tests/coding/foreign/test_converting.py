"""Files of other tools become lines that say what stood there, to the character."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotations.coding.foreign import CONVERTERS, ImportLine, Unreadable, Words
from annotations.coding.foreign.lines import Text
from annotations.coding.import_lines import read_line
from annotations.text.spans import BadSpan
from tests.release.formats.reading import laid_out
from tests.release.formats.samples import DOCUMENTS, said

HERE = Path(__file__).parent / "files"
TEXTS = {document.id: document.text for document in DOCUMENTS}
HASHES = {document.text_sha256: document.id for document in DOCUMENTS}
NAME = Words(coder="A")


def lines(form: str, *paths: Path, words: Words = NAME) -> list[ImportLine]:
    """All of them, each read as an import reads it."""
    found = list(CONVERTERS[form](paths, words))
    made = [each for each in found if not isinstance(each, Unreadable)]
    assert len(made) == len(found), found
    for number, each in enumerate(made, 1):
        read = read_line(number, json.dumps(each).encode())
        assert read.fault is None, (each, read.fault)
    return made


def unread(form: str, *paths: Path) -> list[tuple[str, str]]:
    found = CONVERTERS[form](paths, NAME)
    return [(each.where, each.why) for each in found if isinstance(each, Unreadable)]


def told(line: ImportLine) -> tuple[Any, ...]:
    document = HASHES.get(line.get("text_sha256", ""), line.get("document"))
    start, end = line["start"], line["end"]
    assert TEXTS[document][start:end] == line["quote"]
    theme = line.get("label", line.get("theme"))
    return (document, start, end, line["quote"], theme, line.get("stance"))


@pytest.mark.parametrize(
    ("form", "file", "member"),
    [
        ("label-studio", "label-studio.zip", "tasks.json"),
        ("prodigy", "prodigy.zip", "prodigy.jsonl"),
        ("brat", "brat.zip", ""),
    ],
)
def test_what_we_write_for_a_tool_is_read_again(
    form: str, file: str, member: str, tmp_path: Path
) -> None:
    made = lines(form, laid_out(file, tmp_path) / member)
    assert {told(line) for line in made} == said()
    ids = {span.id for document in DOCUMENTS for span in document.spans}
    assert {line["id"] for line in made} == ids
    holders = {(line["holder"] or {}).get("name") for line in made}
    assert "Ana 🦊 & co" in holders


def test_labels_of_doccano_find_their_stance_where_it_is_one(tmp_path: Path) -> None:
    """Three labels over the same characters have two stances there: whose is whose is not said."""
    made = lines("doccano", laid_out("doccano.zip", tmp_path) / "doccano.jsonl")
    found = {told(line) for line in made}
    wanted = said()
    assert {each[:5] for each in found} == {each[:5] for each in wanted}
    unsaid = {each[:5] for each in found if each[5] is None}
    assert unsaid == {each[:5] for each in wanted if each[3].startswith("minds")}
    assert {each for each in found if each[5]} <= wanted


def test_a_release_names_its_documents_by_their_text(tmp_path: Path) -> None:
    documents, spans = tmp_path / "documents.jsonl", tmp_path / "annotations.jsonl"
    row = DOCUMENTS[0]
    gold = {**{key: None for key in ("holder_kind", "holder_name")}, "id": row.spans[0].id}
    span = {**gold, "start": 0, "end": 3, "quote": "Pay", "label": "pay", "stance": "against"}
    head = {"id": row.id, "text_sha256": row.text_sha256}
    documents.write_text(json.dumps({**head, "spans": [{**span, "origin": "unanimous"}]}) + "\n")
    spans.write_text(json.dumps({"document": row.id, "coder": "coder-01", **span}) + "\n")
    (line,) = lines("release", spans, documents)
    assert (line["text_sha256"], line["coder"]) == (row.text_sha256, "coder-01")
    (line,) = lines("release", documents)
    assert told(line) == (row.id, 0, 3, "Pay", "pay", "against")


def test_words_of_the_other_tool_become_ours(tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text(json.dumps({"text": "Pay 💶.", "label": [[4, 5, "Money"]]}))
    words = Words(themes={"Money": "pay"}, coders={"all": "ada"}, stance="none")
    (line,) = lines("doccano", file, words=words)
    assert (line["theme"], line["coder"], line["stance"]) == ("pay", "ada", "none")
    assert line["quote"] == "💶"


@pytest.mark.parametrize(
    ("theirs", "start", "end", "wanted"),
    [
        ("a\r\nb💶", 3, 5, (2, 4, "b💶")),
        ("\ufeffab", 1, 2, (0, 1, "a")),
        ("a\rb", 1, 3, (1, 3, "\nb")),
        ("a\x00b\x0bc", 2, 5, (1, 3, "bc")),
        ("a\u2028b\u0085c", 2, 5, (2, 5, "b\u0085c")),
    ],
)
def test_places_are_found_again_where_the_text_is_read_otherwise(
    theirs: str, start: int, end: int, wanted: tuple[int, int, str]
) -> None:
    assert Text(theirs).place(start, end) == wanted


@pytest.mark.parametrize("place", [(-1, 2), (2, 2), (3, 2), (0, 4), (0.5, 2), (None, 2), (True, 2)])
def test_a_place_that_is_none_is_refused(place: tuple[Any, Any]) -> None:
    """Label Studio stores reversed, negative and fractional spans."""
    with pytest.raises(BadSpan):
        Text("abc").place(*place)


def test_a_bad_record_costs_that_record(tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    good = json.dumps({"text": "Pay.", "label": [[0, 3, "pay"], [0, 9, "pay"]]})
    file.write_text("\n".join(["{", "[]", "{}", good]))
    found = list(CONVERTERS["doccano"]([file], NAME))
    bad = [each.where for each in found if isinstance(each, Unreadable)]
    assert bad == ["all.jsonl#1", "all.jsonl#2", "all.jsonl#3", "all.jsonl#4"]
    assert len(found) == 5


def test_rejected_answers_and_cancelled_tasks_are_no_codings(tmp_path: Path) -> None:
    prodigy = tmp_path / "p.jsonl"
    span = {"start": 0, "end": 3, "label": "pay"}
    answers = ("reject", "ignore")
    prodigy.write_text(
        "\n".join(json.dumps({"text": "Pay", "spans": [span], "answer": each}) for each in answers)
    )
    assert lines("prodigy", prodigy) == []
    studio = tmp_path / "ls.json"
    value = {"start": 0, "end": 3, "text": "Pay", "labels": ["pay"]}
    part = {"id": "r", "type": "labels", "from_name": "l", "value": value}
    made = {"id": 1, "completed_by": 7, "was_cancelled": True, "result": [part]}
    tasks = [{"data": {"text": "Pay"}, "annotations": [made, {**made, "was_cancelled": False}]}]
    studio.write_text(json.dumps(tasks))
    (line,) = lines("label-studio", studio)
    assert line["coder"] == "7"


def test_brat_without_its_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("T1\tpay 0 3\tPay\n")
    assert unread("brat", tmp_path) == [("a.ann", "There is no .txt beside it.")]


def test_a_discontinuous_annotation_is_taken_from_end_to_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Pay\nis 💶.\n")
    (tmp_path / "a.ann").write_text(
        "T1\tpay 0 3;4 8\tPay is 💶\nA1\tSure T1\n#1\tAnnotatorNotes T1\tA note\nR1\tof Arg1:T1 Arg2:T1\n"
    )
    (line,) = lines("brat", tmp_path)
    assert (line["start"], line["end"], line["quote"]) == (0, 8, "Pay\nis 💶")
    assert line["memo"] == "A note\nSure: true"


def test_what_label_studio_itself_exports_is_what_went_in() -> None:
    """Exported by its server, 1.23.0, after it had imported the samples (`make interop`)."""
    made = lines("label-studio", HERE / "label-studio-1.23.json")
    assert {told(line) for line in made} == said()
    assert {line["coder"] for line in made} == {"1"}


def test_what_doccano_itself_exports_is_what_went_in() -> None:
    """Exported by its own code, 1.8.4, after it had imported the samples (`make interop`)."""
    made = lines("doccano", HERE / "doccano-1.8.jsonl")
    assert {told(line)[:5] for line in made} == {each[:5] for each in said()}
