"""A small study with enough in it: three coders who agree often, and confuse some things."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from annotations.assignment.models import Batch
from annotations.codebook.models import Edition, Theme
from annotations.corpus.models import Document
from annotations.project.members import enrol
from annotations.project.models import Coder
from tests import cast as made
from tests.adjudication import makers
from tests.cast import NOW, Cast

CONFUSED = {"burnout": "compensation", "secrecy": "safety", "safety": "secrecy"}
STANCES = ("against", "mixed", "favor", "none")
THEMES = (
    ("burnout", "BU", None),
    ("long_hours", "LH", "burnout"),
    ("compensation", "CO", None),
    ("secrecy", "SE", None),
    ("safety", "SA", None),
    ("visas", "VI", None),
    ("hiring", "HI", None),
)


def edition_of_six(cast: Cast) -> Edition:
    """The second edition, in use: six themes, one with a sub-theme, and words in each clause."""
    edition = Edition.objects.create(project=cast.project, number=2)
    rows: dict[str, Theme] = {}
    for order, (key, code, parent) in enumerate(THEMES):
        rows[key] = Theme.objects.create(
            edition=edition,
            key=key,
            code=code,
            parent=rows.get(parent or ""),
            name={"en": key.replace("_", " ").capitalize()},
            proposition={"en": "It is so."},
            definition={"en": f"What is said of {key.replace('_', ' ')} in a lab."},
            include={"en": "Rules, habits and their effects."},
            exclude={"en": "What is said of it elsewhere."},
            colour=order + 1,
            hotkey=str(order),
            order=order,
        )
    for each in cast.edition.stances.all():
        each.pk, each.edition, each._state.adding = None, edition, True
        each.save()
    edition.frozen_at = NOW
    edition.save()
    return edition


def study(cast: Cast, *, documents: int = 20, lines: int = 12, seed: int = 3) -> Batch:
    """A main round of three coders, ada, ben and a third one, all submitted."""
    chance = Random(seed)
    edition = edition_of_six(cast)
    keys = [key for key, _code, _parent in THEMES]
    third = enrol(made.person("eve"), cast.project, roles=["annotator"])
    coders = [cast.coder(cast.ada), cast.coder(cast.ben), third]
    texts = [_text(cast, n, lines) for n in range(documents)]
    batch = made.batch(cast.project, edition, texts, slots=3, name="Main round")
    for n, text in enumerate(texts):
        _code(batch, text, coders, keys, chance, lines, n)
    return batch


def _text(cast: Cast, n: int, lines: int) -> Document:
    said = [f"Line {line} of article {n} says how people work there." for line in range(lines)]
    return makers.document(cast.project, "\n".join(said), title=f"Article {n} on life in the labs")


def _code(
    batch: Batch,
    text: Document,
    coders: Sequence[Coder],
    keys: Sequence[str],
    chance: Random,
    lines: int,
    number: int,
) -> None:
    codings: dict[Coder, list[makers.Coding]] = {coder: [] for coder in coders}
    for line in range(lines):
        if chance.random() < 0.5:
            continue
        key, stance = chance.choice(keys), chance.choice(STANCES)
        quote = f"Line {line} of article {number} says how people work there."
        for coder in coders:
            roll = chance.random()
            said = CONFUSED.get(key, key) if roll > 0.8 else key
            takes = stance if chance.random() < 0.7 else chance.choice(STANCES)
            part = quote if chance.random() < 0.7 else quote[: -len(" work there.")]
            if roll > 0.1:
                codings[coder].append((part, said, takes))
    makers.coded(batch, text, codings)
