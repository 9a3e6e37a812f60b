"""The queue by document, theme and pair; what most said, shown late; the history of a dispute."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.adjudication.models import Ruling
from annotations.corpus.models import Document
from annotations.project.models import User
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import document as document
from tests.adjudication.conftest import the_case
from tests.adjudication.test_ruling import decide
from tests.adjudication.test_sweeping import eve as eve
from tests.adjudication.test_sweeping import texts as texts
from tests.cast import Cast
from tests.desk.test_adjudication import by, page_of, send


def queue_of(cast: Cast, user: User, query: str = "") -> str:
    answer = by(user).get(reverse("adjudication", args=[cast.project.slug]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(cast: Cast, user: User, query: str = "") -> str:
    answer = by(user).get(reverse("adjudication-next", args=[cast.project.slug]) + query)
    assert answer.status_code == 302
    return answer["Location"]


def shown(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_the_queue_counts_by_theme_and_by_pair(cast: Cast, texts: list[Document]) -> None:
    page = shown(queue_of(cast, cast.cleo))
    assert "Burnout 2 0" in page
    assert "Secrecy 2 0" in page
    assert "Pair 1" in page
    assert "Pair 3" in page
    for user in (cast.ada, cast.ben):
        assert cast.coder(user).pseudonym not in page


def test_next_leads_to_a_dispute_and_keeps_the_order(cast: Cast, texts: list[Document]) -> None:
    place = sent(cast, cast.cleo, "?by=theme&theme=secrecy")
    assert place.startswith(reverse("adjudicate", args=[texts[0].uuid]) + "?by=theme&theme=secrecy")
    key = place.partition("#d-")[2]
    dispute = the_case(texts[0]).dispute(key)
    assert dispute is not None
    assert dispute.family == "secrecy"


def test_a_ruling_by_theme_leads_to_the_next_of_that_theme(
    cast: Cast, texts: list[Document]
) -> None:
    key = sent(cast, cast.cleo, "?by=theme&theme=secrecy").partition("#d-")[2]
    page = page_of(texts[0], cast.cleo)
    form = {name: value(page, name) for name in ("operation", "base")}
    form |= {"dispute": key, "verdict": "accept A"}
    address = reverse("adjudicate", args=[texts[0].uuid]) + "?by=theme&theme=secrecy"
    answer = by(cast.cleo).post(address, form)
    assert "adjudication/next?by=theme&theme=secrecy&after=" in answer["Location"]
    following = by(cast.cleo).get(answer["Location"])
    assert str(texts[1].uuid) in following["Location"]


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


@pytest.mark.parametrize("query", ["?by=fun&of=x", "?after=x.1", "?after=1.-2", "?pair='&by=pair"])
def test_an_address_that_makes_no_sense_still_leads_on(
    cast: Cast, texts: list[Document], query: str
) -> None:
    assert "#d-" in sent(cast, cast.cleo, query)


def test_where_nothing_waits_one_is_told(cast: Cast, document: Document) -> None:
    decide(document, "reject", cast.cleo)
    client = by(cast.cleo)
    address = reverse("adjudication-next", args=[cast.project.slug])
    assert "Nothing waits for you any more." in client.get(address, follow=True).content.decode()


def test_who_coded_all_that_is_left_is_told_so(cast: Cast, document: Document) -> None:
    cast.ada.memberships.create(project=cast.project, role="adjudicator")
    client = by(cast.ada)
    address = reverse("adjudication-next", args=[cast.project.slug])
    assert "documents that you coded yourself" in client.get(address, follow=True).content.decode()


def test_nothing_tells_what_most_said_before_the_first_decision(
    cast: Cast, texts: list[Document]
) -> None:
    page = page_of(texts[0], cast.cleo)
    assert "of 3 coders said" not in page
    case = the_case(texts[0])
    for dispute in case.open_disputes:
        card = page[page.index(f'id="d-{dispute.key}"') :].partition("</article>")[0]
        letters = re.findall(r'name="from" value="(.)"', card)
        assert letters == sorted(letters)
        checked = re.findall(r'name="from" value="(.)"[^>]*checked', card)
        assert checked in ([], letters[:1])
    answer = by(cast.cleo).get(f"/api/v1/documents/{texts[0].uuid}/adjudication").json()
    assert {each["chosen"] for each in answer["disputes"]} == {None}


def secrecy(document: Document) -> str:
    return next(each.key for each in the_case(document).disputes if each.family == "secrecy")


def test_what_most_said_is_shown_once_decided_and_may_be_looked_at_again(
    cast: Cast, texts: list[Document]
) -> None:
    client, key = by(cast.cleo), secrecy(texts[0])
    page = page_of(texts[0], cast.cleo)
    form = {name: value(page, name) for name in ("operation", "base")} | {"dispute": key}
    address = reverse("adjudicate", args=[texts[0].uuid])
    page = client.post(address, form | {"verdict": "reject"}, follow=True).content.decode()
    assert "2 of 3 coders said: Secrecy, Against, Author. You decided otherwise." in shown(page)
    assert f"{address}#d-{key}" in page
    form = {name: value(page, name) for name in ("operation", "base")} | {"dispute": key}
    page = client.post(address, form | {"verdict": "reopen", "reason": "Too fast."}, follow=True)
    told = shown(page.content.decode())
    assert "2 of 3 coders said:" in told
    assert "2 rulings" in told
    assert "Too fast." in told


def test_reopening_keeps_every_ruling_with_whom_when_and_why(
    cast: Cast, document: Document
) -> None:
    send(document, cast.cleo, "reject", reason="Not about nights.", clause="unit")
    key = Ruling.objects.get().dispute
    send(document, cast.mia, "reopen", dispute=key, reason="It is.")
    send(document, cast.cleo, "accept A", dispute=key)
    page = shown(page_of(document, cast.cleo))
    assert "3 rulings" in page
    for said in ("Not about nights.", "unit", "It is.", cast.coder(cast.mia).pseudonym):
        assert said in page


def test_a_confirmed_silence_can_be_reopened_on_the_page(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row], checked_share=1.0)
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [makers.PAY], ben: [makers.PAY]})
    send(row, cast.cleo, "none", dispute="passage-0")
    assert "confirmed" in page_of(row, cast.cleo)
    send(row, cast.cleo, "reopen", dispute="passage-0", reason="Look again.")
    assert "confirmed" not in page_of(row, cast.cleo)


def test_the_share_overturned_is_said_with_its_interval(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row], checked_share=1.0)
    assert "nothing can be said" not in queue_of(cast, cast.cleo)
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [makers.PAY], ben: [makers.PAY]})
    assert "nobody has looked at any yet" in queue_of(cast, cast.cleo)
    decide(row, "reject", cast.cleo, dispute=the_case(row).disputes[0].key)
    page = shown(queue_of(cast, cast.cleo))
    assert "Unanimous labels 1 1 1 100.0 % 20.7 to 100.0 %" in page
    assert "Passages that nobody tagged 3 0 0 nothing looked at yet" in page


def test_without_a_sample_that_is_said(cast: Cast, document: Document) -> None:
    assert "nothing can be said of how often they are wrong" in queue_of(cast, cast.cleo)


def test_what_was_typed_stays_when_somebody_was_faster(cast: Cast, texts: list[Document]) -> None:
    page, key = page_of(texts[0], cast.mia), secrecy(texts[0])
    form: dict[str, Any] = {name: value(page, name) for name in ("operation", "base")}
    other = next(d.key for d in the_case(texts[0]).open_disputes if d.key != key)
    decide(texts[0], "reject", cast.cleo, dispute=other)
    form |= {"dispute": key, "verdict": "change", "stance": "mixed", "theme": "burnout"}
    form |= {"holder_kind": "person", "holder_name": "the dean", "reason": "He says both."}
    answer = by(cast.mia).post(reverse("adjudicate", args=[texts[0].uuid]), form)
    assert answer.status_code == 412
    page = answer.content.decode()
    for kept in ('<option value="mixed" selected', 'value="the dean"', 'value="He says both."'):
        assert kept in page


def test_what_was_typed_is_shown_where_the_dispute_itself_is_settled(
    cast: Cast, texts: list[Document]
) -> None:
    page, key = page_of(texts[0], cast.mia), secrecy(texts[0])
    form: dict[str, Any] = {name: value(page, name) for name in ("operation", "base")}
    decide(texts[0], "reject", cast.cleo, dispute=key)
    form |= {"dispute": key, "verdict": "none", "reason": "He says both."}
    answer = by(cast.mia).post(reverse("adjudicate", args=[texts[0].uuid]), form)
    page = shown(answer.content.decode())
    assert f"{cast.coder(cast.cleo).pseudonym} has settled it meanwhile: reject." in page
    assert "Reason He says both." in page


def test_the_two_views_are_remembered(cast: Cast, document: Document) -> None:
    client: Client = by(cast.cleo)
    address = reverse("adjudicate", args=[document.uuid])
    assert 'class="abreast"' not in client.get(address).content.decode()
    assert 'class="abreast"' in client.get(f"{address}?view=side").content.decode()
    page = client.get(address).content.decode()
    assert page.count("data-column=") == 2
    client.force_login(cast.mia)  # on the same device
    assert 'class="abreast"' not in client.get(address).content.decode()
    client.force_login(cast.cleo)
    assert 'class="abreast"' not in client.get(f"{address}?view=over").content.decode()


def test_what_only_some_took_in_is_marked_in_the_text(cast: Cast, document: Document) -> None:
    page = page_of(document, cast.cleo)
    key = the_case(document).open_disputes[0].key
    marked = re.findall(rf'data-some="{key}">([^<]*)<', page)
    assert marked == ["They ", " and nobody minds"]


def test_the_coded_by_oneself_rule_holds_in_any_round(cast: Cast, document: Document) -> None:
    other = made.enrol(made.person("eve"), cast.project, roles=["annotator", "adjudicator"])
    pilot = made.batch(cast.project, cast.edition, [document], name="Pilot", kind="pilot")
    makers.coded(pilot, document, {other: []})
    user = other.user
    assert user is not None
    assert "You coded this document." in page_of(document, user)
    assert send(document, user, "reject").status_code == 403
    put = by(user).put(
        f"/api/v1/documents/{document.uuid}/adjudication",
        {"operation": str(made.operation()), "decision": "reject"}
        | {"dispute": the_case(document).open_disputes[0].key},
        content_type="application/json",
        headers={"If-Match": the_case(document).version},
    )
    assert put.status_code == 403
    assert send(document, user, "reject", override_reason="Nobody else.").status_code == 302
