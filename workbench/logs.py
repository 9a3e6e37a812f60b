"""What is written to the log: a line an event, without what people write and without secrets.

Addresses are told by the pattern that they fit, since they may hold sign-in tokens and names; what
PostgreSQL says of a row's contents is left out.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from types import TracebackType

from workbench.measuring import request_id, route_of

CONTENTS = re.compile(r"^(DETAIL|CONTEXT|LINE \d+|QUERY|STATEMENT):.*$\n?", re.MULTILINE)
Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def without_contents(text: str) -> str:
    """
    >>> without_contents("duplicate key\\nDETAIL:  Key (name)=(Ada) already exists.\\n")
    'duplicate key\\n'
    """
    return CONTENTS.sub("", text)


class Scrubbed(logging.Filter):
    """Django names the address that failed; its pattern says enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "name", "") or request_id.get()
        if request is not None and hasattr(request, "resolver_match"):
            # Django writes it as Python would: nothing in an address begins a line of its own.
            named = {request.path, request.path.encode("unicode_escape").decode("ascii")}
            said = [route_of(request) if each in named else each for each in _args(record)]
            record.args = tuple(said)
        return True


def _args(record: logging.LogRecord) -> list[object]:
    return list(record.args) if isinstance(record.args, tuple) else []


class Lines(logging.Formatter):
    """For people."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatException(self, ei: Info) -> str:  # noqa: N802 - logging calls it so
        return without_contents(super().formatException(ei))

    def format(self, record: logging.LogRecord) -> str:
        return without_contents(super().format(record))


class Objects(Lines):
    """For programs: a JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": without_contents(record.getMessage()),
            "request": getattr(record, "request_id", "") or None,
            "status": getattr(record, "status_code", None),
            "trace": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({key: value for key, value in said.items() if value is not None})
