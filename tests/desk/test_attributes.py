"""Attributes on the manager's pages: what they take, what documents have, which documents have it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotations.corpus.models import Attribute, Document
from tests import cast as made
from tests.cast import Cast
from tests.desk.test_corpus_pages import browser, words

PAGE, LIST = "/projects/labs/attributes", "/projects/labs/documents"
LEFT = "“Figaro” was left out, as the attribute Outlet takes: Le Monde, Gazette."


@pytest.fixture
def mia(cast: Cast) -> Client:
    return browser(cast.mia)


@pytest.fixture
def outlet(cast: Cast) -> Attribute:
    return Attribute.objects.create(project=cast.project, key="outlet", name="Outlet")


def article(cast: Cast, value: str | None) -> Document:
    row = made.document(cast.project, f"About {value}.\n", title=f"About {value}")
    row.attributes = [{"key": "outlet", "value": value}] if value else []
    row.save(update_fields=["attributes"])
    return row


def listed(mia: Client, **query: str) -> list[str]:
    page = mia.get(LIST, query).content.decode()
    return re.findall(r'<th scope="row"[^>]*><a[^>]*>([^<]+)</a>', page)


def test_an_attribute_is_added_described_and_removed(mia: Client, cast: Cast) -> None:
    added = {"do": "add", "name": "Outlet", "kind": "text", "choices": ""}
    assert "has been added" in words(mia.post(PAGE, added, follow=True))
    listing = {"key": "outlet", "name": "Paper", "kind": "choice", "choices": "A\r\nB"}
    assert "Saved." in words(mia.post(PAGE, {**listing, "do": "save"}, follow=True))
    row = Attribute.objects.get()
    assert (row.key, row.name, row.kind, row.choices) == ("outlet", "Paper", "choice", ["A", "B"])
    mia.post(PAGE, {"do": "remove", "key": "outlet"})
    assert not Attribute.objects.exists()


def test_what_does_not_fit_is_shown_with_the_way_to_its_documents(
    mia: Client, cast: Cast, outlet: Attribute
) -> None:
    article(cast, "Le Monde")
    lost = article(cast, "Figaro & fils")
    said = {"key": "outlet", "name": "Outlet", "kind": "choice", "choices": "Le Monde"}
    answer = mia.post(PAGE, {**said, "do": "save"})
    assert answer.status_code == 422
    assert "These values do not fit: “Figaro &amp; fils”." in answer.content.decode()
    assert "?attribute=outlet&amp;value=Figaro%20%26%20fils" in answer.content.decode()
    told = words(mia.post(PAGE, {**said, "do": "leave-out"}, follow=True))
    assert "In 1 document a value was left out" in told
    assert len(Document.objects.get(pk=lost.pk).warnings) == 1


def test_the_page_says_how_many_have_a_value(mia: Client, cast: Cast, outlet: Attribute) -> None:
    for value in ("Gazette", None):
        article(cast, value)
    said = words(mia.get(PAGE))
    assert "1 document has a value" in said
    assert "1 has none" in said
    assert "Gazette 1" in said


def test_what_was_typed_comes_back_with_its_fault(mia: Client, outlet: Attribute) -> None:
    answer = mia.post(PAGE, {"do": "add", "name": "outlet", "kind": "date"})
    assert answer.status_code == 422
    assert "There is an attribute of this name." in words(answer)
    assert '<option value="date" selected>' in answer.content.decode()
    assert mia.post(PAGE, {"do": "save", "key": "none"}).status_code == 404


def test_the_list_is_searched_by_attribute(mia: Client, cast: Cast, outlet: Attribute) -> None:
    for value in ("Le Monde", "Gazette", None):
        article(cast, value)
    assert listed(mia, attribute="outlet") == ["About Le Monde", "About Gazette"]
    assert listed(mia, attribute="outlet", value="MONDE") == ["About Le Monde"]
    assert listed(mia, attribute="outlet", missing="1") == ["About None"]
    assert listed(mia, attribute="outlet", value="Monde", q="gaz") == []
    assert listed(mia, attribute="colour") == []
    assert len(listed(mia, value="Monde")) == 3


def test_yes_is_found_as_it_is_said(mia: Client, cast: Cast) -> None:
    Attribute.objects.create(project=cast.project, key="outlet", name="Seen", kind="flag")
    article(cast, "true")
    article(cast, "false")
    assert listed(mia, attribute="outlet", value="oui") == ["About true"]


def test_values_stand_in_the_list_and_lead_to_their_likes(
    mia: Client, cast: Cast, outlet: Attribute
) -> None:
    article(cast, "Le Monde")
    page = mia.get(LIST).content.decode()
    assert 'href="?attribute=outlet&amp;value=Le%20Monde"' in page
    assert 'aria-label="Outlet: Le Monde"' in page


def test_the_next_page_keeps_the_conditions(
    mia: Client, cast: Cast, outlet: Attribute, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.desk.corpus.ROWS", 1)
    for value in ("Le Monde 1", "Le Monde 2"):
        article(cast, value)
    page = mia.get(LIST, {"attribute": "outlet", "value": "le monde"}).content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    assert "attribute=outlet&amp;value=le+monde&amp;after=" in following[1]


def test_values_of_a_document_are_given_by_a_person(
    mia: Client, cast: Cast, outlet: Attribute
) -> None:
    row = article(cast, None)
    where = reverse("document", args=[row.uuid])
    said = words(mia.post(where, {"do": "attributes", "attribute-outlet": "Gazette"}, follow=True))
    assert "The attributes are saved." in said
    assert Document.objects.get().attributes == [{"key": "outlet", "value": "Gazette"}]


def test_a_value_that_does_not_fit_comes_back_with_its_reason(mia: Client, cast: Cast) -> None:
    Attribute.objects.create(project=cast.project, key="outlet", name="Year", kind="number")
    row = article(cast, "2025")
    where = reverse("document", args=[row.uuid])
    answer = mia.post(where, {"do": "attributes", "attribute-outlet": "soon"})
    assert answer.status_code == 422
    assert "“soon” is not what the attribute Year takes: a number" in words(answer)
    page = answer.content.decode()
    assert 'value="soon"' in page
    assert 'aria-describedby="attribute-outlet-error"' in page
    assert Document.objects.get().attributes[0]["value"] == "2025"


def test_a_warning_about_a_value_leads_to_its_field(
    mia: Client, cast: Cast, outlet: Attribute
) -> None:
    row = article(cast, None)
    Document.objects.filter(pk=row.pk).update(warnings=[LEFT])
    page = mia.get(reverse("document", args=[row.uuid])).content.decode()
    assert '<a href="#attributes">Give it a value</a>' in page
    assert 'id="attributes"' in page


def test_warnings_are_accepted_one_by_one_and_it_is_told_by_whom(mia: Client, cast: Cast) -> None:
    row = article(cast, None)
    hyphens = "1 × soft hyphens, kept."
    Document.objects.filter(pk=row.pk).update(warnings=[LEFT, hyphens])
    where = reverse("document", args=[row.uuid])
    assert "Accept all" in words(mia.get(where))
    said = words(mia.post(where, {"do": "accept", "warning": hyphens}, follow=True))
    assert "Accepted warnings 1 × soft hyphens, kept. Mia" in said
    assert Document.objects.get().warnings == [LEFT]
    said = words(mia.post(where, {"do": "accept"}, follow=True))
    assert "Look at this" not in said
    again = words(mia.post(where, {"do": "accept", "warning": hyphens}, follow=True))
    assert "This warning has been settled already." in again


def test_whoever_does_not_plan_reads_values_and_changes_none(cast: Cast, outlet: Attribute) -> None:
    row = article(cast, "Gazette")
    where = reverse("document", args=[row.uuid])
    cleo = browser(cast.cleo)
    page = cleo.get(where).content.decode()
    assert '<dd dir="auto">Gazette</dd>' in page
    assert 'name="attribute-outlet"' not in page
    assert cleo.post(where, {"do": "attributes", "attribute-outlet": "x"}).status_code == 403
    assert cleo.post(PAGE, {"do": "add", "name": "x", "kind": "text"}).status_code == 403
