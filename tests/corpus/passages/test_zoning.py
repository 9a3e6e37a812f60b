"""Pages are drawn as `zone: paragraph`, one a line."""

from __future__ import annotations

import pytest

from annotations.corpus.readers.reading import read

PROSE = "Researchers work six days a week, and the fatigue can be seen everywhere in the lab."
MORE = "The pace has not slowed since, says the head of the institute, who left last year."
PROSE_FR = "Les chercheurs travaillent six jours par semaine, et la fatigue se voit partout."
PROSE_ZH = "研究者每周工作六天，到处都能看到疲惫，一位离开研究所的负责人这样说。"

PAGES = {
    "an article": f"""
        title: The pace of the labs
        caption: Photo: Ada Noir / Agence
        body: {PROSE}
        title: A culture of haste
        body: {MORE}
        boilerplate: Share this article
        boilerplate: 3 comments
        boilerplate: © 2025 The Gazette. All rights reserved.
        """,
    "a title twice": f"""
        title: The pace of the labs
        title: The pace of the labs
        body: {PROSE}
        """,
    "an article without a title": f"""
        body: {PROSE}
        body: {MORE}
        """,
    "a headline link in the middle": f"""
        title: The pace of the labs
        body: {PROSE}
        link: These pictures show how machines amplify what we believe
        body: {MORE}
        """,
    "what leads elsewhere": f"""
        title: Le rythme des laboratoires
        body: {PROSE_FR}
        boilerplate: Partagez cet article
        boilerplate: article précédent
        link: Une start-up cherche à lier des robots à votre identité
        boilerplate: article suivant
        link: Le grand projet serait à court d’argent
        boilerplate: Laisser un commentaire
        boilerplate: Votre adresse e-mail ne sera pas publiée. Les champs sont obligatoires.
        """,
    "an aggregator": f"""
        boilerplate: Gazette News 01月25日
        title: The pace of the labs
        fragment: index_new5.html
        fragment: ../../tpl/wap/page.html
        digest: {PROSE_ZH}
        digest: 🚀研究成果易过时
        body: {PROSE}
        body: {MORE}
        boilerplate: 智能阅读助手，帮助您提高效率。
        boilerplate: 相关标签
        """,
    "emoji bullets in the same language": f"""
        title: The pace of the labs
        digest: 🥱 Long hours
        digest: 💔 Less exchange
        body: {PROSE}
        """,
    "a French page with its sources": f"""
        body: {PROSE_FR}
        boilerplate: (Selon la Gazette)
        boilerplate: Source: https://example.org/article-1.html
        boilerplate: Comment (0)
        """,
    "a Chinese page": f"""
        title: 实验室的节奏
        body: {PROSE_ZH}
        body: {PROSE_ZH}速度至上。
        boilerplate: 相关文章
        """,
    "a byline and a date": f"""
        title: The pace of the labs
        boilerplate: By Ada Noir and Ben Roy
        boilerplate: Published on 25 January 2025
        body: {PROSE}
        """,
    "a list": f"""
        body: {PROSE}
        body: Three things stand out:
        body: - the hours
        body: - the pay
        body: {MORE}
        """,
    "short sentences": f"""
        title: The pace of the labs
        body: {PROSE}
        body: But it is not over.
        body: {MORE}
        """,
}


def drawn(page: str) -> list[tuple[str, str]]:
    lines = [line.strip() for line in page.strip().splitlines()]
    return [(zone, text) for zone, _, text in (line.partition(": ") for line in lines)]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_falls_into_its_zones(name: str) -> None:
    page = drawn(PAGES[name])
    draft = read("page.txt", "\n\n".join(text for _, text in page).encode())
    proposed = {passage.paragraph: passage.zone for passage in draft.passages}
    assert [(proposed[place], text) for place, (_, text) in enumerate(page, start=1)] == page


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell sharply after the news.",
        "Sharing the work did not help them at all.",
        "Commentaires et rumeurs se multiplient depuis lundi.",
        "Search engines are changing, he said.",
        "Les tags sur les murs ont disparu.",
        "By then Ada had left the lab.",
        "Par ailleurs, Ada Noir est partie.",
        "Print is dead, they said in 2010.",
        "Copyrights matter to authors.",
        "The photo showed nothing: an empty desk.",
        "He left on 3 March 2024.",
        "Partager la richesse, dit-elle, reste difficile.",
    ],
)
def test_a_sentence_that_begins_like_a_button_stays_in_the_body(sentence: str) -> None:
    own = PROSE_FR if {"se", "sur", "est", "reste"} & set(sentence.split()) else PROSE
    draft = read("page.txt", f"{own}\n{sentence}\n{own}".encode())
    assert {passage.zone for passage in draft.passages} == {"body"}


def test_a_title_with_a_day_in_it_is_no_date_line() -> None:
    draft = read("page.txt", f"Attentat du 13 novembre\n\n{PROSE_FR}".encode())
    assert draft.passages[0].zone == "title"


def test_verse_is_not_taken_for_headlines() -> None:
    lines = "\n".join(f"A line of verse that has no stop and goes on, number {n}" for n in range(9))
    draft = read("verse.txt", f"{PROSE}\n{lines}\n{PROSE}".encode())
    assert {passage.zone for passage in draft.passages} == {"body"}


def test_a_word_left_behind_by_a_link_is_a_fragment() -> None:
    draft = read("page.txt", f"{PROSE} rapport.\n{MORE}".encode())
    assert [passage.zone for passage in draft.passages] == ["body", "fragment", "body"]


def test_a_text_that_is_one_line_without_a_stop_is_body() -> None:
    assert [passage.zone for passage in read("a.txt", b"hello world").passages] == ["body"]


def test_every_zone_but_body_says_why() -> None:
    for page in PAGES.values():
        draft = read("page.txt", "\n".join(text for _, text in drawn(page)).encode())
        for passage in draft.passages:
            assert bool(passage.zone_reason) == (passage.zone != "body")
            assert len(passage.zone_reason) <= 200


def test_a_paragraph_in_another_language_inside_the_article_is_body() -> None:
    draft = read(
        "mixed.txt",
        (
            "Une journée au labo\n\n"
            "La chercheuse ne dort plus depuis la mi-mars, dit-elle à qui veut l’entendre.\n\n"
            "研究者说压力很大，但他们喜欢这份工作。\n\n"
            "Personne ne publie plus rien.\n"
        ).encode(),
    )
    assert [each.zone for each in draft.passages] == ["title", "body", "body", "body"]
