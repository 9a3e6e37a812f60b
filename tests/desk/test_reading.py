"""How a file was read: the page, its choices, and what they do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.assignment.claiming import claim_next
from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.models import Document
from annotations.corpus.readers.reading import read
from annotations.corpus.texts.side_by_side import Bit, Row
from annotations.desk.reading import seen_row, visible
from tests import cast as made
from tests.cast import NOW, Cast
from tests.corpus.texts.misreading import dropped, misread
from tests.release.bytes_gone import lose_bytes

TEXT = "Noël à l’école 😀.\nRien.\nC’était “déjà vu” là.\n"
DAMAGED = dropped(misread(TEXT, "ISO-8859-16"))


def words(answer: Any) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).split())


@pytest.fixture
def mia(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.mia)
    return client


@pytest.fixture
def article(cast: Cast) -> Document:
    data = DAMAGED.encode()
    return admit(read("a.txt", data), data, into=cast.project, name="a.txt").document


@pytest.fixture
def address(article: Document) -> str:
    return reverse("reading", args=["labs", article.uuid])


def chosen(page: str, **wanted: str) -> dict[str, str]:
    """The fields of the table of substitutions, with decisions on those that were `was`."""
    fields = {"look": "1", "repair": "proposed"}
    for number, was in re.findall(r'name="was-(\d+)" value="([^"]*)"', page):
        now = re.search(rf'name="now-{number}" value="([^"]*)"', page)
        assert now
        fields |= {f"was-{number}": was, f"now-{number}": now.group(1)}
        if was in wanted:
            fields |= {f"does-{number}": "other", f"other-{number}": wanted[was]}
    return fields


def test_the_page_shows_before_and_after_and_every_substitution(mia: Client, address: str) -> None:
    answer = mia.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Repaired: 11 places (UTF-8 read as ISO-8859-16), 7 from context, 1 lost." in words(
        answer
    )
    assert "No<del>Ă«</del>l" in page
    assert "No<ins>ë</ins>l" in page
    assert "<del>đ</del>" in page
    assert page.count("<tr>") - 2 == 2 + len(re.findall(r'name="was-\d+"', page))


def test_a_line_without_damage_is_not_shown(mia: Client, address: str) -> None:
    assert "Rien." not in words(mia.get(address))


def test_the_effect_of_a_choice_is_shown_and_not_taken(
    mia: Client, address: str, article: Document
) -> None:
    answer = mia.get(address, {"look": "1", "repair": "none"})
    assert "2 lines would be others than now." in words(answer)
    assert "Nothing is repaired." in words(answer)
    assert list(Document.objects.all()) == [article]


def test_another_encoding_is_previewed_with_a_name_for_what_nobody_sees(
    mia: Client, address: str
) -> None:
    answer = mia.get(address, {"look": "1", "encoding": "cp1252", "repair": "none"})
    assert "2 lines would be others than now." in words(answer)
    assert "Windows-1252" in words(answer)


def test_single_substitutions_are_adjusted_seen_and_applied(
    mia: Client, address: str, article: Document
) -> None:
    fields = chosen(mia.get(address).content.decode(), đ="😀")
    answer = mia.get(address, fields)
    assert "1 line would be another one than now." in words(answer)
    assert "<ins>😀</ins>" in answer.content.decode()
    answer = mia.post(address, {**fields, "do": "apply"}, follow=True)
    assert "This is version 2." in words(answer)
    following = Document.objects.current().get()
    assert (following.text, following.previous) == (TEXT, article)


def test_what_was_looked_at_is_repeated_in_the_form_that_applies_it(
    mia: Client, address: str
) -> None:
    page = mia.get(address, {"look": "1", "encoding": "cp1250", "repair": "none"}).content.decode()
    posting = page[page.index('<form method="post" class="bar">') :]
    for field in ('name="look" value="1"', 'name="encoding" value="cp1250"', 'value="apply"'):
        assert field in posting


def test_the_original_is_kept_in_one_step(mia: Client, address: str) -> None:
    mia.post(address, {"do": "original"})
    following = Document.objects.current().get()
    assert (following.version, following.text) == (2, DAMAGED)
    page = mia.get(reverse("reading", args=["labs", following.uuid]))
    assert "Leave them as they came" in words(page)


def test_accepting_settles_the_warning(mia: Client, address: str, article: Document) -> None:
    said = words(mia.get(reverse("document", args=[article.uuid])))
    assert "Look at this" in said
    answer = mia.post(address, {"do": "accept"}, follow=True)
    assert "Accepted as it is read." in words(answer)
    assert "Look at this" not in words(answer)
    assert "Repaired: 11 places" in words(answer)


def test_warnings_lead_to_their_passages(mia: Client, article: Document) -> None:
    page = mia.get(reverse("document", args=[article.uuid])).content.decode()
    notice = page[page.index("Look at this") : page.index("</ul>")]
    assert re.findall(r'href="\?passage=(\d+)#p\1"', notice) == ["0", "2"]


def test_once_somebody_is_assigned_it_is_to_look_at_only(
    cast: Cast, mia: Client, address: str, article: Document
) -> None:
    made.batch(cast.project, cast.edition, [article], name="Now")
    assert claim_next(cast.project, by=cast.ada, now=NOW)
    answer = mia.get(address)
    assert "To look at only. Somebody has been assigned to this text" in words(answer)
    assert 'value="original"' not in answer.content.decode()
    refused = mia.post(address, {"do": "original"})
    assert refused.status_code == 409
    assert "so it stays as it is" in words(refused)


def test_without_its_bytes_it_says_so(mia: Client, address: str) -> None:
    lose_bytes()
    answer = mia.get(address)
    assert (answer.status_code, "were taken down" in words(answer)) == (409, True)


@pytest.mark.parametrize(
    "fields", [{}, {"do": "burn"}, {"do": "apply", "look": "1", "encoding": "klingon"}]
)
def test_what_makes_no_sense_is_refused(mia: Client, address: str, fields: dict[str, str]) -> None:
    assert mia.post(address, fields).status_code == 422
    assert Document.objects.count() == 1


def test_another_project_s_document_is_not_there(
    cast: Cast, mia: Client, article: Document
) -> None:
    assert mia.get(reverse("reading", args=["other", article.uuid])).status_code == 404


def test_what_nobody_sees_has_a_name() -> None:
    assert visible("Ã\x83 ") == "Ã⟨83⟩⟨space⟩"
    row = seen_row(Row(1, [Bit("a\x9c b", differs=True)], []))
    assert row.before == [Bit("a⟨9C⟩ b", differs=True)]


def test_it_is_said_in_french(mia: Client, address: str) -> None:
    said = words(mia.get(address, HTTP_ACCEPT_LANGUAGE="fr"))
    assert "Réparé : 11 endroits (de l’UTF-8 lu comme ISO-8859-16)" in said
