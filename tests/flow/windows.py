"""Two browsers behind one small interface: each a process of its own on a profile that outlives it.

What is killed here is killed as people's browsers die: SIGKILL, and the profile as it stood.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserType, ConsoleMessage, Error, Page, Response

from tests import firefox
from tests.chromium import LAUNCH, executable
from tests.firefox import Firefox

SIZE = {"width": 1440, "height": 900}
PATIENCE = 60.0  # seconds until something comes true
LAST = 80  # answers that are remembered
Acknowledged = dict[str, set[str]]  # by operation: the revisions that the server has named
Place = tuple[float, float]  # in the window, CSS pixels


class Window(Protocol):
    """A browser with one tab. Functions are JavaScript text; what they take and give is JSON."""

    complaints: list[str]
    acknowledged: Acknowledged
    #: The last answers it had, from the oldest.
    answers: deque[str]

    @property
    def process(self) -> object | None:
        """None while it does not run."""

    def start(self) -> None: ...
    def kill(self) -> None: ...
    def another_tab(self) -> None:
        """Closes the tab, and opens an empty one."""

    def sign_in(self, url: str, cookies: dict[str, str]) -> None: ...
    def cookies(self) -> dict[str, str]: ...
    def visit(self, address: str) -> None: ...
    def run(self, function: str, argument: Any = None) -> Any: ...
    def press(self, *chords: str) -> None: ...
    def click(self, at: Place, times: int = 1) -> None: ...
    def drag(self, *places: Place, hold: str = "") -> None: ...
    def unplug(self, off: bool) -> None: ...
    def picture(self) -> bytes: ...


def until(window: Window, condition: str, argument: Any = None) -> None:
    """Asks until a function answers yes; fails naming it."""
    deadline = time.monotonic() + PATIENCE
    while not window.run(condition, argument):
        if time.monotonic() > deadline:
            raise AssertionError(f"It never came true: {condition}; {window.complaints}")
        time.sleep(0.03)


class FirefoxWindow:
    def __init__(self, profile: Path) -> None:
        self.driver = Firefox(profile, **SIZE)
        self.driver.on["network.responseCompleted"] = self._answered
        self.acknowledged: Acknowledged = defaultdict(set)
        self.answers: deque[str] = deque(maxlen=LAST)
        self.complaints = self.driver.complaints
        self.start, self.kill = self.driver.start, self.driver.kill
        self.visit, self.run = self.driver.visit, self.driver.run
        self.picture, self.another_tab = self.driver.picture, self.driver.change_tab

    @property
    def process(self) -> object | None:
        return self.driver.process

    def _answered(self, event: dict[str, Any]) -> None:
        request, response = event["request"], event["response"]
        sent, got = (
            {each["name"].lower(): each["value"].get("value", "") for each in one["headers"]}
            for one in (request, response)
        )
        take_down(self.acknowledged, response["status"], sent, got)
        self.answers.append(f"{response['status']} {request['method']} {request['url']}")

    def sign_in(self, url: str, cookies: dict[str, str]) -> None:
        for name, value in cookies.items():
            said = {"type": "string", "value": value}
            kept = {"name": name, "value": said, "domain": urlsplit(url).hostname, "path": "/"}
            self.driver.call("storage.setCookie", cookie=kept)

    def cookies(self) -> dict[str, str]:
        found = self.driver.call("storage.getCookies")["cookies"]
        return {each["name"]: each["value"]["value"] for each in found}

    def press(self, *chords: str) -> None:
        for chord in chords:
            self.driver.press(chord)

    def click(self, at: Place, times: int = 1) -> None:
        button = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.driver.point(_to(at), *button * times)

    def drag(self, *places: Place, hold: str = "") -> None:
        if hold:
            self.driver.hold(hold)
        first, *others = places
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self.driver.point(_to(first), down, *[_to(each, 60) for each in others], up)
        if hold:
            self.driver.release(hold)

    def unplug(self, off: bool) -> None:
        conditions = {"type": "offline"} if off else None
        self.driver.call("emulation.setNetworkConditions", networkConditions=conditions)


def _to(place: Place, milliseconds: int = 0) -> dict[str, Any]:
    x, y = map(round, place)
    return {"type": "pointerMove", "x": x, "y": y, "duration": milliseconds}


class ChromiumWindow:
    """Started here and not by Playwright, which only speaks to it, so that it can be killed."""

    def __init__(self, profile: Path, kind: BrowserType) -> None:
        self.profile, self.kind = profile, kind
        self.complaints: list[str] = []
        self.acknowledged: Acknowledged = defaultdict(set)
        self.answers: deque[str] = deque(maxlen=LAST)
        self.process: subprocess.Popen[bytes] | None = None
        self.browser: Browser | None = None

    def start(self) -> None:
        port = self.profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        path = executable() or self.kind.executable_path
        options = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={self.profile}"]
        self.process = subprocess.Popen(
            [path, *LAUNCH, *options, "--lang=en", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while not port.exists() or "\n" not in port.read_text():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError("Chromium does not listen.")
            time.sleep(0.02)
        number = port.read_text().splitlines()[0]
        self.browser = self.kind.connect_over_cdp(f"http://127.0.0.1:{number}")
        self.context = self.browser.contexts[0]
        self._take(self.context.pages[0])

    def _take(self, page: Page) -> None:
        self.page = page
        page.set_viewport_size(SIZE)  # type: ignore[arg-type]  # a dict of the right keys
        page.emulate_media(reduced_motion="reduce")
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._said)
        page.on("dialog", lambda dialog: dialog.accept())
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # That there is no answer is no fault of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _answered(self, response: Response) -> None:
        request = response.request
        take_down(self.acknowledged, response.status, request.headers, response.headers)
        self.answers.append(f"{response.status} {request.method} {request.url}")

    def kill(self) -> None:
        if self.process is None or self.browser is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=PATIENCE)
        with suppress(Error):  # there is no one left to say farewell to
            self.browser.close()
        self.process = self.browser = None

    def another_tab(self) -> None:
        old = self.page
        self._take(self.context.new_page())
        old.close()

    def sign_in(self, url: str, cookies: dict[str, str]) -> None:
        said = [{"name": name, "value": value, "url": url} for name, value in cookies.items()]
        self.context.add_cookies(said)  # type: ignore[arg-type]  # a dict of the right keys

    def cookies(self) -> dict[str, str]:
        return {str(each["name"]): str(each["value"]) for each in self.context.cookies()}

    def visit(self, address: str) -> None:
        self.page.goto(address)

    def run(self, function: str, argument: Any = None) -> Any:
        return self.page.evaluate(function, argument)

    def press(self, *chords: str) -> None:
        for chord in chords:
            self.page.keyboard.press(chord)

    def click(self, at: Place, times: int = 1) -> None:
        self.page.mouse.click(*at, click_count=times)

    def drag(self, *places: Place, hold: str = "") -> None:
        if hold:
            self.page.keyboard.down(hold)
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=4)
        self.page.mouse.up()
        if hold:
            self.page.keyboard.up(hold)

    def unplug(self, off: bool) -> None:
        self.context.set_offline(off)

    def picture(self) -> bytes:
        return bytes(self.page.screenshot())


def take_down(
    acknowledged: Acknowledged, status: int, sent: dict[str, str], got: dict[str, str]
) -> None:
    """What the server has said yes to."""
    if status < 300 and "idempotency-key" in sent:
        acknowledged[sent["idempotency-key"]].add(got.get("etag", ""))


def opener(name: str, request: pytest.FixtureRequest) -> Callable[[Path], Window]:
    """How to make a window of a browser; skips where it is not on this machine."""
    if name == "firefox":
        if not firefox.executable():
            pytest.skip(firefox.MISSING)
        return FirefoxWindow
    chromium = request.getfixturevalue("playwright").chromium
    return lambda profile: ChromiumWindow(profile, chromium)
