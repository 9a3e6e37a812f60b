"""Decoded text → stored text, each change a recorded step; and the way back to the bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from annotations.corpus.texts import cells, keeping, substituting
from annotations.corpus.texts.decoding import Decoding, is_plain, pieces
from annotations.text.offset_map import OffsetMap, Run

Step = dict[str, Any]
Change = Callable[[re.Match[str]], str]
Replay = Callable[[str, Mapping[str, Any]], tuple[str, OffsetMap]]

_NEWLINE = re.compile("\r\n|\r")
_PAIR_OR_LONE = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
# What Postgres or XML 1.0 cannot hold. Tab and line feed stay; so do C1, zero-width and bidi.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def normalise(text: str, decoding: Decoding) -> tuple[str, list[Step]]:
    """LF line ends, no lone surrogate, no NUL or other control; else unchanged, and no NFC.

    Gives the text and `repairs`: JSON-able steps in their order, "decode" first, then only the
    steps that changed something, with counts.
    """
    repairs: list[Step] = [_decode_step(decoding)]
    if is_plain(text):
        return text, repairs
    for step, (pattern, change, count) in _STEPS.items():
        found = [match.group() for match in pattern.finditer(text)]
        if found:
            repairs.append({"step": step, **count(found)})
            text = pattern.sub(change, text)
    return text, repairs


def rebuild(data: bytes, repairs: Sequence[Mapping[str, Any]]) -> tuple[str, OffsetMap]:
    """The text again, from the bytes and the recorded steps, with the map text ↔ bytes."""
    first, *others = repairs
    if first["step"] != "decode":
        raise UnknownStep(str(first["step"]))
    text, to_bytes = decoded_with_map(data, first["encoding"], bom=first["bom"])
    for repair in others:
        text, to_before = replayed(text, repair)
        to_bytes = to_before.after(to_bytes)
    return text, to_bytes


def replayed(text: str, repair: Mapping[str, Any]) -> tuple[str, OffsetMap]:
    """The text after one step, and the map to the text before it."""
    step = str(repair["step"])
    if step in REPLAYS:
        return REPLAYS[step](text, repair)
    if step not in _STEPS:
        raise UnknownStep(step)
    pattern, change, _count = _STEPS[step]
    return _substituted(text, pattern, change)


def decoded_with_map(data: bytes, encoding: str, *, bom: int) -> tuple[str, OffsetMap]:
    read = pieces(data, encoding, bom)
    runs: list[Run] = [Run(1, 0, bom)]
    position = bom
    for piece in read:
        if piece.is_malformed:
            runs.append(Run(1, 1, piece.size))
        else:
            runs.extend(_widths(piece.text, data[position : position + piece.size], encoding))
        position += piece.size
    return "".join(piece.text for piece in read), OffsetMap(runs)


class UnknownStep(ValueError):
    """A recorded step that this version cannot replay."""

    def __init__(self, step: str) -> None:
        super().__init__(f"Unknown repair step “{step}”.")
        self.step = step


def _decode_step(decoding: Decoding) -> Step:
    return {
        "step": "decode",
        "encoding": decoding.encoding,
        "how": decoding.how,
        "confidence": decoding.confidence,
        "alternatives": list(decoding.alternatives),
        "bom": decoding.bom,
        "malformed": decoding.malformed,
    }


def _substituted(text: str, pattern: re.Pattern[str], change: Change) -> tuple[str, OffsetMap]:
    """The text after one step, and the map to the text before it."""
    parts: list[str] = []
    runs: list[Run] = []
    done = 0
    for match in pattern.finditer(text):
        new = change(match)
        parts += text[done : match.start()], new
        runs += Run(match.start() - done, 1, 1), Run(1, len(new), len(match.group()))
        done = match.end()
    parts.append(text[done:])
    runs.append(Run(len(text) - done, 1, 1))
    return "".join(parts), OffsetMap(runs)


def _newline_counts(found: list[str]) -> Step:
    counts = Counter(found)
    return {"crlf": counts["\r\n"], "cr": counts["\r"]}


def _surrogate_counts(found: list[str]) -> Step:
    joined = sum(len(piece) == 2 for piece in found)
    return {"joined": joined, "removed": len(found) - joined}


def _control_counts(found: list[str]) -> Step:
    return {"removed": {f"U+{ord(char):04X}": n for char, n in sorted(Counter(found).items())}}


def _joined(match: re.Match[str]) -> str:
    """Two halves of a pair that were encoded one by one (CESU-8) are one character."""
    piece = match.group()
    return piece.encode("utf-16", "surrogatepass").decode("utf-16") if len(piece) == 2 else ""


_STEPS: dict[str, tuple[re.Pattern[str], Change, Callable[[list[str]], Step]]] = {
    "surrogates": (_PAIR_OR_LONE, _joined, _surrogate_counts),
    "newlines": (_NEWLINE, lambda _match: "\n", _newline_counts),
    "controls": (_UNWANTED, lambda _match: "", _control_counts),
}

# Steps before and after these, each replayed from what it recorded.
REPLAYS: dict[str, Replay] = {
    "cell": cells.replay,
    keeping.STEP: keeping.replay,
    "mojibake": substituting.replay,
}

_UTF8_WIDTHS = re.compile("[\x00-\x7f]+|[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")
_UTF16_WIDTHS = re.compile("[\x00-\uffff]+|[\U00010000-\U0010ffff]+")


def _widths(text: str, data: bytes, encoding: str) -> Iterator[Run]:
    """How many bytes each character of a clean stretch took."""
    if encoding.startswith("utf-32"):
        yield Run(len(text), 1, 4)
    elif encoding.startswith("utf-"):
        pattern = _UTF16_WIDTHS if encoding.startswith("utf-16") else _UTF8_WIDTHS
        for match in pattern.finditer(text):
            width = len(match.group()[0].encode(encoding, "surrogatepass"))
            yield Run(len(match.group()), 1, width)
    elif len(text) == len(data):
        yield Run(len(text), 1, 1)
    else:
        yield from _fed_bytewise(data, encoding)


def _fed_bytewise(data: bytes, encoding: str) -> Iterator[Run]:
    """Legacy multi-byte encodings: the decoder itself says when a character is complete."""
    import codecs

    decoder = codecs.getincrementaldecoder(encoding)()
    size = 0
    for index in range(len(data)):
        size += 1
        if out := decoder.decode(data[index : index + 1], index == len(data) - 1):
            yield Run(1, len(out), size)
            size = 0
