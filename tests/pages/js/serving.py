"""A small real web server for the coding page: pages, static files, and a Contract behind it."""

from __future__ import annotations

import json
import mimetypes
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.pages.js.beside import Beside
from tests.pages.js.contract import Answer, Contract
from workbench.headers import POLICY

STATIC = Path(__file__).resolve().parents[3] / "annotations" / "static"
BLANK = "<!doctype html><html lang='en'><meta charset='utf-8'><title>blank</title><body></body>"


class Listening(ThreadingHTTPServer):
    daemon_threads = True
    # A page asks for a hundred files at once.
    request_queue_size = 128

    def server_activate(self) -> None:
        super().server_activate()
        # Whoever knocked may be gone again: then nobody waits at the door, and no test with it.
        self.socket.settimeout(1)


@dataclass
class Site:
    """What is served; it outlives the server, which can be killed and started again on its port."""

    contract: Contract
    article: dict[str, Any] | None
    pages: dict[str, Callable[[], str]]
    beside: Beside = field(default_factory=Beside)
    next_assignment: dict[str, Any] | None = None
    # What addresses end with whose answers break off in the middle.
    broken_off: set[str] = field(default_factory=set)
    # What addresses end with that are never answered, for as long as the other side waits.
    silent: set[str] = field(default_factory=set)
    port: int = 0
    server: Listening | None = None
    open: set[socket.socket] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        handler = type("Bound", (Handler,), {"site": self})
        self.server = Listening(("127.0.0.1", self.port), handler)
        self.port = self.server.server_address[1]
        poll = {"poll_interval": 0.02}
        threading.Thread(target=self.server.serve_forever, kwargs=poll, daemon=True).start()

    def kill(self) -> None:
        """Stops at once; requests on their way get no answer."""
        if self.server is None:
            return
        self.server.shutdown()
        self.server.server_close()
        self.server = None
        for connection in list(self.open):
            drop(connection)


def drop(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was quicker


class Handler(BaseHTTPRequestHandler):
    site: Site

    def setup(self) -> None:
        super().setup()
        self.site.open.add(self.connection)

    def finish(self) -> None:
        self.site.open.discard(self.connection)
        try:
            super().finish()
        except OSError:
            return  # killed

    def log_message(self, format: str, *arguments: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.endswith(tuple(self.site.silent)):
            self.rfile.read(1)
        if path.startswith("/static/"):
            return self._file(STATIC / path.removeprefix("/static/"))
        if path in self.site.pages:
            return self._send(200, self.site.pages[path]().encode(), "text/html; charset=utf-8")
        if not self.site.contract.signed_in:
            return self._json(Answer(401, {"type": "not-signed-in"}))
        if path.endswith("/csrf"):
            contract = self.site.contract
            return self._json(Answer(200, {"token": contract.token, "user": contract.signed_in}))
        if path.endswith("/revisions"):
            known = self.site.contract.revisions.get(path.split("/")[-2], [])
            return self._json(Answer(200, {"results": known}))
        if (beside := self.site.beside.get(path)) is not None:
            return self._json(Answer(200, beside))
        if "/documents/" in path:
            contract = self.site.contract
            if self.site.article is None:
                return self._json(Answer(503))
            answer = {**self.site.article, "assignment": contract.assignment}
            return self._json(Answer(200, {**answer, "annotations": contract.standing()}))
        return self._send(404, b"", "text/plain")

    def do_PUT(self) -> None:
        self._obey()

    def do_DELETE(self) -> None:
        self._obey()

    def do_PATCH(self) -> None:
        self._obey()

    def do_POST(self) -> None:
        found = self.site.next_assignment
        self._json(Answer(200, found) if found else Answer(204))

    def _obey(self) -> None:
        contract = self.site.contract
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size)) if size else None
        headers = {name.lower(): value for name, value in self.headers.items()}
        fault = contract.faults.pop(0) if contract.faults else None
        if isinstance(fault, int):
            return self._json(Answer(fault, {"type": "fault", "detail": f"answer {fault}"}))
        if not contract.signed_in:
            return self._json(Answer(401, {"type": "not-signed-in"}))
        if headers.get("x-csrftoken") != contract.token:
            return self._json(Answer(403, {"type": "csrf"}))
        if contract.signed_in != contract.user:
            return self._json(Answer(404, {"type": "not-visible"}))
        key = self.path.rsplit("/", 1)[1]
        if self.site.beside.knows(self.path):
            operation = headers.get("idempotency-key", "")
            answer = Answer(*self.site.beside.obey(self.command, self.path, body, operation))
        elif self.command == "PATCH":
            answer = contract.move(headers, body or {})
        else:
            answer = contract.save(self.command, key, headers, body)
        if fault == "lost":
            return drop(self.connection)
        self._json(answer)

    def _json(self, answer: Answer) -> None:
        body = b"" if answer.body is None else json.dumps(answer.body).encode()
        headers = {"ETag": answer.etag} if answer.etag else {}
        self._send(answer.status, body, "application/json", headers)

    def _file(self, path: Path) -> None:
        if not path.is_file():
            return self._send(404, b"", "text/plain")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self._send(200, path.read_bytes(), f"{kind}; charset=utf-8")

    def _send(
        self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Cache-Control", "no-store")
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.path.split("?")[0].endswith(tuple(self.site.broken_off)):
                self.wfile.write(body[: len(body) // 2])
                drop(self.connection)
            elif status != 204:
                self.wfile.write(body)
        except OSError:
            return  # killed while answering
