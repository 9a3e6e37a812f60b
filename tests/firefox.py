"""The Firefox that people use, unpatched, driven over WebDriver BiDi by one websocket.

Tests ask `executable()`, and skip with `MISSING` where there is none.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.browsers import says

NAMES = ("firefox-esr", "firefox")
ON_MACOS = Path("/Applications/Firefox.app/Contents/MacOS/firefox")
OLDEST = 153  # that this was tried with
MISSING = (
    f"No Firefox from {OLDEST} on was found. Install one (Debian: sudo apt install firefox-esr), "
    "or name it: make test FIREFOX=/path/to/firefox."
)
PATIENCE = 60.0  # seconds for one command
# Nothing but this machine is asked for anything; no page of its own; no memory of having been killed.
PREFERENCES: dict[str, bool | int | str] = {
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.preonboarding.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.sessionstore.resume_from_crash": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "services.settings.server": "data:,",
    "toolkit.startup.max_resumed_crashes": -1,
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
    "intl.accept_languages": "en",
}
KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Alt": "\ue00a",
    "Escape": "\ue00c",
    "PageUp": "\ue00e",
    "PageDown": "\ue00f",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Delete": "\ue017",
}
# What a digit's key prints with Shift: the protocol takes what is printed.
SHIFTED = dict(zip("1234567890", "!@#$%^&*()", strict=True))


def executable() -> str | None:
    named = os.environ.get("FIREFOX")
    candidates = [named] if named else [*map(shutil.which, NAMES), str(ON_MACOS)]
    return next((path for path in candidates if path and _version(path) >= OLDEST), None)


def _version(path: str) -> int:
    found = re.search(r"Firefox (\d+)", says(path))
    return int(found[1]) if found else 0


class Refused(Exception):
    """Firefox would not do a command; or a script of the page's threw."""


class Firefox:
    """One process, one window, one profile folder that outlives both. Calls block until they are answered.

    Functions are JavaScript text; what they take and give is JSON.
    """

    def __init__(self, profile: Path, *, width: int = 1440, height: int = 900) -> None:
        self.profile, self.size = profile, {"width": width, "height": height}
        #: What scripts of pages failed with.
        self.complaints: list[str] = []
        #: What else is listened to, by the name of the event.
        self.on: dict[str, Callable[[dict[str, Any]], None]] = {"log.entryAdded": self._complain}
        self.process: subprocess.Popen[bytes] | None = None
        self.closing = ExitStack()
        self.count = 0

    def start(self) -> None:
        self.profile.mkdir(parents=True, exist_ok=True)
        self._set_preferences()
        command = [executable() or NAMES[0], "--headless", "--no-remote"]
        self.process = subprocess.Popen(
            [*command, "--profile", str(self.profile), "--remote-debugging-port=0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "HOME": str(self.profile), "MOZ_CRASHREPORTER_DISABLE": "1"},
        )
        self.socket = self._connect(self._address())
        everything_accepted = {"unhandledPromptBehavior": {"default": "accept"}}
        self.call("session.new", capabilities={"alwaysMatch": everything_accepted})
        self.call("session.subscribe", events=[*self.on])
        self.page = str(self.call("browsingContext.getTree")["contexts"][0]["context"])
        # The tab that it starts with never gets the focus.
        self.change_tab()

    def change_tab(self) -> None:
        """Closes the tab, and opens an empty one."""
        page = str(self.call("browsingContext.create", type="tab")["context"])
        self.call("browsingContext.close", context=self.page, promptUnload=False)
        self.page = page
        self.call("browsingContext.setViewport", context=page, viewport=self.size)
        self.call("browsingContext.activate", context=page)

    def _set_preferences(self) -> None:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        (self.profile / "user.js").write_text("\n".join(lines))
        self._listening.unlink(missing_ok=True)

    @property
    def _listening(self) -> Path:
        """Where it writes on which port it listens."""
        return self.profile / "WebDriverBiDiServer.json"

    def _address(self) -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                raise Refused("Firefox ended before it listened.")
            if self._listening.exists() and (said := self._listening.read_text()):
                return f"ws://127.0.0.1:{json.loads(said)['ws_port']}/session"
            time.sleep(0.02)
        raise Refused("Firefox does not listen.")

    def _connect(self, address: str) -> ClientConnection:
        self.closing = ExitStack()
        opened = connect(address, max_size=None, compression=None, proxy=None, ping_interval=None)
        return self.closing.enter_context(opened)

    def call(self, method: str, **parameters: Any) -> Any:
        """One command of the protocol; events that come meanwhile are taken note of."""
        self.count += 1
        told = {"id": self.count, "method": method, "params": parameters}
        self.socket.send(json.dumps(told))
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = json.loads(self.socket.recv(timeout=deadline - time.monotonic()))
            if answer.get("id") == self.count:
                if answer["type"] == "error":
                    raise Refused(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]
            if answer.get("type") == "event":
                self.on[answer["method"]](answer["params"])

    def _complain(self, entry: dict[str, Any]) -> None:
        if entry["level"] == "error":
            self.complaints.append(f"{entry['type']}: {entry['text']}")

    def visit(self, address: str) -> None:
        self.call("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def run(self, function: str, argument: Any = None) -> Any:
        """What a JavaScript function answers, awaited."""
        result = self.call(
            "script.callFunction",
            functionDeclaration=f"async (given) => JSON.stringify(await ({function})(JSON.parse(given)) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(argument)}],
            target={"context": self.page},
            awaitPromise=True,
            userActivation=True,
        )
        if result["type"] == "exception":
            raise Refused(f"{result['exceptionDetails']['text']} in {function}")
        return json.loads(result["result"]["value"])

    def press(self, chord: str) -> None:
        """`a`, `Shift+C`, `Control+ArrowLeft`: named as `KeyboardEvent.key` or `.code`."""
        *held, key = re.split(r"(?<=.)\+", chord)
        key = key.removeprefix("Digit")
        key = SHIFTED.get(key, key) if "Shift" in held else key
        self._keys(
            [(each, True) for each in (*held, key)] + [(each, False) for each in (key, *held)]
        )

    def hold(self, key: str) -> None:
        self._keys([(key, True)])

    def release(self, key: str) -> None:
        self._keys([(key, False)])

    def _keys(self, strokes: list[tuple[str, bool]]) -> None:
        """Keys, and whether each goes down or up."""
        actions = [
            {"type": "keyDown" if down else "keyUp", "value": KEYS.get(key, key)}
            for key, down in strokes
        ]
        self._act({"type": "key", "id": "keys", "actions": actions})

    def point(self, *actions: dict[str, Any]) -> None:
        """Actions of a mouse, as the protocol names them."""
        mouse = {"pointerType": "mouse"}
        self._act({"type": "pointer", "id": "mouse", "parameters": mouse, "actions": [*actions]})

    def _act(self, source: dict[str, Any]) -> None:
        self.call("input.performActions", context=self.page, actions=[source])

    def picture(self) -> bytes:
        """A PNG of what is in view."""
        data = self.call("browsingContext.captureScreenshot", context=self.page)["data"]
        return base64.b64decode(data)

    def kill(self) -> None:
        """SIGKILL to all of it."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)
        self.process = None
        with suppress(ConnectionClosed):  # there is no one left to say farewell to
            self.closing.close()
