"""Long articles in many scripts, made up: what goes wrong with offsets stands in every paragraph."""

from __future__ import annotations

import random

from annotations.assignment.models import Assignment
from annotations.codebook.models import Edition
from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.models import Document
from annotations.corpus.readers.reading import read
from annotations.project.models import Coder, Project
from tests.cast import assignment, batch

# Emoji joined by ZWJ, with skin tones, flags, keycaps; accents apart from their letters, several on
# one; Hebrew and Arabic, with isolates, embeddings and marks of direction; Chinese, some beyond the
# basic plane; Devanagari, Thai and Korean letters apart.
SENTENCES = (
    "The team 👩🏽‍🔬👨‍👩‍👧‍👦 ships at night, says cafe\u0301 owner Zoe\u0308 in {n}.",
    "Nobody 🤐 asks why the lights 💡 stay on in room {n}.",
    "A rare sign 𠮷𠀋 and two flags 🇫🇷🇮🇱 stand on door 4️⃣ for {n} days.",
    "Zalgo says o\u0302\u0323\u0301ui\u0308\u0301 {n} times, and x\u0338 once.",
    "The sign reads \u2067שלום 🕎 {n}\u2069 and then \u2067مرحبا\u2069, in that order.",
    "An old file keeps \u202bעברית {n}\u202c between marks\u200f, as they were.",
    "העובדים אומרים שהשכר טוב אבל הלילות ארוכים, {n} שעות.",
    "בחדר \u2066room {n}\u2069 לא כבה האור 💡 מאז מרץ.",
    "يقول الباحثون إن العمل سري ولا أحد يسأل عن السبب منذ {n} يومًا.",
    "كتب \u2068Zoe\u0308 👩🏽‍🔬\u2069 تقريرًا من {n} صفحة.",
    "研究者说压力很大，但他们喜欢这份工作。",
    "没有人离开{n}号楼，灯一直亮着𠮷。",
    "कर्मचारी कहते हैं कि रातें लंबी हैं और वेतन अच्छा है।",
    "ห้องแล็บไม่เคยปิดไฟ {n} คืน",
    "\u1112\u1161\u11ab\u1100\u1173\u11af stands apart {n} times here.",
)


def sentences(chance: random.Random, count: int) -> str:
    """Every one of its own number, so that hardly two are alike."""
    said = (chance.choice(SENTENCES) for _ in range(count))
    return " ".join(each.replace("{n}", str(chance.randint(2, 99_999))) for each in said)


def article(*, seed: int, long: int = 0) -> str:
    """Forty paragraphs; in their middle one of at least `long` bytes, where that is asked for."""
    chance = random.Random(seed)
    paragraphs = [sentences(chance, chance.randint(1, 6)) for _ in range(40)]
    parts: list[str] = []
    size = 0
    while size < long:
        parts.append(sentences(chance, 50))
        size += len(parts[-1].encode()) + 1
    middle = [" ".join(parts)] if parts else []
    return "\n\n".join([*paragraphs[:20], *middle, *paragraphs[20:]])


def bring(project: Project, text: str) -> Document:
    data = text.encode()
    return admit(read("article.txt", data), data, into=project, name="article.txt").document


def work_on(document: Document) -> Assignment:
    """ada's, in a round of its own."""
    ada = Coder.objects.get(user__username="ada")
    edition = Edition.objects.get(project=document.project)
    return assignment(batch(document.project, edition, [document]), document, ada)
