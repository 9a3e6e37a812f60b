"""The question about a table's columns, as a form: one choice a column, with a few of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from annotations.corpus.choices import Columns
from annotations.corpus.deliveries.answering import asked_file
from annotations.corpus.models import Import, Outcome
from annotations.corpus.readers.columns import PARTS, key_of
from annotations.project.refusals import Invalid

MOST = 20


@dataclass(frozen=True, slots=True)
class Column:
    """`role` is what is proposed for it, `cells` are of the first rows."""

    number: int
    name: str
    role: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Question:
    position: int
    name: str
    columns: list[Column]
    rows: list[list[str]]
    roles: list[tuple[str, str]]
    delimiter: str
    header: bool

    @property
    def delimiters(self) -> list[tuple[str, str]]:
        """None for lines of JSON, which name their members themselves."""
        return delimiters() if self.delimiter else []


# A tab in a form is too easily lost on the way.
_BY_NAME = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_NAMES = {mark: name for name, mark in _BY_NAME.items()}


def delimiters() -> list[tuple[str, str]]:
    return [
        ("comma", _("comma ( , )")),
        ("semicolon", _("semicolon ( ; )")),
        ("tab", _("tab")),
        ("bar", _("vertical bar ( | )")),
    ]


def cut_in(said: Mapping[str, Any]) -> dict[str, Any]:
    """How a table is to be cut, as `cut_anew` takes it."""
    mark = _BY_NAME.get(str(said.get("delimiter", "")), "")
    return {"delimiter": mark, "header": said.get("header") == "1"}


def roles() -> list[tuple[str, str]]:
    return [
        ("", _("leave out")),
        ("text", _("text")),
        ("title", _("title")),
        ("published_on", _("date")),
        ("source_url", _("address")),
        ("language", _("language")),
        ("external_id", _("the sender’s id")),
        ("attribute", _("attribute")),
    ]


def questions_of(delivery: Import) -> list[Question]:
    asked = delivery.files.filter(outcome=Outcome.ASKED).defer("content").order_by("position")
    return [
        question(file.position, file.name, file.reading.get("preview", {})) for file in asked[:MOST]
    ]


def question(position: int, name: str, preview: Mapping[str, Any]) -> Question:
    proposed = preview.get("proposed") or {}
    by_name = {proposed[part]: part for part in PARTS if part in proposed}
    by_name |= dict.fromkeys(proposed.get("attributes", {}), "attribute")
    rows: list[list[str]] = preview.get("rows", [])
    columns = [
        Column(
            number, each, by_name.get(each, ""), [row[number] for row in rows if number < len(row)]
        )
        for number, each in enumerate(preview.get("names", []))
    ]
    mark = _NAMES.get(preview.get("delimiter", ""), "")
    header = bool(preview.get("header", True))
    return Question(position, name, columns, rows, roles(), mark, header)


def columns_from(said: Mapping[str, Any], delivery: Import, position: int) -> Columns:
    """Raises `Invalid` where two columns are to be the same part."""
    names = asked_file(delivery, position).reading["preview"]["names"]
    parts: dict[str, str] = {}
    attributes: dict[str, str] = {}
    for number, name in enumerate(names):
        role = said.get(f"column-{number}", "")
        if role == "attribute":
            attributes[name] = key_of(name) or f"column-{number + 1}"
        elif role in PARTS:
            if role in parts:
                detail = _("Two columns cannot both be the %(part)s.") % {
                    "part": dict(roles())[role]
                }
                raise Invalid.field(role, "column-twice", detail)
            parts[role] = name
    return Columns(**{"text": "", **parts}, attributes=attributes)
