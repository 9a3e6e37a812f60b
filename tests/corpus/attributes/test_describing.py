"""Kinds of attributes are changed by a manager, and the values that are there follow."""

from __future__ import annotations

import pytest

from annotations.corpus.attributes import describing
from annotations.corpus.attributes.counting import counted, having, lacking
from annotations.corpus.attributes.valuing import give_values
from annotations.corpus.models import Attribute, Document
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests import cast as made
from tests.cast import Cast


@pytest.fixture
def year(cast: Cast) -> Attribute:
    return Attribute.objects.create(project=cast.project, key="year", name="Year")


def with_value(cast: Cast, value: str, *, key: str = "year") -> Document:
    row = made.document(cast.project, f"About {value}.\n", title=f"About {value}")
    row.attributes = [{"key": "pages", "value": "7"}, {"key": key, "value": value}]
    row.save(update_fields=["attributes"])
    return row


def fresh(row: Document) -> Document:
    return Document.objects.get(pk=row.pk)


def test_a_kind_that_all_values_fit_is_taken(cast: Cast, year: Attribute) -> None:
    row = with_value(cast, "2025")
    assert describing.describe(year, name="Year", kind="number", choices=[], by=cast.mia) == 0
    year.refresh_from_db()
    assert year.kind == "number"
    assert fresh(row).attributes[1] == {"key": "year", "value": "2025"}


def test_values_that_do_not_fit_are_named_and_nothing_changes(cast: Cast, year: Attribute) -> None:
    with_value(cast, "2025")
    with_value(cast, "last summer")
    with pytest.raises(Invalid, match="“last summer”") as refused:
        describing.describe(year, name="When", kind="number", choices=[], by=cast.mia)
    assert refused.value.extra["unfit"] == [("last summer", 1)]
    year.refresh_from_db()
    assert (year.name, year.kind) == ("Year", "text")


def test_they_may_leave_and_each_document_keeps_what_it_was(cast: Cast, year: Attribute) -> None:
    kept, lost = with_value(cast, "2025"), with_value(cast, "last summer")
    left = describing.describe(
        year, name="Year", kind="number", choices=[], by=cast.mia, leave_out=True
    )
    assert left == 1
    assert fresh(kept).warnings == []
    assert fresh(lost).attributes == [{"key": "pages", "value": "7"}]
    assert "“last summer” was left out" in fresh(lost).warnings[0]


def test_values_are_written_as_the_new_kind_writes_them(cast: Cast, year: Attribute) -> None:
    row, other = with_value(cast, "oui"), with_value(cast, "No")
    describing.describe(year, name="Seen", kind="flag", choices=[], by=cast.mia)
    assert [fresh(each).attributes[1]["value"] for each in (row, other)] == ["true", "false"]


def test_a_list_holds_each_value_once(cast: Cast, year: Attribute) -> None:
    row = with_value(cast, "le monde")
    listed = ["Le Monde", " le  monde ", "", "Gazette"]
    describing.describe(year, name="Outlet", kind="choice", choices=listed, by=cast.mia)
    year.refresh_from_db()
    assert year.choices == ["Le Monde", "Gazette"]
    assert fresh(row).attributes[1]["value"] == "Le Monde"


def test_an_attribute_is_added_behind_the_others(cast: Cast, year: Attribute) -> None:
    added = describing.add(cast.project, name="Le média", kind="text", choices=[], by=cast.mia)
    assert (added.key, added.name) == ("le-media", "Le média")
    assert list(Attribute.objects.values_list("key", flat=True)) == ["year", "le-media"]


@pytest.mark.parametrize(
    ("name", "kind", "choices", "field"),
    [
        ("  ", "text", [], "name"),
        ("x" * 121, "text", [], "name"),
        ("!!", "text", [], "name"),
        ("year", "text", [], "name"),
        ("Outlet", "colour", [], "kind"),
        ("Outlet", "choice", [" "], "choices"),
    ],
)
def test_what_is_no_attribute_is_refused_at_its_field(
    cast: Cast, year: Attribute, name: str, kind: str, choices: list[str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        describing.add(cast.project, name=name, kind=kind, choices=choices, by=cast.mia)
    assert [each["field"] for each in refused.value.extra["errors"]] == [field]
    assert Attribute.objects.count() == 1


def test_what_has_values_stays(cast: Cast, year: Attribute) -> None:
    row = with_value(cast, "2025")
    with pytest.raises(NotNow):
        describing.remove(year, by=cast.mia)
    give_values(row, {"year": ""}, by=cast.mia)
    describing.remove(year, by=cast.mia)
    assert not Attribute.objects.exists()


def test_only_managers_say_what_there_is(cast: Cast, year: Attribute) -> None:
    with pytest.raises(NotAllowed):
        describing.describe(year, name="x", kind="text", choices=[], by=cast.cleo)
    with pytest.raises(NotAllowed):
        describing.add(cast.project, name="x", kind="text", choices=[], by=cast.ada)
    with pytest.raises(NotVisible):
        describing.remove(year, by=cast.dag)


def test_values_are_counted_the_most_frequent_first(cast: Cast, year: Attribute) -> None:
    first = with_value(cast, "2025")
    for number in range(2):
        made.document(cast.project, f"More {number}.\n", title=f"More {number}")
    Document.objects.exclude(pk=first.pk).update(attributes=[{"key": "year", "value": "2024"}])
    found = counted(cast.project, most=1)
    assert (found["year"].documents, found["year"].values) == (3, [("2024", 2)])
    assert counted(cast.project)["year"].values == [("2024", 2), ("2025", 1)]


def test_documents_are_found_by_a_part_of_the_value(cast: Cast, year: Attribute) -> None:
    row, other = with_value(cast, "Le Monde"), with_value(cast, "Gazette")
    bare = made.document(cast.project, "Nothing said.\n")
    every = Document.objects.order_by("pk")
    assert list(having(every, year, value="mond")) == [row]
    assert list(having(every, year, value="")) == [row, other]
    assert list(having(every, year, value='"] || true')) == []
    assert list(lacking(every, year)) == [bare]
    pages = Attribute(project=cast.project, key="pages", name="Pages")
    assert list(having(every, pages, value="Monde")) == []
