"""A release in every format over REST."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from annotations.release.formats import FORMATS
from tests.api.test_adjudication import by
from tests.api.test_releases import ALL, body
from tests.cast import Cast
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus  # a fixture
from tests.release.test_freezing import freeze

FILE = f"{ALL}/v1/spans.jsonl"


def test_every_file_comes_whole_under_an_etag_of_its_own(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    etags: set[str] = set()
    for file, chosen in FORMATS.items():
        answer = client.get(f"{ALL}/v1/{file}")
        assert answer.status_code == 200, file
        data = body(answer)
        etags.add(answer["ETag"])
        assert answer["Content-Length"] == str(len(data))
        assert answer["Content-Type"] == chosen.media_type
        assert f"labs-v1-{file}" in answer["Content-Disposition"]
        assert not chosen.packed or ZipFile(BytesIO(data)).testzip() is None
    assert len(etags) == len(FORMATS)


def test_a_download_can_be_taken_up_again_and_is_not_sent_twice(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    whole = client.get(FILE)
    first = client.get(FILE, headers={"Range": "bytes=0-99"})
    assert first.status_code == 206
    rest = client.get(FILE, headers={"Range": "bytes=100-", "If-Range": whole["ETag"]})
    assert body(first) + body(rest) == body(whole)
    again = client.get(FILE, headers={"If-None-Match": whole["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_offsets_and_tables_are_as_they_are_asked(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    for unit in ("codepoint", "utf16", "byte"):
        lines = body(client.get(f"{FILE}?offsets={unit}")).decode().split("\n")[:-1]
        assert {json.loads(line)["offset_unit"] for line in lines} == {unit}
    answer = client.get(f"{ALL}/v1/spans.csv?formulas=safe&bom=yes")
    assert body(answer).startswith(b"\xef\xbb\xbfdocument,")


def test_what_a_format_does_not_know_is_422_and_an_unknown_one_404(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    for query in ("spans.csv?offsets=line", "spans.jsonl?bom=yes", "brat.zip?offsets=utf16"):
        answer = client.get(f"{ALL}/v1/{query}")
        assert (answer.status_code, bool(answer.json()["errors"])) == (422, True)
    for file in ("spans.xlsx", "brat", "documents.csv", "v1.zip", "..%2Fspans.csv"):
        assert client.get(f"{ALL}/v1/{file}").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("dag", 404)])
def test_files_are_for_those_who_may_read_releases(cast: Cast, who: str, status: int) -> None:
    assert by(getattr(cast, who)).get(FILE).status_code == status


def test_without_a_session_it_is_401(cast: Cast) -> None:
    assert Client().get(FILE).status_code == 401
