"""Text damaged the way the world does it: UTF-8 read as something else, once or more."""

from __future__ import annotations

import re


def misread(text: str, *encodings: str) -> str:
    """UTF-8 read as each encoding in turn; a byte that it lacks is a C1 character, as in browsers."""
    for encoding in encodings:
        text = "".join(_shown(byte, encoding) for byte in text.encode())
    return text


def dropped(text: str) -> str:
    """Without controls and soft hyphens, and with a no-break space gone into the one beside it."""
    return re.sub(" +", " ", re.sub("[\x80-\x9f\xad]", "", text).replace("\xa0", " "))


def asked(text: str, mark: str) -> str:
    """With `mark` for what the encoding does not know."""
    return re.sub("[\x80-\x9f]", mark, text)


def _shown(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)
