"""The adjudicator's pages: what they show, what they hide, and what their forms do."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.adjudication.gold import gold_of
from annotations.adjudication.models import Ruling
from annotations.codebook.interchange import dump_edition
from annotations.corpus.models import Document
from annotations.desk.codebook_citing import cited_clauses
from annotations.project.models import User
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.cast import Cast


@pytest.fixture
def document(cast: Cast) -> Document:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    makers.coded(
        batch,
        row,
        {
            cast.coder(cast.ada): [makers.NIGHTS, makers.PAY],
            cast.coder(cast.ben): [makers.LATE, makers.PAY],
        },
    )
    return row


def by(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(document: Document, user: User) -> str:
    answer = by(user).get(reverse("adjudicate", args=[document.uuid]))
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def send(document: Document, user: User, verdict: str, **more: Any) -> Any:
    """One form of the page as it is shown now."""
    page = page_of(document, user)
    form = {name: hidden(page, name) for name in ("operation", "base")}
    case = the_case(document)
    form["dispute"] = case.open_disputes[0].key if case.open_disputes else ""
    form |= {"verdict": verdict, **more}
    return by(user).post(reverse("adjudicate", args=[document.uuid]), form)


def test_the_text_on_the_page_is_the_text(cast: Cast, document: Document) -> None:
    page = page_of(document, cast.cleo)
    start = page.index('<div id="text"')
    shown = page[page.index(">", start) + 1 : page.index("</section>", start)]
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)).rstrip("\n") == document.text


def test_nobody_is_named_and_everybody_is_a_letter(cast: Cast, document: Document) -> None:
    page = page_of(document, cast.cleo)
    assert "Accept A" in page
    assert "Accept B" in page
    for user in (cast.ada, cast.ben):
        assert cast.coder(user).pseudonym not in page
        assert user.name not in page


def test_the_difference_of_the_boundaries_is_marked(cast: Cast, document: Document) -> None:
    page = page_of(document, cast.cleo)
    assert "<ins>They </ins>work until midnight" in page
    assert "work until midnight<ins> and nobody minds</ins>" in page


def test_accepting_leads_to_what_comes_next(cast: Cast, document: Document) -> None:
    answer = send(document, cast.cleo, "accept A", reason="The clause is whole.", clause="unit")
    assert answer.status_code == 302
    assert answer["Location"].endswith("#settled")
    ruling = Ruling.objects.get()
    assert (ruling.decision, ruling.reason, ruling.clause) == (
        "accept",
        "The clause is whole.",
        "unit",
    )
    assert the_case(document).state == "adjudicated"


def test_the_letter_accepted_is_that_coders_span(cast: Cast, document: Document) -> None:
    case = the_case(document)
    letter = case.letters[str(cast.coder(cast.ben).pk)]
    send(document, cast.cleo, f"accept {letter}")
    assert Ruling.objects.get().quote == makers.LATE[0]


def test_boundaries_come_from_the_form(cast: Cast, document: Document) -> None:
    quote = "They work until midnight and nobody minds."
    start = document.text.index(quote)
    send(document, cast.cleo, "adjust", start=start, end=start + len(quote), quote=quote)
    assert Ruling.objects.get().quote == quote


def test_line_ends_that_a_form_sends_are_put_right(cast: Cast, document: Document) -> None:
    quote = "Nights in the lab\nThey"
    send(document, cast.cleo, "adjust", start=0, end=22, quote=quote.replace("\n", "\r\n"))
    assert Ruling.objects.get().quote == quote


def test_changing_takes_only_what_was_chosen(cast: Cast, document: Document) -> None:
    send(document, cast.cleo, "change", theme="long_hours", stance="", holder_kind="")
    ruling = Ruling.objects.get()
    assert ruling.theme is not None
    assert ruling.stance is not None
    assert (ruling.theme.key, ruling.stance.key, ruling.holder_kind) == (
        "long_hours",
        "against",
        "author",
    )


def test_adding_and_taking_back(cast: Cast, document: Document) -> None:
    quote = "The canteen serves soup."
    start = document.text.index(quote)
    label = {"theme": "other", "stance": "none", "holder_kind": "group", "holder_name": "the cooks"}
    place = {"start": start, "end": start + len(quote), "quote": quote, "dispute": ""}
    send(document, cast.cleo, "add", **label, **place)
    assert gold_of(the_case(document))[-1].holder_name == "the cooks"
    page = page_of(document, cast.cleo)
    assert "Group: the cooks" in page
    send(document, cast.cleo, "reopen", dispute=Ruling.objects.get().dispute)
    assert len(gold_of(the_case(document))) == 1


def test_a_settled_dispute_can_be_reopened_on_the_page(cast: Cast, document: Document) -> None:
    send(document, cast.cleo, "reject")
    assert "Reopen" in page_of(document, cast.cleo)
    send(document, cast.cleo, "reopen", dispute=Ruling.objects.get().dispute)
    assert the_case(document).state == "open"


def test_the_second_of_two_is_told_and_keeps_the_reason(cast: Cast, document: Document) -> None:
    page = page_of(document, cast.mia)
    form = {name: hidden(page, name) for name in ("operation", "base")}
    key = the_case(document).open_disputes[0].key
    send(document, cast.cleo, "reopen", dispute=the_case(document).disputes[1].key)
    form |= {"dispute": key, "verdict": "reject", "reason": "Not about nights."}
    answer = by(cast.mia).post(reverse("adjudicate", args=[document.uuid]), form)
    assert answer.status_code == 412
    assert "Another ruling was made meanwhile." in answer.content.decode()
    assert 'value="Not about nights."' in answer.content.decode()
    assert Ruling.objects.count() == 1


def test_a_form_sent_twice_is_one_ruling(cast: Cast, document: Document) -> None:
    page = page_of(document, cast.cleo)
    form = {name: hidden(page, name) for name in ("operation", "base")}
    form |= {"dispute": the_case(document).open_disputes[0].key, "verdict": "reject"}
    for _ in range(2):
        answer = by(cast.cleo).post(reverse("adjudicate", args=[document.uuid]), form)
        assert answer.status_code == 302
    assert Ruling.objects.count() == 1


def test_what_breaks_a_rule_is_said_on_the_page(cast: Cast, document: Document) -> None:
    answer = send(document, cast.cleo, "change", theme="", stance="", holder_kind="")
    assert answer.status_code == 422
    assert "Say which theme, stance or holder." in answer.content.decode()


@pytest.mark.parametrize("verdict", ["", "burn", "accept", "accept Z", "adjust", "add"])
def test_no_form_breaks_the_page(cast: Cast, document: Document, verdict: str) -> None:
    assert send(document, cast.cleo, verdict).status_code == 422


def test_who_coded_it_is_asked_why(cast: Cast, document: Document) -> None:
    cast.ada.memberships.create(project=cast.project, role="adjudicator")
    assert "You coded this document." in page_of(document, cast.ada)
    assert send(document, cast.ada, "reject").status_code == 403
    assert send(document, cast.ada, "reject", override_reason="No one else.").status_code == 302


def test_codings_stay_unseen_until_all_are_in(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    makers.submitted(batch, row, cast.coder(cast.ada), [makers.PAY], slot=1)
    page = page_of(row, cast.cleo)
    assert "waits for a coder" in page
    assert makers.PAY[0] not in page


def test_the_queue_lists_what_is_coded_and_counts_what_is_not(
    cast: Cast, document: Document
) -> None:
    other = makers.document(cast.project, "Nobody has come.", title="Waiting")
    made.batch(cast.project, cast.edition, [other], name="Round 2")
    answer = by(cast.cleo).get(reverse("adjudication", args=[cast.project.slug]))
    page = answer.content.decode()
    assert reverse("adjudicate", args=[document.uuid]) in page
    assert reverse("adjudicate", args=[other.uuid]) not in page
    assert "1 document still waits for a coder." in page


def test_when_all_is_settled_the_next_open_document_is_offered(
    cast: Cast, document: Document
) -> None:
    other = makers.document(cast.project, makers.TEXT + "\nMore.", title="Another day")
    batch = made.batch(cast.project, cast.edition, [other], name="Round 2")
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, other, {ada: [makers.NIGHTS], ben: []})
    send(document, cast.cleo, "reject")
    onwards = reverse("adjudication-next", args=[cast.project.slug])
    assert f'href="{onwards}" data-next' in page_of(document, cast.cleo)
    answer = by(cast.cleo).get(onwards)
    assert answer["Location"].startswith(reverse("adjudicate", args=[other.uuid]))


@pytest.mark.parametrize("who", ["ada", "rita"])
def test_other_members_do_not_get_in(cast: Cast, document: Document, who: str) -> None:
    client = by(getattr(cast, who))
    assert client.get(reverse("adjudicate", args=[document.uuid])).status_code == 403
    assert client.get(reverse("adjudication", args=[cast.project.slug])).status_code == 403


def test_for_an_outsider_the_pages_do_not_exist(cast: Cast, document: Document) -> None:
    client = by(cast.dag)
    assert client.get(reverse("adjudicate", args=[document.uuid])).status_code == 404
    assert client.get(reverse("adjudication", args=[cast.project.slug])).status_code == 404


def test_markup_in_a_name_stays_text(cast: Cast, document: Document) -> None:
    send(
        document,
        cast.cleo,
        "change",
        holder_kind="person",
        holder_name="<script>alert(1)</script>",
        reason='"><img src=x>',
    )
    page = page_of(document, cast.cleo)
    assert "<script>alert" not in page
    assert "<img" not in page


def test_clauses_are_offered_by_the_names_that_the_codebook_finds_them_by(
    cast: Cast, document: Document
) -> None:
    offered = set(re.findall(r'<option value="([^"]+)">', page_of(document, cast.cleo)))
    book = dump_edition(cast.edition)
    _, others = cited_clauses(cast.project, book)
    known = {theme["key"] for theme in book["themes"]}
    known |= {f"stances.{stance['key']}" for stance in book["stances"]}
    assert known <= offered
    assert not others
    send(document, cast.cleo, "accept A", clause="stances.none")
    clauses, others = cited_clauses(cast.project, book)
    assert (list(clauses), others) == (["stances.none"], {})
