from __future__ import annotations

from itertools import product

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from annotations.corpus.passages.identifying import identified
from annotations.corpus.passages.scripts import LANGUAGES

SAID = (
    "Les chercheurs travaillent six jours par semaine.",
    "Researchers work six days a week.",
    "DIE FORSCHER ARBEITEN SECHS TAGE",
    "Cercetătorii lucrează șase zile",
    "e\u0301te\u0301",
    "Добрый день, мы здесь.",
    "Овде смо, добар дан.",
    "سلام به همه",
    "a" * 500,
    "  two  spaces ",
    "\ud800 half",
    "7",
    "",
)


@pytest.mark.parametrize("script", ["latin", "cyrillic", "arabic"])
def test_many_texts_at_once_are_answered_as_the_model_answers_each(script: str) -> None:
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(LANGUAGES[script])
    texts = [*SAID, *("".join(pair) for pair in product(SAID, repeat=2))]
    for text, (language, certainty) in zip(
        texts, identified(texts, LANGUAGES[script]), strict=True
    ):
        said, how_sure = model.classify(text)
        assert (language, certainty) == (said, pytest.approx(how_sure, abs=1e-4)), text


def test_a_word_met_before_is_answered_as_at_first() -> None:
    first = identified(SAID, LANGUAGES["latin"])
    assert identified(SAID, LANGUAGES["latin"]) == first
    assert [language for language, _ in identified(SAID[:2], LANGUAGES["latin"])] == ["fr", "en"]
