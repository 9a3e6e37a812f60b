"""Which encoding bytes without a mark are in, when strict UTF-8 has failed."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from math import exp
from typing import NamedTuple

from annotations.corpus.texts.likelihood import likelihood

# Where two fit equally, the one that more press files are in comes first.
LIKELY = (
    "cp1252",
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1251",
    "koi8_r",
    "cp1250",
    "iso8859_2",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "iso8859_15",
    "mac_roman",
    "cp850",
    "cp866",
    "iso8859_5",
    "iso8859_6",
)
_SAMPLE = 2_048
_WIDE_SAMPLE = 32_768
# Of a character, on average: texts have more than -8.5, random bytes less than -10.5 in the best of
# all encodings. A few characters say nothing.
_LEAST_LIKELY = -9.8
_FEW = 20
_A_RANK = 0.4
_DOUBTS = 3.0
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
# What a text has nearly only: letters of living scripts, their punctuation, emoji.
_COMMON = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\u06ff\u0900-\u0e7f\u1e00-\u206f\u20a0-\u21ff\u2600-\u27bf"
    "\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\ufe0f\ufeff\uff00-\uffef\U0001f300-\U0001faff]"
)
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


class Guess(NamedTuple):
    encoding: str
    confidence: float
    alternatives: tuple[str, ...]


class _Candidate(NamedTuple):
    """`score` is a natural logarithm: how likely the sample is, and how usual the encoding."""

    encoding: str
    text: str
    score: float


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, for data with NUL bytes; None where these are strays."""
    if len(data) % 4 == 0:
        for encoding in ("utf-32-le", "utf-32-be"):
            if _common_share(data[:_WIDE_SAMPLE], encoding) > 0.9:
                return encoding
    sixteen = ("utf-16-le", "utf-16-be")
    if _is_utf8(data):
        return next((code for code in sixteen if _alternates_with_nul(data, code)), None)
    shares = {code: _common_share(data[:_WIDE_SAMPLE], code) for code in sixteen}
    best = max(sixteen, key=lambda code: shares[code])
    return best if shares[best] >= 0.9 else None


def is_damaged_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 in which few sequences are broken, as a cut in the middle leaves them."""
    sequences = sum(1 for _ in _UTF8_SEQUENCE.finditer(data))
    broken = len(_NOT_ASCII.findall(_UTF8_SEQUENCE.sub(b"", data)))
    cut = _is_utf8(data[:-1]) or _is_utf8(data[:-2]) or _is_utf8(data[:-3])
    return sequences >= 1 and (cut or sequences >= 10 * broken)


def narrow_encoding(data: bytes) -> Guess | None:
    """The one of `LIKELY` in which the data makes the likeliest text; None if none makes any."""
    sample, is_whole = _sample(data)
    ranked = sorted(_candidates(sample, is_whole), key=lambda each: -each.score)
    best, *others = ranked
    beyond = sum(char > "\x7f" for char in best.text)
    if beyond >= _FEW and best.score < _LEAST_LIKELY * beyond:
        return None
    rival = next((each.score for each in others if each.text != best.text), -1e9)
    confidence = 1 / (1 + exp(min(0.0, (rival - best.score) / _DOUBTS)))
    return Guess(
        best.encoding, min(0.99, confidence), tuple(other.encoding for other in others[:4])
    )


def _candidates(sample: bytes, is_whole: bool) -> Iterator[_Candidate]:
    for rank, encoding in enumerate(LIKELY):
        decoder = getincrementaldecoder(encoding)("replace")
        text = decoder.decode(sample, is_whole)
        score = likelihood(text, encoding).total - _A_RANK * rank
        yield _Candidate(encoding, text, score)


def _sample(data: bytes) -> tuple[bytes, bool]:
    """The first lines with bytes beyond ASCII, and whether its last character is whole.

    No encoding here has a line break as a second byte.
    """
    lines: list[bytes] = []
    size = 0
    for line in data.split(b"\n"):
        if _NOT_ASCII.search(line):
            lines.append(_around(line))
            size += len(lines[-1])
            if size >= _SAMPLE:
                return b"\n".join(lines)[:_SAMPLE], False
    return b"\n".join(lines), True


def _around(line: bytes) -> bytes:
    """A long line from its first byte beyond ASCII on, with what is just before it."""
    first = _NOT_ASCII.search(line)
    start = first.start() if first and len(line) > _SAMPLE else 0
    gap = line.rfind(b" ", max(0, start - 40), start)
    return line[gap + 1 if gap >= 0 else start :][:_SAMPLE]


def _common_share(sample: bytes, encoding: str) -> float:
    size = 4 if encoding.startswith("utf-32") else 2
    try:
        text = sample[: len(sample) // size * size].decode(encoding, "ignore")
    except UnicodeDecodeError:
        return 0.0
    return len(_COMMON.findall(text)) * size / len(sample)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _alternates_with_nul(data: bytes, encoding: str) -> bool:
    """ASCII in UTF-16: nearly every second byte is NUL, and hardly any other."""
    if len(data) % 2:
        return False
    high, low = (data[1::2], data[0::2]) if encoding == "utf-16-le" else (data[0::2], data[1::2])
    return high.count(0) * 10 > len(high) * 8 and low.count(0) * 10 < len(low)
