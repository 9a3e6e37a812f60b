"""JSON from outside: well-formed, storable, not nested without end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from annotations.api.problems import TooLarge
from annotations.project.refusals import Invalid
from annotations.text.wellformed import UnstorableText, require_storable


def read_json(data: bytes) -> Any:
    """JSON without NaN; it may still hold what cannot be stored. Raises ParseError."""
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise ParseError(_("The body is not UTF-8.")) from error
    except (ValueError, RecursionError) as error:
        raise ParseError(_("The body is not valid JSON.")) from error


def parse_json(data: bytes) -> Any:
    """Strict JSON: no NaN, no NUL, no lone surrogate. Raises Invalid or ParseError."""
    value = read_json(data)
    try:
        require_storable(value)
    except UnstorableText as error:
        raise Invalid.field(error.path, "unstorable-text", error.message) from error
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


class CleanJSONParser(BaseParser):
    """REST framework's way to the same."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        said = stream.read(most + 1)
        if len(said) > most:
            detail = _("A body may take at most %(most)d MB.") % {"most": most // 1024**2}
            raise TooLarge(detail)
        return parse_json(said)
