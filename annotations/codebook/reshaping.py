"""What becomes of a codebook's JSON when themes are added, moved, archived, merged or split. Pure.

Each function gives a new codebook. What takes a theme out leaves a record in `changes`:
`{"kind": "archive" | "merge" | "split", "themes": [key], "into": [key], "reason"}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotations.codebook.clauses import Entry

Book = dict[str, Any]
FIRST_COLOURS = range(1, 13)


def themed(book: Book, themes: Iterable[Entry]) -> Book:
    """The codebook with these themes, in this order."""
    numbered = [{**each, "order": order} for order, each in enumerate(themes, start=1)]
    return {**book, "themes": numbered}


def recorded(
    book: Book, kind: str, themes: Sequence[str], into: Sequence[str], reason: str
) -> Book:
    record = {"kind": kind, "themes": [*themes], "into": [*into], "reason": reason}
    return {**book, "changes": [*(book.get("changes") or []), record]}


def theme_in(book: Mapping[str, Any], key: str | None) -> Entry | None:
    return next((each for each in book["themes"] if each["key"] == key), None)


def children_of(book: Mapping[str, Any], key: str) -> list[str]:
    return [each["key"] for each in book["themes"] if each.get("parent") == key]


def added(book: Book, entry: Entry) -> Book:
    """With the theme last among its siblings, in a free colour and with a free code."""
    parent = theme_in(book, entry.get("parent"))
    entry = {"hotkey": "", **entry, "colour": parent["colour"] if parent else free_colour(book)}
    entry["code"] = free_code(book, entry["key"])
    themes = list(book["themes"])
    family = [i for i, each in enumerate(themes) if _family(each) == entry.get("parent")]
    at = family[-1] + 1 if parent and family else len(themes)
    return themed(book, [*themes[:at], entry, *themes[at:]])


def _family(entry: Entry) -> str:
    return str(entry.get("parent") or entry["key"])


def free_colour(book: Mapping[str, Any]) -> int:
    used = [each["colour"] for each in book["themes"] if not each.get("parent")]
    return min(FIRST_COLOURS, key=lambda colour: (used.count(colour), colour))


def free_code(book: Mapping[str, Any], key: str) -> str:
    """Two letters of the key that nobody has, else any two.

    >>> free_code({"themes": [{"code": "PA"}]}, "pay")
    'PY'
    """
    used = {each["code"] for each in book["themes"]}
    letters = [each for each in key.upper() if "A" <= each <= "Z"]
    alphabet = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    pairs = (f"{a}{b}" for a, rest in _starts(letters, alphabet) for b in rest)
    return next((pair for pair in pairs if pair not in used), "")


def _starts(letters: list[str], alphabet: list[str]) -> Iterable[tuple[str, list[str]]]:
    yield from ((letters[0], letters[1:]) for _ in letters[:1])
    yield from ((letter, alphabet) for letter in [*letters[:1], *alphabet])


def moved(book: Book, key: str, *, steps: int) -> Book:
    """The theme so many places further among its siblings; sub-themes go along."""
    mine = theme_in(book, key)
    if mine is None:
        return book
    siblings = [each["key"] for each in book["themes"] if each.get("parent") == mine.get("parent")]
    at = siblings.index(key)
    to = min(max(at + steps, 0), len(siblings) - 1)
    siblings.insert(to, siblings.pop(at))
    rank = {each: place for place, each in enumerate(siblings)}
    if mine.get("parent") is None:
        order = sorted(book["themes"], key=lambda each: rank.get(_family(each), len(rank)))
        return themed(book, order)
    queue = iter(
        sorted((e for e in book["themes"] if e["key"] in rank), key=lambda e: rank[e["key"]])
    )
    return themed(book, [next(queue) if e["key"] in rank else e for e in book["themes"]])


def archived(book: Book, key: str, *, reason: str) -> Book:
    """Without the theme and its sub-themes."""
    gone = [key, *children_of(book, key)]
    left = [each for each in book["themes"] if each["key"] not in gone]
    return recorded(themed(book, left), "archive", gone, [], reason)


def merged(book: Book, key: str, *, into: str, reason: str) -> Book:
    """Without the theme, whose passages are `into`'s from now on; its sub-themes go there too."""
    parent = (theme_in(book, into) or {}).get("parent")
    home = into if parent in (None, key) else parent
    taken = {each.get("hotkey") for each in book["themes"] if each.get("parent") == home}
    left: list[Entry] = []
    for each in book["themes"]:
        if each["key"] == into and parent == key:
            left.append({**each, "parent": None, "hotkey": ""})
        elif each.get("parent") == key:
            free = "" if each.get("hotkey") in taken else each.get("hotkey") or ""
            left.append({**each, "parent": home, "hotkey": free})
        elif each["key"] != key:
            left.append(each)
    return recorded(themed(book, left), "merge", [key], [into], reason)


def split(book: Book, key: str, *, into: Mapping[str, dict[str, str]], reason: str) -> Book:
    """In place of the theme those of `into` (key to name by language), each a copy to be edited.

    Sub-themes go to the first of them.
    """
    old = theme_in(book, key)
    if old is None or not into:
        return book
    parts: list[Entry] = []
    for new, name in into.items():
        known = {"themes": [*book["themes"], *parts]}
        part = {**old, "key": new, "name": name, "hotkey": "", "code": free_code(known, new)}
        parts.append({**part, "colour": old["colour"] if old.get("parent") else free_colour(known)})
    first = parts[0]["key"]
    themes: list[Entry] = []
    for each in book["themes"]:
        if each["key"] == key:
            themes += parts
        else:
            themes.append({**each, "parent": first} if each.get("parent") == key else each)
    return recorded(themed(book, themes), "split", [key], list(into), reason)


def restored(book: Book, key: str, *, earlier: Mapping[str, Any]) -> Book:
    """With a theme of the earlier edition again, and without the record that it went."""
    back = theme_in(earlier, key)
    if back is None or theme_in(book, key) is not None:
        return book
    parent = back.get("parent") if theme_in(book, back.get("parent")) else None
    codes = {each["code"] for each in book["themes"]}
    code = free_code(book, key) if back["code"] in codes else back["code"]
    again = added(book, {**back, "parent": parent, "hotkey": ""})
    own = {"code": code, "colour": back["colour"]}
    themes = [{**each, **own} if each["key"] == key else each for each in again["themes"]]
    records = [_without(record, key) for record in book.get("changes") or []]
    return {**again, "themes": themes, "changes": [each for each in records if each["themes"]]}


def _without(record: Entry, key: str) -> Entry:
    return {**record, "themes": [each for each in record["themes"] if each != key]}
