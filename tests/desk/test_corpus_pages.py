"""The manager's pages: documents, deliveries, rounds of work."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from annotations.assignment.models import Batch
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Document, Import, Passage
from annotations.project.models import User
from annotations.release.taking_down import take_down
from tests import cast as made
from tests.cast import NOW, Cast

HOSTILE = "<script>alert(1)</script>\u202e\"'&"


def browser(user: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def words(answer: Any) -> str:
    """What the page says, without its markup."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split())


@pytest.fixture
def mia(cast: Cast) -> Client:
    return browser(cast.mia)


@pytest.fixture
def article(cast: Cast) -> Document:
    text = "A night\n\nThey stayed.\n\nShare this\n"
    return made.document(cast.project, text, title="A night", zones=["title", "body", "link"])


@pytest.fixture
def addresses(cast: Cast, article: Document) -> list[str]:
    delivery = Import.objects.create(project=cast.project)
    batch = made.batch(cast.project, cast.edition, [article], name="Pages")
    return [
        *(reverse(name, args=["labs"]) for name in ("documents", "imports", "batches")),
        reverse("document", args=[article.uuid]),
        reverse("import", args=[delivery.uuid]),
        reverse("batch", args=[batch.uuid]),
    ]


def test_the_pages_are_the_managers(cast: Cast, addresses: list[str]) -> None:
    expected = {"mia": 200, "ada": 403, "cleo": 403, "rita": 403, "dag": 404}
    for user in (cast.mia, cast.ada, cast.cleo, cast.rita, cast.dag):
        client = browser(user)
        found = {address: client.get(address).status_code for address in addresses}
        if user == cast.cleo:  # reads texts, as whoever settles what they say has to
            assert {found.pop(each) for each in list(found) if "/documents/" in each} == {200}
        assert set(found.values()) == {expected[user.username]}, (user.username, found)


def test_whoever_is_not_signed_in_is_asked_to(cast: Cast, addresses: list[str]) -> None:
    for address in addresses:
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in")


def test_nobody_but_managers_changes_anything(cast: Cast, addresses: list[str]) -> None:
    body = {"do": "close", "zone-0": "body", "name": "x", "everything": "on"}
    for user, status in ((cast.ada, 403), (cast.dag, 404)):
        client = browser(user)
        for address in addresses:
            if "/imports/" in address or address.endswith("/documents"):
                continue  # these are read only: 405 for everyone
            assert client.post(address, body).status_code == status, address
    assert Batch.objects.open().count() == 1
    assert not Passage.objects.exclude(zone_confirmed_at=None).exists()


def test_no_page_holds_inline_script_or_style(mia: Client, addresses: list[str]) -> None:
    for address in addresses:
        page = mia.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page), address


def test_the_list_says_zones_and_coders(cast: Cast, mia: Client, article: Document) -> None:
    batch = made.batch(cast.project, cast.edition, [article])
    made.assignment(batch, article, cast.coder(cast.ada))
    said = words(mia.get("/projects/labs/documents"))
    assert "A night en body 1 · link 1 · title 1 Ada claimed" in said


def test_the_list_is_searched_by_title_and_language(cast: Cast, mia: Client) -> None:
    made.document(cast.project, "Nuits longues.", title="Nuits")
    made.document(cast.project, "Long nights.", title="Nights")
    Document.objects.filter(title="Nuits").update(language="fr")
    assert "Nuits" not in words(mia.get("/projects/labs/documents?q=igh"))
    assert "Nights" not in words(mia.get("/projects/labs/documents?language=fr"))
    assert "Nothing found" in words(mia.get("/projects/labs/documents?q=100%25"))
    assert mia.get("/projects/labs/documents?q=%00&after=x").status_code == 200


def test_a_long_list_goes_on_where_it_stopped(cast: Cast, mia: Client) -> None:
    for n in range(28):
        made.document(cast.project, f"Night {n}.", title=f"Night {n:02}")
    first = mia.get("/projects/labs/documents")
    assert "Night 24" in words(first)
    assert "Night 25" not in words(first)
    following = re.search(r'rel="next" href="(\?[^"]+)"', first.content.decode())
    assert following is not None
    last = words(mia.get("/projects/labs/documents" + following[1]))
    assert "Night 25" in last
    assert "Night 24" not in last


def test_the_list_costs_the_same_at_any_length(
    cast: Cast, mia: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        made.document(cast.project, f"Night {n}.", title=f"Night {n}")
    # session, user, project with roles, page, attributes, zones, work, how many, languages
    with django_assert_num_queries(9):
        mia.get("/projects/labs/documents")


def test_what_was_taken_down_is_not_counted(cast: Cast, mia: Client) -> None:
    rows = [made.document(cast.project, f"Night {n}.", title=f"Night {n}") for n in range(3)]
    take_down(rows[0], reason="Asked to.", by=cast.mia, now=NOW)
    assert "<p>2 documents</p>" in mia.get("/projects/labs/documents").content.decode()


def test_a_document_shows_its_passages_and_where_it_comes_from(
    cast: Cast, mia: Client, article: Document
) -> None:
    Document.objects.update(
        repairs=[
            {
                "step": "decode",
                "encoding": "cp1252",
                "how": "detected",
                "confidence": 0.93,
                "alternatives": [],
                "bom": 0,
                "malformed": 0,
            },
            {"step": "newlines", "crlf": 4, "cr": 0},
            {"step": "folded", "count": 2},
        ],
        warnings=["Looks damaged."],
    )
    said = words(mia.get(f"/documents/{article.uuid}"))
    assert "They stayed." in said
    assert "Read as Windows-1252, guessed with 93 % confidence." in said
    assert "4 × CR LF and 0 × CR became line feeds." in said
    assert "folded (count: 2)" in said
    assert "Looks damaged." in said


def test_zones_are_settled_in_one_post(mia: Client, article: Document) -> None:
    address = f"/documents/{article.uuid}"
    answer = mia.post(
        address,
        {"zone-0": "title", "zone-1": "caption", "zone-2": "boilerplate", "page": "1"},
        follow=True,
    )
    assert answer.redirect_chain == [(address + "?page=1", 302)]
    assert "2 were changed" in words(answer)
    assert "Every zone is confirmed." in words(answer)
    assert list(article.passages.values_list("zone", flat=True)) == [
        "title",
        "caption",
        "boilerplate",
    ]


@pytest.mark.parametrize(
    "body", [{}, {"zone-0": "footer"}, {"zone-99": "body"}, {"zone-x": "body"}]
)
def test_a_wrong_zone_is_said_and_changes_nothing(
    mia: Client, article: Document, body: dict[str, str]
) -> None:
    assert mia.post(f"/documents/{article.uuid}", body).status_code == 422
    assert not Passage.objects.exclude(zone_confirmed_at=None).exists()


def test_a_page_of_passages_leaves_the_others_alone(cast: Cast, mia: Client) -> None:
    long = made.document(cast.project, "\n".join(f"Night {n}." for n in range(201)))
    assert "Night 200." in words(mia.get(f"/documents/{long.uuid}?page=2"))
    mia.post(f"/documents/{long.uuid}", {"zone-200": "link", "page": "2"})
    assert list(long.passages.filter(zone="link").values_list("index", flat=True)) == [200]
    assert long.passages.exclude(zone_confirmed_at=None).count() == 1


def test_files_are_sent_and_each_is_told_apart(cast: Cast, mia: Client) -> None:
    files = [
        SimpleUploadedFile("good.txt", b"A night\n\nThey stayed.\n"),
        SimpleUploadedFile("empty.txt", b""),
    ]
    answer = mia.post("/projects/labs/imports", {"files": files}, follow=True)
    assert "0 of 2 files read" in words(answer)
    assert "desk/import" in answer.content.decode()
    delivery = Import.objects.get()
    run_import(delivery.pk, clock=lambda: NOW)
    said = mia.get(f"/imports/{delivery.uuid}")
    assert "good.txt" in words(said)
    assert str(Document.objects.get().uuid) in said.content.decode()
    assert "The file is empty." in words(said)
    assert "2 / 2 1" in words(mia.get("/projects/labs/imports"))


def test_the_same_bytes_again_lead_to_the_document_that_is_there(cast: Cast, mia: Client) -> None:
    def sent(name: str) -> str:
        file = SimpleUploadedFile(name, b"A night\n\nThey stayed.\n")
        answer = mia.post("/projects/labs/imports", {"files": [file]})
        run_import(Import.objects.first().pk, clock=lambda: NOW)
        return answer["Location"]

    sent("first.txt")
    page = mia.get(sent("again.txt"))
    there = Document.objects.get()
    assert "again.txt 22 bytes already there A night" in words(page).replace("\xa0", " ")
    assert f'href="/documents/{there.uuid}"' in page.content.decode()


def test_an_empty_form_is_answered_in_words(mia: Client) -> None:
    answer = mia.post("/projects/labs/imports", {}, follow=True)
    assert "Choose at least one file." in words(answer)
    assert not Import.objects.exists()


def planned(mia: Client, **changed: Any) -> Any:
    body = {"name": "Round 1", "kind": "main", "slots": "2", "edition": "", **changed}
    return mia.post("/projects/labs/batches", body, follow=True)


def test_a_batch_is_made_opened_and_closed(cast: Cast, mia: Client, article: Document) -> None:
    answer = planned(mia, edition=cast.edition.pk, documents=[str(article.uuid)])
    batch = Batch.objects.get()
    assert answer.redirect_chain == [(f"/batches/{batch.uuid}", 302)]
    assert "not open yet" in words(answer)
    address = f"/batches/{batch.uuid}"
    assert "The batch is open" in words(mia.post(address, {"do": "open"}, follow=True))
    assert "were taken as proposed" in words(mia.get(address))
    assert "The batch is closed" in words(mia.post(address, {"do": "close"}, follow=True))
    batch.refresh_from_db()
    assert batch.opened_at
    assert batch.closed_at


def test_all_waiting_documents_go_into_a_batch_at_once(cast: Cast, mia: Client) -> None:
    rows = [made.document(cast.project, f"Night {n}.", title=str(n)) for n in range(3)]
    made.batch(cast.project, cast.edition, rows[:1], name="Before")
    planned(mia, edition=cast.edition.pk, everything="on")
    batch = Batch.objects.get(name="Round 1")
    assert [item.document for item in batch.items.order_by("position")] == rows[1:]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"slots": "0"}, "greater than or equal to 1"),
        ({"kind": "final"}, "Select a valid choice."),
        ({"documents": []}, "Choose at least one document."),
        ({"documents": ["nonsense"]}, "nonsense"),
        ({"name": "Before"}, "There is a batch “Before” already."),
    ],
)
def test_a_plan_with_a_fault_comes_back_with_what_was_typed(
    cast: Cast, mia: Client, article: Document, changed: dict[str, Any], said: str
) -> None:
    made.batch(cast.project, cast.edition, [], name="Before")
    body = {"edition": cast.edition.pk, "documents": [str(article.uuid)], **changed}
    answer = planned(mia, **body)
    assert answer.status_code == 422
    assert said in words(answer)
    if changed.get("documents") is None:
        assert f'value="{article.uuid}" checked' in answer.content.decode()
    assert Batch.objects.count() == 1


def test_documents_of_other_projects_cannot_be_chosen(cast: Cast, mia: Client) -> None:
    other = made.Project.objects.create(slug="other", name="Other")
    foreign = made.document(other, "Foreign.")
    answer = planned(mia, edition=cast.edition.pk, documents=[str(foreign.uuid)])
    assert answer.status_code == 422
    assert not Batch.objects.exists()


def test_a_batch_takes_more_documents_and_reaches_gold_with_a_reason(
    cast: Cast, mia: Client, article: Document
) -> None:
    batch = made.batch(cast.project, cast.edition, [], kind="pilot", opened=False)
    address = f"/batches/{batch.uuid}"
    assert "has no documents yet" in words(mia.post(address, {"do": "open"}, follow=True))
    assert "Choose at least" in words(mia.post(address, {"do": "add"}, follow=True))
    added = mia.post(address, {"do": "add", "documents": [str(article.uuid)]}, follow=True)
    assert "1 document was added." in words(added)
    assert "Say why" in words(mia.post(address, {"do": "promote", "reason": " "}, follow=True))
    promoted = mia.post(address, {"do": "promote", "reason": "Coded well."}, follow=True)
    assert "Coded well." in words(promoted)
    assert "There is no such action." in words(mia.post(address, {"do": "drop"}, follow=True))


def test_titles_names_and_reasons_are_shown_as_text(cast: Cast, mia: Client) -> None:
    data = (HOSTILE + "\n\nThey stayed.\n").encode()
    files = [SimpleUploadedFile(f"{HOSTILE}.txt", data)]
    mia.post("/projects/labs/imports", {"files": files})
    delivery = Import.objects.get()
    run_import(delivery.pk, clock=lambda: NOW)
    document = Document.objects.get()
    batch = made.batch(cast.project, cast.edition, [document], name=HOSTILE[:90])
    for address in (
        "/projects/labs/documents?q=" + HOSTILE[:8],
        f"/documents/{document.uuid}",
        f"/imports/{delivery.uuid}",
        "/projects/labs/batches",
        f"/batches/{batch.uuid}",
    ):
        assert "<script>alert" not in mia.get(address).content.decode(), address
