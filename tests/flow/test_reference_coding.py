"""Three coders code whole files over the API; every figure is counted again from what they said.

Once on texts of our own, once on the press files where these are at hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from annotations.corpus.models import CODED_ZONES, Document
from annotations.project.members import enrol
from annotations.project.models import Role
from tests import cast as made
from tests.agreement import naive
from tests.api.test_adjudication import by
from tests.cast import Cast

PRESS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
OWN = Path(__file__).resolve().parents[2] / "fixtures" / "corpus"
ROOTS = {"burnout": "burnout", "long_hours": "burnout", "compensation": "compensation"}
ROOTS |= {"secrecy": "secrecy", "other": "other"}
STANCES = ("against", "mixed", "favor", "none")

Place = tuple[str, int]
"""(document id, passage index)"""


@dataclass
class Said:
    """What one coder said: themes with their stance by place, and what was judged."""

    judged: set[Place] = field(default_factory=set)
    themes: dict[Place, dict[str, str]] = field(default_factory=dict)

    def roots(self, place: Place) -> frozenset[str]:
        return frozenset(ROOTS[theme] for theme in self.themes.get(place, {}))


@pytest.fixture(params=["own", "press"])
def files(request: pytest.FixtureRequest) -> Path:
    folder = {"own": OWN, "press": PRESS}[request.param]
    if not folder.is_dir():
        pytest.skip("the five press files are not beside this checkout")
    return folder


@pytest.fixture
def study(cast: Cast, files: Path) -> dict[str, Said]:
    """By pseudonym; the round is coded and submitted."""
    call_command("import_corpus", "labs", *sorted(map(str, files.glob("*.txt"))))
    eve = made.person("eve")
    enrol(eve, cast.project, roles=[Role.ANNOTATOR])
    documents = [str(row.uuid) for row in Document.objects.filter(project=cast.project)]
    asked = {"name": "Main", "kind": "main", "documents": documents, "slots": 3, "open": True}
    answer = post(by(cast.mia), "/api/v1/projects/labs/batches", asked)
    assert answer.status_code == 201
    truth: dict[Place, dict[str, str]] = {}
    told = {}
    for seed, person in enumerate((cast.ada, cast.ben, eve)):
        pseudonym = cast.project.coders.get(user=person).pseudonym
        told[pseudonym] = coded(by(person), Random(seed), truth)
    return told


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json")


def coded(client: Client, chance: Random, truth: dict[Place, dict[str, str]]) -> Said:
    """Whatever the queue gives, until it gives nothing."""
    said = Said()
    while True:
        answer = post(client, "/api/v1/projects/labs/assignments/next", {})
        if answer.status_code == 204:
            return said
        work = answer.json()
        document = client.get(f"/api/v1/documents/{work['document']}").json()
        judged = [passage["index"] for passage in code(client, work, document, chance, truth, said)]
        done = client.patch(
            f"/api/v1/assignments/{work['id']}",
            json.dumps({"state": "submitted", "judged": judged}),
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert done.status_code == 200, done.content


def code(
    client: Client,
    work: dict[str, Any],
    document: dict[str, Any],
    chance: Random,
    truth: dict[Place, dict[str, str]],
    said: Said,
) -> Iterator[dict[str, Any]]:
    """Tags as the text would have it, with slips; yields the passages that were judged."""
    for passage in document["passages"]:
        place = (document["id"], passage["index"])
        if passage["zone"] not in CODED_ZONES or chance.random() < 0.1:
            continue
        themes = slipped(truth.setdefault(place, drawn(chance)), chance)
        for theme, stance in themes.items():
            put(client, work, document, passage, theme, stance)
        said.judged.add(place)
        if themes:
            said.themes[place] = themes
        yield passage


def drawn(chance: Random) -> dict[str, str]:
    themes = chance.sample(sorted(ROOTS), k=chance.choice([0, 0, 0, 1, 1, 2]))
    return {theme: chance.choice(STANCES) for theme in themes}


def slipped(themes: dict[str, str], chance: Random) -> dict[str, str]:
    kept = {
        theme: chance.choice(STANCES) if chance.random() < 0.2 else stance
        for theme, stance in themes.items()
        if chance.random() > 0.15
    }
    if chance.random() < 0.05:
        kept.setdefault(chance.choice(sorted(ROOTS)), chance.choice(STANCES))
    return kept


def put(
    client: Client,
    work: dict[str, Any],
    document: dict[str, Any],
    passage: dict[str, Any],
    theme: str,
    stance: str,
) -> None:
    start, end = passage["start"], passage["end"]
    body = {
        "assignment": work["id"],
        "start": start,
        "end": end,
        "quote": document["text"][start:end],
        "theme": theme,
        "stance": stance,
        "holder": {"kind": "author", "name": None},
        "certainty": None,
        "memo": "It says so.",
    }
    answer = client.put(
        f"/api/v1/annotations/{uuid4()}",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4()), "If-None-Match": "*"},
    )
    assert answer.status_code == 201, answer.content


def body_places(study: dict[str, Said]) -> list[Place]:
    """Judged passages of the body, titles left out, in order."""
    titles = {
        (str(row.uuid), index)
        for row in Document.objects.filter(project__slug="labs")
        for index in row.passages.filter(zone="title").values_list("index", flat=True)
    }
    return sorted({place for said in study.values() for place in said.judged} - titles)


def test_every_figure_is_what_its_definition_gives(cast: Cast, study: dict[str, Said]) -> None:
    places = body_places(study)
    found = by(cast.cleo).get("/api/v1/projects/labs/agreement").json()
    coders = list(study.values())

    sets = [[one.roots(place) for one in coders if place in one.judged] for place in places]
    overall = found["overall"]["alpha_masi"]["value"]
    assert overall == pytest.approx(naive.alpha(sets, naive.masi), abs=1e-9)

    for each in found["themes"]:
        units = [[each["theme"] in one for one in unit] for unit in sets]
        assert each["alpha"]["value"] == pytest.approx(naive.alpha(units), abs=1e-9)
        assert each["percent_agreement"]["value"] == pytest.approx(naive.percent(units), abs=1e-9)
        assert each["positive_agreement"]["value"] == pytest.approx(naive.positive(units), abs=1e-9)
        assert each["stance"]["alpha_nominal"]["value"] == pytest.approx(
            naive.alpha(stances(coders, places, each["theme"])), abs=1e-9
        )


def stances(coders: list[Said], places: list[Place], root: str) -> list[list[str]]:
    """The stance of each coder who gave the theme with one stance."""
    units = []
    for place in places:
        given = [
            {stance for theme, stance in one.themes.get(place, {}).items() if ROOTS[theme] == root}
            for one in coders
        ]
        units.append([next(iter(each)) for each in given if len(each) == 1])
    return units


def test_every_pair_has_the_figures_of_the_two_alone(cast: Cast, study: dict[str, Said]) -> None:
    places = body_places(study)
    found = by(cast.cleo).get("/api/v1/projects/labs/agreement").json()
    for each in found["themes"]:
        assert len(each["pairs"]) == 3
        for pair in each["pairs"]:
            two = [study[pseudonym] for pseudonym in pair["coders"]]
            units = [
                [each["theme"] in one.roots(place) for one in two if place in one.judged]
                for place in places
            ]
            assert pair["alpha"]["value"] == pytest.approx(naive.alpha(units), abs=1e-9)
