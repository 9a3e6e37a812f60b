"""Names of files as they come from other machines, made safe to keep and to show. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

LONGEST = 255
UNNAMED = "unnamed"

# Controls, lone surrogates (bytes of a name that were not UTF-8), and marks that turn the reading
# direction: with those a name can be shown as another one, "exe.txt" for "txt.exe".
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


def clean_name(name: str) -> str:
    """The last part of the path, without controls, at most 255 code points, its suffix kept.

    >>> clean_name("C:\\\\press\\\\march\\n.txt")
    'march.txt'
    >>> clean_name("../../")
    'unnamed'
    """
    last = next((part for part in reversed(re.split(r"[/\\]", name)) if part.strip(". ")), "")
    safe = _UNSAFE.sub("", last).strip()
    if not safe.strip(". "):
        return UNNAMED
    suffix = PurePosixPath(safe).suffix
    if len(safe) <= LONGEST or len(suffix) >= LONGEST:
        return safe[:LONGEST]
    return safe[: LONGEST - len(suffix)] + suffix
