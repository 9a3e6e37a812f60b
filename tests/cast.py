"""The small cast of every test, and makers of what they work on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from annotations.assignment.models import Assignment, Batch, BatchDocument
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.corpus.folded import fold
from annotations.corpus.models import Document, Passage, Source, TextBlock
from annotations.project.members import enrol
from annotations.project.models import Coder, Project, Role, User

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

THEMES = (
    ("burnout", "BU", None),
    ("long_hours", "LH", "burnout"),
    ("compensation", "CO", None),
    ("secrecy", "SE", None),
    ("other", "OT", None),
)
STANCES = (
    ("against", "−", "c", 0),
    ("mixed", "±", "b", 1),
    ("favor", "+", "p", 2),
    ("none", "○", "n", None),
    ("unclear", "?", "u", None),
)


@dataclass
class Cast:
    """A project with its people; `coders` are their pseudonyms by user name."""

    project: Project
    edition: Edition
    ada: User
    ben: User
    cleo: User
    mia: User
    rita: User
    dag: User
    coders: dict[str, Coder]

    def coder(self, user: User) -> Coder:
        return self.coders[user.username]


def person(username: str) -> User:
    return User.objects.create_user(username=username, name=username.capitalize())


def assemble() -> Cast:
    project = Project.objects.create(slug="labs", name="Life in the labs")
    people = {name: person(name) for name in ("ada", "ben", "cleo", "mia", "rita", "dag")}
    roles = {
        "ada": [Role.ANNOTATOR],
        "ben": [Role.ANNOTATOR],
        "cleo": [Role.ADJUDICATOR],
        "mia": [Role.MANAGER],
        "rita": [Role.READER],
    }
    coders = {name: enrol(people[name], project, roles=held) for name, held in roles.items()}
    return Cast(project=project, edition=frozen_edition(project), coders=coders, **people)


def frozen_edition(project: Project, number: int = 1) -> Edition:
    edition = Edition.objects.create(project=project, number=number)
    rows: dict[str, Theme] = {}
    for order, (key, code, parent) in enumerate(THEMES):
        rows[key] = Theme.objects.create(
            edition=edition,
            key=key,
            code=code,
            parent=rows.get(parent or ""),
            name={"en": key.replace("_", " ").capitalize(), "fr": key},
            proposition={"en": f"{key} is acceptable."} if parent is None else {},
            colour=order + 1,
            hotkey=str(order + 1) if parent is None else key[0],
            memo_required=key == "other",
            order=order,
        )
    for order, (key, glyph, hotkey, position) in enumerate(STANCES):
        StanceValue.objects.create(
            edition=edition,
            key=key,
            label={"en": key.capitalize(), "fr": key},
            glyph=glyph,
            hotkey=hotkey,
            position=position,
            order=order,
        )
    edition.frozen_at = NOW
    edition.save()
    return edition


def document(
    project: Project, text: str, *, title: str = "A day in the lab", zones: Sequence[str] = ()
) -> Document:
    """A document whose passages are its lines; `zones` names theirs, in order (default body)."""
    data = text.encode()
    source = Source.objects.create(
        project=project,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        name=f"{title}.txt",
        content=data,
    )
    row = Document.objects.create(
        project=project,
        source=source,
        title=title,
        language="en",
        encoding="utf-8",
        text=text,
        text_sha256=hashlib.sha256(data).hexdigest(),
        length=len(text),
    )
    TextBlock.objects.bulk_create(
        TextBlock(project=project, document=row, index=i // 4096, text=text[i : i + 4096])
        for i in range(0, len(text), 4096)
    )
    fold(row, Passage.objects.bulk_create(_passages(row, text, zones)))
    return row


def _passages(row: Document, text: str, zones: Sequence[str]) -> list[Passage]:
    found: list[Passage] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            index = len(found)
            start = at + len(line) - len(line.lstrip())
            found.append(
                Passage(
                    project=row.project,
                    document=row,
                    index=index,
                    start=start,
                    end=start + len(line.strip()),
                    paragraph=index + 1,
                    sentence=1,
                    language="en",
                    zone=zones[index] if index < len(zones) else "body",
                )
            )
        at += len(line) + 1
    return found


def batch(
    project: Project,
    edition: Edition,
    documents: Sequence[Document],
    *,
    name: str = "Round 1",
    kind: str = "main",
    slots: int = 2,
    opened: bool = True,
    checked_share: float = 0.0,
) -> Batch:
    row = Batch.objects.create(
        project=project,
        edition=edition,
        name=name,
        kind=kind,
        slots=slots,
        seed=7,
        checked_share=checked_share,
        opened_at=NOW if opened else None,
    )
    for position, each in enumerate(documents):
        BatchDocument.objects.create(project=project, batch=row, document=each, position=position)
    return row


def assignment(
    batch_: Batch, document_: Document, coder: Coder, *, slot: int = 1, state: str = "claimed"
) -> Assignment:
    return Assignment.objects.create(
        project=batch_.project,
        batch=batch_,
        document=document_,
        coder=coder,
        slot=slot,
        state=state,
        claimed_at=NOW,
        last_activity_at=NOW,
    )


def body_of(
    assignment_: Assignment, quote: str, *, theme: str = "burnout", **more: Any
) -> dict[str, Any]:
    """The JSON body of an annotation on the first occurrence of `quote`."""
    start = assignment_.document.text.index(quote)
    return {
        "assignment": str(assignment_.uuid),
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "theme": theme,
        "stance": None,
        "holder": None,
        "certainty": None,
        "memo": "",
        **more,
    }


def operation() -> UUID:
    return uuid4()
