"""Kinds of JSON read off the dataclasses that are sent as they stand, by `asdict`."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from annotations.api.schema.kinds import (
    ANYTHING,
    NUMBER,
    TEXT,
    TRUTH,
    WHOLE,
    Schema,
    by_key,
    maybe,
    record,
    some,
)

PLAIN = {str: TEXT, int: WHOLE, float: NUMBER, bool: TRUTH}


def row(kind: type[Any]) -> Schema:
    """An object with exactly the fields of a dataclass.

    >>> from dataclasses import dataclass
    >>> Point = dataclass(type("Point", (), {"__annotations__": {"x": int}}))
    >>> row(Point)["properties"]
    {'x': {'type': 'integer'}}
    """
    hints = get_type_hints(kind)
    return record(**{each.name: kind_of(hints[each.name]) for each in fields(kind)})


def kind_of(hint: Any) -> Schema:
    """What JSON is made of a type."""
    if hint in PLAIN:
        return PLAIN[hint]
    if is_dataclass(hint) and isinstance(hint, type):
        return row(hint)
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"type": "string", "enum": list(inside)}
    if origin in {Union, UnionType}:
        return _either([each for each in inside if each is not NoneType], NoneType in inside)
    if origin in {tuple, list}:
        return some(kind_of(inside[0]))
    return by_key(kind_of(inside[1])) if origin is dict else ANYTHING


def _either(kinds: list[Any], nullable: bool) -> Schema:
    said = kind_of(kinds[0]) if len(kinds) == 1 else {"anyOf": [kind_of(each) for each in kinds]}
    return maybe(said) if nullable else said
