"""The methods page: formulas with sources, and a paragraph whose figures are those of the API."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.agreement.formulas import FORMULAS
from annotations.assignment.models import Assignment
from annotations.desk.formula_words import WORDS
from annotations.project.members import enrol
from annotations.project.models import Project
from tests import cast as made
from tests.adjudication import makers
from tests.agreement.studies import study
from tests.cast import Cast
from tests.desk.test_adjudication import by


def paragraphs(cast: Cast, client: Client, **query: str) -> dict[str, str]:
    answer = client.get(reverse("methods", args=[cast.project.slug]), query)
    assert answer.status_code == 200
    found = re.findall(
        r'<textarea id="paragraph-(\w+)"[^>]*>(.*?)</textarea>', answer.content.decode(), re.S
    )
    return {language: html.unescape(text) for language, text in found}


def figures(cast: Cast, client: Client, **query: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/projects/{cast.project.slug}/agreement", query)
    found: dict[str, Any] = answer.json()
    return found


def said(figure: dict[str, Any], comma: str = ".") -> str:
    """A figure of the API as the paragraph writes it."""
    between = ", " if comma == "." else " ; "
    two = [
        figure["value"],
        *(figure["interval"][end] for end in ("low", "high") if "interval" in figure),
    ]
    value, *ends = [f"{each:.2f}".replace("-", "−").replace(".", comma) for each in two]
    return f"α = {value} [{between.join(ends)}]" if ends else f"α = {value}"


@pytest.mark.parametrize(("language", "comma"), [("en", "."), ("fr", ",")])
def test_the_figures_of_the_paragraph_are_those_of_the_api(
    cast: Cast, language: str, comma: str
) -> None:
    study(cast, documents=4)
    client = by(cast.mia)
    api, text = figures(cast, client), paragraphs(cast, client)[language]
    expected = [api["overall"]["alpha_masi"], *(each["alpha"] for each in api["themes"])]
    expected += [
        each["stance"]["alpha_nominal"] for each in api["themes"] if each["stance"]["passages"]
    ]
    written = [said(each, comma) for each in expected if each["value"] is not None]
    number = r"−?\d+[.,]\d\d"
    found = re.findall(rf"α = {number}(?: \[{number}(?:, | ; ){number}\])?", text)
    assert found == written
    for name in (
        "coders",
        "documents_compared",
        "passages",
        "titles",
        "passages_left_out",
        "judgements_missing",
    ):
        assert re.search(rf"\b{api[name]} [a-z(]", text), name
    assert f"{api['intervals']['samples']} " in text


def test_rounds_come_in_their_order_with_what_was_given_up(cast: Cast) -> None:
    rows = [makers.document(cast.project, f"{makers.TEXT}\n{n}") for n in range(3)]
    main = made.batch(cast.project, cast.edition, rows[:2], name="Main")
    made.batch(cast.project, cast.edition, rows[2:], kind="pilot", name="Pilot", slots=3)
    skipped = made.assignment(main, rows[1], cast.coder(cast.ada))
    Assignment.objects.filter(pk=skipped.pk).update(state="skipped")
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(main, rows[0], {ada: [makers.PAY], ben: [makers.PAY]})
    text = paragraphs(cast, by(cast.cleo))["en"]
    assert (
        "1 document in a pilot round (3 coders per document, codebook edition 1); "
        "2 documents in a main round (2 coders per document, codebook edition 1)"
    ) in text
    assert "1 assignment (skipped, expired or given back)" in text
    assert "Burnout α undefined (all judgements are the same)" in text


def test_what_is_left_out_is_counted(cast: Cast) -> None:
    row = makers.document(cast.project, zones=["title", "body", "boilerplate"])
    batch = made.batch(cast.project, cast.edition, [row])
    makers.submitted(batch, row, cast.coder(cast.ada), [makers.NIGHTS], slot=1)
    makers.submitted(batch, row, cast.coder(cast.ben), [], slot=2, judged=[0])
    text = paragraphs(cast, by(cast.mia))["en"]
    assert "1 passage outside the text proper" in text
    assert "did not record as read (2 judgements of passages)" in text


def test_a_round_alone_has_a_paragraph_of_its_own(cast: Cast) -> None:
    row = makers.document(cast.project)
    pilot = made.batch(cast.project, cast.edition, [row], kind="pilot")
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(pilot, row, {ada: [makers.PAY], ben: [makers.PAY]})
    client = by(cast.mia)
    assert (
        "1 document with at least two codings"
        in paragraphs(cast, client, batch=str(pilot.uuid))["en"]
    )
    assert "0 documents with at least two codings" in paragraphs(cast, client)["en"]


def test_every_formula_stands_in_mathml_with_its_source(cast: Cast) -> None:
    shown = by(cast.mia).get(reverse("methods", args=[cast.project.slug])).content.decode()
    assert shown.count("<math ") == len(FORMULAS) == len(WORDS)
    for each in FORMULAS:
        assert html.escape(each.source) in shown or each.source in html.unescape(shown)
    assert not re.search(r"<[^>]+\sstyle=", shown)


def test_without_a_codebook_there_is_no_paragraph(cast: Cast) -> None:
    empty = Project.objects.create(slug="empty", name="Empty")
    enrol(cast.mia, empty, roles=["manager"])
    shown = by(cast.mia).get(reverse("methods", args=["empty"])).content.decode()
    assert "No codebook is in use yet" in shown
    assert "<textarea" not in shown
