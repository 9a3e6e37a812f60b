"""Press articles made up for measuring: of about 2,000 characters, in five languages, seeded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

WORDS = {
    "en": "the laboratory pays researchers late and nobody asks why long nights are counted as"
    " devotion while the company announces record profits to its investors in spring",
    "fr": "le laboratoire paie les chercheurs en retard et personne ne demande pourquoi les longues"
    " nuits passent pour de la dévotion tandis que la société annonce des profits élevés",
    "de": "das Labor bezahlt seine Forscher zu spät und niemand fragt warum lange Nächte als Hingabe"
    " gelten während die Firma ihren Anlegern große Gewinne für den Frühling ankündigt",
    "es": "el laboratorio paga tarde a los investigadores y nadie pregunta por qué las noches largas"
    " cuentan como devoción mientras la empresa anuncia beneficios récord a sus inversores",
    "ro": "laboratorul plătește târziu cercetătorii și nimeni nu întreabă de ce nopțile lungi sunt"
    " socotite devotament în timp ce compania anunță profituri mari pentru investitori",
}
SIZE = 2_000


def article(chance: Random, number: int) -> tuple[str, str]:
    """A title and a text of whole sentences, in paragraphs."""
    words = WORDS[chance.choice(list(WORDS))].split()
    sentences = [f"{_sentence(chance, words)[:-1]} {number}."]
    while sum(map(len, sentences)) < SIZE:
        end = "\n\n" if chance.random() < 0.25 else " "
        sentences.append(_sentence(chance, words) + end)
    return f"{words[number % len(words)].capitalize()} {number}", "".join(sentences)


def _sentence(chance: Random, words: list[str]) -> str:
    return " ".join(chance.sample(words, chance.randrange(8, 20))).capitalize() + "."


def lines(count: int, *, seed: int) -> Iterator[bytes]:
    """Of JSON, as the API takes them."""
    chance = Random(seed)
    for number in range(count):
        title, text = article(chance, number)
        said = {"id": f"{seed}-{number}", "title": title, "text": f"{title}\n\n{text}"}
        yield json.dumps({**said, "attributes": {"outlet": "Daily"}}, ensure_ascii=False).encode()
