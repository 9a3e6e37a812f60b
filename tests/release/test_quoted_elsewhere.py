"""What a takedown does not reach is listed before it is done: whoever decides can see it."""

from __future__ import annotations

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from annotations.codebook.models import Theme
from annotations.coding import recording
from annotations.coding.bodies import parse
from annotations.coding.showing import work_of
from annotations.corpus.models import Document
from annotations.project.refusals import NotAllowed
from annotations.release.quoted_elsewhere import KINDS, quoted_elsewhere
from annotations.release.withdrawals import Takedown
from tests.cast import NOW, Cast, assignment, batch, body_of, document

SAID = (
    "Nobody in the lab sleeps before the third alarm rings.\n实验室里没有人在第三次铃声之前睡觉。\n"
)


@pytest.fixture
def said(cast: Cast) -> Document:
    """Quoted in a codebook, in the memo of another document's annotation and in a takedown's reason."""
    row = document(cast.project, SAID)
    other = document(cast.project, "Nights in the lab.\n")
    work = assignment(batch(cast.project, cast.edition, [row, other]), other, cast.coder(cast.ada))
    memo = "Cf. “NOBODY in the lab  sleeps before the third”, in the other text"
    body = {**body_of(work, "Nights", stance="against"), "memo": memo}
    recording.annotate(work_of(work), uuid4(), parse(body), operation=uuid4(), now=NOW)
    Takedown.objects.create(
        project=cast.project,
        document=other,
        reason="As in 没有人在第三次铃声之前.",
        by=cast.coder(cast.mia),
        at=NOW,
    )
    return row


def quoting(cast: Cast) -> None:
    """In an edition that is not frozen yet, as people are writing it."""
    draft = cast.project
    edition = type(cast.edition).objects.create(project=draft, number=2)
    Theme.objects.create(
        edition=edition,
        key="alarm",
        code="Al",
        colour=2,
        order=1,
        name={"en": "Alarms"},
        examples=[{"text": "the third alarm rings", "stance": None, "why": {}}],
        definition={"en": "Whatever rings in the lab."},
    )


def test_words_of_it_are_found_where_people_typed_them(cast: Cast, said: Document) -> None:
    quoting(cast)
    found = quoted_elsewhere(said, by=cast.mia)
    assert [(each.kind, each.words) for each in found] == [
        ("codebook", "the third alarm rings"),
        ("reason", "没有人在第三次铃声之前"),
        ("memo", "NOBODY in the lab  sleeps before the third"),
    ]
    assert found[0].which == "2, alarm"
    assert found[2].before == "Cf. “"
    assert found[2].document is not None
    assert {each.kind for each in found} <= set(KINDS)


def test_chance_is_no_quote(cast: Cast, said: Document) -> None:
    """Few words that anybody would say, and the document's own rows, which go with it."""
    other = document(cast.project, "Nobody in the house slept, as the third alarm was broken.\n")
    assert quoted_elsewhere(other, by=cast.mia) == []


def test_it_is_for_those_who_may_take_it_down(cast: Cast, said: Document) -> None:
    for person in (cast.ada, cast.cleo, cast.rita):
        with pytest.raises(NotAllowed):
            quoted_elsewhere(said, by=person)


def test_page_api_and_command_list_it_and_change_nothing(cast: Cast, said: Document) -> None:
    client = Client()
    client.force_login(cast.mia)
    page = client.get(f"/documents/{said.uuid}/takedown").content.decode()
    assert "<mark>NOBODY in the lab  sleeps before the third</mark>" in page
    told = client.get(f"/api/v1/documents/{said.uuid}/takedown").json()
    assert [each["in"] for each in told["quoted"]] == ["reason", "memo"]
    out = StringIO()
    call_command("take_down", str(said.uuid), "mia", "--json", stdout=out)
    assert [each["in"] for each in json.loads(out.getvalue())["quoted"]] == ["reason", "memo"]
    said.refresh_from_db()
    assert said.text == SAID


def test_the_command_takes_it_down_with_a_reason(cast: Cast, said: Document) -> None:
    out = StringIO()
    call_command("take_down", str(said.uuid), "mia", "--reason", "Withdrawn.", stdout=out)
    assert "Stays: a memo, " in out.getvalue()
    said.refresh_from_db()
    assert (said.text, said.taken_down) == ("", True)
    page = Client()
    page.force_login(cast.mia)
    assert "NOBODY" not in page.get(f"/documents/{said.uuid}/takedown").content.decode()
