"""Label Studio imports a release over its own API, and exports every region where it was.

    python -m tests.interop.label_studio [FOLDER]

A real server on SQLite, in FOLDER (`var/interop/label-studio`), with an account of this run only.
"""

from __future__ import annotations

import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from annotations.coding.foreign import ImportLine, Unreadable, Words
from annotations.coding.foreign.label_studio import convert
from tests.chromium import LAUNCH, executable
from tests.interop.environments import alone, asked, compared, installed
from tests.release.formats.reading import laid_out
from tests.release.formats.samples import DOCUMENTS, said

WANTED = ("label-studio==1.23.0",)
ACCOUNT = "somebody@localhost.test"
STARTING = 600  # seconds; its first start makes its database
# What its page shows of each region, once it has drawn them all; nothing before.
MARKED = """(wanted) => {
  const store = window.Htx;
  const regions = store?.annotationStore?.selected?.regionStore?.regions ?? [];
  if (regions.length !== wanted || !regions.every((region) => region._spans?.length)) return null;
  const document = store.task.dataObj.document;
  return regions.map((region) =>
    [document, region._spans.map((span) => span.textContent).join("")]);
}"""
QUIET = {"COLLECT_ANALYTICS": "0", "LATEST_VERSION_CHECK": "0", "SENTRY_DSN": ""}


def main(folder: Path) -> int:
    """0 where every region came back as it was."""
    python = installed(folder / "environment", WANTED)
    files = laid_out("label-studio.zip", folder / "files")
    with served(python, folder / "home") as server:
        config = (files / "interface.xml").read_text()
        project = server.call(
            "POST", "/api/projects", {"title": "A release", "label_config": config}
        )
        number = project["id"]
        tasks = json.loads((files / "tasks.json").read_text())
        server.call("POST", f"/api/projects/{number}/import", tasks)
        exported = server.call("GET", f"/api/projects/{number}/export?exportType=JSON")
        seen = list(highlighted(server, number, exported))
    out = folder / "exported.json"
    out.write_text(json.dumps(exported, ensure_ascii=False, indent=1))
    texts = {row.id: row.text for row in DOCUMENTS}
    assert all(task["data"]["text"] == texts[task["data"]["document"]] for task in exported)
    assert len(exported) == len(DOCUMENTS)
    lines = [each for each in convert([out], Words()) if not isinstance(each, Unreadable)]
    # A line end is an element of its page, and no character.
    marked = [(each[0], each[3].replace("\n", "")) for each in said()]
    faults = compared("Label Studio's page", marked, seen)
    faults += compared("Label Studio's export", said(), [told(line) for line in lines])
    return faults + compared("Label Studio", said(), list(regions(exported)))


def told(line: ImportLine) -> tuple[object, ...]:
    """(document, start, end, quote, theme, stance) as an import would take it."""
    keys = ("document", "start", "end", "quote", "theme", "stance")
    return tuple(line[key] for key in keys)


def regions(exported: list[dict[str, Any]]) -> Iterator[tuple[object, ...]]:
    """(document, start, end, text, theme, stance) of each region."""
    for task in exported:
        name, text = task["data"]["document"], task["data"]["text"]
        (annotation,) = task["annotations"]
        parts: dict[str, dict[str, Any]] = {}
        for part in annotation["result"]:
            parts.setdefault(part["id"], {})[part["from_name"]] = part["value"]
        for region in parts.values():
            place = region["theme"]
            start, end = place["start"], place["end"]
            assert text[start:end] == place["text"], (text[start:end], place["text"])
            stance = region["stance"]["choices"][0]
            yield (name, start, end, place["text"], place["labels"][0], stance)


def highlighted(
    server: Server, project: int, exported: list[dict[str, Any]]
) -> Iterator[tuple[object, object]]:
    """(document, text) of every region, as its page has marked it for the eye."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=LAUNCH)
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.route(lambda url: not url.startswith(server.url), lambda route: route.abort())
        page.goto(f"{server.url}/user/login", wait_until="domcontentloaded")
        page.fill("input[name=email]", ACCOUNT)
        page.fill("input[name=password]", server.password)
        with page.expect_navigation(wait_until="commit"):
            page.press("input[name=password]", "Enter")
        for task in exported:
            address = f"{server.url}/projects/{project}/data?task={task['id']}"
            wanted = len({part["id"] for part in task["annotations"][0]["result"]})
            if wanted:
                yield from _marked(page, address, wanted)
        browser.close()


def _marked(page: Page, address: str, wanted: int) -> Iterator[tuple[object, object]]:
    page.goto(address, wait_until="domcontentloaded")
    shown = page.wait_for_function(MARKED, arg=wanted).json_value()
    yield from map(tuple, shown)


class Refused(RuntimeError):
    """Label Studio would not; with its own words."""


class Server:
    """Label Studio's API, by the token of an account; and how that account signs in."""

    def __init__(self, url: str, token: str, password: str) -> None:
        self.url, self.token, self.password = url, token, password

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Its answer as JSON."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise Refused(
                f"{method} {path}: {error.code} {error.read().decode()[:2000]}"
            ) from error


@contextmanager
def served(python: Path, home: Path) -> Iterator[Server]:
    """A server of its own, ended with the block."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, password = secrets.token_hex(20), secrets.token_urlsafe(16)
    command = [
        *(python.with_name("label-studio"), "start", "--no-browser", "--data-dir", home),
        *("--port", str(port), "--internal-host", "127.0.0.1", "--enable-legacy-api-token"),
        *("--username", ACCOUNT, "--password", password, "--user-token", token),
    ]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, env=alone(**QUIET), cwd=home, stdout=log, stderr=log)
        try:
            server = Server(f"http://127.0.0.1:{port}", token, password)
            await_answer(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=60)


def await_answer(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Until it answers its account; what it said in between is in its log."""
    until = time.monotonic() + STARTING
    while True:
        try:
            server.call("GET", "/api/projects")
        except (Refused, urllib.error.URLError, ConnectionError, TimeoutError) as error:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("Label Studio did not start; see its log.") from error
            time.sleep(1)
        else:
            return


if __name__ == "__main__":
    sys.exit(main(asked("label-studio")))
