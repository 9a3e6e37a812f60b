from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus.passages.splitting import LONGEST, split

# Each line is a paragraph; "|" stands where a sentence ends and the next begins.
FRENCH = (
    "M. Petit est parti.| Mme Roy reste.| MM. Durand et Dr. Blanc aussi.",
    "Voir p. 12.| L’art. 5 du code est clair.| Le no. 7 manque.",
    "« Il part. »| Elle reste.",
    "« Quoi ? » dit-il.| « Rien ! » répond Ada.",
    "Il dit « Bonjour. Je pars. » avant de sortir.| Puis la porte claque.",
    "Elle hésite… puis accepte.| Il attend… Et rien ne vient.".replace("… Et", "…| Et"),
    "Le pain coûte 3.50 euros.| C’est 12,5 % de plus !| Pourquoi ?",
    "« Nous tenons bon », a dit la direction.| « Le rythme est soutenable. »",
    "Le rapport (voir p. 3) est long.| (Il fait 80 pages.)| Fin.",
    "Il a cité la loi. »| Puis il est parti.",
    "Jean P. Martin dirige l’institut.| C’est un ami de A. B. Noir.",
    "Il a vendu son iPhone.| xAI recrute.",
    "😀 M. Petit sourit.| Vraiment !",
    "Un point de trop. .| Puis la suite.",
)
ENGLISH = (
    "Mr. Smith left.| “Go away.”| He said no.| Dr. A. B. Jones stayed.",
    "It cost $3.50 in the U.S. last year.| Prices rose.",
    "“Are you sure?” she asked.| “Yes.”",
    "She waited... and waited.| Then she left...| Nobody came.",
    "See p. 12.| Compare fig. 3, i.e. the map.| Done!",
    "A Ph.D. student wrote it, e.g. for fun.| Nobody read it.",
    "Then it ended.| “Nobody closed this quote.| It goes on.",
)
CHINESE = (
    "他说：“你好。”|然后走了。|真的吗？！|是的……好。",
    "研究者压力大。|速度至上，成果易过时；一些人离开了。|「为什么？」|没有人回答。",
    "AI行业竞争激烈,工作强度大。|怎么办？",
)


def drawn(text: str, language: str) -> str:
    """The text with "|" after each sentence but a paragraph's last."""
    sentences = split(text, language)
    ends = {
        one.end
        for one, following in zip(sentences, sentences[1:], strict=False)
        if one.paragraph == following.paragraph
    }
    return "".join(("|" if place in ends else "") + char for place, char in enumerate(text))


@pytest.mark.parametrize("line", FRENCH)
def test_french_sentences_end_where_a_reader_ends_them(line: str) -> None:
    assert drawn(line.replace("|", ""), "fr") == line


@pytest.mark.parametrize("line", ENGLISH)
def test_english_sentences_end_where_a_reader_ends_them(line: str) -> None:
    assert drawn(line.replace("|", ""), "en") == line


@pytest.mark.parametrize("line", CHINESE)
def test_chinese_sentences_end_where_a_reader_ends_them_whatever_the_document(line: str) -> None:
    assert drawn(line.replace("|", ""), "fr") == line


def test_each_line_that_is_not_blank_is_a_paragraph_counted_from_one() -> None:
    text = "\n  Un. Deux !\n\u00a0\n\nTrois\n"
    found = [(s.paragraph, s.sentence, text[s.start : s.end]) for s in split(text, "fr")]
    assert found == [(1, 1, "Un."), (1, 2, "Deux !"), (2, 1, "Trois")]


def test_a_sentence_never_crosses_a_line_end() -> None:
    text = "Il dit « Bonjour.\nJe pars. »\nM.\nPetit"
    assert all("\n" not in text[s.start : s.end] for s in split(text, "fr"))


def test_a_long_run_without_a_full_stop_is_cut_at_its_commas() -> None:
    text = "un mot, " * 1_000
    found = split(text, "fr")
    assert max(s.end - s.start for s in found) <= LONGEST
    assert all(text[s.start : s.end].endswith("mot,") for s in found)


def test_a_run_with_no_pause_at_all_is_cut_between_visible_characters() -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    text = family * 2_000
    found = split(text, "fr")
    assert max(s.end - s.start for s in found) <= LONGEST
    assert all(not text[s.start : s.end].startswith("\u200d") for s in found)
    assert all(not text[s.start : s.end].endswith("\u200d") for s in found)


def test_a_long_quotation_is_read_sentence_by_sentence() -> None:
    text = "« " + "Nous avons travaillé jour et nuit sans compter. " * 15 + "»"
    assert len(split(text, "fr")) == 15


def test_sentences_go_on_across_the_window_in_which_a_long_line_is_read() -> None:
    sentence = "Le prix du pain a encore augmenté cette semaine. "
    text = sentence * 1_000
    assert {text[s.start : s.end] for s in split(text, "fr")} == {sentence.strip()}


@given(
    st.text(alphabet="aB \n.!?…«»“”()'’M12,研究。？」😀\u0301\u200d\u00a0\u2028", max_size=200),
    st.sampled_from(["fr", "en", "zh", None]),
)
def test_passages_cover_what_is_not_white_space_in_order_once(
    text: str, language: str | None
) -> None:
    found = split(text, language)
    covered = "".join(text[s.start : s.end] for s in found)
    assert "".join(covered.split()) == "".join(text.split())
    end = 0
    for sentence in found:
        quote = text[sentence.start : sentence.end]
        assert end <= sentence.start < sentence.end
        assert quote == quote.strip()
        end = sentence.end
    numbers = [(s.paragraph, s.sentence) for s in found]
    assert numbers == sorted(set(numbers))
