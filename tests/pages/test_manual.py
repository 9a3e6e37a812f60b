"""The documentation as the product serves it: to everybody, whole, and in the reader's language where there is one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from django.test import Client

from annotations.pages import manual
from annotations.pages.manual import DOCS, INDEX, ORDER
from annotations.pages.manual_pages import page_of
from tests.docs.outline import differences

ADDRESSES = ["/docs/", *(f"/docs/{page}" for page in ORDER)]
LANGUAGES = ("en", "fr")
TARGET = re.compile(r'(?:href|src)="([^"]*)"')


def body(address: str, **headers: str) -> str:
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_and_picture_of_a_page_is_there(db: None, address: str, language: str) -> None:
    reader = {"Accept-Language": language}
    article = re.search(r"<article.*</article>", body(address, **reader), re.DOTALL)
    assert article
    for target in TARGET.findall(article[0]):
        path, _, anchor = urljoin(address, target).partition("#")
        found = Client().get(path, headers=reader)
        assert found.status_code == 200, target
        assert not anchor or f'id="{unquote(anchor)}"' in found.content.decode(), target


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_headings_have_anchors_of_their_own(db: None, address: str, language: str) -> None:
    named = re.findall(r'<h[2-6] id="([^"]*)"', body(address, **{"Accept-Language": language}))
    assert len(named) == len(set(named))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_needs_more_than_the_policy_allows(db: None, address: str) -> None:
    page = body(address)
    assert not re.search(
        r'\sstyle="|<style|\son\w+="|https?://(?!localhost)', page.split("<article")[0]
    )
    assert not re.search(r'\sstyle="|<script', page.split("<article")[1].split("</article>")[0])


def test_all_pages_are_in_the_reader_s_order(db: None) -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\w+)\.md\)", index) == list(ORDER)
    named = {path.name.split(".")[0] for path in DOCS.glob("*.md")}
    assert named == {"README", *ORDER}


@pytest.mark.parametrize("page", [INDEX, *ORDER])
def test_both_languages_say_the_same_with_the_same_code(page: str) -> None:
    """Blocks, headings by level, rows of tables, links and pictures: change the one with the other."""
    english, french = DOCS / f"{page}.md", DOCS / f"{page}.fr.md"
    assert french.exists(), f"{french.name} is not written"
    found = differences(english.read_text(encoding="utf-8"), french.read_text(encoding="utf-8"))
    assert not found, f"{english.name} (-) and {french.name} (+) differ:\n" + "\n".join(found)


def test_what_one_language_lacks_is_told_with_its_place() -> None:
    english = "# Keys\n\n| key | does |\n|---|---|\n| `Enter` | on |\n| `Del` | [away](code.md) |\n"
    french = "# Touches\n\n| touche | effet |\n|---|---|\n| `Entrée` | continue |\n"
    assert differences(english, english) == []
    assert differences(english, french)[-2:] == [" row: `Enter`", "-row: `Del`, code.md"]


def test_what_is_in_english_says_so_inside_a_french_frame(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in (INDEX, *ORDER):
        shutil.copy(DOCS / f"{page}.md", tmp_path)
    shutil.copy(DOCS / "code.fr.md", tmp_path)
    monkeypatch.setattr(manual, "DOCS", tmp_path)
    page = body("/docs/consume", **{"Accept-Language": "fr"})
    assert '<html lang="fr">' in page
    assert '<article lang="en">' in page
    assert 'lang="fr">Coder</a>' in page


def test_each_page_is_in_french_for_who_reads_french(db: None) -> None:
    page = body("/docs/code", **{"Accept-Language": "fr"})
    assert '<article lang="fr">' in page
    assert "<kbd>Maj</kbd>" in page
    assert 'lang="fr">Arbitrer</a>' in page


@pytest.mark.parametrize(
    "address",
    ["/docs/README", "/docs/nothing", "/docs/images/none.png", "/docs/images/..%2f..%2fREADME.md"],
)
def test_what_is_no_page_is_not_found(db: None, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_html_in_a_page_is_text() -> None:
    assert "<script" not in page_of("# A\n\n<script>alert(1)</script>").html


def test_a_key_is_shown_as_a_key_and_code_as_code() -> None:
    html = page_of("`↓`, `Ctrl`+`Z`, `a.csv`, `8`").html
    assert re.findall(r"<kbd>(.*?)</kbd>", html) == ["↓", "Ctrl", "Z"]
    assert re.findall(r"<code>(.*?)</code>", html) == ["a.csv", "8"]


def test_apostrophes_are_set_as_printed_and_code_is_left_alone() -> None:
    assert "theme’s <code>'key'</code>" in page_of("a theme's `'key'`").html


def test_links_between_files_are_links_between_pages() -> None:
    html = page_of("[a](code.md#all-keys) [b](README.md) [c](#here) ![d](images/x.png)").html
    assert TARGET.findall(html) == ["./code#all-keys", "./", "#here", "images/x.png"]
