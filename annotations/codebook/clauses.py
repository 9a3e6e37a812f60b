"""Themes, stances and an edition's note as clauses: one text each, named by a path. Pure.

A path is a field (`code`), a field in a language (`exclude.en`), or a theme's words for a stance
(`stance_labels.against.fr`). Forms, sheets and differences all speak of clauses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

Entry = dict[str, Any]
Clauses = dict[str, str]

PLAIN = {
    "themes": ("key", "parent", "code", "colour", "hotkey", "memo_required", "order"),
    "stances": ("key", "glyph", "hotkey", "position", "order"),
    "edition": (),
}
TEXTS = {
    "themes": ("name", "definition", "include", "exclude", "proposition"),
    "stances": ("label", "definition"),
    "edition": ("note",),
}
LISTS = {"themes": ("examples", "counter_examples"), "stances": (), "edition": ()}
LABELS = "stance_labels"
NUMBERS = frozenset({"colour", "order", "position"})
NULLABLE = frozenset({"parent", "position"})
YES = "yes"


def clauses_of(part: str, entry: Mapping[str, Any]) -> Clauses:
    """Every clause that says something, in the order in which people read them.

    >>> clauses_of("themes", {"key": "pay", "colour": 3, "name": {"en": "Pay"}, "parent": None})
    {'key': 'pay', 'colour': '3', 'name.en': 'Pay'}
    """
    found = {field: _plain(entry.get(field)) for field in PLAIN[part]}
    for field in TEXTS[part]:
        found |= {f"{field}.{language}": words for language, words in _texts(entry.get(field))}
    if part == "themes":
        for stance, texts in (entry.get(LABELS) or {}).items():
            found |= {f"{LABELS}.{stance}.{lang}": words for lang, words in _texts(texts)}
    for field in LISTS[part]:
        found[field] = listed(entry.get(field) or [])
    return {path: words for path, words in found.items() if words}


def entry_of(part: str, clauses: Mapping[str, str]) -> Entry:
    """The way back. What is no number where one belongs stays text, for the check to name.

    >>> entry_of("stances", {"key": "for", "glyph": "+", "position": "1", "label.en": "For"})
    {'key': 'for', 'glyph': '+', 'hotkey': '', 'position': 1, 'label': {'en': 'For'}, 'definition': {}}
    """
    entry: Entry = {
        field: _value(field, clauses.get(field, ""))
        for field in PLAIN[part]
        if field != "order" or clauses.get(field)
    }
    for field in TEXTS[part]:
        entry[field] = _below(f"{field}.", clauses)
    if part == "themes":
        entry[LABELS] = {}
        for path, words in _below(f"{LABELS}.", clauses).items():
            stance, _, language = path.partition(".")
            entry[LABELS].setdefault(stance, {})[language] = words
        entry[LABELS] = entry[LABELS] or None
        entry["proposition"] = entry["proposition"] or None
    for field in LISTS[part]:
        entry[field] = unlisted(clauses.get(field, ""))
    return entry


def fields_of(part: str) -> Iterable[str]:
    labels = (LABELS,) if part == "themes" else ()
    return (*PLAIN[part], *TEXTS[part], *labels, *LISTS[part])


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else ""
    return "" if value is None else str(value)


def _texts(texts: Any) -> Iterable[tuple[str, str]]:
    return (texts or {}).items()


def _below(prefix: str, clauses: Mapping[str, str]) -> Clauses:
    return {
        path.removeprefix(prefix): words
        for path, words in clauses.items()
        if path.startswith(prefix) and words
    }


def _value(field: str, words: str) -> Any:
    if field == "memo_required":
        return words == YES if words in (YES, "") else words
    if field in NULLABLE and not words:
        return None
    if field in NUMBERS and re.fullmatch(r"-?[0-9]{1,6}", words):
        return int(words)
    return words


# One example a line: its text, then ` | name: value` for what is known of it beside. What is not
# simply text stands as JSON behind `:=`. In a value `\` is `\\`, `|` is `\p` and a line's end `\n`.
ESCAPES = {"\\": "\\\\", "|": "\\p", "\n": "\\n", "\r": "\\r"}
PLACE = re.compile(r"\\(.)", re.S)
BACK = {escape[1]: character for character, escape in ESCAPES.items()}
NAMED = re.compile(r"([^:=|]+?)(:=|:) ?(.*)", re.S)


def listed(examples: Iterable[Mapping[str, Any]]) -> str:
    """Examples as lines.

    >>> listed([{"text": "Ninety hours.", "stance": "against", "why": {"en": "Named | judged."}}])
    'Ninety hours. | stance: against | why.en: Named \\\\p judged.'
    """
    return "\n".join(" | ".join(_pieces(each)) for each in examples)


def _pieces(example: Mapping[str, Any]) -> Iterable[str]:
    """What is empty or null says nothing; the order is always the same, as the database's is not."""
    yield _escaped(str(example.get("text", "")))
    said = {name: value for name, value in example.items() if value not in (None, "", {}, [])}
    for name in sorted(said, key=lambda name: (name == "why", name)):
        value = said[name]
        if name == "why" and _is_texts(value):
            yield from (f"why.{each}: {_escaped(value[each])}" for each in sorted(value))
        elif name != "text":
            yield f"{_escaped(name)}{_valued(value)}"


def _valued(value: Any) -> str:
    if isinstance(value, str):
        return f": {_escaped(value)}"
    return f":= {_escaped(json.dumps(value, ensure_ascii=False, sort_keys=True))}"


def _is_texts(value: Any) -> bool:
    return (
        isinstance(value, dict) and bool(value) and all(isinstance(v, str) for v in value.values())
    )


def unlisted(lines: str) -> list[Entry]:
    """The way back; a piece without a name goes to the text, so that nothing typed is lost.

    >>> unlisted("Ninety hours. | stance: against | why.en: Named \\\\p judged.")
    [{'text': 'Ninety hours.', 'stance': 'against', 'why': {'en': 'Named | judged.'}}]
    """
    return [_example(line) for line in lines.split("\n") if line.strip()]


def _example(line: str) -> Entry:
    text, *pieces = line.split(" | ")
    example: Entry = {"text": _unescaped(text)}
    for piece in pieces:
        found = NAMED.fullmatch(piece)
        if found is None:
            example["text"] += f" | {_unescaped(piece)}"
            continue
        name, value = _unescaped(found[1]), _unescaped(found[3])
        if name.startswith("why."):
            example.setdefault("why", {})[name.removeprefix("why.")] = value
        else:
            example[name] = _json(value) if found[2] == ":=" else value
    return example


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _escaped(text: str) -> str:
    return "".join(ESCAPES.get(character, character) for character in text)


def _unescaped(text: str) -> str:
    return PLACE.sub(lambda found: BACK.get(found[1], found[0]), text)
