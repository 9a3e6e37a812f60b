"""The documents that one has had, on the overview of the project."""

from __future__ import annotations

import re

from django.test import Client

from annotations.assignment import claiming
from annotations.coding.submitting import take_back
from tests.assignment.rounds import planned, submitted, texts
from tests.cast import NOW, Cast


def states(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/projects/labs{query}").content.decode()
    return re.findall(r'<span class="badge (ok|info)">', page.split('id="work"')[1])


def test_what_is_under_way_stands_first_and_earlier_ones_can_be_asked_for(cast: Cast) -> None:
    planned(cast, texts(cast, 28))
    done = [submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW)) for _ in range(28)]
    take_back(done[0], by=done[0].coder, now=NOW)
    client = Client()
    client.force_login(cast.ada)
    assert states(client) == ["info", *["ok"] * 24]
    assert "?shown=225#work" in client.get("/projects/labs").content.decode()
    assert len(states(client, "?shown=225")) == 28
    assert 'href="?shown=' not in client.get("/projects/labs?shown=225").content.decode()
    for hostile in ("-1", "x", "²", "9" * 80, ""):
        assert len(states(client, f"?shown={hostile}")) == 25
