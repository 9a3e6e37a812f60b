"""Annotations in bulk over REST: lines in, an outcome a line out, as they are taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from annotations.assignment.models import Batch
from annotations.coding.models import Annotation
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Document, Import
from annotations.project.accounts import create_token
from annotations.project.models import User
from tests.cast import NOW, Cast, document

WHERE = "/api/v1/projects/labs/annotations/import"
NDJSON = "application/x-ndjson"
KEYS = {
    *("line", "outcome", "id", "document", "coder", "assignment", "code", "field", "detail"),
    *("errors", "counts"),
}


def caller(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(client: Client, *lines: Any, query: str = "", **headers: str) -> Any:
    body = b"\n".join(json.dumps(each).encode() for each in lines)
    return client.post(f"{WHERE}{query}", body, content_type=NDJSON, headers=headers)


def told(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200
    assert answer["Content-Type"] == NDJSON
    text = b"".join(answer.streaming_content).decode()
    assert text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def line(row: Document, quote: str, **more: Any) -> dict[str, Any]:
    start = row.text.index(quote)
    said = {"document": str(row.uuid), "coder": "A", "start": start, "end": start + len(quote)}
    return {**said, "quote": quote, "theme": "secrecy", "stance": "against", **more}


def test_each_line_has_its_outcome_and_the_last_says_that_it_is_the_last(cast: Cast) -> None:
    row = document(cast.project, "Pay 💶 is secret.")
    answer = sent(
        caller(cast.mia), line(row, "Pay"), {**line(row, "💶"), "quote": "$"}, line(row, "💶")
    )
    first, second, third, done = told(answer)
    assert all(set(each) == KEYS for each in (first, second, third, done))
    assert [each["line"] for each in (first, second, third)] == [1, 2, 3]
    assert (second["outcome"], second["field"], second["code"]) == (
        "refused",
        "quote",
        "quote-mismatch",
    )
    assert second["detail"]
    assert second["errors"][0]["field"] == "quote"
    assert (first["outcome"], third["outcome"]) == ("created", "created")
    assert first["document"] == str(row.uuid)
    assert done["outcome"] == "done"
    assert done["counts"] == {"created": 2, "refused": 1}
    assert str(Annotation.objects.get(quote="💶").pk) == third["id"]


def test_words_are_in_the_language_of_the_request(cast: Cast) -> None:
    row = document(cast.project, "Pay.")
    lines = [line(row, "Pay", theme="none at all"), line(row, "Pay", start="0")]
    (*french, _) = told(sent(caller(cast.mia), *lines, **{"Accept-Language": "fr"}))
    (*english, _) = told(sent(caller(cast.mia), *lines))
    assert english[0]["detail"] == "There is no theme “none at all”."
    assert all(one["detail"] != other["detail"] for one, other in zip(french, english, strict=True))
    assert all(one["code"] == other["code"] for one, other in zip(french, english, strict=True))


def test_a_tool_needs_a_token_that_may_manage(cast: Cast) -> None:
    row = document(cast.project, "Pay.")

    def token(*scopes: str) -> dict[str, str]:
        made = create_token(cast.mia, name="t", scopes=scopes, now=NOW.replace(year=2999))
        return {"Authorization": f"Bearer {made.secret}"}

    assert sent(Client(), line(row, "Pay"), **token("read", "code")).status_code == 403
    assert told(sent(Client(), line(row, "Pay"), **token("manage")))[0]["outcome"] == "created"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?submit=maybe", "submit"),
        ("?judged=some", "judged"),
        ("?kind=party", "kind"),
        ("?batch=", "batch"),
        ("?colour=red", "colour"),
    ],
)
def test_what_is_asked_wrongly_is_refused_before_any_line(
    cast: Cast, query: str, field: str
) -> None:
    row = document(cast.project, "Pay.")
    answer = sent(caller(cast.mia), line(row, "Pay"), query=query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert not Batch.objects.exists()


def test_an_unknown_edition_is_not_found(cast: Cast) -> None:
    assert sent(caller(cast.mia), {}, query="?edition=7").status_code == 404


def test_nothing_is_an_import_of_nothing(cast: Cast) -> None:
    mia = caller(cast.mia)
    assert sent(mia).status_code == 422
    (done,) = told(mia.post(WHERE, b"\n", content_type=NDJSON))
    assert (done["outcome"], done["counts"]) == ("done", {})
    assert not Batch.objects.exists()


def test_the_round_and_the_submission_are_asked_for_in_the_query(cast: Cast) -> None:
    row = document(cast.project, "Pay.\nMore.")
    query = "?batch=Old%20study&kind=pilot&edition=1&coder=B&judged=all&submit=true&prefix=x-"
    said = line(row, "Pay")
    del said["coder"]
    made, submitted, done = told(sent(caller(cast.mia), said, query=query))
    assert (made["coder"], submitted["outcome"], submitted["line"]) == ("x-B", "submitted", None)
    assert done["counts"] == {"created": 1, "submitted assignments": 1}
    batch = Batch.objects.get()
    assert (batch.name, batch.kind, batch.edition.number) == ("Old study", "pilot", 1)


def test_a_line_that_is_too_long_costs_that_line(cast: Cast) -> None:
    row = document(cast.project, "Pay.")
    lines = [line(row, "Pay", memo="x" * 1_000_001), line(row, "Pay")]
    first, second, _ = told(sent(caller(cast.mia), *lines))
    assert (first["outcome"], first["code"]) == ("refused", "line-too-long")
    assert second["outcome"] == "created"


def test_blank_lines_count_and_say_nothing(cast: Cast) -> None:
    row = document(cast.project, "Pay.")
    body = b"\r\n\n" + json.dumps(line(row, "Pay")).encode() + b"\r\n\n"
    answer = caller(cast.mia).post(WHERE, body, content_type=NDJSON)
    assert [each["line"] for each in told(answer)] == [3, None]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("\ufeffPay 💶\r\nis secret.\r\n".encode(), "utf-8"),
        ("Pay é is\r\nsecret.\r\n".encode("utf-16"), "utf-16"),
    ],
)
def test_bytes_of_the_file_lead_to_the_same_characters(
    cast: Cast, settings: Settings, data: bytes, encoding: str
) -> None:
    """As a release says them with `?offsets=byte`: of the file as it came, mark and CRLF included."""
    mia = caller(cast.mia)
    mia.post("/api/v1/projects/labs/imports", {"files": SimpleUploadedFile("a.txt", data)})
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    row = Document.objects.get()
    quote = row.text[4:8]  # over the line's end in the first, all its CR included
    before = data.decode(encoding).replace("\r\n", "\n")
    assert before.lstrip("\ufeff").startswith(row.text[:8])
    native = row.text[:8].replace("\n", "\r\n")
    mark = len(data) - len(data.decode(encoding).lstrip("\ufeff").encode(_plain(encoding)))
    start = mark + len(native[:4].encode(_plain(encoding)))
    end = mark + len(native.encode(_plain(encoding)))
    said = line(row, quote, start=start, end=end, offset_unit="byte")
    outcome = told(sent(mia, said))[0]
    assert (outcome["outcome"], outcome["detail"]) == ("created", None)
    kept = Annotation.objects.get()
    assert (kept.start, kept.end) == (4, 8)


def _plain(encoding: str) -> str:
    """The same without a mark."""
    return {"utf-8": "utf-8", "utf-16": "utf-16-le"}[encoding]


def test_an_answer_that_nobody_reads_to_its_end_keeps_what_it_told(live_cast: Cast) -> None:
    cast = live_cast
    row = document(cast.project, "\n".join(f"Line {number:04}." for number in range(400)))
    lines = [line(row, f"Line {number:04}.") for number in range(400)]
    answer = sent(caller(cast.mia), *lines)
    stream: Iterator[bytes] = iter(answer.streaming_content)
    assert json.loads(next(stream))["outcome"] == "created"
    answer.close()
    kept = Annotation.objects.count()
    assert 0 < kept < 400
    assert told(sent(caller(cast.mia), *lines))[-1]["counts"] == {
        "already-there": kept,
        "created": 400 - kept,
    }
