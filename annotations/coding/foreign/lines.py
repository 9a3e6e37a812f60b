"""What every format of another tool gives: lines for an import, and how its words become ours. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from annotations.corpus.texts.normalising import replayed
from annotations.text.offset_map import OffsetMap, Run
from annotations.text.spans import BadSpan, Span

ImportLine = dict[str, Any]
NAMESPACE = UUID("0b8f7a52-94f3-5d1c-8f5e-6a4d0c1b2e3f")
STANCE = "stance: "
"""What labels begin with that are a stance, where a format has labels only."""

_MARK = "\ufeff"


class Unreadable(ValueError):
    """A record that is no annotation of its format; `where` is its file and place in it."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


@dataclass(frozen=True, slots=True)
class Words:
    """The other tool's words in ours: labels → themes, its people → coders, others as they are.

    `coder` is whose it is where the file does not say, `stance` is that of labels without one.
    """

    themes: Mapping[str, str] = field(default_factory=dict)
    coders: Mapping[str, str] = field(default_factory=dict)
    coder: str = ""
    stance: str | None = None

    def whose(self, name: object) -> str:
        """
        >>> Words(coders={"7": "ada"}).whose(7), Words(coder="A").whose(None)
        ('ada', 'A')
        """
        return self.coder if name in (None, "") else self.coders.get(str(name), str(name))

    def theme(self, label: str) -> str:
        return self.themes.get(label, label)


class Text:
    """A text as the other tool has it, and as it is here: line ends are LF, controls are gone.

    >>> Text("a\\r\\nb").place(3, 4)
    (2, 3, 'b')
    """

    def __init__(self, theirs: str) -> None:
        text, back = replayed(theirs, {"step": "surrogates"})
        if text.startswith(_MARK):
            back = OffsetMap([Run(1, 0, 1), Run(len(text) - 1, 1, 1)]).after(back)
            text = text[1:]
        for step in ("newlines", "controls"):
            text, before = replayed(text, {"step": step})
            back = before.after(back)
        self.ours, self._back = text, back

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.ours.encode()).hexdigest()

    def place(self, start: object, end: object) -> tuple[int, int, str]:
        """(start, end, quote) here, of code points there. Raises BadSpan where there are none."""
        if not (type(start) is int and type(end) is int and 0 <= start < end):
            raise BadSpan(f"[{start}, {end}) is not a span.")
        if end > self._back.source_length:
            raise BadSpan(f"[{start}, {end}) ends after the text.")
        span = self._back.target_span(Span(start, end))
        return span.start, span.end, self.ours[span.slice]


def id_of(*said: object) -> str:
    """A UUID as it is, else one that is the same for the same words.

    >>> id_of("01920000-0000-7000-8000-000000000001")
    '01920000-0000-7000-8000-000000000001'
    """
    if len(said) == 1:
        try:
            return str(UUID(str(said[0])))
        except ValueError:
            pass
    return str(uuid5(NAMESPACE, "\x1f".join(map(str, said))))
