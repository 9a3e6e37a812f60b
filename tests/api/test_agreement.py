"""Agreement over REST."""

from __future__ import annotations

import pytest

from tests import cast as made
from tests.adjudication import makers
from tests.api.test_adjudication import by
from tests.cast import Cast


def test_a_figure_has_a_value_or_a_reason(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [makers.PAY], ben: [makers.PAY]})
    figures = by(cast.cleo).get("/api/v1/projects/labs/agreement").json()
    assert (figures["edition"], figures["documents_compared"], figures["coders"]) == (1, 1, 2)
    themes = {each["theme"]: each for each in figures["themes"]}
    assert themes["secrecy"]["alpha"] == {
        "value": 1.0,
        "reason": None,
        "units": 4,
        "pairable_units": 4,
        "judgements": 8,
        "coders": 2,
    }
    assert themes["burnout"]["alpha"]["value"] is None
    assert themes["burnout"]["alpha"]["reason"] == "no-variation"


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("rita", 403), ("dag", 404)])
def test_agreement_is_for_managers_and_adjudicators(cast: Cast, who: str, status: int) -> None:
    answer = by(getattr(cast, who)).get("/api/v1/projects/labs/agreement")
    assert answer.status_code == status


def test_confusion_spans_and_editions_stand_beside_the_figures(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [makers.PAY, makers.NIGHTS], ben: [makers.PAY, makers.LATE]})
    figures = by(cast.cleo).get("/api/v1/projects/labs/agreement").json()
    themes = {each["theme"]: each for each in figures["themes"]}
    spans = themes["burnout"]["spans"]
    assert (spans["spans"], spans["documents"]) == (2, 1)
    assert spans["f1_exact"]["value"] == 0.0
    assert spans["f1_iou"]["value"] == 0.0  # 19 of 41: less than half
    # They share "work until midnight".
    assert spans["f1_characters"]["value"] == pytest.approx(2 * 19 / (24 + 36))
    confusion = figures["confusion"]
    at = confusion["values"].index("secrecy")
    assert confusion["values"][-1] is None
    assert confusion["pairs"][at][at] == 1
    assert {each["share_of_disagreement"] for each in figures["lost_agreement"]} == {0.0}
    assert [each["edition"] for each in figures["editions"]] == [1]
    assert figures["editions"][0]["themes"]["secrecy"]["value"] == 1.0
    assert figures["overall"]["pairs"][0]["coders"] == [ada.pseudonym, ben.pseudonym]
    alone = by(cast.cleo).get("/api/v1/projects/labs/agreement", {"batch": str(batch.uuid)}).json()
    assert alone["editions"] == []


def test_what_is_left_out_is_counted(cast: Cast) -> None:
    row = makers.document(cast.project, zones=["title", "body", "boilerplate"])
    batch = made.batch(cast.project, cast.edition, [row])
    makers.submitted(batch, row, cast.coder(cast.ada), [makers.NIGHTS], slot=1)
    makers.submitted(batch, row, cast.coder(cast.ben), [], slot=2, judged=[0])
    figures = by(cast.cleo).get("/api/v1/projects/labs/agreement").json()
    assert (figures["passages_left_out"], figures["judgements_missing"]) == (1, 2)
