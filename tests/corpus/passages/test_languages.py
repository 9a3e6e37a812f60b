from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest

from annotations.corpus.passages import languages
from annotations.corpus.passages.identifying import identified
from annotations.corpus.passages.languages import (
    by_frequency,
    language_of_document,
    languages_of_passages,
)

FRENCH = "Les chercheurs travaillent six jours par semaine, et la fatigue se voit partout."
ENGLISH = "Researchers work six days a week, and the fatigue can be seen everywhere."
CHINESE = "研究者每周工作六天，到处都能看到疲惫。"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        (CHINESE, "zh"),
        ("Die Forscher arbeiten sechs Tage in der Woche und sind müde.", "de"),
        ("Los investigadores trabajan seis días a la semana y están cansados.", "es"),
        ("I ricercatori lavorano sei giorni alla settimana e sono stanchi.", "it"),
        ("Cercetătorii lucrează șase zile pe săptămână și sunt obosiți.", "ro"),
        ("Исследователи работают шесть дней в неделю и очень устали.", "ru"),
        ("研究者は週に六日働いており、疲れがあちこちに見える。", "ja"),
        ("연구자들은 일주일에 엿새를 일한다.", "ko"),
        ("12 % – 2025\nhttps://example.org/le-monde/des-chercheurs", None),
    ],
)
def test_a_document_has_the_language_of_most_of_it(text: str, language: str | None) -> None:
    assert language_of_document(text) == language


def test_a_chinese_digest_does_not_make_an_english_article_chinese() -> None:
    assert language_of_document(CHINESE + "\n" + ENGLISH * 5) == "en"


def test_a_passage_in_another_language_is_told_apart() -> None:
    passages = [FRENCH, ENGLISH, CHINESE]
    assert languages_of_passages(passages, "fr") == ["fr", "en", "zh"]


@pytest.mark.parametrize("passage", ["Pourquoi ?", "OpenAI", "Ada Noir", "Stop."])
def test_what_is_too_short_to_say_has_its_documents_language(passage: str) -> None:
    assert languages_of_passages([passage], "fr") == ["fr"]


@pytest.mark.parametrize(
    "passage",
    [
        "12 %",
        "https://example.org/a/b",
        "***",
        "photo_large.jpg",
        "../tpl/page.html",
        "ada@example.org",
    ],
)
def test_digits_addresses_and_file_names_have_no_language(passage: str) -> None:
    assert languages_of_passages([passage], "fr") == [None]


def test_an_address_does_not_change_the_language_of_its_sentence() -> None:
    sentence = "Le rapport est à lire sur https://example.org/the-report-of-the-year dès lundi."
    assert languages_of_passages([sentence], "fr") == ["fr"]


def test_languages_come_with_the_most_characters_first() -> None:
    assert by_frequency(["en", "zh", None, "en"], [4, 5, 99, 4]) == ("en", "zh")


def test_the_model_is_not_loaded_by_importing_the_reader() -> None:
    code = (
        "import sys, annotations.corpus.readers.reading; print('py3langid.langid' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_a_passage_in_the_words_of_its_document_is_not_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def noted(texts: Sequence[str], candidates: tuple[str, ...]) -> list[tuple[str, float]]:
        asked.extend(texts)
        return identified(texts, candidates)

    monkeypatch.setattr(languages, "identified", noted)
    familiar, unheard = "La fatigue des chercheurs.", "La paye minuscule."
    said = languages_of_passages([familiar, unheard, FRENCH], "fr")
    assert (said, asked) == (["fr"] * 3, [unheard])
