"""Bytes → text: byte order mark, then strict UTF-8, then detection; the choice is recorded."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from annotations.corpus.texts import detecting
from annotations.corpus.texts.refusals import Unreadable
from annotations.corpus.texts.signatures import require_text_file
from annotations.text.phrases import wording

How = Literal["bom", "utf-8", "declared", "detected", "chosen"]

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
REPLACEMENT = "\ufffd"
# What a person may choose.
CHOOSABLE = (*dict.fromkeys(encoding for _mark, encoding in _MARKS), *detecting.LIKELY)


@dataclass(frozen=True, slots=True)
class Decoding:
    """How the bytes were read. `bom` and `malformed` count bytes and undecodable pieces."""

    encoding: str
    how: How
    confidence: float
    alternatives: tuple[str, ...] = ()
    bom: int = 0
    malformed: int = 0


class Piece(NamedTuple):
    """A stretch of text that decoded, or U+FFFD for `size` bytes that did not."""

    text: str
    size: int
    is_malformed: bool


def decode(
    data: bytes, encoding: str | None = None, *, declared: str | None = None
) -> tuple[str, Decoding]:
    """The text of a file and how it was read; `encoding` overrules detection.

    `declared` is what the file says of itself: believed if it fits every byte, and UTF-8 does not.

    Raises `Unreadable` for empty and binary files and where no encoding fits. Bytes that do not
    decode become U+FFFD, one for each maximal invalid piece, and are counted.

    >>> decode("Élan".encode("cp1252"))[0]
    'Élan'
    """
    require_text_file(data)
    text, decoding = _chosen(data, encoding) if encoding else _decoded(data, declared)
    _require_readable(text, decoding)
    return text, decoding


def pieces(data: bytes, encoding: str, bom: int = 0) -> list[Piece]:
    """`data` after its mark, in stretches that decode and pieces that do not.

    Lone surrogates come through (Python's "surrogatepass"), for the next step to remove.
    """
    decoder = codecs.getdecoder(encoding)
    errors = "surrogatepass" if encoding.startswith("utf") else "strict"
    rest = memoryview(data)[bom:]
    found: list[Piece] = []
    while rest:
        try:
            found.append(Piece(decoder(rest, errors)[0], len(rest), is_malformed=False))
            break
        except UnicodeDecodeError as error:
            if error.start:
                good = decoder(rest[: error.start], errors)[0]
                found.append(Piece(good, error.start, is_malformed=False))
            found.append(Piece(REPLACEMENT, error.end - error.start, is_malformed=True))
            rest = rest[error.end :]
    return found


def _decoded(data: bytes, declared: str | None) -> tuple[str, Decoding]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as(data, Decoding(encoding, "bom", 1.0, bom=len(mark)))
    if b"\x00" in data and (wide := detecting.wide_encoding(data)):
        return _as(data, Decoding(wide, "detected", 0.9))
    try:
        return data.decode(), Decoding("utf-8", "utf-8", 1.0)
    except UnicodeDecodeError:
        pass
    if declared and not any(piece.is_malformed for piece in pieces(data, declared)):
        return _as(data, Decoding(declared, "declared", 1.0))
    if detecting.is_damaged_utf8(data):
        return _as(data, Decoding("utf-8", "detected", 0.9))
    guess = detecting.narrow_encoding(data)
    if guess is None:
        raise Unreadable(
            "encoding", wording("No encoding fits this file. Save it as UTF-8 and try again.")
        )
    return _as(data, Decoding(guess.encoding, "detected", guess.confidence, guess.alternatives))


def _chosen(data: bytes, encoding: str) -> tuple[str, Decoding]:
    """As a person says; a mark of that encoding is still no part of the text."""
    if encoding not in CHOOSABLE:
        said = wording("%(encoding)s is no encoding that is read here.")
        raise Unreadable("encoding", said % {"encoding": encoding})
    bom = next((len(mark) for mark, own in _MARKS if own == encoding and data.startswith(mark)), 0)
    return _as(data, Decoding(encoding, "chosen", 1.0, bom=bom))


def _as(data: bytes, decoding: Decoding) -> tuple[str, Decoding]:
    read = pieces(data, decoding.encoding, decoding.bom)
    malformed = sum(piece.is_malformed for piece in read)
    text = "".join(piece.text for piece in read)
    return text, Decoding(
        decoding.encoding,
        decoding.how,
        round(decoding.confidence, 3),
        decoding.alternatives,
        decoding.bom,
        malformed,
    )


def is_plain(text: str) -> bool:
    """Whether it surely has no control but line feeds, no half of a pair: quickly known of most texts.

    >>> is_plain("Élan\\n"), is_plain("a\\x00"), is_plain("\\ud800")
    (True, False, False)
    """
    return text.replace("\n", " ").replace("\u00a0", " ").replace("\u202f", " ").isprintable()


def _require_readable(text: str, decoding: Decoding) -> None:
    if not text.strip("\ufeff").strip():
        raise Unreadable("blank", wording("The file holds nothing but white space."))
    controls = 0 if is_plain(text) else len(_CONTROLS.findall(text))
    if controls >= 8 and controls * 10 > len(text):
        raise Unreadable(
            "binary", wording("This is not a text file. Save its text as a .txt file.")
        )
    if decoding.malformed >= 8 and decoding.malformed * 20 > len(text):
        raise Unreadable(
            "encoding",
            wording("Too many characters cannot be decoded. Save the file as UTF-8 and try again."),
        )
