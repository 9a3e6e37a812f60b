"""gunicorn's own log, written as all else is, and without what a request holds.

What is no HTTP never reaches the application: gunicorn refuses it, and would quote the line that it
could not read, with the address or the header that somebody mistyped, and the secret in it.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from gunicorn import glogging

from workbench import environment as env
from workbench.logs import Lines, Objects

_TOLD = re.compile(r"^(Invalid request from ip=\S*: [^:]*|Error handling request).*", re.DOTALL)


def without_request(message: str) -> str:
    """
    >>> without_request("Invalid request from ip=::1: Invalid HTTP Header: 'Authorization wb_1'")
    'Invalid request from ip=::1: Invalid HTTP Header'
    >>> without_request("Error handling request GET /sign-in/abc")
    'Error handling request'
    """
    return _TOLD.sub(r"\1", message)


class _WithoutRequest(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_request(record.getMessage()), ()
        return True


class ServerLog(glogging.Logger):  # type: ignore[misc]  # gunicorn has no types
    """As `WORKBENCH_LOG_FORMAT` has it."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        json = env.one_of("WORKBENCH_LOG_FORMAT", "lines", "json") == "json"
        for handler in self.error_log.handlers:
            handler.setFormatter(Objects() if json else Lines())
            handler.addFilter(_WithoutRequest())
