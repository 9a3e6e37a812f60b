"""A stretch of a text is followed back through every repair to its bytes."""

from __future__ import annotations

import pytest

from annotations.corpus.readers.reading import read
from annotations.release.chain_bytes import FIRST_ROWS, LAST_ROWS, WIDE, Trace, traced
from annotations.text.spans import Span


def followed(data: bytes, quote: str, name: str = "a.txt") -> tuple[Trace, bytes]:
    """The trace of a quote in what a file is read as, and the bytes that it leads to."""
    draft = read(name, data)
    start = draft.text.index(quote)
    trace = traced(data, draft.repairs, Span(start, start + len(quote)))
    assert trace.text == draft.text
    return trace, data[trace.place.start : trace.place.end]


def test_emoji_and_chinese_lead_to_their_bytes() -> None:
    for quote in ("😀", "没有人问", "« été »"):
        trace, found = followed("Nobody 😀 asks. 没有人问 « été ».".encode(), quote)
        assert found == quote.encode()
        assert trace.decoded == quote


def test_line_ends_written_alike_are_told_where_they_stand() -> None:
    trace, found = followed(b"One line.\r\nAnother line.\r\nA third.", "line.\nAnother")
    assert found == b"line.\r\nAnother"
    (step,) = trace.repairs
    assert (step.step, step.touches) == ("newlines", True)
    assert (step.was, step.now) == ("line.\r\nAnother", "line.\nAnother")


def test_a_step_that_changes_nothing_here_says_so() -> None:
    trace, _ = followed(b"One line.\r\nAnother line.\r\nA third.", "Another")
    assert [(each.step, each.touches, each.was) for each in trace.repairs] == [
        ("newlines", False, "")
    ]


def test_garbled_letters_show_what_was_and_what_is_now_with_their_rule() -> None:
    text = "Les chercheurs d’à côté étaient fatigués après l’été."
    data = text.encode().decode("latin-1").encode()
    trace, found = followed(data, "fatigués")
    assert found == "fatiguÃ©s".encode()
    (step,) = [each for each in trace.repairs if each.step == "mojibake"]
    (change,) = step.changes
    assert (change.was, change.now, change.certainty) == ("Ã©", "é", 1.0)
    assert trace.decoded == "fatiguÃ©s"


def test_a_field_of_a_web_page_leads_into_its_markup() -> None:
    page = b"<html><body><main><p>R&amp;D costs <b>more</b> every year, they say.</p></main></body></html>"
    trace, found = followed(page, "R&D costs more", "a.html")
    assert found == b"R&amp;D costs <b>more"
    assert trace.repairs[0].was == "R&amp;D costs <b>more"


def test_rows_mark_the_bytes_of_the_label_and_a_little_around() -> None:
    data = "x".join("0123456789abcdef" for _ in range(9)).encode()
    trace = traced(data, [{"step": "decode", "encoding": "utf-8", "bom": 0}], Span(40, 52))
    shown = b"".join(bytes.fromhex(each.hex) for row in trace.rows for each in row.pieces)
    assert data.find(shown) == trace.rows[0].at
    assert trace.rows[0].at <= 40 - WIDE + WIDE
    assert len(shown) < 12 + 4 * WIDE
    marked = b"".join(
        bytes.fromhex(each.hex) for row in trace.rows for each in row.pieces if each.of_label
    )
    assert marked == data[40:52]


def test_of_a_very_long_label_the_middle_is_left_out_and_counted() -> None:
    data = b"a" * 5_000
    trace = traced(data, [{"step": "decode", "encoding": "utf-8", "bom": 0}], Span(0, 5_000))
    assert len(trace.rows) == FIRST_ROWS + LAST_ROWS
    shown = sum(len(bytes.fromhex(each.hex)) for row in trace.rows for each in row.pieces)
    assert shown + trace.left_out_bytes == 5_000


def test_characters_stand_where_their_first_byte_is() -> None:
    data = "0123456789abcd没有人".encode()
    trace = traced(data, [{"step": "decode", "encoding": "utf-8", "bom": 0}], Span(0, 17))
    assert ["".join(piece.text for piece in row.pieces) for row in trace.rows] == [
        "0123456789abcd没",
        "有人",
    ]


@pytest.mark.parametrize("steps", [[], [{"step": "unheard-of"}]])
def test_steps_that_cannot_be_replayed_are_refused(steps: list[dict[str, object]]) -> None:
    with pytest.raises((ValueError, LookupError)):
        traced(b"abc", steps, Span(0, 1))
