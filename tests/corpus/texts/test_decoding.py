from __future__ import annotations

import codecs

import pytest

from annotations.corpus.texts.decoding import decode
from annotations.corpus.texts.refusals import Unreadable

FRENCH = "Où ça ? À Paris, très tôt, un chercheur épuisé a dit : « C'est l'été », et ça l'a gêné."
CHINESE = "人工智能行业竞争激烈，研究者面临巨大压力。速度至上的理念使研究成果易过时。"
TRADITIONAL = "人工智慧產業競爭激烈，研究者面臨巨大壓力。速度至上的理念使研究成果易過時。"
RUSSIAN = "Исследователи работают слишком много, и давление растёт каждый день."
JAPANESE = "研究者は長時間働いており、競争が激しいと語った。それでも続ける。"
KOREAN = "연구자들은 오랜 시간 일하며 경쟁이 치열하다고 말했다."
POLISH = "Zażółć gęślą jaźń. Naukowcy mówią, że presja jest zbyt duża i że płace są niższe."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    text, decoding = decode(mark + FRENCH.encode(encoding))
    assert text == FRENCH
    assert (decoding.encoding, decoding.how, decoding.bom) == (encoding, "bom", len(mark))


def test_valid_utf_8_is_believed_without_asking_anyone() -> None:
    text, decoding = decode(f"{FRENCH} {CHINESE} 😀".encode())
    assert text.endswith("😀")
    assert (decoding.how, decoding.confidence) == ("utf-8", 1.0)


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "latin-1", "cp1252"),
        ("Voilà l'été.", "cp1252", "cp1252"),
        (FRENCH, "mac_roman", "mac_roman"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "gb2312", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        (JAPANESE, "shift_jis", "cp932"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (KOREAN, "euc_kr", "cp949"),
        (POLISH, "cp1250", "cp1250"),
        (POLISH, "iso8859_2", "iso8859_2"),
    ],
)
def test_older_encodings_are_recognised(text: str, encoding: str, expected: str) -> None:
    decoded, decoding = decode(text.encode(encoding))
    assert decoded == text
    assert (decoding.encoding, decoding.how) == (expected, "detected")
    assert 0 < decoding.confidence <= 1
    assert expected not in decoding.alternatives


@pytest.mark.parametrize("text", [FRENCH, CHINESE + "\n一", "ok"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_known_without_a_mark(text: str, encoding: str) -> None:
    decoded, decoding = decode(f"{text}\n{text}\n".encode(encoding))
    assert decoded == f"{text}\n{text}\n"
    assert decoding.encoding == encoding


@pytest.mark.parametrize("data", [b"a\x00b", b"ab\x00c", "caf\u00e9 \x00 noir".encode()])
def test_a_stray_nul_does_not_make_a_text_utf_16(data: bytes) -> None:
    assert decode(data)[1].encoding == "utf-8"


def test_utf_8_cut_in_the_middle_of_a_character_is_still_utf_8() -> None:
    text, decoding = decode("Voilà l'été tronqué".encode()[:-1])
    assert text == "Voilà l'été tronqu\ufffd"
    assert (decoding.encoding, decoding.malformed) == ("utf-8", 1)


def test_one_byte_beyond_ascii_far_into_a_long_line_is_found() -> None:
    text, decoding = decode(
        ("The price of bread rises. " * 4_000 + "Voilà l'été.").encode("cp1252")
    )
    assert text.endswith("Voilà l'été.")
    assert decoding.encoding == "cp1252"


def test_chinese_longer_than_the_sample_and_without_a_space_is_recognised() -> None:
    for before in ("", "a"):
        assert decode((before + CHINESE * 2_000).encode("gb18030"))[1].encoding == "gb18030"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "blank"),
        ("\ufeff \u00a0\u2003".encode(), "blank"),
        (b"%PDF-1.7\n", "binary"),
        (b"PK\x03\x04\x14\x00", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "binary"),
        (b"{\\rtf1\\ansi Hello}", "binary"),
        (bytes(range(32)) * 40, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        decode(data)
    assert refusal.value.reason == reason
    assert str(refusal.value).endswith(".")
