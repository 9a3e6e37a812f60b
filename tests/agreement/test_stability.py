"""A retest compares each coder with themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from annotations.agreement.facts import facts_of
from annotations.agreement.method_words import ENGLISH, FRENCH
from annotations.agreement.methods import paragraph
from annotations.agreement.reports import report
from annotations.agreement.stability import Stability, stability
from annotations.assignment.models import Batch
from annotations.codebook.models import Edition
from annotations.coding import submitting
from annotations.coding.submitting import Submission
from annotations.corpus.models import Document
from annotations.project.models import Coder
from tests import cast as made
from tests.adjudication import makers
from tests.agreement.studies import edition_of_six
from tests.cast import NOW, Cast
from tests.desk.test_adjudication import by

TEXT = "\n".join(f"Line {number} is about work." for number in range(10))
LATER = NOW + timedelta(days=30)


def lines(*numbers: int) -> list[makers.Coding]:
    return [(f"Line {number} is about work.", "burnout", "against") for number in numbers]


def coded_again(batch: Batch, row: Document, coder: Coder, *numbers: int, slot: int = 1) -> None:
    work = made.assignment(batch, row, coder, slot=slot)
    for coding in lines(*numbers):
        makers.save(work, coding)
    submitting.submit(work, Submission(judged=list(range(10))), by=coder, now=LATER)


def retest(cast: Cast, *rows: Document, edition: Edition | None = None) -> Batch:
    return made.batch(
        cast.project, edition or cast.edition, rows, name="Again", kind="retest", slots=2
    )


@pytest.fixture
def again(cast: Cast) -> Batch:
    """ada says of one line more than before, ben of another document just what he said."""
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    first, other = (makers.document(cast.project, f"{TEXT}\n{n}", title=str(n)) for n in range(2))
    main = made.batch(cast.project, cast.edition, [first, other])
    makers.coded(main, first, {ada: lines(0, 1, 2), ben: lines(7)})
    makers.coded(main, other, {ben: lines(4, 5)})
    batch = retest(cast, first, other)
    coded_again(batch, first, ada, 1, 2, 3)
    coded_again(batch, other, ben, 4, 5, slot=2)
    return batch


def found(batch: Batch) -> Stability:
    made_ = stability(batch)
    assert made_ is not None
    return made_


def test_each_is_compared_with_themselves_alone(cast: Cast, again: Batch) -> None:
    ada, ben = found(again).coders
    assert (ada.pseudonym, ben.pseudonym) == (
        cast.coder(cast.ada).pseudonym,
        cast.coder(cast.ben).pseudonym,
    )
    # lines 0 to 3 of ten: two given twice, two once; D_o = 4 / 20, D_e = 2 · 6 · 14 / (20 · 19)
    alpha = ada.themes["burnout"].alpha.value
    assert alpha == pytest.approx(1 - (4 / 20) / (2 * 6 * 14 / (20 * 19)))
    assert ada.themes["burnout"].percent.value == pytest.approx(0.8)
    assert ben.themes["burnout"].alpha.value == pytest.approx(1)
    assert (ada.documents, ben.documents) == (1, 1)


def test_all_together_are_the_units_of_all(again: Batch) -> None:
    (burnout,) = [e for e in found(again).measured.themes if e.theme == "burnout"]
    # 20 units of two values: 10 of 40 given, 2 units differ
    assert burnout.whole.alpha.n_pairable == 20
    assert burnout.whole.alpha.value == pytest.approx(1 - (4 / 40) / (2 * 10 * 30 / (40 * 39)))


def test_it_says_of_how_many_codings_and_after_how_long(again: Batch) -> None:
    told = found(again)
    assert (told.documents, told.alone, told.days) == (2, 0, (30, 30, 30))


def test_the_newest_coding_before_it_is_the_one(cast: Cast, again: Batch) -> None:
    ada = cast.coder(cast.ada)
    row = again.items.order_by("position")[0].document
    third = made.batch(cast.project, cast.edition, [row], name="Third", kind="retest", slots=1)
    coded_again(third, row, ada, 1, 2, 3)
    (only,) = found(third).coders
    assert only.themes["burnout"].alpha.value == pytest.approx(1)


def test_what_was_coded_by_another_edition_is_left_out_and_told(cast: Cast) -> None:
    ada = cast.coder(cast.ada)
    rows = [makers.document(cast.project, f"{TEXT}\n{n}", title=str(n)) for n in range(2)]
    newer = edition_of_six(cast)
    for n, (row, edition) in enumerate(zip(rows, (cast.edition, newer), strict=True)):
        main = made.batch(cast.project, edition, [row], name=f"Main {n}")
        makers.coded(main, row, {ada: lines(1)})
    batch = retest(cast, *rows, edition=newer)
    for row in rows:
        coded_again(batch, row, ada, 1)
    told = found(batch)
    assert (told.documents, told.alone) == (1, 1)


def test_other_rounds_have_none(cast: Cast, again: Batch) -> None:
    main = Batch.objects.exclude(pk=again.pk).get()
    assert stability(main) is None
    assert stability(None) is None
    fresh = made.batch(cast.project, cast.edition, [], name="Empty", kind="retest")
    assert stability(fresh) is None


def test_agreement_of_main_rounds_stays_as_it_was(cast: Cast, again: Batch) -> None:
    figures = report(cast.project)
    assert (figures.documents, figures.compared) == (2, 1)


def test_page_and_api_show_it(cast: Cast, again: Batch) -> None:
    client = by(cast.mia)
    query = {"batch": str(again.uuid)}
    page = client.get(reverse("agreement", args=[cast.project.slug]), query).content.decode()
    assert "Each coder beside themselves" in page
    assert "Between the two lie 30 days" in page
    said = client.get(f"/api/v1/projects/{cast.project.slug}/agreement", query).json()["stability"]
    assert (said["documents"], said["days_between"]["median"]) == (2, 30)
    assert [each["documents"] for each in said["coders"]] == [1, 1]
    whole = client.get(f"/api/v1/projects/{cast.project.slug}/agreement").json()
    assert whole["stability"] is None
    assert (
        "Each coder beside themselves"
        not in client.get(reverse("agreement", args=[cast.project.slug])).content.decode()
    )


def test_the_methods_paragraph_tells_it(cast: Cast, again: Batch) -> None:
    facts = facts_of(cast.project, report(cast.project))
    assert facts is not None
    english, french = paragraph(facts, ENGLISH), paragraph(facts, FRENCH)
    assert (
        "In a retest 2 coders coded once more what they had coded (2 codings, median 30" in english
    )
    assert "Lors d’un retest, 2 codeurs ont codé de nouveau" in french
