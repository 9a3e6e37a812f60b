"""What was worded in English is said in the language in force."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from annotations.coding.bodies import parse
from annotations.corpus.readers.cautions import KEPT
from annotations.corpus.speaking import reason_in_words, warning_in_words, zone_reason_in_words
from annotations.project.refusals import Invalid
from annotations.project.speaking import said, said_again
from annotations.project.trigger_words import TRIGGER_WORDS
from annotations.text.phrases import phrase
from tests.servers import ROOT

MIGRATIONS = sorted((ROOT / "annotations" / "migrations").glob("0*.py"))
DETAIL = re.compile(r"DETAIL = (?:format\()?'((?:[^']|'')*)'")
DETAILS = sorted(
    {
        found.replace("''", "'").replace("%s", "7")
        for path in MIGRATIONS
        for found in DETAIL.findall(path.read_text(encoding="utf-8"))
    }
)


def test_a_phrase_is_said_with_what_fills_it() -> None:
    told = phrase(KEPT, count=3, what=phrase("soft hyphens"))
    assert said(told) == "3 × soft hyphens, kept."
    with override("fr"):
        assert said(told) == "3 × traits d’union conditionnels, conservés."


def test_what_nobody_worded_is_said_as_it_is() -> None:
    with override("fr"):
        assert said("No wording of ours") == "No wording of ours"
        assert said_again("No wording of ours", [KEPT]) == "No wording of ours"
        assert said_again("", [KEPT]) == ""


def test_faults_of_a_body_are_said_all_together() -> None:
    with pytest.raises(Invalid) as refused:
        parse({"assignment": "", "start": 0, "end": 1})
    assert refused.value.message == "quote is missing.; theme is missing."
    with override("fr"):
        assert said(refused.value.message) == "quote manque.\u202f; theme manque."


@pytest.mark.parametrize("detail", DETAILS)
def test_every_detail_of_a_trigger_has_its_french(detail: str) -> None:
    assert said_again(detail, TRIGGER_WORDS) == detail
    with override("fr"):
        assert said_again(detail, TRIGGER_WORDS) != detail


@pytest.mark.parametrize(
    ("stored", "french"),
    [
        ("address alone", "adresse seule"),
        ("after a line “previous or next”", "après une ligne «\u202fprécédent ou suivant\u202f»"),
        ("by hand, was link: address alone", "à la main, était lien\u202f: adresse seule"),
        ("by hand, was body", "à la main, était corps"),
        ("", ""),
    ],
)
def test_the_reason_of_a_zone_is_said_as_it_was_stored(stored: str, french: str) -> None:
    assert zone_reason_in_words(stored) == stored
    with override("fr"):
        assert zone_reason_in_words(stored) == french


def test_numbers_of_a_stored_reason_are_written_as_readers_write_them() -> None:
    stored = (
        "The file has 10,485,761 bytes; at most 10,485,760 are taken. Split it and send the parts."
    )
    assert reason_in_words(stored) == stored
    with override("fr"):
        assert "10\xa0485\xa0761 octets" in reason_in_words(stored)


def test_warnings_and_refusals_of_files_are_said_as_they_were_stored() -> None:
    pdf = (
        "This is a PDF document, not plain text. "
        "Save or export its text as a .txt file in UTF-8 and try again."
    )
    with override("fr"):
        assert reason_in_words(pdf).startswith("C’est un document PDF, pas du texte brut.")
        assert warning_in_words("The encoding was guessed: cp1252.").endswith(
            "deviné\u202f: cp1252."
        )
