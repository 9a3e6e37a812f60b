"""UTF-8 that was read in another encoding, once or twice, and stored so: found and repaired.

A document is repaired where it speaks for it, line by line; good text, and text that shows broken
characters on purpose, stays. What cannot be recovered becomes U+FFFD and is recorded as lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from annotations.corpus.choices import Choices, Replacement
from annotations.corpus.texts.mojibake.chains import diagnosed
from annotations.corpus.texts.substituting import Edit, as_step, text_after

STEP = "mojibake"
CHOSEN = "chosen"
_MOST_CHAINS = 3


def mended(text: str, choices: Choices) -> tuple[str, list[dict[str, Any]]]:
    """The text as it was before it was misread, and the recorded steps; often none.

    `choices.repair` "none" leaves all as it is; replacements overrule what is proposed.
    """
    if choices.repair == "none" or (text.isascii() and not choices.replacements):
        return text, []
    steps: list[dict[str, Any]] = []
    settled: set[int] = set()
    for _round in range(_MOST_CHAINS):
        found = diagnosed(text, _unsettled(text, settled))
        if found is None:
            break
        chain, by_line = found
        settled |= by_line.keys()
        edits = list(_overruled(text, _placed(text, by_line), choices.replacements))
        if edits:
            steps.append(as_step(STEP, chain, text, edits))
            text = text_after(text, edits)
    return _with_own(text, steps, choices.replacements)


def _unsettled(text: str, settled: set[int]) -> dict[int, str]:
    return {
        number: line
        for number, line in enumerate(text.split("\n"))
        if number not in settled and not line.isascii()
    }


def _placed(text: str, by_line: dict[int, list[Edit]]) -> Iterator[Edit]:
    """Edits of lines as edits of the text."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for number in sorted(by_line):
        for edit in by_line[number]:
            yield edit._replace(start=edit.start + starts[number], end=edit.end + starts[number])


def _overruled(
    text: str, edits: Iterator[Edit], replacements: Sequence[Replacement]
) -> Iterator[Edit]:
    for edit in edits:
        was = text[edit.start : edit.end]
        own = next((each for each in replacements if each.concerns(was, edit.now)), None)
        if own is None:
            yield edit
        elif own.now != was:
            yield Edit(edit.start, edit.end, own.now, CHOSEN, 1.0)


def _with_own(
    text: str, steps: list[dict[str, Any]], replacements: Sequence[Replacement]
) -> tuple[str, list[dict[str, Any]]]:
    """What nobody proposed and a person wants replaced all the same, everywhere."""
    proposed = {change["was"] for step in steps for change in step["changes"]}
    own = {
        each.was: each.now
        for each in replacements
        if each.instead is None and each.was and each.was not in proposed and each.was != each.now
    }
    if not own:
        return text, steps
    pattern = re.compile("|".join(map(re.escape, sorted(own, key=len, reverse=True))))
    edits = [
        Edit(match.start(), match.end(), own[match.group()], CHOSEN, 1.0)
        for match in pattern.finditer(text)
    ]
    if not edits:
        return text, steps
    return text_after(text, edits), [*steps, as_step(STEP, (), text, edits)]
