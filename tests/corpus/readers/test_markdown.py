from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus.readers.reading import read
from annotations.corpus.texts.refusals import Unreadable
from tests.corpus.readers.rebuilding import assert_leads_back

FILES = sorted((Path(__file__).parent / "markdown_files").glob("*.m*"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_its_text_without_the_marks(file: Path) -> None:
    expected = file.with_suffix(".txt").read_text().rstrip("\n")
    assert read(file.name, file.read_bytes()).text == expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_character_leads_to_its_bytes_and_back(file: Path, line_end: str) -> None:
    data = file.read_bytes().replace(b"\n", line_end.encode())
    draft = read(file.name, data)
    assert_leads_back(draft, data)
    assert draft.text == read(file.name, file.read_bytes()).text


def test_front_matter_says_what_the_file_is() -> None:
    [file] = [file for file in FILES if file.name == "harbour.en.md"]
    draft = read(file.name, file.read_bytes())
    assert draft.title == "The harbour freezes over"
    assert draft.published_on == date(2024, 1, 19)
    assert draft.source_url == "https://harbourpost.example/ice"
    assert draft.attributes == {"outlet": "The Harbour Post", "author": "Maud Ellery, Tom Aldous"}
    zones = [passage.zone for passage in draft.passages]
    assert zones[:3] == ["title", "caption", "body"]


def test_a_line_of_dashes_is_no_front_matter() -> None:
    draft = read("a.md", b"---\nRome burned.\n\n---\n\nNobody: came.\n")
    assert draft.text == "Rome burned.\n\nNobody: came."


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("*a* _b_ **c** ***d*** __e__", "a b c d e"),
        ("snake_case 2*3 * 4", "snake_case 2*3 * 4"),
        ("[a *b*](c) [d] [e](f g)", "a b [d] [e](f g)"),
        ("`a *b*` ``c ` d`` `e", "a *b* c ` d `e"),
        (r"\*a\* \q &copy; &nope;", r"*a* \q © &nope;"),
        ("a <b>c</b> <http://d.e> <3", "a c http://d.e <3"),
        ("a  \nb\\\nc\nd", "a\nb\nc d"),
        ("> a\nb\n\n- c\n  d", "a b\n\nc d"),
        ("a<script>b</script>c", "ac"),
        ("![a *b*](c)", "a b"),
        ("| a | b \\| c |\n|--|--|\n| `d` | |", "a\n\nb | c\n\nd"),
        ("# a #\n\nb\n===\n\n    c", "a\n\nb\n\nc"),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert read("a.md", marked.encode()).text == plain


def test_a_plain_text_file_keeps_its_signs() -> None:
    assert read("a.txt", b"# *a*").text == "# *a*"


@pytest.mark.parametrize(
    "only", ["![](a.png)", "[a]: http://b.c", "---\ntitle: a\n---\n", "<!-- -->"]
)
def test_a_file_of_marks_alone_is_refused(only: str) -> None:
    with pytest.raises(Unreadable):
        read("a.md", only.encode())


PIECES = st.sampled_from(
    [
        *("*", "**", "_", "__", "~~", "`", "``", "[", "]", "(", ")", "![", "](", "<b>", "</b>"),
        *("<br>", "\\", "#", ">", "-", "1.", "|", "|-|", "===", "---", "```", "&amp;", "é", "研"),
        *("😀", "Rome"),
    ]
)
SPACES = st.sampled_from(["", "", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\x00", "    "])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(PIECES, SPACES), max_size=40))
def test_whatever_it_is_made_of_each_character_leads_back(pieces: list[tuple[str, str]]) -> None:
    data = "".join(piece + space for piece, space in pieces).encode()
    try:
        draft = read("a.md", data)
    except Unreadable:
        return
    assert_leads_back(draft, data)
