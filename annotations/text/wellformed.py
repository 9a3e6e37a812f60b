"""Text that Postgres and `jsonb` can hold: no NUL, no lone surrogate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotations.text.phrases import phrase

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UnstorableText(ValueError):
    """A NUL or a lone surrogate, and where it is: `path` like `$.memo` or `$.items[3]`.

    `message` is a phrase, which other languages can say.
    """

    def __init__(self, path: str, character: str, position: int) -> None:
        self.message = phrase(
            "%(path)s holds %(what)s (%(point)s) at character %(position)s; remove it.",
            path=path,
            what="NUL" if character == "\x00" else phrase("a lone surrogate"),
            point=f"U+{ord(character):04X}",
            position=position,
        )
        super().__init__(self.message)
        self.path = path
        self.character = character
        self.position = position


def require_storable(value: Any) -> None:
    """Refuse a string, or decoded JSON, that has a NUL or a lone surrogate in any value or key.

    >>> try:
    ...     require_storable({"memo": ["fine", "b\\0d"]})
    ... except UnstorableText as refusal:
    ...     print(refusal)
    $.memo[1] holds NUL (U+0000) at character 1; remove it.
    """
    # A stack, not recursion: JSON that people send may be nested a thousand deep.
    waiting: list[tuple[str, Any]] = [("$", value)]
    while waiting:
        path, current = waiting.pop()
        if isinstance(current, str):
            _require_storable_string(path, current)
        elif isinstance(current, dict | list | tuple):
            waiting.extend(_children(path, current))


def is_storable(text: str) -> bool:
    """
    >>> is_storable("naïve 😀"), is_storable("\\ud83d")
    (True, False)
    """
    return _UNSTORABLE.search(text) is None


def _require_storable_string(path: str, text: str) -> None:
    if found := _UNSTORABLE.search(text):
        raise UnstorableText(path, found.group(), found.start())


def _children(path: str, parent: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(parent, dict):
        yield from ((f"{path}[{index}]", item) for index, item in enumerate(parent))
        return
    for key, item in parent.items():
        _require_storable_string(f"{path} (a key)", str(key))
        yield f"{path}.{key}", item
