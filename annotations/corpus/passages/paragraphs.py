"""A paragraph as zoning sees it: its looks, not its meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_SENTENCE_ENDS = frozenset(".!?…。！？؟۔")
_BEHIND_AN_END = "»”›」』）)]’\"'*" + "".join(
    char for char in map(chr, range(0x3001)) if char.isspace()
)
_GOES_ON = frozenset(":：;；,，،؛—–-")
_BULLET = re.compile(r"(?:[-–—•*·▪►○●‣]\s|\d{1,2}[.)]\s|[a-z]\)\s)")
_EMOJI_FIRST = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
_HAN = re.compile("[\u3400-\u9fff]")
_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]+\s+){1,3}[A-ZÀ-Þ][\w’'-]+")


@dataclass(slots=True)
class Paragraph:
    """`size` is its length in Latin letters' worth: a Han character says as much as three.

    Nobody changes it, and both are asked for of every one: made at once they cost a third of what
    making them when they are first asked for does.
    """

    number: int
    sentences: tuple[str, ...]
    language: str | None
    text: str = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.text = text = " ".join(self.sentences)
        self.size = len(text) if text.isascii() else len(text) + 2 * self._han

    @property
    def words(self) -> int:
        return len(self.text.split()) + self._han // 2

    @property
    def _han(self) -> int:
        return 0 if self.text.isascii() else len(_HAN.findall(self.text))

    @property
    def ends_like_a_sentence(self) -> bool:
        return self.text.rstrip(_BEHIND_AN_END)[-1:] in _SENTENCE_ENDS

    @property
    def goes_on(self) -> bool:
        return self.text[-1:] in _GOES_ON

    @property
    def is_bullet(self) -> bool:
        return bool(_BULLET.match(self.text))

    @property
    def begins_with_emoji(self) -> bool:
        return bool(_EMOJI_FIRST.match(self.text))

    @property
    def is_label(self) -> bool:
        """One or two words, in capitals where the script has them."""
        return self.text.isupper() and self.words <= 2

    @property
    def is_name(self) -> bool:
        return bool(_NAME.fullmatch(self.text))


def gathered(
    passages: Sequence[str], paragraphs: Sequence[int], languages: Sequence[str | None]
) -> list[Paragraph]:
    """The passages of one paragraph together; its language is that of its first that has one."""
    sentences: dict[int, list[str]] = {}
    spoken: dict[int, str | None] = {}
    for passage, number, language in zip(passages, paragraphs, languages, strict=True):
        sentences.setdefault(number, []).append(passage)
        spoken[number] = spoken.get(number) or language
    return [Paragraph(number, tuple(sentences[number]), spoken[number]) for number in sentences]
