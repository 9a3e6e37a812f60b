"""Pages and Markdown made to hurt: they cost their length at most, and nothing in them comes alive."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from django.template import Context, Template

from annotations.corpus.deliveries.limits import MB
from annotations.corpus.deliveries.reading_child import Asked, Process, Result
from annotations.corpus.deliveries.wire import Read
from annotations.corpus.models import Document, Outcome
from annotations.corpus.readers.reading import read
from annotations.corpus.texts.refusals import Unreadable
from tests.cast import Cast
from tests.corpus.readers.rebuilding import assert_leads_back
from tests.security.test_hostile_files import GOOD, became

FIRST, LAST = "<p>Rome burned.</p>", "<p>Nobody came.</p>"
BOTH = "Rome burned.\n\nNobody came."


def between(hostile: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{FIRST}{hostile}{LAST}</body></html>".encode()


def read_apart(name: str, data: bytes) -> Result:
    """As the worker has it read: under limits of memory and of time."""
    process = Process()
    try:
        [result] = process.read([Asked(1, name, data, {})])
    finally:
        process.kill()
    return result


HOSTILE_PAGES = {
    "deep": lambda: "<div>" * 100_000 + "</div>" * 100_000,
    "deep and inline": lambda: "<b>" * 100_000,
    "crossing": lambda: "<b><p></b></p>" * 50_000,
    "never closed": lambda: "<li><td><p>" * 50_000,
    "ends without beginnings": lambda: "</b></div></p>" * 100_000,
    "a million attributes": lambda: f"<div {'a=1 ' * 1_000_000}></div>",
    "a million names": lambda: "<div " + " ".join(f"a{n}" for n in range(1_000_000)) + "></div>",
    "hidden and very wide": lambda: f"<p {'x ' * 1_000_000} hidden></p>",
    "less than": lambda: "<" * 1_000_000 + "<i>",
    "a long comment": lambda: f"<!--{'<p>-' * 1_000_000}-->",
    "five megabytes of script": lambda: f"<script>{'</p>x' * MB}</script>",
    "scripts": lambda: "<script>x</script>" * 100_000,
}


@pytest.mark.parametrize("build", HOSTILE_PAGES.values(), ids=list(HOSTILE_PAGES))
def test_a_hostile_page_is_read_within_the_limits_of_the_reading_process(
    build: Callable[[], str],
) -> None:
    _key, result = read_apart("page.html", between(build()))
    assert isinstance(result, Read)
    text = result.draft.text
    assert text.startswith("Rome burned.")
    assert text.endswith("Nobody came.") or "hidden" in build()[-20:]


UNENDED = {
    "comment": "<!-- Nobody",
    "script": "<script>Nobody",
    "style": "<style>Nobody",
    "tag": "<p title=Nobody",
    "title": "<title>Nobody",
    "cdata": "<![CDATA[ Nobody",
}


@pytest.mark.parametrize("opening", UNENDED.values(), ids=list(UNENDED))
def test_what_never_ends_takes_the_rest_as_in_a_browser(opening: str) -> None:
    data = f"<html><body>{FIRST}{opening}".encode()
    assert read("a.html", data).text == "Rome burned."


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;">]><p>Rome &b; burned.</p>',
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
        "<html><p>Rome &b; burned.</p></html>",
    ],
)
def test_entities_that_a_page_declares_are_never_expanded(bomb: str) -> None:
    text = read("a.html", bomb.encode()).text
    assert "Rome &b; burned." in text
    assert "boom &" not in text
    assert "root:" not in text


def test_a_number_with_very_many_digits_is_no_character() -> None:
    data = between(f"<p>&#{'9' * 100_000};</p><p>&#x110000;&#xD800;&#1;</p>")
    draft = read("a.html", data)
    assert "&#999" in draft.text
    assert_leads_back(
        read("a.html", between("<p>&#x110000;&#xD800;&#1;a</p>")),
        between("<p>&#x110000;&#xD800;&#1;a</p>"),
    )


def test_a_page_of_a_million_entities_is_refused_and_not_recorded_one_by_one() -> None:
    with pytest.raises(Unreadable, match="too many pieces"):
        read("a.html", between("<p>" + "&amp;" * 1_000_000 + "</p>"))


def test_nul_and_other_controls_do_not_reach_the_text() -> None:
    data = between("<p>Al\x00pha\x01 be\x0bta</p><sc\x00ript>x</sc\x00ript>")
    draft = read("a.html", data)
    assert "\x00" not in draft.text
    assert "Alpha beta" in draft.text
    assert_leads_back(draft, data)


def test_no_element_of_the_copy_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_words: object, **_more: object) -> None:
        raise AssertionError("a page made us connect")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    page = (
        "<!DOCTYPE html SYSTEM 'http://example.org/a.dtd'><html><head><base href='http://a.example/'>"
        "<link rel=canonical href='http://a.example/b'><link rel=stylesheet href='http://a.example/c'>"
        "<meta http-equiv=refresh content='0;url=http://a.example/d'></head><body><article>"
        + f"<p>{'The price of bread rose again this week, shops say. ' * 9}</p>" * 3
        + "<img src='http://a.example/e'><iframe src='http://a.example/f'></iframe></article></body>"
    )
    assert read("a.html", page.encode()).source_url == "http://a.example/b"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,<b>", "//a.example", "/b", "file:///etc/passwd"],
)
def test_an_address_that_is_none_of_the_web_is_not_kept(address: str) -> None:
    page = f'<html><head><link rel="canonical" href="{address}"></head><body>{FIRST}</body></html>'
    assert read("a.html", page.encode()).source_url is None


def test_what_a_page_says_reaches_our_pages_as_text_alone(cast: Cast) -> None:
    page = (
        "<html><head><meta property='og:site_name' content='&lt;img src=x onerror=alert(1)&gt;'>"
        "<title>&lt;script&gt;alert(1)&lt;/script&gt;</title></head><body>"
        "<p onclick='alert(1)'>&lt;b onmouseover=alert(1)&gt;Rome&lt;/b&gt; burned.</p></body></html>"
    )
    assert became(cast, ("evil.html", page.encode()), GOOD)["evil.html"] == Outcome.ADDED
    document = Document.objects.get(source__name="evil.html")
    assert document.text == "<b onmouseover=alert(1)>Rome</b> burned."
    shown = Template("{{ document.title }}{{ document.text }}{{ document.attributes }}").render(
        Context({"document": document})
    )
    assert "<" not in shown


HOSTILE_MARKDOWN = {
    "stars": lambda: "*a " * 30_000,
    "crossing": lambda: "_a* " * 30_000,
    "brackets": lambda: "[" * 50_000,
    "ticks": lambda: "".join("`" * (n % 300 + 1) + "a" for n in range(3_000)),
    "tags": lambda: "<a " * 50_000,
    "comments": lambda: "a <!--" * 10_000,
    "escapes": lambda: "\\" * 100_000,
    "quotes in quotes": lambda: "> " * 5_000 + "a",
    "lists in lists": lambda: "- " * 5_000 + "a",
    "a wide table": lambda: "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n",
    "front matter without an end": lambda: "---\n" + "a: b\n" * 50_000,
}


@pytest.mark.parametrize("build", HOSTILE_MARKDOWN.values(), ids=list(HOSTILE_MARKDOWN))
def test_hostile_markdown_is_read_within_the_limits_too(build: Callable[[], str]) -> None:
    _key, result = read_apart("a.md", ("Rome burned.\n\n" + build()).encode())
    assert isinstance(result, Read)
    assert result.draft.text.startswith("Rome burned.")
