from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus.choices import Choices
from annotations.corpus.readers.drafting import Draft
from annotations.corpus.readers.page_blocks import page_of
from annotations.corpus.readers.page_facts import facts_of
from annotations.corpus.readers.pages import NOT_FOUND
from annotations.corpus.readers.reading import read
from annotations.corpus.texts.keeping import replay
from annotations.corpus.texts.refusals import Unreadable
from annotations.corpus.texts.substituting import StepMismatch
from tests.corpus.readers.rebuilding import assert_leads_back

PAGES = sorted((Path(__file__).parent / "web_pages").glob("*.html"))
# Navigation that its page sets as a part of the text; it is zoned, but for one.
KNOWN_TO_COME_ALONG = {
    "library.zh.html": ["2024年9月21日"],
    "opinion.fr.html": ["Publicité"],
    "storm.en.html": ["The Old Mast\nNews Letters Archive", "Last week\nHarbour times\nTides"],
}


# Kept as UTF-8, and delivered as they say they are.
ENCODINGS = {"market.zh.html": "gb2312", "opinion.fr.html": "cp1252"}


def data_of(page: Path) -> bytes:
    return page.read_text().encode(ENCODINGS.get(page.name, "utf-8"))


def expected(page: Path) -> list[str]:
    return page.with_suffix(".txt").read_text().rstrip("\n").split("\n\n")


def drafted(name: str) -> Draft:
    page = next(page for page in PAGES if page.name == name)
    return read(page.name, data_of(page))


def zone_of(draft: Draft, words: str) -> str:
    at = draft.text.index(words)
    return next(passage.zone for passage in draft.passages if passage.end > at)


@pytest.mark.parametrize("article", PAGES, ids=lambda each: each.name)
def test_the_whole_article_is_kept_in_order(article: Path) -> None:
    kept = read(article.name, data_of(article)).text.split("\n\n")
    assert [block for block in kept if block in expected(article)] == expected(article)


@pytest.mark.parametrize("article", PAGES, ids=lambda each: each.name)
def test_hardly_anything_else_is_kept(article: Path) -> None:
    kept = read(article.name, data_of(article)).text.split("\n\n")
    others = [block for block in kept if block not in expected(article)]
    assert others == KNOWN_TO_COME_ALONG.get(article.name, [])


@pytest.mark.parametrize("article", PAGES, ids=lambda each: each.name)
def test_every_character_of_an_article_leads_to_its_bytes_and_back(article: Path) -> None:
    data = data_of(article)
    assert_leads_back(read(article.name, data), data)


def test_a_page_says_what_it_is() -> None:
    draft = drafted("bread.en.html")
    assert draft.title == "Why bread is dear again"
    assert draft.published_on == date(2025, 3, 14)
    assert draft.source_url == "https://harbourpost.example/2025/bread?a=1&b=2"
    assert draft.attributes == {"outlet": "The Harbour Post"}
    assert draft.warnings == []


def test_an_address_that_is_none_of_the_web_is_no_address() -> None:
    assert drafted("opinion.fr.html").source_url is None


def test_the_day_is_read_from_what_machines_are_told() -> None:
    days = {page.name[:-5]: drafted(page.name).published_on for page in PAGES}
    assert days["canal.fr"] == date(2024, 11, 2)
    assert days["market.zh"] == date(2025, 1, 8)
    assert days["interview.fr"] == date(2023, 5, 30)
    assert days["library.zh"] == date(2024, 9, 21)
    assert days["storm.en"] is None


def test_captions_and_headings_have_their_zones() -> None:
    draft = drafted("bread.en.html")
    assert zone_of(draft, "Why bread") == "title"
    assert zone_of(draft, "Loaves in the window") == "caption"
    assert zone_of(draft, "Grain and gas") == "title"
    assert zone_of(draft, "Nobody eats less bread") == "body"


def test_an_item_of_a_list_is_body_though_it_has_no_full_stop() -> None:
    assert zone_of(drafted("results.en.html"), "Lowmoor Swimming Club") == "body"


def test_the_title_is_the_headline_that_the_page_names_elsewhere_too() -> None:
    page = page_of(
        "<meta property='og:title' content='Rain at last: farmers cheer'><title>Rain at last | Post"
        "</title><h1>The Post</h1><h1>Rain at last</h1>"
    )
    assert facts_of(page, page.blocks).title == "Rain at last"


def test_a_declared_encoding_is_believed_where_it_fits_every_byte() -> None:
    assert drafted("market.zh.html").decoding.how == "declared"
    lying = b"<!doctype html><meta charset=gb2312><p>" + "Le café est fermé.".encode() + b"</p>"
    assert read("a.html", lying).text == "Le café est fermé."
    broken = b"<!doctype html><meta charset=shift_jis><p>" + "Le café fermé, \x81".encode("latin-1")
    assert read("a.html", broken).decoding.how != "declared"


def test_a_person_overrules_what_the_page_declares() -> None:
    data = "<meta charset=koi8-r><p>déjà</p>".encode("cp1252")
    assert read("a.html", data, Choices(encoding="cp1252")).text == "déjà"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "a.php"])
def test_a_page_is_known_by_its_bytes_whatever_its_name(name: str, encoding: str) -> None:
    page = "\n<!-- x --><!DOCTYPE html><title>No</title><script>no()</script><p>Rome burned.</p>"
    assert read(name, page.encode(encoding)).text == "Rome burned."


def test_a_text_about_html_stays_a_text() -> None:
    assert read("a.txt", b"Use <p> and <html> tags.").text == "Use <p> and <html> tags."


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no</script>",
        "<style>no</style>",
        "<template>no</template>",
        "<noscript>no</noscript>",
        "<!-- no -->",
        "<p hidden>no</p>",
        "<div style='Display : NONE'><p>no</p></div>",
        "<span style='visibility:hidden'>no<span>no</span>no</span>",
        "<svg><title>no</title><text>no</text></svg>",
        "<button>no</button>",
        "<select><option>no</select>",
        "<textarea>no</textarea>",
        "<iframe>no</iframe>",
        "<?php no ?>",
        "<![CDATA[no]]>",
    ],
)
def test_what_nobody_sees_is_no_text(hidden: str) -> None:
    page = f"<html><body><p>Rome burned.</p>{hidden}<p>Nobody came.</p></body></html>"
    assert read("a.html", page.encode()).text == "Rome burned.\n\nNobody came."


def test_only_the_entities_of_html_are_expanded() -> None:
    page = '<!DOCTYPE html [<!ENTITY x "boom">]><p>R&amp;D &#233;t&eacute; &x; &lt;b&gt; &#0; a&b'
    assert "R&D été &x; <b> \ufffd a&b" in read("a.html", page.encode()).text


def test_a_page_without_a_main_text_is_kept_whole_but_for_its_frame_and_that_is_said() -> None:
    page = "<html><body><nav>Home</nav><form><p>Sign in</p></form><p>Subscribe.</p></body></html>"
    deep = "<div>" * 300 + page
    draft = read("a.html", deep.encode())
    assert draft.text == "Subscribe."
    assert draft.warnings == [NOT_FOUND]


def test_a_page_of_nothing_but_code_is_refused() -> None:
    with pytest.raises(Unreadable):
        read("a.html", b"<html><script>x</script></html>")


def test_mojibake_is_repaired_in_the_text_and_still_leads_back() -> None:
    damaged = "L’été a été très chaud. ".encode().decode("cp1252") * 3
    data = f"<!doctype html><meta charset=utf-8><p>{damaged}</p><p>Fin &amp; suite.</p>".encode()
    draft = read("a.html", data)
    assert draft.text.startswith("L’été a été très chaud. L’été")
    assert [step["step"] for step in draft.repairs] == ["decode", "kept", "mojibake"]
    assert_leads_back(draft, data)


def test_a_step_of_another_page_is_refused() -> None:
    with pytest.raises(StepMismatch):
        replay("short", {"stretches": [[0, 99]]})
    with pytest.raises(StepMismatch):
        replay("short", {"stretches": [[2, 3], [1, 2]]})


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<br>", "<li>", "</li>", "<ul>", "</ul>", "<td>", "<div>"),
        *("</div>", "<!--", "-->", "<", ">", "&", "&amp;", "&eacute;", "&#10;", "&nbsp;"),
        *("&#x1F600;", "<pre>", "</pre>", "<a>", "</a>", "<h1>", "</h1>", "<figcaption>"),
        *("</figcaption>", "<script>", "</script>", "<span hidden>", "</span>", "é", "研", "😀"),
        *("Rome.", "burned,"),
    ]
)
SPACES = st.sampled_from(["", " ", "  ", "\n", "\r\n", "\r", "\t", "\x00", "\x0c", "\u00a0"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(PIECES, SPACES), max_size=40))
def test_whatever_a_page_is_made_of_each_character_leads_back(
    pieces: list[tuple[str, str]],
) -> None:
    page = "".join(piece + space for piece, space in pieces)
    data = ("<div>" * 201 + page).encode()  # too deep to ask about its main text: that takes long
    try:
        draft = read("a.html", data)
    except Unreadable:
        return
    assert_leads_back(draft, data)
    assert read("a.html", data) == draft
