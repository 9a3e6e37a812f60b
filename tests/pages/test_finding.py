"""Search and retrieval as pages."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from annotations.assignment.models import Assignment
from annotations.corpus.models import Document
from annotations.project.models import User
from tests import cast as made
from tests.adjudication.makers import NIGHTS, PAY, TEXT, coded
from tests.cast import Cast


def page(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def row(cast: Cast) -> Document:
    """Coded by ada and ben alike."""
    row = made.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row])
    codings = [NIGHTS, PAY]
    coded(batch, row, {cast.coder(cast.ada): codings, cast.coder(cast.ben): codings})
    return row


def test_a_hit_is_marked_and_leads_to_its_passage(cast: Cast, row: Document) -> None:
    work = Assignment.objects.get(coder=cast.coder(cast.ada))
    mine = page(cast.ada, "/projects/labs/search?q=MIDNIGHT")
    assert "<mark>midnight</mark>" in mine
    assert f'href="/code/{work.uuid}#p1"' in mine
    for boss in (cast.mia, cast.cleo):
        theirs = page(boss, "/projects/labs/search?q=midnight")
        assert f'href="/documents/{row.uuid}?passage=1#p1"' in theirs
        assert page(boss, f"/documents/{row.uuid}?passage=1").count('id="p1"') == 1


def test_an_adjudicator_reads_a_document_without_its_planning(cast: Cast, row: Document) -> None:
    seen = page(cast.cleo, f"/documents/{row.uuid}")
    assert "<select" not in seen.split("<main")[1]
    assert "coder-01" not in seen


def test_what_people_seek_is_shown_as_text(cast: Cast, row: Document) -> None:
    hostile = "<script>alert(1)</script>"
    for address in (f"search?q={hostile}", f"coded?theme={hostile}", f"coded?batch={hostile}"):
        assert hostile not in page(cast.mia, f"/projects/labs/{address}")
    assert "Nothing found" in page(cast.mia, "/projects/labs/search?q=%00nothing")
    assert 'role="alert"' in page(cast.mia, "/projects/labs/search?q=" + "x" * 201)


def test_more_passages_are_a_link_away(cast: Cast) -> None:
    made.document(cast.project, "\n".join(f"Soup {n}." for n in range(60)))
    first = page(cast.mia, "/projects/labs/search?q=soup")
    assert first.count("<blockquote") == 50
    after = first.split("after=")[1].split('"')[0]
    assert page(cast.mia, f"/projects/labs/search?q=soup&after={after}").count("<blockquote") == 10


def test_each_language_of_the_documents_is_offered_once(cast: Cast, row: Document) -> None:
    for n, language in enumerate(["fr", "", "de", "fr"]):
        more = made.document(cast.project, f"Soup {n}.")
        Document.objects.filter(pk=more.pk).update(language=language)
    seen = page(cast.mia, "/projects/labs/coded").split('id="language"')[1].split("</select>")[0]
    assert re.findall(r'value="([^"]+)"', seen) == ["de", "en", "fr"]


def test_labels_are_shown_with_theme_stance_and_context(cast: Cast, row: Document) -> None:
    seen = page(cast.ada, "/projects/labs/coded?theme=burnout")
    assert f">{NIGHTS[0]}</mark>" in seen
    assert "#p1" in seen
    assert 'name="of"' not in seen
    assert seen.count("<blockquote") == 1
    gold = page(cast.mia, "/projects/labs/coded")
    assert gold.count("<blockquote") == 2
    assert 'name="of"' in gold
    assert "This project has no such theme." in page(cast.mia, "/projects/labs/coded?theme=none")


def test_an_ellipsis_says_that_the_text_goes_on(cast: Cast) -> None:
    words = "nobody asks why the lights stay on " * 20
    made.document(cast.project, f"{words}\nA sentence to find.\n{words}")
    found = page(cast.mia, "/projects/labs/search?q=to find")
    assert '<span class="around">… ' in found
    assert " …</span></blockquote>" in found
