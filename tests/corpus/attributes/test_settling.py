"""What files bring of attributes: kept as its kind is written, or left out with a warning."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus.attributes.checking import LONGEST_VALUE, Kind
from annotations.corpus.attributes.settling import MOST, settled
from annotations.corpus.choices import AS_PROPOSED, Choices
from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.models import Attribute, Document, Outcome
from annotations.corpus.readers.columns import OWN_COLUMNS
from annotations.corpus.readers.reading import read
from annotations.corpus.speaking import warning_in_words
from annotations.project.refusals import Invalid
from tests.cast import Cast

PAGE = (
    b"<html><head><meta property='og:site_name' content='The Harbour Post'></head>"
    b"<body><article><h1>A night</h1><p>They stayed in the lab until the morning came.</p>"
    b"</article></body></html>"
)


def row(cast: Cast, said: dict[str, object], *, name: str = "a.jsonl#1") -> Document:
    data = json.dumps({"text": "They stayed.", **said}).encode()
    draft = read(name, data, Choices(columns=OWN_COLUMNS))
    return admit(draft, data, into=cast.project, name=name).document


def attribute(cast: Cast, kind: str, *choices: str, name: str = "Outlet") -> Attribute:
    return Attribute.objects.create(
        project=cast.project, key=name.lower(), name=name, kind=kind, choices=list(choices)
    )


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("text", "  Le Monde ", "Le Monde"),
        ("text", "x" * LONGEST_VALUE, "x" * LONGEST_VALUE),
        ("text", "x" * (LONGEST_VALUE + 1), None),
        ("number", "-3.50", "-3.50"),
        ("number", "3,5", None),
        ("number", "٣", "٣"),
        ("date", "2025-01-31", "2025-01-31"),
        ("date", "2025-02-30", None),
        ("date", "31.01.2025", None),
        ("date", "20250131", None),
        ("flag", "Oui", "true"),
        ("flag", "0", "false"),
        ("flag", "perhaps", None),
        ("choice", "le monde", "Le Monde"),
        ("choice", "Figaro", None),
    ],
)
def test_a_value_is_kept_as_its_kind_is_written(kind: str, value: str, kept: str | None) -> None:
    assert Kind("x", kind, ["Le Monde"]).settled(value) == kept


@given(st.sampled_from(["text", "number", "date", "flag", "choice"]), st.text(max_size=40))
def test_what_was_kept_once_is_kept_as_it_is(kind: str, value: str) -> None:
    taken = Kind("x", kind, ["a", "B"])
    once = taken.settled(value)
    assert once is None or taken.settled(once) == once


def test_a_new_key_becomes_an_attribute_of_text(cast: Cast) -> None:
    found = row(cast, {"attributes": {"Pays d’origine": "France", "year": 2025}})
    assert found.attributes == [
        {"key": "pays-d-origine", "value": "France"},
        {"key": "year", "value": "2025"},
    ]
    rows = Attribute.objects.filter(project=cast.project).values_list("key", "name", "kind")
    assert set(rows) == {("pays-d-origine", "Pays d’origine", "text"), ("year", "year", "text")}


def test_a_value_that_does_not_fit_costs_no_file(cast: Cast) -> None:
    attribute(cast, "number", name="Year")
    found = row(cast, {"attributes": {"year": "last summer", "outlet": "Daily"}})
    assert found.attributes == [{"key": "outlet", "value": "Daily"}]
    assert found.warnings == [
        "“last summer” was left out, as the attribute Year takes: a number, such as 12 or 3.5."
    ]


def test_a_page_of_an_outlet_that_the_list_lacks_comes_in(cast: Cast) -> None:
    attribute(cast, "choice", "Le Monde", "Gazette")
    taken = admit(read("a.html", PAGE, AS_PROPOSED), PAGE, into=cast.project, name="a.html")
    assert taken.outcome == Outcome.ADDED
    assert taken.document.attributes == []
    said = "“The Harbour Post” was left out, as the attribute Outlet takes: Le Monde, Gazette."
    assert said in taken.document.warnings


def test_the_warning_is_said_in_french(cast: Cast) -> None:
    attribute(cast, "flag", name="Seen")
    found = row(cast, {"attributes": {"seen": "often"}})
    with override("fr"):
        assert warning_in_words(found.warnings[0]).startswith("«\u202foften\u202f» a été laissé")
        assert "oui ou non" in warning_in_words(found.warnings[0])


def test_nobody_makes_attributes_without_end(cast: Cast) -> None:
    with pytest.raises(Invalid, match=f"More than {MOST} attributes"):
        settled([{f"k{number}": "x" for number in range(MOST + 1)}], of=cast.project)
