"""Articles written for these tests, as the document's address would answer them."""

from __future__ import annotations

from typing import Any

Paragraph = tuple[str, str, list[str]]

ASSIGNMENT = "0199a000-0000-7000-8000-000000000001"
DOCUMENT = "0199a000-0000-7000-8000-0000000000d1"

HARBOUR: list[Paragraph] = [
    ("title", "en", ["Night shifts at the harbour lab split the town, not the crews"]),
    (
        "body",
        "en",
        [
            "It took four hours on Tuesday evening before the council of Port Sorrel adopted, "
            "by two votes, the plan for a model lab on the old quay.",
            "The mayor, who had carried the project since autumn, promised a “lab that goes "
            "home at six” 🌆.",
            "Behind the glass, forty-one researchers already work in three shifts, and the "
            "lights over the dry dock have not gone out since March.",
        ],
    ),
    (
        "caption",
        "en",
        ["The former net store, now the evaluation floor. Photo: Ilse Marrow / Tidewater Press."],
    ),
    (
        "body",
        "en",
        [
            "The opposition does not contest the aim but the price.",
            "“Ninety hours a week is no way to treat people you claim to need,” said its "
            "leader, Dara Quill, before the vote.",
            "The lab answers that overtime is voluntary 👩‍🔬, that pay is the best on the coast, "
            "and that the first winter’s heating is on the house.",
        ],
    ),
    (
        "body",
        "zh",
        [
            "港口实验室的研究员说，没有人强迫他们加班。",
            "可是谁先离开，谁就觉得对不起同伴，一位工程师这样告诉本报𠮷。",
        ],
    ),
    (
        "body",
        "en",
        [
            "On Tanner Street, where the first cables will run, one expects anger and finds "
            "mostly curiosity.",
            "“Two summers of trenches are nothing if my daughter can do a doctorate here,” "
            "smiles a baker.",
            "The university, for its part, lost eleven of its fourteen machine-learning staff "
            "to the quay within a year and says it can neither match the salaries nor rent the "
            "machines.",
        ],
    ),
    (
        "body",
        "he",
        ["המעבדה לא תפרסם את תוצאות הבדיקות, אמר הדובר.", "החוקרים ביקשו לראות אותן."],
    ),
    (
        "body",
        "en",
        [
            "One question nobody wanted to name before midnight remains: who may look at the "
            "results?",
            "The lab has published nothing since it moved in, and the two evaluators the "
            "council had asked for were turned away at the gate.",
            "A committee will report before the summer.",
        ],
    ),
    ("link", "en", ["Read also: What the tide tables knew"]),
    ("boilerplate", "en", ["Share this article"]),
    (
        "boilerplate",
        "en",
        ["© Tidewater Press. All rights reserved.", "Contact the newsroom."],
    ),
]


def article(
    paragraphs: list[Paragraph] = HARBOUR, *, language: str = "en", direction: str = "ltr"
) -> dict[str, Any]:
    """Text and passages as the server would send them; sentences of Chinese stand without a space."""
    text, passages = "", []
    for number, (zone, spoken, sentences) in enumerate(paragraphs):
        text += "\n\n" if number else ""
        for place, sentence in enumerate(sentences):
            text += " " if place and spoken != "zh" else ""
            passages.append(
                {
                    "index": len(passages),
                    "start": len(text),
                    "end": len(text) + len(sentence),
                    "paragraph": number,
                    "sentence": place + 1,
                    "language": spoken,
                    "zone": zone,
                    "zone_reason": "",
                }
            )
            text += sentence
    return {
        "id": DOCUMENT,
        "project": "demo",
        "title": paragraphs[0][2][0],
        "language": language,
        "dir": direction,
        "source_url": None,
        "published_on": None,
        "attributes": {},
        "offset_unit": "codepoint",
        "length": len(text),
        "text": text + "\n",
        "text_sha256": "",
        "passages": passages,
    }


def assignment(state: str = "in_progress") -> dict[str, Any]:
    return {
        "id": ASSIGNMENT,
        "project": "demo",
        "batch": "Main round",
        "edition": 1,
        "document": DOCUMENT,
        "title": HARBOUR[0][2][0],
        "slot": 1,
        "state": state,
        "claimed_at": "2026-03-02T09:00:00+00:00",
        "last_activity_at": "2026-03-02T09:00:00+00:00",
        "submitted_at": None,
        "submissions": 0,
    }
