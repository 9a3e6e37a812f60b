"""What may be asked of a route: what its description names, as it says, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from annotations.api.schema.description import parameters_of, takes_a_body
from annotations.api.schema.kinds import Schema
from annotations.project.refusals import Invalid

PLACEHOLDER = re.compile(r"([^/<]*)/<(?:\w+:)?(\w+)>")


class Described(BasePermission):
    """Refuses what is not described, so that a filter spelled wrong is not ignored."""

    def has_permission(self, request: Request, view: Any) -> bool:
        method, found = str(request.method).lower(), request.resolver_match
        if found is None or not hasattr(view, method):
            return True
        if request.META.get("QUERY_STRING"):
            require_described(found.route, method, request.GET)
        if _empty(request.META) and wants_body(found.route, method):
            raise Invalid.field("", "required", _("The body is missing."))
        return True


def _empty(meta: Mapping[str, Any]) -> bool:
    return meta.get("CONTENT_LENGTH") in {None, "", "0"} and "HTTP_TRANSFER_ENCODING" not in meta


def require_described(route: str, method: str, asked: QueryDict) -> None:
    """`route` is Django's. Raises Invalid for the first name or value that is not described."""
    known = kinds(route, "get" if method == "head" else method)
    for name, values in asked.lists():
        if name not in known:
            listed = ", ".join(sorted(known)) or _("none")
            detail = _("Parameters here: %(known)s.") % {"known": listed}
            raise Invalid.field(name[:60], "filter-unknown", detail)
        if len(values) > 1:
            detail = _("%(field)s is given once.") % {"field": name}
            raise Invalid.field(name, "filter-repeated", detail)
        if not values[0].isprintable():
            detail = _("%(field)s holds control characters.") % {"field": name}
            raise Invalid.field(name, "filter-value", detail)
        if not _read_elsewhere(name, known[name]) and not fits(values[0], known[name]):
            raise Invalid.field(name, "filter-value", _misfit(name, known[name]))


def _read_elsewhere(name: str, kind: Schema) -> bool:
    """What is wrong with a place in a list is said where it is looked for."""
    return name == "limit" or (name == "cursor" and "format" not in kind)


def fits(value: str, kind: Schema) -> bool:
    """Whether a value of a query is of that kind.

    >>> fits("7", {"type": "integer", "minimum": 1}), fits("", {"type": "string", "minLength": 1})
    (True, False)
    """
    if "enum" in kind:
        return bool(value in kind["enum"])
    if kind.get("format") == "uuid":
        return _is_uuid(value)
    if kind.get("type") == "integer":
        whole = value.isascii() and value.isdecimal() and len(value) < 11
        least, most = kind.get("minimum", 0), kind.get("maximum", 2**31 - 1)
        return whole and bool(least <= int(value) <= most)
    if "pattern" in kind and re.fullmatch(str(kind["pattern"]), value) is None:
        return False
    return len(value) >= int(kind.get("minLength", 0))


def _is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False


def _misfit(name: str, kind: Schema) -> str:
    if "enum" in kind:
        known = {"field": name, "known": ", ".join(kind["enum"])}
        return _("%(field)s is one of %(known)s.") % known
    if kind.get("format") == "uuid":
        return _("%(field)s must be a UUID.") % {"field": name}
    if kind.get("type") == "integer":
        return _("%(field)s must be a whole number.") % {"field": name}
    return _("%(field)s cannot be read.") % {"field": name}


@cache
def kinds(route: str, method: str) -> dict[str, Schema]:
    """Of the query, by name; none where the verb is not described, as OPTIONS is not."""
    try:
        return parameters_of(described(route), method)
    except KeyError:
        return {}


@cache
def wants_body(route: str, method: str) -> bool:
    try:
        return takes_a_body(described(route), method)
    except KeyError:
        return False


def described(route: str) -> str:
    """The address as the description has it.

    >>> described("api/v1/documents/<uuid:uuid>/comments")
    '/api/v1/documents/{document}/comments'
    """

    def place(found: re.Match[str]) -> str:
        before, name = found[1], found[2]
        return f"{before}/{{{before.removesuffix('s') if name == 'uuid' else name}}}"

    return "/" + PLACEHOLDER.sub(place, route)
