"""What a codebook's JSON must say; every fault is named with its theme and field. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.codebook.records import record_faults
from annotations.text.phrases import phrase, wording
from annotations.text.wellformed import UnstorableText, require_storable

Fault = dict[str, str]
Entry = dict[str, Any]

KEY = re.compile(r"[a-z][a-z0-9_-]*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
COLOURS = range(1, 13)
LARGEST = 9999
NO_THEME = wording("%(field)s is “%(key)s”, which is none of the themes.")
NO_STANCE = wording("%(field)s is “%(key)s”, which is none of the stances.")
KEY_RULE = wording("%(field)s: 1 to 40 small letters, digits, - and _; a letter first.")
TEXTS = ("name", "definition", "include", "exclude", "proposition")


def faults_of(data: Any) -> list[Fault]:
    """`{field, code, detail}` for each fault; `field` is like `themes.burnout.code`.

    >>> faults_of({"stances": [], "themes": []})[0]["detail"]
    'A codebook needs at least one of its stances.'
    """
    try:
        require_storable(data)
    except UnstorableText as error:
        return [_fault(error.path, "unstorable", error.message)]
    if not isinstance(data, dict):
        return [_fault("", "not-an-object", phrase("A codebook is a JSON object."))]
    shape = [fault for part in ("stances", "themes") for fault in _shape(part, data.get(part))]
    if shape:
        return shape
    return list(_faults(data, themes=data["themes"], stances=data["stances"]))


def _fault(field: str, code: str, detail: str) -> Fault:
    return {"field": field, "code": code, "detail": detail}


def _shape(part: str, entries: Any) -> Iterator[Fault]:
    if not isinstance(entries, list) or not entries:
        detail = phrase("A codebook needs at least one of its %(part)s.", part=part)
        yield _fault(part, "missing", detail)
        return
    for index, entry in enumerate(entries):
        field = f"{part}[{index}]"
        if not isinstance(entry, dict):
            yield _fault(field, "not-an-object", phrase("%(field)s is not an object.", field=field))
        elif not _is_key(entry.get("key")):
            yield _fault(f"{field}.key", "key-malformed", phrase(KEY_RULE, field=f"{field}.key"))


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 40 and KEY.fullmatch(value) is not None


def _faults(data: Entry, *, themes: list[Entry], stances: list[Entry]) -> Iterator[Fault]:
    number = data.get("edition")
    if number is not None and not _is_whole(number, at_least=1):
        detail = phrase("%(field)s is a whole number from %(least)s.", field="edition", least=1)
        yield _fault("edition", "edition-malformed", detail)
    yield from _texts("note", data.get("note"))
    yield from record_faults(data.get("changes", []))
    for part, entries in (("stances", stances), ("themes", themes)):
        yield from _repeated(part, "key", entries)
    yield from _repeated("themes", "code", themes)
    for stance in stances:
        yield from _stance(stance)
    for theme in themes:
        yield from _theme(theme, stances={stance["key"] for stance in stances})
    yield from _parents(themes)
    yield from _hotkeys(themes, stances)


def _is_whole(value: Any, *, at_least: int = 0) -> bool:
    return type(value) is int and at_least <= value <= LARGEST


def _repeated(part: str, field: str, entries: list[Entry]) -> Iterator[Fault]:
    seen = Counter(str(entry.get(field)) for entry in entries)
    for value, times in seen.items():
        if times > 1:
            detail = phrase(
                "%(times)s of the %(part)s have the %(field)s “%(value)s”.",
                times=times,
                part=part,
                field=field,
                value=value,
            )
            yield _fault(f"{part}.{value}.{field}", f"{field}-repeated", detail)


def _texts(field: str, value: Any, *, required: bool = False) -> Iterator[Fault]:
    """A text is an object from language to words."""
    if not value and not required:
        return
    fine = (
        isinstance(value, dict)
        and value
        and all(
            isinstance(language, str)
            and LANGUAGE.fullmatch(language)
            and isinstance(words, str)
            and words.strip()
            for language, words in value.items()
        )
    )
    if not fine:
        detail = phrase(
            "%(field)s must be words by language, such as %(example)s.",
            field=field,
            example='{"en": "…", "fr": "…"}',
        )
        yield _fault(field, "text-malformed", detail)


def _stance(stance: Entry) -> Iterator[Fault]:
    at = f"stances.{stance['key']}"
    yield from _texts(f"{at}.label", stance.get("label"), required=True)
    yield from _texts(f"{at}.definition", stance.get("definition"))
    yield from _common(at, stance)
    glyph = stance.get("glyph")
    if not isinstance(glyph, str) or not 1 <= len(glyph) <= 4:
        detail = phrase("%(field)s is one to four characters.", field=f"{at}.glyph")
        yield _fault(f"{at}.glyph", "glyph-malformed", detail)
    position = stance.get("position")
    if position is not None and not _is_whole(position, at_least=-LARGEST):
        detail = phrase(
            "%(field)s is a whole number, or null outside the order.", field=f"{at}.position"
        )
        yield _fault(f"{at}.position", "position-malformed", detail)


def _theme(theme: Entry, *, stances: set[str]) -> Iterator[Fault]:
    at = f"themes.{theme['key']}"
    for field in TEXTS:
        yield from _texts(f"{at}.{field}", theme.get(field), required=field == "name")
    yield from _common(at, theme)
    code = theme.get("code")
    if not isinstance(code, str) or len(code) != 2 or not code.isalpha():
        detail = phrase("%(field)s is two letters.", field=f"{at}.code")
        yield _fault(f"{at}.code", "code-malformed", detail)
    colour = theme.get("colour")
    if not _is_whole(colour) or colour not in COLOURS:
        detail = phrase("%(field)s is a number from 1 to 12.", field=f"{at}.colour")
        yield _fault(f"{at}.colour", "colour-unknown", detail)
    if not isinstance(theme.get("memo_required", False), bool):
        detail = phrase("%(field)s is true or false.", field=f"{at}.memo_required")
        yield _fault(f"{at}.memo_required", "not-a-flag", detail)
    yield from _labels(f"{at}.stance_labels", theme.get("stance_labels"), stances)
    for field in ("examples", "counter_examples"):
        yield from _examples(f"{at}.{field}", theme.get(field), stances)


def _common(at: str, entry: Entry) -> Iterator[Fault]:
    hotkey = entry.get("hotkey")
    if hotkey and not (isinstance(hotkey, str) and len(hotkey) == 1 and hotkey.isalnum()):
        detail = phrase("%(field)s is one letter or digit, or empty.", field=f"{at}.hotkey")
        yield _fault(f"{at}.hotkey", "hotkey-malformed", detail)
    order = entry.get("order", 0)
    if not _is_whole(order):
        detail = phrase("%(field)s is a whole number from %(least)s.", field=f"{at}.order", least=0)
        yield _fault(f"{at}.order", "order-malformed", detail)


def _labels(at: str, labels: Any, stances: set[str]) -> Iterator[Fault]:
    if labels is None:
        return
    if not isinstance(labels, dict):
        detail = phrase("%(field)s is an object from stance to words.", field=at)
        yield _fault(at, "not-an-object", detail)
        return
    for stance, words in labels.items():
        if stance not in stances:
            detail = phrase(
                "%(field)s names “%(key)s”, which is none of the stances.", field=at, key=stance
            )
            yield _fault(f"{at}.{stance}", "stance-unknown", detail)
        yield from _texts(f"{at}.{stance}", words, required=True)


def _examples(at: str, examples: Any, stances: set[str]) -> Iterator[Fault]:
    if examples is None:
        return
    if not isinstance(examples, list):
        yield _fault(at, "not-a-list", phrase("%(field)s is a list.", field=at))
        return
    for index, example in enumerate(examples):
        here = f"{at}[{index}]"
        if not isinstance(example, dict) or not isinstance(example.get("text"), str):
            detail = phrase("%(field)s needs a text.", field=here)
            yield _fault(f"{here}.text", "text-missing", detail)
            continue
        yield from _texts(f"{here}.why", example.get("why"))
        stance = example.get("stance")
        if stance is not None and not (isinstance(stance, str) and stance in stances):
            here = f"{here}.stance"
            yield _fault(here, "stance-unknown", phrase(NO_STANCE, field=here, key=stance))


def _parents(themes: Iterable[Entry]) -> Iterator[Fault]:
    parents = {theme["key"]: theme.get("parent") for theme in themes}
    for key, parent in parents.items():
        at = f"themes.{key}.parent"
        if parent is not None and (not isinstance(parent, str) or parent not in parents):
            yield _fault(at, "theme-unknown", phrase(NO_THEME, field=at, key=parent))
        elif parent is not None and parents[parent] is not None:
            detail = phrase(
                "%(field)s is “%(key)s”, itself a sub-theme; there is one level of them.",
                field=at,
                key=parent,
            )
            yield _fault(at, "nested-too-deep", detail)


def _hotkeys(themes: Iterable[Entry], stances: Iterable[Entry]) -> Iterator[Fault]:
    """A stance's key works beside every theme's; sub-themes share theirs across parents."""
    scale: dict[str, str] = {}
    for stance in stances:
        yield from _taken(f"stances.{stance['key']}", stance, scale)
    siblings: dict[str, dict[str, str]] = {}
    for theme in themes:
        among = siblings.setdefault(str(theme.get("parent")), dict(scale))
        yield from _taken(f"themes.{theme['key']}", theme, among)


def _taken(at: str, entry: Entry, holders: dict[str, str]) -> Iterator[Fault]:
    """A fault if the entry's key has a holder already; else it is noted as one."""
    hotkey = entry.get("hotkey")
    if not hotkey or not isinstance(hotkey, str):
        return
    if holders.setdefault(hotkey, at) != at:
        detail = phrase(
            "%(field)s “%(key)s” is that of %(other)s already.",
            field=f"{at}.hotkey",
            key=hotkey,
            other=holders[hotkey],
        )
        yield _fault(f"{at}.hotkey", "hotkey-taken", detail)
