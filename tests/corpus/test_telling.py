"""Coders read what happened to a file in words, not in names of steps and code points."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from annotations.corpus.readers.cautions import WORDINGS
from annotations.corpus.readers.reading import read
from annotations.corpus.telling import TOLD, repairs_told, warnings_told
from annotations.corpus.texts.normalising import REPLAYS

TECHNICAL = re.compile(
    r"U\+|UTF|CRLF|CR LF|surrogate|newlines|mojibake|decode|encod|C1|bidi|[{}\[\]_]", re.IGNORECASE
)
LINES = "Nobody asks why the lights stay on; the café in the lab is never closed.\r\n" * 12
DAMAGED = (LINES + "Soft\u00adware \u200b here.\r\n").encode() + b"Odd \x01\x02 signs.\r\n"
GARBLED = ("Le café déjà fermé, l’été à Évry. " * 20).encode().decode("cp1252").encode()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("data", [DAMAGED, GARBLED, LINES.encode("cp1252"), b"a\x81b " * 30])
def test_no_name_of_a_step_is_shown(data: bytes, language: str) -> None:
    draft = read("a.txt", data)
    with translation.override(language):
        told = [*repairs_told(draft.repairs), *warnings_told(draft.warnings)]
    assert told
    assert [each for each in told if TECHNICAL.search(each)] == []


def test_what_was_changed_is_counted() -> None:
    draft = read("a.txt", DAMAGED)
    assert repairs_told(draft.repairs) == [
        "14 × ends of lines are now written alike.",
        "2 × invisible signs that mean nothing in a text were removed.",
    ]
    assert warnings_told(draft.warnings) == ["1 × invisible characters stand in the text."] * 2


def test_a_text_that_nothing_happened_to_has_nothing_told() -> None:
    draft = read("a.txt", b"Nobody asks why the lights stay on.\n" * 9)
    assert repairs_told(draft.repairs) == warnings_told(draft.warnings) == []


def test_a_step_of_a_later_version_is_told_without_its_name() -> None:
    [told] = repairs_told([{"step": "unfolded", "count": 2}])
    assert "unfolded" not in told


def test_every_step_that_is_recorded_has_words() -> None:
    assert {*REPLAYS, "decode", "newlines", "surrogates", "controls"} <= set(TOLD)


def test_every_warning_is_a_repair_or_has_plain_words() -> None:
    filling = {"count": 2, "what": "soft hyphens", "encoding": "Latin-1", "listed": "1 × U+0000"}
    filling |= {"chain": "Latin-1", "context": 1, "lost": 0}
    for wording in WORDINGS:
        if "%(count)s" in wording or "%(listed)s" in wording:
            assert not TECHNICAL.search(" ".join(warnings_told([wording % filling])))
