from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.corpus.texts.decoding import Decoding, pieces
from annotations.corpus.texts.normalising import UnknownStep, normalise, rebuild
from annotations.text.offset_map import OffsetMap
from annotations.text.spans import Span

PLAIN = Decoding("utf-8", "utf-8", 1.0)
# Everything that some step touches, next to what none does.
_TROUBLE = "ab é’研😀\r\n\t\x00\x0b\x1f\x7f\x85\ufeff\u200b\u2028\ufffe\uffff\ufffd"
ENCODINGS = {
    "utf-8": _TROUBLE,
    "utf-16-le": _TROUBLE,
    "utf-16-be": _TROUBLE,
    "utf-32-le": _TROUBLE,
    "cp1252": "ab é’\r\n\x00",
    "gb18030": "ab é研😀\r\n\x00",
    "big5": "ab 研究\r\n\x00",
    "cp932": "ab 研かｱ\r\n\x00",
    "euc_jp": "ab 研か\r\n\x00",
    "cp949": "ab 연구\r\n\x00",
}


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, str, Decoding]:
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    text = draw(st.text(alphabet=ENCODINGS[encoding], min_size=1, max_size=40))
    mark = draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) if encoding == "utf-8" else b""
    return mark + text.encode(encoding), text, Decoding(encoding, "detected", 0.9, bom=len(mark))


def _read(data: bytes, decoding: Decoding) -> tuple[str, OffsetMap]:
    decoded = "".join(piece.text for piece in pieces(data, decoding.encoding, decoding.bom))
    text, repairs = normalise(decoded, decoding)
    again, mapping = rebuild(data, json.loads(json.dumps(repairs)))
    assert again == text
    return text, mapping


def test_line_ends_become_lf_and_nothing_else_is_touched() -> None:
    text, repairs = normalise("a\r\nb\rc\nd\u0085e\u2028cafe\u0301\ufeff", PLAIN)
    assert text == "a\nb\nc\nd\u0085e\u2028cafe\u0301\ufeff"
    assert repairs[1:] == [{"step": "newlines", "crlf": 1, "cr": 1}]


def test_what_the_database_or_xml_cannot_hold_is_removed_and_counted() -> None:
    text, repairs = normalise("a\x00b\x00\x0cc\ufffe\td", PLAIN)
    assert text == "abc\td"
    assert repairs[1:] == [{"step": "controls", "removed": {"U+0000": 2, "U+000C": 1, "U+FFFE": 1}}]


def test_a_clean_text_has_one_step_how_it_was_decoded() -> None:
    text, repairs = normalise("Café.\n", PLAIN)
    assert text == "Café.\n"
    assert [repair["step"] for repair in repairs] == ["decode"]
    assert json.loads(json.dumps(repairs)) == repairs


def test_halves_of_a_pair_encoded_apart_become_the_emoji_and_lone_ones_go() -> None:
    data = "a\ud83d\ude00b\ud83dc".encode("utf-8", "surrogatepass")
    text, mapping = _read(data, PLAIN)
    assert text == "a😀bc"
    assert mapping.source_span(Span(1, 2)) == Span(1, 7)
    assert mapping.source_span(Span(2, 4)) == Span(7, 12)


def test_bytes_that_do_not_decode_stand_behind_their_replacement_character() -> None:
    text, mapping = _read(b"caf\xe9 \xc3\xa9\xc3", PLAIN)
    assert text == "caf\ufffd é\ufffd"
    assert mapping.source_span(Span(3, 4)) == Span(3, 4)
    assert mapping.source_span(Span(5, 6)) == Span(5, 7)


def test_an_unknown_step_is_refused_rather_than_skipped() -> None:
    _, repairs = normalise("a", PLAIN)
    with pytest.raises(UnknownStep):
        rebuild(b"a", [*repairs, {"step": "magic"}])
    with pytest.raises(UnknownStep):
        rebuild(b"a", [{"step": "newlines"}])


@given(files())
@example((b"\r\r\n\x00\n", "\r\r\n\x00\n", PLAIN))
def test_the_text_is_storable_and_rebuilt_from_bytes_and_steps(
    file: tuple[bytes, str, Decoding],
) -> None:
    data, _, decoding = file
    text, mapping = _read(data, decoding)
    assert not set(text) & set("\r\x00\x0b\x1f\ufffe\uffff")
    assert (mapping.target_length, mapping.source_length) == (len(text), len(data))


@given(files())
def test_every_character_names_the_bytes_that_say_it(file: tuple[bytes, str, Decoding]) -> None:
    data, _, decoding = file
    text, mapping = _read(data, decoding)
    end = 0
    for place, char in enumerate(text):
        found = mapping.source_span(Span(place, place + 1))
        said = data[found.slice].decode(decoding.encoding)
        assert said == char or (char == "\n" and said in ("\r\n", "\r"))
        assert found.start >= end
        assert mapping.target_span(found) == Span(place, place + 1)
        end = found.end


@given(files())
def test_every_byte_names_its_character_or_the_place_it_was_removed_from(
    file: tuple[bytes, str, Decoding],
) -> None:
    data, _, decoding = file
    text, mapping = _read(data, decoding)
    before = 0
    for byte in range(len(data)):
        found = mapping.target_span(Span(byte, byte + 1))
        assert len(found) <= 1
        assert before <= found.start <= len(text)
        if found:
            assert mapping.source_span(found).contains(Span(byte, byte + 1))
        before = found.start
