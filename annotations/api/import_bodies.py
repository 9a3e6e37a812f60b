"""What a request brings that delivers files: a form, or lines of JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, DataAndFiles, MultiPartParser
from rest_framework.request import Request

from annotations.corpus.deliveries.delivering import Item, item_of, line_items
from annotations.corpus.deliveries.lines import lines_of
from annotations.project.refusals import Invalid
from workbench.uploads import spooled


class Files(MultiPartParser):
    """multipart/form-data; too many files, or too much, is a problem of the request."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> DataAndFiles[Any, Any]:
        try:
            return super().parse(stream, media_type, parser_context)
        except TooManyFilesSent as error:
            raise ParseError(_("Too many files for one request; send several.")) from error
        except RequestDataTooBig as error:
            raise ParseError(_("Too much for one request; send several.")) from error


class Lines(BaseParser):
    """application/x-ndjson: a document a line, kept line by line and read later."""

    media_type = "application/x-ndjson"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, IO[bytes]]:
        try:
            return {"lines": spooled(stream)}
        except RequestDataTooBig as error:
            raise ParseError(_("Too much for one request; send several.")) from error


def items_of(request: Request) -> Iterator[Item]:
    """What a request brings, one file or line at a time."""
    if request.content_type.startswith(Lines.media_type):
        data = request.data
        assert isinstance(data, dict)  # noqa: S101 - as `Lines` gives it
        with data["lines"] as body:
            yield from line_items(lines_of(body, settings.IMPORT_MAX_FILE_BYTES))
    else:
        files = request.FILES.getlist("files")
        if not files:
            raise Invalid.field("files", "required", _("Send at least one file as “files”."))
        for file in files:
            yield item_of((file.name, file))
