"""A theme, a stance or the note as fields of a form, and what was typed as clauses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.codebook.clauses import (
    LABELS,
    LISTS,
    TEXTS,
    Clauses,
    clauses_of,
    listed,
    unlisted,
)
from annotations.codebook.differing import Piece, words_between
from annotations.codebook.drafting import mark_of
from annotations.codebook.models import in_language
from annotations.desk.codebook_words import FIELDS, labels_of, language_in_words, path_in_words

VALUE, BASE = "c.", "b."
LANGUAGES = ("en", "fr")
SHORT = frozenset({"name", "label", LABELS})
OPTIONS = {
    "themes": ("code", "hotkey", "colour", "parent", "memo_required"),
    "stances": ("glyph", "hotkey", "position"),
    "edition": (),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One clause to type; `base` marks what is saved, `saved` is what somebody else saved meanwhile."""

    path: str
    label: str
    value: str
    base: str
    errors: list[str]
    saved: str | None = None
    language: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)

    @property
    def short(self) -> bool:
        return self.path.partition(".")[0] in SHORT

    @property
    def kind(self) -> str:
        plain = self.path in ("parent", "colour", "memo_required", "position", *LISTS["themes"])
        return self.path if plain else "text"

    @property
    def between(self) -> list[Piece]:
        return words_between(self.saved or "", self.value)

    @property
    def examples(self) -> list[dict[str, Any]]:
        """Each with what is known of it beside, and an empty one to fill."""
        kept = unlisted(self.value)
        return [
            {**each, "more": json.dumps(_more(each), ensure_ascii=False) if _more(each) else ""}
            for each in [*kept, {"text": ""}]
        ]


def _more(example: Mapping[str, Any]) -> dict[str, Any]:
    """What the form has no field for goes along unseen."""
    more = {k: v for k, v in example.items() if k not in ("text", "lang", "stance", "why")}
    why = {k: v for k, v in (example.get("why") or {}).items() if k not in LANGUAGES}
    return {**more, **({"why": why} if why else {})}


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading, side by side."""

    label: str
    hint: str
    fields: list[Field]
    errors: list[str]


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with a form: clauses, the marks of what was in sight, and why it was refused."""

    clauses: Clauses = field(default_factory=dict)
    base: Clauses = field(default_factory=dict)
    contested: tuple[str, ...] = ()
    errors: Mapping[str, list[str]] = field(default_factory=dict)


def typed_in(posted: QueryDict) -> Typed:
    """The clauses of a form; `take` names those where the saved one is preferred."""
    base = _under(BASE, posted)
    clauses = {path: _clean(words) for path, words in _under(VALUE, posted).items()}
    for name in LISTS["themes"]:
        if name in base:
            clauses[name] = listed(_examples(name, posted))
    for path in base:
        clauses.setdefault(path, "")  # a box that is not ticked is not sent
    for path in posted.getlist("take"):
        clauses.pop(path, None)
    return Typed(clauses, base)


def _under(prefix: str, posted: QueryDict) -> Clauses:
    return {
        name.removeprefix(prefix): str(value)
        for name, value in posted.items()
        if name.startswith(prefix)
    }


def _clean(words: str) -> str:
    return words.replace("\x00", "").replace("\r\n", "\n").strip()


def _examples(name: str, posted: QueryDict) -> Iterable[dict[str, Any]]:
    for at in range(len(posted.getlist(f"{name}.text"))):
        got = {
            part: _clean((posted.getlist(f"{name}.{part}") + [""] * (at + 1))[at])
            for part in ("text", "lang", "stance", "more", *(f"why.{each}" for each in LANGUAGES))
        }
        if not got["text"]:
            continue
        more = _json(got["more"])
        why = {each: got[f"why.{each}"] for each in LANGUAGES if got[f"why.{each}"]}
        why |= more.pop("why", {})
        parts = {"lang": got["lang"], "text": got["text"], "stance": got["stance"]}
        kept = {key: value for key, value in parts.items() if value}
        yield {**kept, **more, **({"why": why} if why else {})}


def _json(more: str) -> dict[str, Any]:
    try:
        found = json.loads(more or "{}")
    except ValueError:
        return {}
    why = isinstance(found, dict) and found.get("why")
    return found if isinstance(found, dict) and (not why or isinstance(why, dict)) else {}


def groups_of(
    part: str, entry: Mapping[str, Any], book: Mapping[str, Any], typed: Typed
) -> list[Group]:
    """The form of an entry as it is saved, with what was typed and refused in its place."""
    current = clauses_of(part, entry)

    def group(head: str, label: str, paths: Iterable[str], *, hint: str = "") -> Group:
        fields = [_field(path, current, book, typed) for path in paths]
        return Group(label, hint, fields, typed.errors.get(head, []))

    def texts(head: str, label: str) -> Group:
        return group(head, label, [f"{head}.{each}" for each in _languages(book)], hint=_hint(head))

    groups = [texts(name, str(FIELDS[name])) for name in TEXTS[part]]
    if OPTIONS[part]:
        groups.insert(1, group("", _("How it looks and is chosen"), OPTIONS[part]))
    if part == "themes":
        paths = [
            f"{LABELS}.{each['key']}.{lang}"
            for each in book["stances"]
            for lang in _languages(book)
        ]
        groups.append(group(LABELS, _("Words for each stance"), paths, hint=_hint(LABELS)))
    return groups + [group(name, str(FIELDS[name]), [name]) for name in LISTS[part]]


def _field(path: str, current: Clauses, book: Mapping[str, Any], typed: Typed) -> Field:
    saved = current.get(path, "")
    contested = path in typed.contested
    language = path.rpartition(".")[2] if "." in path else ""
    stances = labels_of(book["stances"])
    return Field(
        path=path,
        label=_label(path, language, stances),
        value=typed.clauses.get(path, saved),
        base=mark_of(saved) if contested else typed.base.get(path, mark_of(saved)),
        errors=typed.errors.get(path, []),
        saved=saved if contested else None,
        language=language,
        options=_options(path, current.get("key", ""), book),
    )


def _label(path: str, language: str, stances: Mapping[str, str]) -> str:
    if path.startswith(LABELS):
        stance = path.split(".")[1]
        return f"{stances[stance]} · {language_in_words(language)}"
    return language_in_words(language) if language else path_in_words(path, stances)


def _options(path: str, key: str, book: Mapping[str, Any]) -> list[tuple[str, str]]:
    if path == "colour":
        return [(str(slot), str(slot)) for slot in range(1, 13)]
    if path == "parent":
        heads = [each for each in book["themes"] if not each.get("parent") and each["key"] != key]
        return [(each["key"], in_language(each["name"])) for each in heads]
    if path in LISTS["themes"]:
        return [*labels_of(book["stances"]).items()]
    return []


def _languages(book: Mapping[str, Any]) -> list[str]:
    """English, French, and any other that a theme's name has."""
    others = {each for theme in book["themes"] for each in theme["name"]} - {*LANGUAGES}
    return [*LANGUAGES, *sorted(others)]


def _hint(name: str) -> str:
    return {
        "proposition": _("What a stance is about. A sub-theme left empty takes its parent’s."),
        LABELS: _(
            "“Says unacceptable” tells more than “against”. Left empty, the parent’s or the scale’s."
        ),
        "include": _("What belongs here."),
        "exclude": _("What looks like it and belongs elsewhere."),
        "note": _("What is new, for whoever works with this edition."),
    }.get(name, "")


def errors_by_field(
    faults: Iterable[Mapping[str, str]], part: str, key: str
) -> dict[str, list[str]]:
    """Each fault at its field or its group of languages.

    What is said of another entry, whose key of the keyboard this one took, stands at the field of
    the same name.
    """
    found: dict[str, list[str]] = {}
    own = f"{part}.{key}."
    for fault in faults:
        path = fault["field"].removeprefix(own)
        if path == fault["field"]:
            path = path.rpartition(".")[2]
        head = path.partition("[")[0].partition(".")[0]
        found.setdefault(head, []).append(fault["detail"])
    return found
