from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus.choices import Choices
from annotations.corpus.readers.cautions import DAMAGED
from annotations.corpus.readers.reading import blocks, read
from annotations.corpus.texts.normalising import rebuild
from annotations.corpus.texts.refusals import Unreadable

ARTICLE = (
    "Le rythme des laboratoires\r\n\r\n"
    "Les chercheurs travaillent six jours par semaine. « C’est trop », dit Ada.\r\n\r\n"
    "Source: https://example.org/rythme\r\n"
)


def test_a_draft_says_all_that_is_needed_to_store_the_document() -> None:
    data = ARTICLE.encode("cp1252")
    draft = read("rythme.txt", data)
    assert draft.title == "Le rythme des laboratoires"
    assert (draft.language, draft.languages) == ("fr", ("fr",))
    assert draft.decoding.encoding == "cp1252"
    assert draft.source_url == "https://example.org/rythme"
    assert draft.published_on is None
    assert draft.warnings == ["The encoding was guessed: cp1252."]
    assert [(p.index, p.paragraph, p.sentence) for p in draft.passages] == [
        (0, 1, 1),
        (1, 2, 1),
        (2, 2, 2),
        (3, 3, 1),
    ]
    quote = draft.passages[2]
    assert draft.text[quote.start : quote.end] == "« C’est trop », dit Ada."


def test_the_text_is_rebuilt_from_the_bytes_and_the_stored_steps() -> None:
    data = b"\xef\xbb\xbf" + ARTICLE.replace("Ada", "A\x00da").encode()
    draft = read("rythme.txt", data)
    text, mapping = rebuild(data, json.loads(json.dumps(draft.repairs)))
    assert text == draft.text
    assert mapping.source_length == len(data)
    assert [repair["step"] for repair in draft.repairs] == ["decode", "newlines", "controls"]


def test_a_wide_space_before_a_full_stop_costs_no_document() -> None:
    draft = read("a.txt", "Le plan B\u00a0. Et puis rien d’autre.\n".encode())
    assert draft.passages[-1].end == len(draft.text.rstrip())


@settings(max_examples=60)
@given(st.text(alphabet="aB .\n!«»é研。😀\u00a0\x00\r", min_size=1, max_size=80))
def test_reading_is_deterministic_and_covers_the_text(text: str) -> None:
    data = text.encode()
    try:
        draft = read("a.txt", data)
    except Unreadable:
        assert not text.replace("\x00", "").strip() or text.count("\x00") >= 8
        return
    assert read("a.txt", data) == draft
    covered = "".join(draft.text[p.start : p.end] for p in draft.passages)
    assert "".join(covered.split()) == "".join(draft.text.split())


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a", "a.md", "notes.2025"])
def test_any_file_that_holds_text_is_read_as_text(name: str) -> None:
    assert read(name, b"Rome burned.").text == "Rome burned."


@pytest.mark.parametrize("name", ["feed.xml", "table.csv", "rows.jsonl", "a.pdf", "a.docx"])
def test_a_kind_that_needs_a_reader_of_its_own_is_refused_in_plain_words(name: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(name, b"<p>Rome burned.</p>")
    assert refusal.value.reason == "kind"


def test_a_file_of_control_characters_alone_is_blank() -> None:
    with pytest.raises(Unreadable) as refusal:
        read("a.txt", b"\x00\x00 \n")
    assert refusal.value.reason == "blank"


def test_without_a_title_line_the_title_is_the_beginning_of_the_body() -> None:
    sentence = "Les chercheurs travaillent six jours par semaine, " * 4 + "dit Ada."
    title = read("a.txt", sentence.encode()).title
    assert title.endswith("…")
    assert len(title) <= 100
    assert sentence.startswith(title[:-1])


def test_what_is_kept_but_cannot_be_seen_is_counted() -> None:
    draft = read("a.txt", "Ro\u00adme \u200bburned\u202e.".encode())
    assert draft.text == "Ro\u00adme \u200bburned\u202e."
    assert len(draft.warnings) == 3


def test_a_text_damaged_by_a_wrong_encoding_is_repaired_and_pointed_out() -> None:
    text = "L’été a été très chaud. " * 3
    damaged = text.encode().decode("cp1252").encode()
    draft = read("a.txt", damaged)
    assert draft.text == text
    told = "Repaired in 18 places: UTF-8 read as Windows-1252; 0 from context, 0 lost."
    assert draft.warnings == [told]
    left = read("a.txt", damaged, Choices(repair="none"))
    assert left.text == damaged.decode()
    assert left.warnings == [DAMAGED % {"count": 18}]
    romanian = "Această țară și orașul în care trăim sunt frumoase. Ăsta e adevărul. " * 5
    assert read("a.txt", romanian.encode()).warnings == []


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 2025-01-25", date(2025, 1, 25)),
        ("Publié le 2025-01-25", date(2025, 1, 25)),
        ("发布时间：2025年1月25日", date(2025, 1, 25)),
        ("Date: 03/04/2025", None),
        ("Published: 2025-02-31", None),
        ("01月25日", None),
    ],
)
def test_a_day_is_taken_only_where_it_is_sure(line: str, day: date | None) -> None:
    assert read("a.txt", f"{line}\nRome burned.".encode()).published_on == day


def test_two_sources_are_none() -> None:
    text = "Rome burned.\nSource: https://example.org/a\nSource: https://example.org/b"
    assert read("a.txt", text.encode()).source_url is None


def test_a_long_single_line_is_read_into_passages_of_readable_length() -> None:
    data = ("Le prix du pain a encore augmenté cette semaine. " * 6_000).encode()
    draft = read("a.txt", data)
    assert len(draft.passages) == 6_000
    assert {passage.paragraph for passage in draft.passages} == {1}


def test_blocks_are_the_text_again() -> None:
    text = "研究😀" * 4_000
    assert [len(block) for block in blocks(text)] == [4096, 4096, 3808]
    assert "".join(blocks(text)) == text
    assert blocks("") == []
