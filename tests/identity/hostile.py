"""A provider that says what a test has it say: each answer as it is, signed or not."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KID = "workbench", "known to both sides of this test", "first"


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signed(claims: dict[str, Any], *, by: str = "ours", kid: str | None = KID) -> str:
    return jwt.encode(claims, key(by), algorithm="RS256", headers={"kid": kid} if kid else {})


@dataclass
class Hostile:
    """Answers by address; `token` makes an ID token of the usual claims."""

    issuer: str = ""
    nonce: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    token: Callable[[dict[str, Any]], str | None] = signed

    def said(self) -> dict[str, Any]:
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "sub": "ada-7", "iat": now, "exp": now + 300}
        claims = {**usual, "nonce": self.nonce, "name": "Ada Lovelace", **self.claims}
        return {name: value for name, value in claims.items() if value is not None}

    def answer(self, path: str) -> Any:
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            at = {name: f"{self.issuer}/{name}" for name in ("token", "keys", "userinfo", "ask")}
            return {
                "issuer": self.issuer,
                "authorization_endpoint": at["ask"],
                "token_endpoint": at["token"],
                "jwks_uri": at["keys"],
                "userinfo_endpoint": at["userinfo"],
            }
        if path == "/keys":
            known = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key("ours").public_key()))
            return {"keys": [{**known, "kid": KID, "alg": "RS256", "use": "sig"}]}
        if path == "/userinfo":
            return {"sub": "ada-7", "name": "Ada Lovelace", **self.userinfo}
        told = {"access_token": "of no use", "token_type": "Bearer", "expires_in": 60}
        return {**told, "id_token": self.token(self.said())}


@contextmanager
def listening(hostile: Hostile) -> Iterator[Hostile]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            self.rfile.read(length)
            said = hostile.answer(self.path)
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *args: object) -> None:
            """Nothing to tell."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    hostile.issuer = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hostile
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=30)
