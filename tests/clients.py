"""A browser's connection without a browser: keep-alive, session and CSRF token, on loopback."""

from __future__ import annotations

import http.client
import json
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.utils import timezone

from annotations.project.accounts import new_sign_in_link
from annotations.project.models import User


class Person:
    """Signed in through a sign-in link, as people are."""

    def __init__(self, url: str, user: User, *, timeout: float = 10) -> None:
        self.host = url.removeprefix("http://")
        self.timeout = timeout
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection(self.host, timeout=timeout)
        self._sign_in(user)

    def _sign_in(self, user: User) -> None:
        address = f"/sign-in/{new_sign_in_link(user, now=timezone.now())}"
        self.request("GET", address)
        form = urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"]})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _, _ = self.request("POST", address, form.encode(), kind)
        if status != 302:
            raise AssertionError(f"The sign-in link answered {status}.")

    def reconnect(self) -> None:
        self.connection.close()
        self.connection = http.client.HTTPConnection(self.host, timeout=self.timeout)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookie, "X-CSRFToken": self.cookies.get("csrftoken", "")}
        self.connection.request(method, path, body, {**sent, **(headers or {})})
        answer = self.connection.getresponse()
        content = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return answer.status, content, answer.headers

    def put(
        self,
        uuid: object,
        body: dict[str, Any],
        *,
        base: int | None = None,
        operation: object = None,
    ) -> tuple[int, Any]:
        condition = {"If-None-Match": "*"} if base is None else {"If-Match": f'"{base}"'}
        status, content, _ = self.request(
            "PUT",
            f"/api/v1/annotations/{uuid}",
            json.dumps(body).encode(),
            {
                "Content-Type": "application/json",
                "Idempotency-Key": str(operation or uuid4()),
                **condition,
            },
        )
        return status, json.loads(content) if content else None


class Guest(Person):
    """By a link that was shown to somebody, such as the welcome's; knows nothing of the database."""

    def __init__(self, url: str, link: str, *, timeout: float = 10) -> None:
        self.host, self.timeout, self.cookies = url.removeprefix("http://"), timeout, {}
        self.connection = http.client.HTTPConnection(self.host, timeout=timeout)
        path = link.removeprefix(url)
        self.request("GET", path)
        form = urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"]}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert self.request("POST", path, form, kind)[0] == 302
