"""What the address answers while everything is still being started: alive, and not ready.

A database may be away at the start, and bringing tables up to date may take minutes; whoever asks
meanwhile is told so, and not left waiting for an answer.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler

_PATIENCE = 2.0  # seconds for a request to come in and its answer to go out
_POLL = 0.2
_AGAIN = "3"  # seconds
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Workbench</title>
<h1>The workbench is being started</h1>
<p>Nothing is lost. This page comes back by itself; the terminal says what it waits for.</p>
<p lang="fr">Workbench démarre. Rien n’est perdu, et cette page revient d’elle-même.</p>
</html>
"""


class _Answer(BaseHTTPRequestHandler):
    timeout = _PATIENCE
    server_version, sys_version = "workbench", ""

    def do_GET(self) -> None:
        """Also of every other method: nothing can be done yet."""
        if self.path == "/healthz":
            return self._say(HTTPStatus.OK, "application/json", json.dumps({"status": "ok"}))
        if self.path == "/readyz":
            state = {"database": "unknown", "migrations": "unknown", "worker": "down"}
            return self._say(HTTPStatus.SERVICE_UNAVAILABLE, "application/json", json.dumps(state))
        if not self.path.startswith("/api/"):
            return self._say(HTTPStatus.SERVICE_UNAVAILABLE, "text/html; charset=utf-8", _PAGE)
        said = {"type": "starting", "title": "Not at the moment", "status": 503}
        body = json.dumps({**said, "detail": "The workbench is being started; ask again."})
        return self._say(HTTPStatus.SERVICE_UNAVAILABLE, "application/problem+json", body)

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - http.server's names

    def _say(self, status: HTTPStatus, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'none'")
        if status != HTTPStatus.OK:
            self.send_header("Retry-After", _AGAIN)
        if kind.startswith("text/html"):
            self.send_header("Refresh", _AGAIN)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Addresses can hold sign-in tokens."""


@contextmanager
def answering(listener: socket.socket) -> Iterator[None]:
    """One asker after another, until the block ends; who comes later waits for the web server."""
    over = threading.Event()
    here = listener.dup()
    here.settimeout(_POLL)
    thread = threading.Thread(target=_answer, args=[here, over], daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        here.close()
        listener.setblocking(True)


def _answer(listener: socket.socket, over: threading.Event) -> None:
    while not over.is_set():
        with suppress(OSError):  # nobody came, or left before being answered
            asker, address = listener.accept()
            with asker:
                asker.settimeout(_PATIENCE)
                _Answer(asker, address, None)  # type: ignore[arg-type]  # asks nothing of a server
