"""The session ends under a page with unsent work, and its person signs in again in another tab."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, Response, expect

from annotations.coding.models import Annotation
from annotations.corpus.models import Document
from annotations.project.models import User
from tests.cast import Cast
from tests.flow.test_the_whole_way import SENTENCES, start_coding, tag_sentence, text, visit  # noqa: F401
from tests.servers import PATIENCE, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@contextmanager
def holding_its_answers(server: Server) -> Iterator[None]:
    """The server is there and takes what is sent, but says nothing yet."""
    assert server.process
    os.killpg(server.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(server.process.pid, signal.SIGCONT)


@contextmanager
def leaving(page: Page) -> Iterator[list[str]]:
    """Cookies of what leaves meanwhile; waits until something has left."""
    left: list[str] = []
    network = page.context.new_cdp_session(page)
    network.on(
        "Network.requestWillBeSentExtraInfo", lambda said: left.append(said["headers"]["Cookie"])
    )
    network.send("Network.enable")
    yield left
    deadline = time.monotonic() + PATIENCE
    while not left and time.monotonic() < deadline:
        page.wait_for_timeout(20)  # settled: it asks again


def a_no(answer: Response) -> bool:
    """To the save, or to the token that it asks for first."""
    return answer.status == 401


def test_a_late_no_to_the_ended_session_does_not_sign_out_of_the_new_one(
    live_cast: Cast,
    server: Server,
    text: Document,  # noqa: F811
    visit: Callable[[User], Page],  # noqa: F811
) -> None:
    page = visit(live_cast.ada)
    start_coding(page)
    page.wait_for_load_state("networkidle")  # comments are fetched when there is time
    with page.expect_response(a_no), holding_its_answers(server):
        Session.objects.all().delete()
        with leaving(page) as left:
            tag_sentence(page, SENTENCES[0], "1")
        assert "sessionid=" in left[0]
        sign_in_beside(page, server.url, live_cast.ada)
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(page.locator("#save")).to_contain_text("Saved")
    assert [each.quote for each in Annotation.objects.all()] == [SENTENCES[0]]


def sign_in_beside(page: Page, url: str, user: User) -> None:
    """As another tab does, through a server that answers."""
    client = Client()
    client.force_login(user)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": url}])
