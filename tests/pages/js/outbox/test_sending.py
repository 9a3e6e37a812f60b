"""Nothing lost, nothing double: against a server that dies, forgets to answer and is in trouble."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.pages.js.articles import assignment
from tests.pages.js.outbox.tabs import Tab, written
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, until

pytestmark = pytest.mark.browser


def test_a_change_arrives_once(site: Site, tab: Callable[..., Tab]) -> None:
    ada = tab()
    key = ada.create(memo="first")
    ada.put(key, memo="second")
    ada.idle()
    assert written(site, key) == ["first", "second"]
    assert ada.entry(key)["revision"] == 2
    assert ada.entry(key)["head"] is None


def test_a_lost_answer_is_neither_a_conflict_nor_a_double(
    site: Site, tab: Callable[..., Tab]
) -> None:
    site.contract.faults = ["lost", "lost"]
    ada = tab()
    key = ada.create(memo="once")
    ada.put(key, memo="twice")
    ada.idle()
    assert written(site, key) == ["once", "twice"]
    assert ada.status()["conflicts"] == []


HYDRATE = "([work, said, asOf]) => box.hydrate(work, said, asOf)"
SEEN = "(key) => [box.entries.get(key).revision, box.entries.get(key).body.memo]"


@pytest.mark.parametrize("heard", ["before the answer", "after it"])
def test_an_answer_that_is_given_anew_undoes_nothing_that_was_said_since(
    site: Site, tab: Callable[..., Tab], heard: str
) -> None:
    site.contract.faults = ["lost", *[503] * 1_000]
    ada = tab()
    key = ada.create(memo="mine")
    while not written(site, key):
        ada.kick()
    elsewhere = {"idempotency-key": "elsewhere", "if-match": '"1"'}
    site.contract.save("PUT", key, elsewhere, ada.body(memo="since"))
    said = [assignment(), site.contract.standing(), ada.page.evaluate("Date.now()")]
    if heard == "before the answer":
        ada.page.evaluate(HYDRATE, said)
    site.contract.faults = []
    ada.idle()
    if heard == "after it":
        ada.page.evaluate(HYDRATE, said)
    becomes(ada.page, SEEN, [2, "since"], key)
    ada.open()
    becomes(ada.page, SEEN, [2, "since"], key)
    assert written(site, key) == ["mine", "since"]


def test_a_removal_leaves_a_tombstone_and_can_be_revived(
    site: Site, tab: Callable[..., Tab]
) -> None:
    ada = tab()
    key = ada.create(memo="here")
    ada.remove(key)
    ada.put(key, memo="again")
    ada.idle()
    assert written(site, key) == ["here", None, "again"]
    assert site.contract.annotations[key]["revision"] == 3


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_server_in_trouble_is_asked_again(
    site: Site, tab: Callable[..., Tab], status: int
) -> None:
    site.contract.faults = [status, status]
    ada = tab()
    key = ada.create(memo="patient")
    ada.idle()
    assert written(site, key) == ["patient"]


def test_everything_leaves_in_the_order_in_which_it_was_done(
    site: Site, tab: Callable[..., Tab]
) -> None:
    ada = tab()
    site.kill()
    key = ada.create(stance="favor", memo="before")
    ada.submit([0, 1, 2])
    ada.reopen()
    ada.put(key, stance="against", memo="after")
    ada.submit([0, 1, 2, 3])
    site.start()
    ada.idle()
    said = [body.get("memo") or body.get("state") for _, _, body in site.contract.log if body]
    assert said == ["before", "submitted", "in_progress", "after", "submitted"]
    assert site.contract.log[-1][2] == {
        "state": "submitted", "judged": [0, 1, 2, 3], "up_to": None, "reason": "",
    }  # fmt: skip


def test_unsent_work_survives_the_page(site: Site, tab: Callable[..., Tab]) -> None:
    ada = tab()
    site.kill()
    key = ada.create(memo="written in the dark")
    ada.wait("box.status.writing === 0 && box.operations.length === 1")
    ada.page.close()
    site.start()
    again = tab()
    again.idle()
    assert written(site, key) == ["written in the dark"]


LEFT = "() => box.db.failed(new DOMException('The page is being left.', 'AbortError'))"


def test_what_was_made_on_something_sent_by_a_page_that_keeps_no_more_follows_it(
    site: Site, tab: Callable[..., Tab]
) -> None:
    ada = tab()
    site.kill()
    key = ada.create(memo="first")
    ada.put(key, memo="second")
    ada.wait("box.operations.length === 2 && !box.writing")
    ada.page.evaluate(LEFT)
    site.contract.faults = ["", *[503] * 99]  # the first is taken
    site.start()
    ada.wait("box.operations.length === 1")
    ada.page.goto(site.url + "/blank")
    site.contract.faults = []
    ada.attach()
    ada.idle()
    assert written(site, key) == ["first", "second"]
    assert ada.entry(key)["revision"] == 2
    assert ada.status()["conflicts"] == []
    assert ada.page.evaluate("() => fatal") == []


def test_what_the_server_says_never_overwrites_unsent_work(
    site: Site, tab: Callable[..., Tab]
) -> None:
    ada = tab()
    key = ada.create(memo="first")
    gone = ada.create(memo="withdrawn elsewhere")
    ada.idle()
    said = [dict(site.contract.annotations[key])]
    site.kill()
    ada.put(key, memo="unsent")
    ada.page.evaluate(
        "([work, list]) => box.hydrate(work, list, Date.now() + 1000)", [assignment(), said]
    )
    assert ada.entry(key)["body"]["memo"] == "unsent"
    assert ada.entry(gone) is None
    site.start()
    ada.idle()
    assert written(site, key) == ["first", "unsent"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_lost_and_nothing_double_whatever_dies(
    site: Site, tab: Callable[..., Tab], seed: int
) -> None:
    """Random work while the server is killed and started, answers get lost and pages reload."""
    chance = random.Random(seed)
    ada, ben = tab(), tab()
    keys: list[str] = []
    done = 0
    for step in range(120):
        here = chance.choice([ada, ben])
        roll = chance.random()
        if roll < 0.12:
            site.kill() if site.server else site.start()
        elif roll < 0.2:
            site.contract.faults = chance.choices(["lost", 503, 429], k=2)
        elif roll < 0.24:
            until(ada.page, "() => box.status.writing === 0")
            ada.open()
        elif roll < 0.5 or not keys:
            keys.append(ada.create(memo=f"{step}"))
            done += 1
        else:
            # One tab works, the other only helps to send: no conflicts are wanted here.
            key = chance.choice(keys)
            deleted = ada.page.evaluate("(key) => box.entries.get(key)?.deleted ?? true", key)
            if roll < 0.6 and not deleted:
                ada.remove(key)
            else:
                ada.put(key, memo=f"{step}")
            done += 1
        here.kick()
    if not site.server:
        site.start()
    site.contract.faults = []
    ada.idle()
    ben.idle()
    assert len(site.contract.log) == done
    for key in keys:
        mine, there = ada.entry(key), site.contract.annotations[key]
        assert (mine["body"]["memo"], mine["deleted"]) == (there["memo"], there["deleted"])
        assert mine["revision"] == there["revision"]
    assert ada.page.evaluate("fatal") == []
