"""A client that spends as little as it can, so that a load measures the server beside it, not itself."""

from __future__ import annotations

import socket

TIMEOUT = 120.0  # seconds


class KeptLine:
    """One connection, kept as long as the server keeps it; an answer is read to its end."""

    def __init__(self, host: str) -> None:
        name, port = host.split(":")
        self.address = (name, int(port))
        self.host = host
        self.open: socket.socket | None = None

    def ask(self, method: str, path: str, headers: str, body: bytes) -> tuple[int, bytes]:
        """Status and content; `headers` end in a line's end. OSError or ValueError if it is cut off."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        line = self.open or self._opened()
        line.sendall(head.encode() + body)
        said, _, content = self._until_blank(line).partition(b"\r\n\r\n")
        said = said.lower()
        missing = _length(said) - len(content)
        while missing > 0:
            more = self._more(line)
            content, missing = content + more, missing - len(more)
        if b"\r\nconnection: close" in said:
            line.close()
            self.open = None
        return int(said[9:12]), content

    def _opened(self) -> socket.socket:
        self.open = socket.create_connection(self.address, timeout=TIMEOUT)
        self.open.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.open

    def _until_blank(self, line: socket.socket) -> bytes:
        got = self._more(line)
        while b"\r\n\r\n" not in got:
            got += self._more(line)
        return got

    def _more(self, line: socket.socket) -> bytes:
        got = line.recv(65536)
        if not got:
            raise ConnectionResetError("The server hung up.")
        return got


def _length(head: bytes) -> int:
    """How many bytes follow a head in small letters."""
    if head[9:12] in {b"204", b"304"}:
        return 0
    return int(head.split(b"\r\ncontent-length:", 1)[1].split(b"\r\n", 1)[0])
