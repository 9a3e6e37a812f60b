"""The administration in a real browser: the content security policy stops nothing that it needs."""

from __future__ import annotations

from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.project.accounts import new_sign_in_link
from tests.axe import Axe
from tests.cast import Cast, document
from tests.servers import Server

pytestmark = pytest.mark.browser


def test_no_page_asks_for_what_the_policy_forbids(
    live_cast: Cast, server: Server, page: Page
) -> None:
    live_cast.mia.is_staff = live_cast.mia.is_superuser = True
    live_cast.mia.save()
    text = document(live_cast.project, "Nights.\n")
    link = f"{server.url}/sign-in/{new_sign_in_link(live_cast.mia, now=timezone.now())}"
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{said.text} {said.location['url']}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(link)
    page.locator("main button, main input[type=submit]").first.click()
    page.wait_for_url(f"{server.url}/")
    for place in (
        "",
        "annotations/document/",
        f"annotations/document/{text.pk}/change/",
        "annotations/membership/add/",
        f"annotations/user/{live_cast.ada.pk}/change/",
        f"annotations/project/{live_cast.project.pk}/history/",
    ):
        answer = page.goto(f"{server.url}/admin/{place}")
        assert answer is not None
        assert answer.status == 200, place
    page.goto(f"{server.url}/admin/annotations/user/{live_cast.ada.pk}/change/")
    page.fill("#id_name", "Ada Renamed")
    page.locator("input[name=_save]").first.click()
    expect(page.locator("#result_list")).to_contain_text("Ada Renamed")
    assert complaints == []
    page.context.close()  # lets go of its connections, for which the server would wait


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_wears_the_product_s_look_without_a_fault(
    live_cast: Cast, server: Server, page: Page, scheme: Literal["light", "dark"]
) -> None:
    live_cast.mia.is_staff = live_cast.mia.is_superuser = True
    live_cast.mia.save()
    text = document(live_cast.project, "Nights.\n")
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{server.url}/sign-in/{new_sign_in_link(live_cast.mia, now=timezone.now())}")
    page.locator("main button").first.click()
    for place in (
        "",
        "annotations/document/",
        f"annotations/document/{text.pk}/change/",
        f"annotations/user/{live_cast.ada.pk}/change/",
        f"annotations/user/{live_cast.ada.pk}/delete/",
        f"annotations/project/{live_cast.project.pk}/history/",
    ):
        for width in (390, 1200, 2560):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{server.url}/admin/{place}")
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert over == 0, (place, width)
        found = Axe().run(page).response["violations"]
        assert found == [], (place, [(each["id"], each["nodes"][0]["html"]) for each in found])
    page.context.close()
