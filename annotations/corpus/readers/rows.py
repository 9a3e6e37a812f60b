"""A row, of a table or of JSON lines, as a document: its columns say what is what. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from annotations.corpus.choices import Choices, Columns
from annotations.corpus.readers.drafting import Draft, draft_of
from annotations.corpus.texts.cells import Field, members, record
from annotations.corpus.texts.decoding import decode
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

NO_TEXT = wording("The row has no text in “%(column)s”.")
NO_TEXT_IN = wording("The row has no text in its column %(column)s.")
NOT_TEXT = wording("“%(column)s” is no text.")
NOT_UNDERSTOOD = wording("%(what)s left out, for it could not be understood: “%(value)s”.")
DATE, ADDRESS, LANGUAGE = wording("Date"), wording("Address"), wording("Language")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?|(\d{4})(\d\d)(\d\d)", re.S)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
_LONGEST_SHOWN = 60


def read_row(name: str, data: bytes, choices: Choices) -> Draft:
    """The draft of one row. `choices.columns` must be given; its delimiter says which kind it is."""
    columns = choices.columns
    assert columns is not None  # noqa: S101 - nobody else calls it
    row, decoding = decode(data, choices.encoding)
    fields = fields_of(row, columns.delimiter)
    cell = fields.get(columns.text)
    if cell is None or cell.value in (None, ""):
        # A row of a table knows its columns by number only.
        missing = NO_TEXT_IN if columns.delimiter else NO_TEXT
        raise Unreadable("blank", missing % {"column": columns.text})
    if not isinstance(cell.value, str):
        raise Unreadable("row", NOT_TEXT % {"column": columns.text})
    step = {"step": "cell", "format": "csv" if columns.delimiter else "json"}
    said = {name: said_in(fields, getattr(columns, name)) for name in _OWN}
    draft = draft_of(
        name,
        cell.value,
        decoding,
        {**step, "at": [cell.start, cell.end]},
        choices=choices,
        language=language(said["language"]),
    )
    return _with(draft, said, attributes_of(fields, columns))


_OWN = ("title", "external_id", "source_url", "published_on", "language")


def fields_of(row: str, delimiter: str) -> Mapping[str, Field]:
    """By name for JSON; by "1", "2" … for a table, whose names stood in its first row."""
    if not delimiter:
        return members(row)
    return {str(number): field for number, field in enumerate(record(row, delimiter), start=1)}


def said_in(fields: Mapping[str, Field], column: str | None) -> str:
    found = fields.get(column or "")
    return in_words(found.value).strip() if found else ""


def in_words(value: Any) -> str:
    """
    >>> in_words("a"), in_words(3), in_words(True), in_words(None), in_words({})
    ('a', '3', 'true', '', '')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return value if isinstance(value, str) else ""


def attributes_of(fields: Mapping[str, Field], columns: Columns) -> dict[str, str]:
    """By key; a JSON row may bring an object `attributes` beside what the columns name."""
    found: dict[str, str] = {}
    own = fields.get("attributes")
    if not columns.delimiter and own and isinstance(own.value, dict):
        found = {str(key): in_words(value).strip() for key, value in own.value.items()}
    for column, key in columns.attributes.items():
        found[key] = said_in(fields, column)
    return {key: value for key, value in found.items() if value}


def day(said: str) -> date | None:
    """
    >>> day("2025-01-25T08:00Z"), day("03/04/2025")  # March or April
    (datetime.date(2025, 1, 25), None)
    """
    found = _DAY.fullmatch(said)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part))
    except ValueError:
        return None


def language(said: str) -> str | None:
    """
    >>> language("fr-CA"), language("French")
    ('fr', None)
    """
    found = _LANGUAGE.fullmatch(said)
    return found.group(1).lower() if found else None


def address(said: str) -> str | None:
    """Shown as a link, never fetched; so a web address or nothing."""
    plain = said.lower().startswith(("http://", "https://")) and not re.search(r"[\s<>\"]", said)
    return said if plain and said.isprintable() else None


def _with(draft: Draft, said: Mapping[str, str], attributes: dict[str, str]) -> Draft:
    published, url = day(said["published_on"]), address(said["source_url"])
    checked = {
        DATE: (said["published_on"], published),
        ADDRESS: (said["source_url"], url),
        LANGUAGE: (said["language"], language(said["language"])),
    }
    warnings = [
        NOT_UNDERSTOOD % {"what": what, "value": given[:_LONGEST_SHOWN]}
        for what, (given, understood) in checked.items()
        if given and not understood
    ]
    return replace(
        draft,
        title=" ".join(said["title"].split()) or draft.title,
        external_id=said["external_id"] or None,
        published_on=published or draft.published_on,
        source_url=url or draft.source_url,
        attributes=attributes,
        warnings=[*draft.warnings, *warnings],
    )
