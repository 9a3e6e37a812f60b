"""Agreement at the size of a large study, and α of ten million judgements."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from uuid import uuid4

import numpy as np
from django.core.cache import caches
from django.test import Client

from annotations.agreement.coefficients.coincidences import alpha, coincidences
from annotations.assignment.models import Assignment, State
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.coding.models import Snapshot
from annotations.project.models import Project
from tests.benchmarks.conftest import Record
from tests.cast import NOW, Cast, batch, document, enrol, person

DOCUMENTS, CODERS, THEMES, PASSAGES = 1_000, 3, 8, 40
STANCES = ("against", "mixed", "favor", "none")


def best_of(times: int, run: Callable[[], object]) -> float:
    """Seconds of the quickest run: the others had to share the machine."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return min(found)


def edition_of_eight(project: Project) -> Edition:
    edition = Edition.objects.create(project=project, number=2)
    for n in range(THEMES):
        Theme.objects.create(
            **{
                "edition": edition,
                "key": f"theme_{n}",
                "code": f"t{n}",
                "order": n,
                "colour": n + 1,
            },
            **{"name": {"en": f"Theme {n}"}, "proposition": {"en": "It is so."}, "hotkey": str(n)},
        )
    for n, key in enumerate(STANCES):
        StanceValue.objects.create(
            **{"edition": edition, "key": key, "label": {"en": key}, "glyph": key[0]},
            **{"hotkey": key[0], "position": n if n < 3 else None, "order": n},
        )
    edition.frozen_at = NOW
    edition.save()
    return edition


def study(cast: Cast) -> None:
    """Every document coded by three of six, each passage tagged by them with chance in common."""
    chance = Random(5)
    edition = edition_of_eight(cast.project)
    keys = list(edition.themes.filter(parent=None).values_list("key", flat=True))
    coders = [enrol(person(f"coder{n}"), cast.project, roles=["annotator"]) for n in range(6)]
    sentences = [f"Sentence {n} of the day." for n in range(PASSAGES)]
    texts = [
        document(cast.project, "\n".join([f"Day {n}.", *sentences[1:]])) for n in range(DOCUMENTS)
    ]
    round_ = batch(cast.project, edition, texts, slots=CODERS)
    for text in texts:
        truth = {n: chance.choice(keys) for n in range(PASSAGES) if chance.random() < 0.5}
        for slot, coder in enumerate(chance.sample(coders, CODERS), start=1):
            work = Assignment.objects.create(
                **{"project": cast.project, "batch": round_, "document": text, "coder": coder},
                **{"slot": slot, "state": State.CLAIMED, "claimed_at": NOW},
                **{"last_activity_at": NOW},
            )
            seen = {n: theme for n, theme in truth.items() if chance.random() < 0.8}
            Snapshot.objects.create(
                **{"project": cast.project, "assignment": work, "batch": round_, "number": 1},
                **{"document": text, "coder": coder, "edition": edition, "taken_at": NOW},
                spans=[
                    {
                        **{"annotation": str(uuid4()), "revision": n, "start": 25 * n},
                        **{"end": 25 * n + 20, "theme": theme, "stance": chance.choice(STANCES)},
                        **{"holder_kind": "author", "holder_name": "", "certainty": None},
                    }
                    for n, theme in seen.items()
                ],
                judged=list(range(PASSAGES)),
                mark_passage=list(seen),
                mark_span=list(range(len(seen))),
            )


def test_the_agreement_page(live_cast: Cast, record: Record) -> None:
    study(live_cast)
    client = Client()
    client.force_login(live_cast.mia)
    address = f"/projects/{live_cast.project.slug}/agreement"

    def cold() -> None:
        caches["figures"].clear()
        assert client.get(address).status_code == 200

    def kept() -> None:
        assert client.get(address).status_code == 200

    size = f"{DOCUMENTS} documents × {CODERS} × {THEMES} × {PASSAGES}"
    limit = {"limit": "the aim in seconds", "aim": "<= 1"}
    record(f"agreement, cold, 1,000 samples, {size}", best_of(3, cold), "s", limit_value=3, **limit)
    record(f"agreement, kept, {size}", best_of(5, kept), "s", limit_value=0.15, **limit)


def test_alpha_of_ten_million_judgements(record: Record) -> None:
    chance = np.random.default_rng(5)
    values = chance.integers(0, 2, size=(10_000_000 // CODERS, CODERS)).astype(np.int8)
    values[chance.random(values.shape) < 0.05] = -1
    ours = best_of(7, lambda: alpha(coincidences(values)))
    theirs = best_of(7, lambda: values.sum())
    record(
        "α of 10M judgements",
        ours * 1000,
        "ms",
        limit="one numpy pass: the sum of the same array",
        limit_value=theirs * 1000,
        aim="<= 5",
    )
