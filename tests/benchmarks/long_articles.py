"""Long coded articles, made up, and the browser in which ada opens them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.db import transaction
from playwright.sync_api import Browser, BrowserContext

from annotations.assignment.models import Assignment
from annotations.coding import recording
from annotations.coding.bodies import parse
from annotations.coding.models import Annotation
from annotations.coding.showing import work_of
from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.readers.reading import read
from tests.cast import NOW, Cast, assignment, batch, body_of
from tests.clients import Person
from tests.servers import Server

WORDS = [
    "night",
    "shift",
    "in",
    "the",
    "lab",
    "means",
    "that",
    "nobody",
    "asks",
    "why",
    "our",
    "lights",
    "stay",
    "on",
    "so",
    "late",
]
STANCES = ("against", "mixed", "favor", "none", "unclear")
THEMES = ("burnout", "long_hours", "compensation", "secrecy")


def prose(size: int, *, seed: int = 1) -> str:
    """About `size` characters: paragraphs of three to seven sentences, none like another."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    length = 0
    while length < size:
        sentences = []
        for _ in range(chance.randint(3, 7)):
            words = chance.choices(WORDS, k=chance.randint(8, 28))
            sentences.append(" ".join(words).capitalize() + f" {chance.randint(2, 9999)} times.")
        paragraphs.append(" ".join(sentences))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)


def coded_article(cast: Cast, size: int, spans: int) -> Assignment:
    """ada's claimed work on a text of `size` characters with `spans` annotations, some overlapping."""
    data = prose(size).encode()
    made = admit(read("article.txt", data), data, into=cast.project, name="article.txt").document
    work = assignment(
        batch(cast.project, cast.edition, [made]), made, cast.coder(cast.ada), state="in_progress"
    )
    code(work, spans)
    return work


def code(work: Assignment, spans: int, *, seed: int = 2) -> None:
    chance = random.Random(seed)
    text = work.document.text
    known = work_of(work)
    with transaction.atomic():
        for number in range(spans):
            start = number * (len(text) - 300) // max(1, spans)
            start += chance.randint(0, 20)
            end = start + chance.randint(20, 160)
            while text[start].isspace():
                start += 1
            while text[end - 1].isspace():
                end -= 1
            said = {"theme": chance.choice(THEMES), "stance": chance.choice(STANCES)}
            body = body_of(work, text[start], **said)
            body |= {"start": start, "end": end, "quote": text[start:end]}
            body["holder"] = {"kind": "author", "name": ""}
            recording.annotate(known, uuid4(), parse(body), operation=uuid4(), now=NOW)


def spans_of(work: Assignment) -> list[tuple[int, int]]:
    """Where its annotations begin and end, in the order of the text."""
    known = Annotation.objects.filter(assignment=work).order_by("start", "end")
    return list(known.values_list("start", "end"))


@contextmanager
def signed_in(browser: Browser, server: Server, cast: Cast) -> Iterator[BrowserContext]:
    """ada's browser, with a store of its own."""
    cookies = Person(server.url, cast.ada).cookies
    size = {"width": 1440, "height": 900}
    context = browser.new_context(base_url=server.url, viewport=size, locale="en")
    context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in cookies.items()]
    )
    try:
        yield context
    finally:
        context.close()
