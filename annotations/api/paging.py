"""Long lists, a page at a time by cursor: complete, and unmoved by what is added meanwhile."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.sending import sent_once
from annotations.project.refusals import Invalid

Row = TypeVar("Row", bound=Model)
OF_PAGING = frozenset({"cursor", "limit"})
LARGEST_KEY = 2**63 - 1
PLACE = re.compile(
    r"(?:o=(?P<offset>[0-9]{1,4})(?:&|$))?(?P<back>r=1(?:&|$))?(?:p=(?P<at>[0-9]{1,19}))?"
)


class ByKey(CursorPagination):
    """`?limit=` 1 to 500; `next` and `previous` are addresses to follow as they are."""

    ordering = "pk"
    shrinks = True
    page_size = 100
    page_size_query_param = "limit"
    max_page_size = 500

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        self.asked = request
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        """The page, sent smaller to whoever takes that, and not again to whoever has it."""
        answer = super().get_paginated_response(data)
        answer.add_post_render_callback(partial(sent_once, self.asked, shrinks=self.shrinks))
        return answer

    def get_page_size(self, request: Request) -> int:
        said = request.GET.get("limit", str(self.page_size))
        most = self.max_page_size
        if not said.isascii() or not said.isdecimal() or not 1 <= int(said[:9]) <= most:
            told = {"field": "limit", "most": most}
            detail = _("%(field)s is a number from 1 to %(most)s.") % told
            raise Invalid.field("limit", "range", detail)
        return int(said)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Raises ParseError for one that was not given here."""
        said = request.GET.get("cursor")
        if said is None:
            return None
        try:
            found = PLACE.fullmatch(b64decode(said.encode("ascii"), validate=True).decode("ascii"))
        except ValueError as error:
            raise _unknown() from error
        if not said or found is None or int(found["at"] or 0) > LARGEST_KEY:
            raise _unknown()
        place: Any = found["at"]  # a text, whatever the stubs say
        offset, reverse = int(found["offset"] or 0), found["back"] is not None
        return Cursor(offset=offset, reverse=reverse, position=place)


class Sought(ByKey):
    """Of what holds a caller's words, beside texts: its size tells nothing, for it is not compressed."""

    shrinks = False


class NewestFirst(ByKey):
    """The same from the end."""

    ordering = "-pk"


def _unknown() -> ParseError:
    return ParseError(_("The cursor is none that was given here."))


def page_of(
    rows: QuerySet[Row],
    shown: Callable[[Row], Any],
    *,
    request: Request,
    view: APIView,
    pages: ByKey | None = None,
) -> Response:
    """`{"next", "previous", "results"}`."""
    pages = pages or ByKey()
    page = pages.paginate_queryset(rows, request, view=view) or []
    return pages.get_paginated_response([shown(row) for row in page])


def filters_of(request: Request, *, allowed: Collection[str]) -> Mapping[str, str]:
    """The filters asked for; a name that is not on the list is an error, not ignored."""
    asked = {key: str(value) for key, value in request.GET.items() if key not in OF_PAGING}
    for unknown in sorted(asked.keys() - set(allowed)):
        known = ", ".join(sorted(allowed)) or _("none")
        detail = _("Filters here: %(known)s.") % {"known": known}
        raise Invalid.field(unknown, "filter-unknown", detail)
    for key, value in asked.items():
        if not value.isprintable():
            detail = _("%(field)s holds control characters.") % {"field": key}
            raise Invalid.field(key, "filter-value", detail)
    return asked


def uuid_of(value: object, *, field: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        detail = _("%(field)s must be a UUID.") % {"field": field}
        raise Invalid.field(field, "uuid", detail) from error
