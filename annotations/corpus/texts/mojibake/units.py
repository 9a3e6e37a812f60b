"""One line seen as UTF-8 that was read in another encoding: its sequences, whole and partial."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from annotations.corpus.texts.mojibake.tables import INVENTORY

Kind = Literal["whole", "spaced", "gapped", "partial", "marked", "clean"]
SPACED = "\u00a0"
# First bytes of two: Latin, accents by themselves, Greek and Cyrillic, Hebrew and Arabic. What lies
# between is so rare that a good text has more of its look than of itself.
_TWO = (range(0xC2, 0xC9), range(0xCB, 0xCC), range(0xCE, 0xD3), range(0xD7, 0xDC))
# First bytes after which 0xA0 is the second of a Chinese, Japanese or Korean character.
_GAPPED = (range(0xE4, 0xEA), range(0xEB, 0xED))
# As Mac Roman shows first bytes, and as they stand before any letter in good text: “’é”.
_QUOTES = frozenset("“”‘’")
_FOUR = range(0xF0, 0xF5)
_SURELY_FOREIGN = 3
_REMEMBERED = 1 << 14
APPLE = "\uf8ff"
"""Mac Roman has it, in the private area."""


class Unit(NamedTuple):
    """`[start, end)` of a line: what it says, or for a part what it may be.

    Kinds: `whole`; `spaced`, whole but that a no-break space in it has become a space; `gapped`,
    the same in the middle of a Chinese character, which proves nothing by itself; `partial`, with
    bytes that left no character; `marked`, where they left “?” or U+FFFD; `clean`, a
    character beyond ASCII that belongs to no sequence.
    """

    start: int
    end: int
    kind: Kind
    now: str
    may_be: str = ""


@dataclass(frozen=True)
class Misreading:
    """How UTF-8 looks when it was read as `name`. `partial` is what lost its invisible bytes."""

    name: str
    byte_of: dict[str, int]
    whole: re.Pattern[str]
    units: re.Pattern[str]
    partial: dict[str, str] = field(default_factory=dict)
    """What is left of a character → the characters that it may have been."""
    known: dict[str, str] = field(default_factory=dict, compare=False)
    """What sequences say that came before: the same few make most of a text."""

    def is_in(self, text: str) -> bool:
        return self.whole.search(text) is not None

    def units_of(self, line: str) -> list[Unit]:
        """Every stretch of the line that is not ASCII, in order."""
        found: list[Unit] = []
        for match in self.units.finditer(line):
            if match.lastgroup == "whole" and (now := self.said(match.group())):
                found.append(Unit(match.start(), match.end(), "whole", now))
            else:
                found.extend(self._unit(line, match, len(line)))
        leads = self._foreign_leads(line, found)
        for at, unit in enumerate(found if leads else ()):
            if unit.kind == "clean" and unit.now in leads:
                found[at] = unit._replace(kind="partial", now="")
        return found

    def _foreign_leads(self, line: str, units: Sequence[Unit]) -> Collection[str]:
        """First bytes in a line of another script: alone, they are letters whose end was dropped."""
        if not self.partial:
            return ()
        leads = [line[u.start] for u in units if u.kind == "whole" and u.now > "\u036f"]
        foreign = [unit for unit in units if unit.kind == "whole" and unit.now.isalpha()]
        is_foreign = sum(unit.now > "\u036f" for unit in foreign) * 2 > len(foreign)
        return frozenset(leads) if is_foreign and len(leads) >= _SURELY_FOREIGN else ()

    def _unit(self, line: str, match: re.Match[str], limit: int) -> Iterator[Unit]:
        """`limit`: the end of all that is looked at."""
        start, end, seen = match.start(), match.end(), match.group()
        if match.lastgroup == "whole" and (now := self.said(seen)):
            yield Unit(start, end, "whole", now)
        elif match.lastgroup == "gapped":
            now = self.said(seen.replace(" ", SPACED))
            yield Unit(start, end, "gapped", now)
        elif match.lastgroup == "marked":
            yield Unit(start, end, "marked", "")
        elif line[end : min(end + 1, limit)] == " " and (now := self._spaced(seen)):
            yield Unit(start, end + 1, "spaced", now, self.partial.get(seen, ""))
        elif seen in self.partial or self._is_cut(seen):
            yield Unit(start, end, "partial", "", self.partial.get(seen, ""))
        else:
            yield Unit(start, start + 1, "clean", seen[0])
            for rest in self.units.finditer(line, start + 1, end):
                yield from self._unit(line, rest, end)

    def said(self, seen: str) -> str:
        """The character that the bytes behind `seen` are in UTF-8; empty if none that is text."""
        known = self.known.get(seen)
        if known is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            known = self.known[seen] = self._decoded(seen)
        return known

    def _decoded(self, seen: str) -> str:
        try:
            said = bytes(self.byte_of[char] for char in seen).decode()
        except (UnicodeDecodeError, KeyError):
            return ""
        return said if len(said) == 1 and is_text(said) else ""

    def _spaced(self, seen: str) -> str:
        """With the space after it taken for the no-break space that it was; common ones only."""
        now = self.said(seen + SPACED) if SPACED in self.byte_of else ""
        return now if not now or now in INVENTORY or unicodedata.category(now) == "Lo" else ""

    def _is_cut(self, seen: str) -> bool:
        """A beginning that no good text has, and whose end was dropped: it cannot be known."""
        if not self.partial:
            return False
        lead = self.byte_of.get(seen[0], 0)
        return lead >= 0xE0 and (len(seen) > 1 or (lead == 0xF0 and "â" in self.partial))


def is_text(char: str) -> bool:
    """Whether a character can stand in a text, or in one that was misread: C1 controls can.

    >>> is_text("é"), is_text("\\x85"), is_text("\\ue000")
    (True, True, False)
    """
    return char == APPLE or unicodedata.category(char) not in ("Cn", "Co", "Cs")


@cache
def misreading(name: str) -> Misreading:
    """Tables of one of `mojibake_tables.ENCODINGS`; made when first asked for."""
    byte_of = {_shown(byte, name): byte for byte in range(0x80, 0x100)}
    unquoted = {char: byte for char, byte in byte_of.items() if char not in _QUOTES}
    leads = [_class(unquoted, *_TWO), _class(byte_of, range(0xE0, 0xF0)), _class(byte_of, _FOUR)]
    rest = _class(byte_of, range(0x80, 0xC0))
    whole = "|".join(f"{lead}{rest}{{{more}}}" for more, lead in enumerate(leads, 1))
    marked = "|".join(
        f"{lead}(?={rest}*\ufffd)(?:{rest}|\ufffd){{{more}}}" for more, lead in enumerate(leads, 1)
    )
    asked = f"{leads[1]}(?:{rest}\\?|\\?{rest})|{leads[0]}\\?(?=[^\\W\\d_])"
    # What “été “a”” would be is no common character; what is, stands beside others (`evidence`).
    gapped = f"{_class(byte_of, *_GAPPED)} {rest}" if byte_of.get(SPACED) == 0xA0 else "(?!)"
    part = "|".join(f"{lead}{rest}{{0,{more - 1}}}" for more, lead in enumerate(leads, 1))
    return Misreading(
        name,
        byte_of,
        re.compile(whole),
        re.compile(
            f"(?P<whole>{whole})|(?P<marked>{marked}|{asked})|(?P<gapped>{gapped})"
            f"|(?P<part>{part})|[^\x00-\x7f]"
        ),
        _partials(name, byte_of),
    )


def _shown(byte: int, name: str) -> str:
    """What the encoding shows for a byte; where it has nothing, the C1 character that browsers show."""
    try:
        return bytes([byte]).decode(name)
    except UnicodeDecodeError:
        return chr(byte)


def _class(byte_of: dict[str, int], *bytes_: range) -> str:
    chars = (re.escape(char) for char, byte in byte_of.items() if any(byte in r for r in bytes_))
    return f"[{''.join(chars)}]"


def _partials(name: str, byte_of: dict[str, int]) -> dict[str, str]:
    """What is left of each of INVENTORY when invisible bytes are dropped → those it may be."""
    shown = {byte: char for char, byte in byte_of.items()}
    found: dict[str, str] = {}
    for char in INVENTORY:
        seen = "".join(shown[byte] for byte in char.encode())
        left = "".join(each for each in seen if not _is_invisible(each))
        if left != seen:
            found[left] = found.get(left, "") + char
    return found


def _is_invisible(char: str) -> bool:
    """Controls and soft hyphens, which are dropped on the way; a no-break space becomes a space."""
    return char < "\u00a0" or char == "\u00ad" or char == SPACED
