"""Asks a web server on this machine whether it is well, as `python -m workbench.probing /readyz`.

A question from inside has to name a host that the settings allow, and to pass for one that came
through the proxy that does TLS; else the answer is about that, and not about health.
"""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Mapping


def status(path: str, *, host: str, port: int, env: Mapping[str, str]) -> int | None:
    """The status of GET `path`; None when nothing answers."""
    connection = http.client.HTTPConnection(host, port, timeout=10)
    headers = {"Host": _name(env), "X-Forwarded-Proto": "https"}
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _name(env: Mapping[str, str]) -> str:
    """
    >>> _name({"WORKBENCH_ALLOWED_HOSTS": ".example.org, localhost"})
    'example.org'
    """
    first = env.get("WORKBENCH_ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    return first if first.strip("*") else "localhost"


if __name__ == "__main__":
    answer = status(sys.argv[1], host="127.0.0.1", port=8000, env=os.environ)
    sys.exit(0 if answer == http.client.OK else f"{sys.argv[1]}: {answer or 'no answer'}")
