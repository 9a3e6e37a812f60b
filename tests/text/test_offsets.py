from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.offsets import OffsetInsideCharacter, OffsetOutsideText, Offsets
from annotations.text.spans import Span

# Every width: ASCII, two and three bytes, a pair of surrogates, joiners and combining marks.
texts = st.text(alphabet="aé’研😀\u200d\u0301\n", max_size=30)


@given(texts)
def test_every_place_between_characters_goes_to_each_unit_and_back(text: str) -> None:
    offsets = Offsets(text)
    for place in range(len(text) + 1):
        before = text[:place]
        assert offsets.to_utf16(place) == len(before.encode("utf-16-le")) // 2
        assert offsets.to_utf8(place) == len(before.encode())
        assert offsets.from_utf16(offsets.to_utf16(place)) == place
        assert offsets.from_utf8(offsets.to_utf8(place)) == place


@given(texts)
def test_any_other_offset_is_refused_not_rounded(text: str) -> None:
    offsets = Offsets(text)
    good = {offsets.to_utf8(place) for place in range(len(text) + 1)}
    for offset in set(range(len(text.encode()))) - good:
        with pytest.raises(OffsetInsideCharacter):
            offsets.from_utf8(offset)


def test_between_the_halves_of_an_emoji_is_no_place() -> None:
    with pytest.raises(OffsetInsideCharacter) as refusal:
        Offsets("A😀B").from_utf16(2)
    assert (refusal.value.offset, refusal.value.unit) == (2, "utf16")


@pytest.mark.parametrize("offset", [-1, 4])
def test_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(OffsetOutsideText):
        Offsets("A😀").from_utf16(offset)
    with pytest.raises(OffsetOutsideText):
        Offsets("A😀").to_utf8(offset)


def test_a_span_after_an_emoji_keeps_its_quote() -> None:
    text = "🥱 stress"
    span = Span(2, 8)
    start, end = Offsets(text).span_to_utf16(span)
    assert (start, end) == (3, 9)
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "stress"
    assert Offsets(text).span_from_utf16(start, end) == span
    assert Offsets(text).span_from_utf8(*Offsets(text).span_to_utf8(span)) == span
