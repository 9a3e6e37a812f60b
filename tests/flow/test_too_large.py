"""A change that the real server finds too large: said in words, kept, and out of the way of the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.coding.models import Annotation
from annotations.corpus.models import Document
from annotations.project.models import User
from tests.cast import Cast
from tests.flow.test_the_whole_way import SENTENCES, start_coding, tag_sentence, text, visit  # noqa: F401
from tests.flow.test_unsent_work import REFUSED, sent
from tests.pages.js.waiting import until


@pytest.mark.browser
@pytest.mark.slow
def test_what_is_too_large_for_the_server_is_kept_and_can_be_made_shorter(
    live_cast: Cast,
    text: Document,  # noqa: F811
    visit: Callable[[User], Page],  # noqa: F811
) -> None:
    page = visit(live_cast.ada)
    start_coding(page)
    tag_sentence(page, SENTENCES[0], "1c")
    sent(page)
    page.evaluate(
        """() => {
          const [{id, body}] = workbench.annotations;
          workbench.outbox.put(id, {...body, memo: 'x'.repeat(5_500_000)});
        }"""
    )
    until(page, "() => workbench.outbox.status.parked.length === 1")
    card = page.get_by_role("region", name=REFUSED)
    expect(card).to_contain_text("at most 5 MB")
    expect(card).to_contain_text("make it shorter")
    tag_sentence(page, SENTENCES[1], "3p")
    sent(page)
    assert Annotation.objects.count() == 2, "what comes after it is saved"
    page.evaluate(
        """() => {
          const {id, body} = workbench.annotations.find(({body}) => body.memo);
          workbench.outbox.put(id, {...body, memo: 'short'});
        }"""
    )
    sent(page)
    expect(card).to_have_count(0)
    assert [each.memo for each in Annotation.objects.order_by("start")] == ["short", ""]
