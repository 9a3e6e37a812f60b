"""Search, retrieval and flags in a real browser: no fault that axe can find, light or dark."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from annotations.assignment.models import Assignment
from annotations.coding import flagging
from annotations.coding.remark_bodies import FlagBody
from annotations.project.accounts import new_sign_in_link
from tests import cast as made
from tests.adjudication.makers import NIGHTS, PAY, coded
from tests.adjudication.makers import document as text_of
from tests.axe import Axe
from tests.cast import NOW, Cast
from tests.servers import Server

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/projects/labs/search",
    "/projects/labs/search?q=midnight",
    "/projects/labs/search?q=nowhere",
    "/projects/labs/coded",
    "/projects/labs/coded?theme=compensation",
    "/projects/labs/flags",
    "/projects/labs/flags?settled=1",
)


@pytest.fixture
def mia(page: Page, server: Server, live_cast: Cast) -> Iterator[Page]:
    """Her browser, signed in; there is gold to see, and a flag."""
    row = text_of(live_cast.project)
    batch = made.batch(live_cast.project, live_cast.edition, [row])
    ada, ben = live_cast.coder(live_cast.ada), live_cast.coder(live_cast.ben)
    coded(batch, row, {ada: [NIGHTS, PAY], ben: [NIGHTS, PAY]})
    work = Assignment.objects.get(coder=ada)
    doubt = FlagBody(work.uuid, kind="zone", passage=0, proposed="title", note="It is the title.")
    flagging.flag(uuid4(), doubt, by=live_cast.ada, operation=uuid4(), now=NOW)
    page.goto(f"{server.url}/sign-in/{new_sign_in_link(live_cast.mia, now=timezone.now())}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_that_axe_can_find(mia: Page, server: Server, scheme: str) -> None:
    mia.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for width in (1280, 390):
        mia.set_viewport_size({"width": width, "height": 800})
        for address in ADDRESSES:
            mia.goto(server.url + address)
            found = Axe().run(mia).response["violations"]
            assert found == [], (address, width, [each["id"] for each in found])
            wide = mia.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (address, width)
