"""The tables of keys, files and fields are what the product has."""

from __future__ import annotations

from dataclasses import fields

import pytest

from annotations.project.accounts import SCOPES
from annotations.release.schema import DOCUMENT_KEYS, SpanRow
from tests.docs import tables
from tests.docs.reading import DOCS, table

ENGLISH = {
    **{"Move": "move", "Select": "select", "Code, judge, say": "code"},
    **{"Look": "look", "Work": "work"},
}
FRENCH = {
    **{"Se déplacer": "move", "Sélectionner": "select", "Coder, juger, dire": "code"},
    **{"Regarder": "look", "Travailler": "work"},
}


@pytest.mark.parametrize("heading", ENGLISH)
def test_the_keys_of_coding_are_those_of_the_page(heading: str) -> None:
    assert table(DOCS / "code.md", heading) == tables.keys(ENGLISH[heading])


@pytest.mark.parametrize("heading", FRENCH)
def test_in_french_too(heading: str) -> None:
    found = table(DOCS / "code.fr.md", heading)
    assert found == tables.keys(FRENCH[heading], language="fr")


def test_no_command_is_left_out() -> None:
    name = "annotations/static/annotations/keys/commands.js"
    written = (DOCS.parent / name).read_text(encoding="utf-8").count("{ verb: '")
    assert sum(len(tables.keys(group)) for group in ENGLISH.values()) == written


@pytest.mark.parametrize(
    ("page", "heading", "language"),
    [("adjudicate.md", "All keys", "en"), ("adjudicate.fr.md", "Toutes les touches", "fr")],
)
def test_the_keys_of_adjudication_are_those_of_the_page(
    page: str, heading: str, language: str
) -> None:
    found = table(DOCS / page, heading)
    assert found == tables.adjudication_keys(language=language)
    assert len(found) > 10


@pytest.mark.parametrize(("page", "language"), [("formats.md", "en"), ("formats.fr.md", "fr")])
def test_every_file_of_a_release_is_in_the_table_of_formats(page: str, language: str) -> None:
    release, *found, bundle = table(DOCS / page, "Formats")
    assert [row[:5] for row in found] == tables.formats(language=language)
    assert all(row[5] for row in (release, *found, bundle))
    if language == "en":
        assert [release[:5], bundle[:5]] == tables.whole()


def test_the_keys_of_a_line_are_described_in_their_order() -> None:
    keys = [key.strip("`") for key, said in table(DOCS / "formats.md", "A line of documents.jsonl")]
    assert keys == list(DOCUMENT_KEYS)


def test_the_keys_of_a_label_are_described_in_their_order() -> None:
    keys = [key.strip("`") for key, said in table(DOCS / "formats.md", "A span")]
    assert keys == [each.name for each in fields(SpanRow)]


def test_scopes_are_those_that_a_token_can_have() -> None:
    found = {
        scope.strip("`"): said for scope, said in table(DOCS / "extend.md", "A program against it")
    }
    assert found == SCOPES
