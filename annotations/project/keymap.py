"""What a person may set for their hands: keys for verbs, and a few settings. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from annotations.project.refusals import Invalid
from annotations.text.phrases import joined, phrase

VERBS = (
    *("sentence-next", "sentence-previous", "word-right", "word-left"),
    *("paragraph-next", "paragraph-previous", "page-next", "page-previous"),
    *("text-start", "text-end", "annotation-next", "annotation-previous", "cycle"),
    *("extend-next", "extend-previous", "extend-right", "extend-left"),
    *("selection", "confirm", "deselect"),
    *("search", "repeat", "holder", "certainty", "memo", "definition", "remove", "history"),
    *("comment", "comments", "flag", "flag-zone", "flag-split"),
    *("find", "find-next", "find-previous", "search-all", "retrieve"),
    *("fold", "list", "conflicts", "original", "reading-view"),
    *("undo", "redo", "submit", "submit-part", "skip"),
    *("document-next", "document-previous", "queue", "preferences", "help"),
)
SETTINGS: dict[str, tuple[Any, ...]] = {
    "selection": ("exact", "word", "sentence"),
    "reading_view": (False, True),
    "fold_boilerplate": (True, False),
}
"""Each with its values, the default first."""
NAMED = frozenset(
    ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter", "Escape", "Home", "End"]
    + ["PageUp", "PageDown", "Insert", "Delete", "Backspace"]
    + [f"F{number}" for number in range(1, 13)]
)
MOST_KEYS = 200
MOST_SAID = 50  # faults of one body
_CODEBOOK_VERB = re.compile(r"(?:tag|stance|voice):[A-Za-z0-9_-]{1,60}", re.ASCII)
_KEY = re.compile(r"(?:Mod\+)?(?:Shift\+)?(.+)", re.DOTALL)

Preferences = dict[str, dict[str, Any]]


def defaults() -> Preferences:
    """
    >>> defaults()["settings"]["selection"]
    'exact'
    """
    return {"keys": {}, "settings": {name: values[0] for name, values in SETTINGS.items()}}


def checked(data: Any) -> Preferences:
    """`{"keys", "settings"}` as they are kept, or Invalid with every fault by field."""
    if not isinstance(data, dict):
        raise Invalid.field("", "not-an-object", phrase("The body must be a JSON object."))
    errors = [
        _error(
            field, "unknown-field", phrase("There is no field “%(field)s”.", field=_shown(field))
        )
        for field in sorted(set(data) - {"keys", "settings", "verbs"})
    ]
    keys, settings = data.get("keys", {}), data.get("settings", {})
    for name, value in (("keys", keys), ("settings", settings)):
        if not isinstance(value, dict):
            raise Invalid.field(
                name, "not-an-object", phrase("%(field)s must be a JSON object.", field=name)
            )
    if len(keys) > MOST_KEYS:
        detail = phrase("%(field)s takes at most %(most)s of them.", field="keys", most=MOST_KEYS)
        raise Invalid.field("keys", "too-many", detail)
    errors += [*_of_settings(settings), *_of_keys(keys)]
    errors += [] if errors else _conflicts(keys)
    if errors:
        told = errors[:MOST_SAID]
        raise Invalid(joined(each["detail"] for each in told), errors=told)
    return {"keys": dict(keys), "settings": {**defaults()["settings"], **settings}}


def is_key(name: object) -> bool:
    """Whether it names a key as the page does.

    >>> [is_key(name) for name in ("k", "Shift+Enter", "Mod+Shift+é", "+", "K", "Tab", "kk")]
    [True, True, True, True, False, False, False]
    """
    found = _KEY.fullmatch(name) if isinstance(name, str) and len(name) < 30 else None
    if found is None:
        return False
    key = found[1]
    return key in NAMED or (len(key) == 1 and key.isprintable() and key == key.lower())


def _of_settings(settings: Mapping[str, Any]) -> list[dict[str, str]]:
    errors = []
    for name, value in settings.items():
        if name not in SETTINGS:
            detail = phrase("There is no setting “%(name)s”.", name=_shown(name))
            errors.append(_error("settings", "unknown", detail))
        elif not any(type(value) is type(known) and value == known for known in SETTINGS[name]):
            known = ", ".join(map(str, SETTINGS[name]))
            detail = phrase("%(field)s is one of %(known)s.", field=name, known=known)
            errors.append(_error(f"settings.{name}", "value", detail))
    return errors


def _of_keys(keys: Mapping[str, Any]) -> list[dict[str, str]]:
    errors = []
    for verb, key in keys.items():
        if verb not in VERBS and not _CODEBOOK_VERB.fullmatch(verb):
            detail = phrase("There is no verb “%(verb)s”.", verb=_shown(verb))
            errors.append(_error("keys", "verb-unknown", detail))
        elif key is not None and not is_key(key):
            detail = phrase(
                "“%(key)s” names no key; letters are small, with Shift+ before them.",
                key=_shown(key),
            )
            errors.append(_error(f"keys.{verb}", "key-unknown", detail))
    return errors


def _conflicts(keys: Mapping[str, str | None]) -> list[dict[str, str]]:
    verbs: dict[str, list[str]] = defaultdict(list)
    for verb, key in keys.items():
        if key is not None:
            verbs[key].append(verb)
    return [
        _error(
            f"keys.{verb}",
            "key-conflict",
            phrase("“%(key)s” is given to: %(verbs)s.", key=key, verbs=", ".join(taken)),
        )
        for key, taken in verbs.items()
        if len(taken) > 1
        for verb in taken
    ]


def _shown(value: object) -> str:
    """What somebody sent, short, and in letters that can be told apart."""
    return ascii(value).strip("'\"")[:60]


def _error(field: str, code: str, detail: str) -> dict[str, str]:
    return {"field": field[:80], "code": code, "detail": detail}
