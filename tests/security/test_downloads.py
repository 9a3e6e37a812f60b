"""What is taken away: names that lead nowhere, no markup of people's, no cell that runs."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.test import Client

from annotations.codebook.sheets import sheet_of
from annotations.project.models import User
from annotations.release.card.dataset_card import dataset_card
from annotations.release.card.datasheet import datasheet
from annotations.release.formats import FORMATS
from annotations.release.formats.contract import Codebook, Options
from annotations.release.formats.spans_csv import safe
from annotations.text.formulas import BEGINNINGS
from tests.cast import Cast
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus
from tests.release.formats.reading import written
from tests.release.formats.samples import ASTRAL, CODEBOOK, at, document, span
from tests.release.test_freezing import freeze
from tests.security import markup
from tests.security.places import READ
from tests.security.test_routes import things

HOSTILE = [
    "../../etc/passwd",
    "..\\..\\windows\\x",
    "/etc/passwd",
    "C:\\x",
    'a"; filename="evil.html',
    "a\r\nSet-Cookie: x=1",
    "a\u202etxt.exe",
    "夜\x00.txt",
    "CON",
    markup.LONG,
]
HARMLESS = re.compile(r"(?:[A-Za-z]+/)?[A-Za-z0-9][A-Za-z0-9._-]*")
RUN = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x"]


def hostile(words: str) -> tuple[Codebook, tuple[object, ...]]:
    """A codebook and a document that say these words wherever people's stand."""
    themes = tuple(replace(each, name=words, code=words) for each in CODEBOOK.themes)
    said = span("00", 1, at(ASTRAL, "Pay"), ASTRAL)
    said = replace(said, holder_name=words, reason=words, adjudicator=words)
    row = document(1, ASTRAL, external_id=words, title=words, source_url=words, spans=(said,))
    return replace(CODEBOOK, themes=themes), (row,)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("file", [name for name, each in FORMATS.items() if each.packed])
def test_no_name_in_an_archive_of_ours_leads_anywhere(file: str, words: str) -> None:
    if "\x00" in words:
        words = words.replace("\x00", "")  # which no text of the database has
    book, documents = hostile(words.replace("\u2028", " "))
    with ZipFile(io.BytesIO(written(file, documents, codebook=book))) as archive:  # type: ignore[arg-type]
        names = archive.namelist()
    assert names
    assert len(set(names)) == len(names)
    for name in names:
        assert HARMLESS.fullmatch(name), name


@pytest.mark.parametrize("file", [n for n in FORMATS if n.endswith((".zip", ".qdpx"))])
def test_xml_of_ours_has_no_element_of_peoples(file: str) -> None:
    book, documents = hostile(markup.LONG)
    with ZipFile(io.BytesIO(written(file, documents, codebook=book))) as archive:  # type: ignore[arg-type]
        for name in archive.namelist():
            if name.endswith((".xml", ".qde", ".xmi")):
                tree = ElementTree.fromstring(archive.read(name))  # noqa: S314 - written here
                tags = {each.tag.rpartition("}")[2] for each in tree.iter()}
                assert tags.isdisjoint({"x-p", "script", "img", "svg"}), name


@pytest.mark.parametrize("words", RUN)
def test_no_cell_runs_in_a_spreadsheet(words: str) -> None:
    book, documents = hostile(words)
    made = written("spans.csv", documents, Options(formula_safe=True), book)  # type: ignore[arg-type]
    told = sheet_of({"themes": [{"key": "pay", "name": {"en": words}}], "stances": []})
    for text in (made.decode(), told.removeprefix("\ufeff")):
        rows = list(csv.reader(io.StringIO(text, newline="")))
        cells = [cell for row in rows for cell in row]
        assert any(words in cell for cell in cells)
        for cell in cells:
            assert not cell.startswith(BEGINNINGS), cell


def test_what_runs_is_the_same_everywhere() -> None:
    assert all(str(safe(words)).startswith("'") for words in (*RUN, *BEGINNINGS))


def test_cards_have_no_element_no_picture_and_no_cell_of_peoples(corpus: Corpus) -> None:
    manifest = freeze(corpus).manifest
    words = f"{markup.LONG} ![x](//evil.example/x) | a \\| b\n# Title"
    said = {**manifest, "project_name": words, "notes": markup.LONG}
    book = Codebook(tuple(replace(each, name=words) for each in CODEBOOK.themes), CODEBOOK.stances)
    for card in (dataset_card(said, book), datasheet(said, book)):
        body = card.rpartition("\n---\n\n")[2]  # what stands before is YAML
        assert "<" not in body
        assert "](//" not in body
        assert "\n# Title" not in card


def test_every_download_is_one_by_a_harmless_name(cast: Cast) -> None:
    named, client, seen = things(cast), Client(), 0
    User.objects.filter(pk=cast.mia.pk).update(name='x"\u202e; filename=evil.html')
    client.force_login(cast.mia)
    for path in READ:
        answer = client.get(path.format(**named))
        said = answer.get("Content-Disposition", "")
        kind = answer.get("Content-Type", "").partition(";")[0]
        if answer.status_code == 200 and kind not in {"text/html", "application/json"}:
            seen += 1
        if said:
            found = re.fullmatch(r'(?:attachment|inline); filename="([^"]*)"', said)
            assert found, said
            assert HARMLESS.fullmatch(found[1]), said
        assert kind not in {"image/svg+xml", "text/xml", "application/xml", "text/javascript"}
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert seen
