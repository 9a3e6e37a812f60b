"""What the columns of a table may mean is proposed from their names and their cells."""

from __future__ import annotations

import pytest

from annotations.corpus.readers.columns import (
    is_header,
    is_own,
    key_of,
    own,
    proposed,
    sniffed,
)

LONG = "The nights in the lab were long, and nobody left before two."


@pytest.mark.parametrize(
    ("sample", "name", "delimiter"),
    [
        ("id,title,text\n1,A,b", "a.csv", ","),
        ("id;titre;texte\n1;A, b, c;d", "a.csv", ";"),
        ('id|text\n1|"a;b;c;d"\n2|x', "a.csv", "|"),
        ("id\ttext\n1\tone, two, three", "a.csv", "\t"),
        ("a,b;c", "a.tsv", "\t"),
        ("a,b", "b.TSV#3", "\t"),
        ('text\n"one; two"\n"three, four"', "a.csv", ","),
        ("", "a.csv", ","),
    ],
)
def test_the_delimiter_is_what_stands_equally_often(sample: str, name: str, delimiter: str) -> None:
    assert sniffed(sample, name) == delimiter


@pytest.mark.parametrize(
    ("cells", "header"),
    [
        (["id", "title", "text"], True),
        (["Nom du média", "Corps"], True),
        (["1", LONG], False),
        (["2025-01-31", "Pain", LONG], False),
        (["a", "a"], False),
        (["x"], False),
        (["text"], True),
        (["Year", ""], False),
    ],
)
def test_names_in_the_first_row_are_known_by_their_look(cells: list[str], header: bool) -> None:
    assert is_header(cells) is header


def test_parts_are_proposed_by_heading_in_both_languages() -> None:
    names = ["N°", "Titre", "Date de publication", "Lien", "Langue", "Texte intégral", "Média"]
    found = proposed([names, ["1", "Pain", "2025-01-31", "x", "fr", LONG, "Le Monde"]]).columns
    assert found is not None
    assert (found.text, found.title, found.published_on) == (
        "Texte intégral",
        "Titre",
        "Date de publication",
    )
    assert (found.source_url, found.language) == ("Lien", "Langue")
    assert (found.external_id, found.attributes) == ("N°", {"Média": "media"})


def test_without_a_known_heading_the_longest_column_is_the_text() -> None:
    found = proposed([["Wer", "Was"], ["Ada", LONG]])
    assert found.columns is not None
    assert found.columns.text == "Was"
    assert found.columns.attributes == {"Wer": "wer"}


def test_without_names_columns_go_by_number() -> None:
    found = proposed([["1", LONG], ["2", LONG]])
    assert (found.names, found.header) == (["1", "2"], False)
    assert found.columns is not None
    assert (found.columns.text, found.columns.attributes) == ("2", {})


def test_a_person_overrules_what_the_first_row_looks_like() -> None:
    rows = [["text", "title"], [LONG, "Nights"]]
    assert proposed(rows, header=False).names == ["1", "2"]
    assert proposed([["1", LONG]], header=True).names == ["1", LONG[:200]]


def test_no_column_may_be_the_text_where_all_are_empty() -> None:
    assert proposed([["a", "b"], ["", ""]]).columns is None


def test_two_columns_of_one_name_are_told_apart() -> None:
    assert proposed([["text", "tag", "tag", ""], ["a", "b", "c", "d"]]).names == [
        "text",
        "tag",
        "tag (3)",
        "4",
    ]


def test_the_api_s_own_names_ask_no_question() -> None:
    assert is_own(["text", "title", "attributes"])
    assert not is_own(["text", "outlet"])
    assert not is_own(["title"])
    assert own(["text", "url"]).source_url == "url"
    assert own(["text", "url"]).title is None


@pytest.mark.parametrize(
    ("name", "key"),
    [("Pays d’origine", "pays-d-origine"), ("报纸", "报纸"), ("!!", ""), ("x" * 80, "x" * 60)],
)
def test_a_key_is_made_of_a_name(name: str, key: str) -> None:
    assert key_of(name) == key
