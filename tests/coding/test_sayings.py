"""What is kept of submissions is what they say, and a page that looks there first misses nothing."""

from __future__ import annotations

from itertools import product

from django.db import connection

from annotations.adjudication.cases import case_of
from annotations.adjudication.gold import gold_of
from annotations.adjudication.retrieving import Layer, retrieve, wanted_of
from annotations.adjudication.retrieving_gold import gold
from annotations.assignment.models import Assignment, Batch
from annotations.coding.models import Snapshot
from annotations.coding.retrieving import Place
from annotations.coding.sayings import Saying, apart, of_both, of_stance, of_theme
from annotations.corpus.models import Document
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.test_ruling import decide
from tests.agreement.varied import varied
from tests.cast import Cast

Label = tuple[int, int, str]


def kept() -> set[tuple[int, int, str]]:
    return set(Saying.objects.values_list("batch_id", "document_id", "said"))


def test_each_submission_leaves_what_it_says(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.submitted(batch, row, ada, [makers.PAY], slot=1)
    said = {of_theme("secrecy"), of_stance("against"), of_both("secrecy", "against")}
    assert kept() == {(batch.pk, row.pk, each) for each in said}
    makers.submitted(batch, row, ben, [makers.PAY_PRAISED, makers.NIGHTS], slot=2)
    said |= {of_theme("burnout"), of_both("burnout", "against"), of_stance("favor")}
    said |= {of_both("secrecy", "favor"), apart("theme", "burnout"), apart("stance", "secrecy")}
    assert {each for _, _, each in kept()} == said


def test_what_is_kept_is_what_reading_them_all_would_give(cast: Cast) -> None:
    varied(cast, seed=3)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.batch_id, t.document_id, s"
            " FROM (SELECT DISTINCT batch_id, document_id FROM annotations_snapshot) t,"
            " workbench_sayings(t.batch_id, t.document_id) s"
        )
        assert kept() == set(cursor.fetchall())
    assert any(said.startswith("apart") for _, _, said in kept())


def labels(cast: Cast, query: dict[str, str]) -> list[Label]:
    """Of every page of what was submitted, seven labels a page."""
    found: list[Label] = []
    wanted, after = wanted_of(cast.project, query), None
    while True:
        page = retrieve(cast.project, Layer.SUBMITTED, wanted, by=cast.cleo, after=after, limit=7)
        found += [(row.document.pk, row.start, str(row.annotation)) for row in page.rows]
        if (after := page.cursor) is None:
            return found


def by_definition(family: set[str] | None, stance: str, batch: Batch | None) -> list[Label]:
    """Every first submission that may be seen, span by span."""
    found = []
    gone = set(Document.objects.filter(taken_down=True).values_list("pk", flat=True))
    for row in Snapshot.objects.filter(number=1).select_related("batch", "assignment"):
        here = Assignment.objects.live().filter(batch=row.batch_id, document=row.document_id)
        if here.filter(submitted_at__isnull=False).count() < row.batch.slots:
            continue
        if row.document_id in gone or (batch and row.batch_id != batch.pk):
            continue
        for span in row.spans:
            if (family is None or span["theme"] in family) and stance in {"", span["stance"]}:
                found.append((row.document_id, span["start"], span["annotation"]))
    return sorted(found)


def test_pages_of_what_was_submitted_are_all_of_it(cast: Cast) -> None:
    varied(cast, seed=2)
    round_2 = Batch.objects.get(name="Round 2")
    families = {"": None, "burnout": {"burnout", "long_hours"}, "secrecy": {"secrecy"}}
    compared = 0
    for theme, stance, batch in product(families, ("", "favor", "mixed"), (None, round_2)):
        query = {"theme": theme, "stance": stance, "batch": str(batch.uuid) if batch else ""}
        wanted = by_definition(families[theme], stance, batch)
        assert labels(cast, query) == wanted, query
        compared += len(wanted)
    assert compared > 30


def gold_by_definition(cast: Cast, family: set[str] | None, stance: str) -> list[Label]:
    """The gold of every document that is there, label by label."""
    found = []
    for row in Document.objects.filter(taken_down=False):
        case = case_of(row)
        for span in [] if case is None or case.waiting else gold_of(case):
            if (family is None or span.theme in family) and stance in {"", span.stance}:
                found.append((row.pk, span.start, span.theme))
    return sorted(found)


def test_pages_of_gold_are_all_of_it(cast: Cast) -> None:
    varied(cast, seed=2)
    for row in Document.objects.filter(taken_down=False):
        case = case_of(row)
        if case is not None and case.open_disputes:
            change = {"theme": "compensation", "stance": "favor", "holder_kind": "author"}
            decide(row, "change", cast.cleo, **change)
    families = {"": None, "burnout": {"burnout", "long_hours"}, "compensation": {"compensation"}}
    compared = 0
    for theme, stance in product(families, ("", "favor")):
        wanted = wanted_of(cast.project, {"theme": theme, "stance": stance})
        found, place = [], Place()
        while place is not None:
            spans, place = gold(cast.project, wanted, after=place, limit=5)
            found += [(each.document, each.start, each.theme) for each in spans]
        assert sorted(found) == gold_by_definition(cast, families[theme], stance), (theme, stance)
        compared += len(found)
    assert compared > 10
