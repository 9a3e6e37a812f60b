"""Pictures of the running demonstration, for README and documentation: `make screenshots`.

Asks for an empty database in DATABASE_URL; fills it with the demonstration and drives a real
browser, so that no picture shows what the product does not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import LAUNCH, executable
from tests.servers import ROOT, Server
from tests.shrinking import shrunk

PICTURES = ROOT / "docs" / "images"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PROJECT = "/projects/life-in-ai-labs"
OF_MIA = {
    "agreement": "agreement",
    "matrix": "matrix",
    "documents": "documents",
    "codebook": "codebook",
    "release": "releases/v1",
}


def manage(server: Server, *words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=ROOT, env=server.environment(), check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def signed_in(browser: Browser, server: Server, user: str, **look: object) -> Page:
    page = browser.new_context(base_url=server.url, **look).new_page()  # type: ignore[arg-type]  # as given
    page.goto(json.loads(manage(server, "sign_in_link", user, "--json"))["path"])
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/")
    return page


def code(page: Page, title: str) -> None:
    """Opens a coded document and selects an annotation, so that the inspector is full."""
    page.goto(PROJECT)
    page.get_by_role("link", name=title).click()
    page.locator("#text[aria-busy=false]").wait_for()
    page.locator(".tags button").nth(2).click()
    page.wait_for_timeout(1500)


def take(browser: Browser, server: Server) -> None:
    for name, size, scheme in (("desktop", DESKTOP, "light"), ("phone", PHONE, "dark")):
        page = signed_in(browser, server, "ben", viewport=size, color_scheme=scheme)
        code(page, "University labs")
        keep(page, f"coding-{name}-{scheme}")
    cleo = signed_in(browser, server, "cleo", viewport=DESKTOP, color_scheme="light")
    cleo.goto(f"{PROJECT}/adjudication")
    cleo.locator("main tr:has(.badge.warn) a").first.click()
    keep(cleo, "adjudication")
    mia = signed_in(browser, server, "mia", viewport=DESKTOP, color_scheme="light")
    for name, path in OF_MIA.items():
        mia.goto(f"{PROJECT}/{path}")
        keep(mia, name)
    mia.goto(f"{PROJECT}/releases/v1/labels?origin=adjudicated")
    mia.locator("main a[href*='/labels/']").first.click()
    keep(mia, "chain")


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state()
    page.wait_for_timeout(500)
    blank = page.context.new_page()
    (PICTURES / f"{name}.png").write_bytes(shrunk(page.screenshot(), reader=blank))
    blank.close()


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        server = Server(
            os.environ["DATABASE_URL"], static_root=Path(place) / "static", data=Path(place)
        )
        for words in (("migrate", "-v0"), ("load_demo",), ("collectstatic", "--noinput", "-v0")):
            manage(server, *words)
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=executable(), args=LAUNCH)
                take(browser, server)
                browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
