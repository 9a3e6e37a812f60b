"""Languages of passages against sets written by hand: quotations, names, titles, digits, addresses."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from annotations.corpus.passages.languages import languages_of_passages
from tests.corpus.passages.quality.boundaries import paragraphs

PASSAGES = Path(__file__).parent / "languages" / "passages.tsv"
SPOKEN = ("fr", "en", "zh", "de", "es", "it", "ar", "he", "ja", "ru")


class Marked(NamedTuple):
    """A passage, the language of the document it stands in, and its own; None for digits."""

    document: str
    language: str | None
    text: str


def by_hand() -> list[Marked]:
    rows = (line.split("\t") for line in PASSAGES.read_text("utf-8").splitlines())
    return [Marked(document, None if own == "-" else own, text) for document, own, text in rows]


def at_home() -> list[Marked]:
    """Sentences of the marked paragraphs, in a document of their language."""
    return [
        Marked(language, language, sentence.strip())
        for language in SPOKEN
        for folder in ("sentences", "sentences_aside")
        for line in paragraphs(folder, language)
        for sentence in line.split("|")
    ]


def abroad() -> list[Marked]:
    """The same paragraphs whole, quoted in a document of another language."""
    return [
        Marked("en" if language == "fr" else "fr", language, line.replace("|", ""))
        for language in SPOKEN
        for line in paragraphs("sentences", language)
    ]


def wrong(marked: list[Marked]) -> list[tuple[Marked, str | None]]:
    found = [(each, languages_of_passages([each.text], each.document)[0]) for each in marked]
    return [(each, said) for each, said in found if said != each.language]


def test_at_most_one_passage_of_a_hundred_has_the_wrong_language() -> None:
    marked = [*by_hand(), *at_home()]
    assert len(marked) >= 200
    assert len({each.language for each in marked}) > 12
    assert len(wrong(marked)) <= len(marked) // 100


def test_a_quoted_paragraph_has_its_own_language() -> None:
    marked = abroad()
    assert len(wrong(marked)) <= len(marked) // 100


def test_of_the_hardest_at_most_three_are_wrong() -> None:
    """One of a hundred holds for a press page; these are all names, quotations and addresses."""
    assert len(wrong(by_hand())) <= 3
