"""Articles written for these tests. What stands before the first point of a file's name is its story."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.models import Document
from annotations.corpus.readers.reading import Draft, read
from annotations.corpus.stories.told import Rarity, Told
from annotations.project.models import Project

FOLDER = Path(__file__).parent / "told"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@cache
def draft_of(name: str) -> Draft:
    return read(f"{name}.txt", data_of(name))


def data_of(name: str) -> bytes:
    return (FOLDER / f"{name}.txt").read_bytes()


def story_of(name: str) -> str:
    return name.split(".")[0]


@cache
def told(name: str) -> Told:
    draft = draft_of(name)
    return Told(draft.text, draft.passages, draft.language or "")


def rarity_among(*names: str) -> Rarity:
    counts: dict[str, int] = {}
    for name in names:
        for key in {mention.key for mention in told(name).mentions}:
            counts[key] = counts.get(key, 0) + 1
    return Rarity(len(names), counts)


def admitted(project: Project, *names: str) -> dict[str, Document]:
    return {
        name: admit(draft_of(name), data_of(name), into=project, name=f"{name}.txt").document
        for name in names
    }
