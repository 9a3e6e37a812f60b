"""What goes with coding, on the real server: comments, flags, keys, part of an article."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.coding.models import Snapshot
from annotations.coding.remarks import Comment, Flag
from annotations.corpus.models import Document
from annotations.project.models import User
from annotations.project.preferences import preferences_of
from tests.cast import Cast
from tests.flow.test_the_whole_way import SENTENCES, TITLE, start_coding, tag_sentence, text, visit  # noqa: F401


@pytest.mark.browser
@pytest.mark.slow
def test_what_a_coder_says_beside_coding_is_kept(
    live_cast: Cast,
    text: Document,  # noqa: F811
    visit: Callable[[User], Page],  # noqa: F811
) -> None:
    page = visit(live_cast.ada)
    start_coding(page)
    tag_sentence(page, SENTENCES[0], "1c")

    page.keyboard.press("t")
    page.keyboard.type("Since when?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog").locator(".said")).to_have_text("Since when?")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.get_by_label("It is another kind of text").check()
    page.get_by_role("dialog").get_by_role("button", name="Flag", exact=True).click()
    expect(page.locator("#banners")).to_contain_text("Flagged.")

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="All keys")
    dialog.get_by_role("button", name="Change the key: Memo").click()
    page.keyboard.press("w")
    expect(dialog.get_by_role("status")).to_have_text("Kept: Memo.")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+O")
    expect(page.get_by_role("dialog").locator("pre")).to_contain_text(TITLE)
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    expect(page.get_by_role("dialog").get_by_role("link", name=TITLE)).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#save")).to_contain_text("Saved")
    page.keyboard.press("Control+Shift+Enter")
    page.get_by_label("Why not the whole article").fill("The rest is an advertisement")
    page.get_by_role("dialog").get_by_role("button", name="Submit").click()
    expect(page.locator("#banners")).to_contain_text("You can take it back")

    assert [each.text for each in Comment.objects.all()] == ["Since when?"]
    assert [each.kind for each in Flag.objects.all()] == ["zone"]
    assert preferences_of(live_cast.ada)["keys"] == {"memo": "w"}
    snapshot = Snapshot.objects.get()
    assert text.text[: snapshot.up_to].endswith(SENTENCES[0])
    assert snapshot.reason == "The rest is an advertisement"
