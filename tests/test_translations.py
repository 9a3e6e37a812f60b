"""Everything is said in French too, as French is written."""

from __future__ import annotations

import re
from collections import Counter

from django.test import Client
from django.utils.translation import ngettext, override

from tests.cast import Cast
from tests.translations import (
    PO,
    as_mo,
    as_po,
    is_translated,
    phrases,
    set_as_french,
    stored,
    wanted,
)

RENEW = "run: python -m tests.translations update"
# An apostrophe of typewriters, a mark without its space, a quotation mark without its own.
FAULTS = re.compile(r"['\"]|\.\.\.|(?<!\u202f)[;!?»](?!\w)|(?<![\u202f\w]):|\w:\s|«(?!\u202f)")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w+\}")


def _forms(text: str | list[str] | tuple[str, ...]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


WANTED, STORED = phrases(wanted()), phrases(stored())
FRENCH = [
    (english, french)
    for message in STORED.values()
    for english, french in zip(_forms(message.id), _forms(message.string), strict=True)
]


def test_every_phrase_has_its_french() -> None:
    missing = [key for key in WANTED if key not in STORED or not is_translated(STORED[key])]
    assert not missing, RENEW


def test_nothing_is_translated_that_nobody_reads() -> None:
    assert not set(STORED) - set(WANTED), RENEW


def test_what_is_compiled_is_what_is_written() -> None:
    assert PO.with_suffix(".mo").read_bytes() == as_mo(stored()), RENEW
    assert PO.read_bytes() == as_po(stored()), RENEW


def test_what_is_filled_in_is_the_same_in_both() -> None:
    wrong = [
        (english, french)
        for english, french in FRENCH
        if Counter(PLACEHOLDER.findall(french)) != Counter(PLACEHOLDER.findall(english))
    ]
    assert not wrong


def test_french_is_set_as_french() -> None:
    wrong = [french for _, french in FRENCH if FAULTS.search(french) and french != "?"]
    assert not wrong, "’ is the apostrophe, and a narrow no-break space stands before ; : ! ? »"


def test_what_is_typed_with_common_spaces_is_set_right() -> None:
    typed = "L'aviez-vous lu : « oui » ; 5 %% ? Non !"
    right = "L’aviez-vous lu~: «~oui~»~; 5~%%~? Non~!".replace("~", "\u202f")
    assert set_as_french(typed) == right
    assert set_as_french(right) == right


def test_counted_phrases_follow_french_rules(db: None) -> None:
    with override("fr"):
        said = [
            ngettext("%(count)s document", "%(count)s documents", n) % {"count": n}
            for n in (0, 1, 2)
        ]
    assert said == ["0 document", "1 document", "2 documents"]


def test_a_page_speaks_the_language_of_its_reader(cast: Cast, client: Client) -> None:
    client.force_login(cast.ada)
    page = client.get("/", headers={"Accept-Language": "fr"}).content.decode()
    assert '<html lang="fr">' in page
    assert "Bonjour, Ada" in page
    assert "Good to see you" not in page
