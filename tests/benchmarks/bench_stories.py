"""Sketches by the second, and stories among 10,000 articles with planted pairs.

The articles are drawn: words and names by rank (Zipf), as in any press. Planted are copies with one
word in twelve changed, digests (the first third), and translations (other words throughout, names
and figures as they were, one in ten missing); and, not to be found, later stories about the same
people with other figures.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from hashlib import sha256
from itertools import accumulate, pairwise
from random import Random
from typing import NamedTuple

from annotations.corpus.models import Document, Passage, Source, StoryCandidate
from annotations.corpus.readers.reading import DraftPassage
from annotations.corpus.sketching.sketch import salt_of, sketch_of
from annotations.corpus.stories.proposing import propose
from annotations.corpus.stories.sketches import complete
from annotations.project.models import Project
from tests.benchmarks.conftest import Record
from tests.cast import Cast

DOCUMENTS = 10_000
PLANTED = 150  # of each kind
SENTENCES, WORDS = 16, 20
RANKS = range(1, 20_001)
WEIGHTS = list(accumulate(1 / rank for rank in RANKS))


class Article(NamedTuple):
    """`same` names the article it was made of; `kind` how."""

    sentences: list[str]
    language: str
    kind: str = ""
    same: int = -1


def drawn(chance: Random) -> Article:
    people = [f"Name{rank}" for rank in chance.choices(RANKS, cum_weights=WEIGHTS, k=8)]
    return Article([sentence(chance, people, "w") for _ in range(SENTENCES)], "en")


def sentence(chance: Random, people: list[str], letter: str) -> str:
    words = [f"{letter}{rank}" for rank in chance.choices(RANKS, cum_weights=WEIGHTS, k=WORDS)]
    words[chance.randrange(2, WORDS)] = chance.choice(people)
    if chance.random() < 0.5:
        words[chance.randrange(2, WORDS)] = str(chance.randrange(10, 3000))
    return " ".join(words) + "."


def copied(article: Article, number: int, chance: Random) -> Article:
    changed = [
        " ".join(
            w if chance.random() > 1 / 12 else f"x{chance.randrange(999)}" for w in each.split()
        )
        for each in article.sentences
    ]
    return Article(changed, "en", "copy", number)


def shortened(article: Article, number: int, _chance: Random) -> Article:
    return Article(article.sentences[: SENTENCES // 3], "en", "digest", number)


def translated(article: Article, number: int, chance: Random) -> Article:
    said = []
    for each in article.sentences:
        words = []
        for word in each.split():
            kept = word.startswith("Name") or word.strip(".").isdigit()
            if kept and chance.random() > 0.1:
                words.append(word)
            else:
                words.append(f"v{chance.randrange(20_000)}")
        said.append(" ".join(words))
    return Article(said, "fr", "translation", number)


def later(article: Article, number: int, chance: Random) -> Article:
    people = sorted({w for each in article.sentences for w in each.split() if w[0] == "N"})
    said = [sentence(chance, people, "w") for _ in range(SENTENCES)]
    return Article(said, "en", "later", number)


def articles() -> Iterator[Article]:
    chance = Random(11)
    made = [drawn(chance) for _ in range(DOCUMENTS - 4 * PLANTED)]
    yield from made
    for place, change in enumerate((copied, shortened, translated, later)):
        for number in range(place * PLANTED, (place + 1) * PLANTED):
            yield change(made[number], number, chance)


def stored(project: Project, made: list[Article]) -> list[int]:
    """The articles as rows; their primary keys in order."""
    texts = ["\n".join(each.sentences) for each in made]
    sources = Source.objects.bulk_create(
        Source(project=project, sha256=sha256(t.encode()).hexdigest(), size=len(t.encode()),
               name="a.txt", content=t.encode())
        for t in texts
    )  # fmt: skip
    documents = Document.objects.bulk_create(
        Document(project=project, source=source, title=str(n), language=each.language,
                 encoding="utf-8", text=text, length=len(text),
                 text_sha256=sha256(text.encode()).hexdigest())
        for n, (source, each, text) in enumerate(zip(sources, made, texts, strict=True))
    )  # fmt: skip
    Passage.objects.bulk_create(
        (
            Passage(project=project, document=document, index=p.index, start=p.start, end=p.end,
                    paragraph=p.paragraph, sentence=1, language=each.language, zone="body")
            for document, each in zip(documents, made, strict=True)
            for p in pieces(each)
        ),
        batch_size=5_000,
    )  # fmt: skip
    return [document.pk for document in documents]


def pieces(article: Article) -> list[DraftPassage]:
    ends = [0]
    for each in article.sentences:
        ends.append(ends[-1] + len(each) + 1)
    return [
        DraftPassage(n, start, end - 1, n // 3, 1, article.language, "body", "")
        for n, (start, end) in enumerate(pairwise(ends))
    ]


def test_sketching(record: Record) -> None:
    made = list(articles())[:400]
    texts = [("\n".join(each.sentences), pieces(each)) for each in made]
    salt = salt_of(1)
    begin = time.process_time()
    for text, parts in texts:
        sketch_of(text, parts, salt=salt)
    spent = time.process_time() - begin
    size = sum(len(text) for text, _parts in texts) / len(texts)
    record(
        "sketch 2,000 characters",
        spent / len(texts) * 1000 * 2000 / size,
        "ms",
        limit="what 300 documents a second and core leave for it",
        limit_value=0.7,
        aim="<= 1",
    )


def test_stories_among_ten_thousand(cast: Cast, record: Record) -> None:
    made = list(articles())
    keys = stored(cast.project, made)
    begin = time.perf_counter()
    complete(cast.project.pk, keys)
    sketched = time.perf_counter()
    propose(cast.project, keys)
    done = time.perf_counter()
    found = set(StoryCandidate.objects.values_list("first", "second"))
    planted = {
        kind: {(keys[each.same], keys[n]) for n, each in enumerate(made) if each.kind == kind}
        for kind in ("copy", "digest", "translation", "later")
    }
    same = planted["copy"] | planted["digest"] | planted["translation"]
    record(
        f"stories among {len(keys)} documents",
        len(keys) / (done - begin),
        "documents/s",
        limit="ready for coding, documents a second and core",
        limit_value=300,
        aim=">= 1",
        seconds_sketching=sketched - begin,
        seconds_proposing=done - sketched,
        precision=len(found & same) / max(len(found), 1),
        **{f"found_{kind}": len(found & pairs) / len(pairs) for kind, pairs in planted.items()},
    )
