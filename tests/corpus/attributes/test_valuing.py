"""A person gives a document its values."""

from __future__ import annotations

import pytest

from annotations.corpus.attributes.valuing import give_values
from annotations.corpus.models import Attribute, Document
from annotations.project.refusals import Invalid, NotAllowed, NotVisible
from tests import cast as made
from tests.cast import Cast


@pytest.fixture
def article(cast: Cast) -> Document:
    for position, (key, kind) in enumerate([("outlet", "text"), ("year", "number")]):
        Attribute.objects.create(
            project=cast.project, key=key, name=key.capitalize(), kind=kind, position=position
        )
    row = made.document(cast.project, "They stayed.\n")
    row.attributes = [{"key": "year", "value": "2024"}, {"key": "gone", "value": "kept"}]
    row.warnings = [
        "“x” was left out, as the attribute Year takes: a number, such as 12 or 3.5.",
        "1 × soft hyphens, kept.",
    ]
    row.save()
    return row


def test_values_are_given_changed_and_taken_away(cast: Cast, article: Document) -> None:
    found = give_values(article, {"outlet": "Gazette", "year": "2025"}, by=cast.mia)
    assert found.attributes == [
        {"key": "outlet", "value": "Gazette"},
        {"key": "year", "value": "2025"},
        {"key": "gone", "value": "kept"},
    ]
    found = give_values(article, {"outlet": " "}, by=cast.mia)
    assert [each["key"] for each in found.attributes] == ["year", "gone"]


def test_giving_a_value_settles_the_warning_about_it(cast: Cast, article: Document) -> None:
    assert give_values(article, {"outlet": "x"}, by=cast.mia).warnings == article.warnings
    found = give_values(article, {"year": "3"}, by=cast.mia)
    assert found.warnings == ["1 × soft hyphens, kept."]


def test_each_value_that_does_not_fit_is_named_and_none_is_kept(
    cast: Cast, article: Document
) -> None:
    with pytest.raises(Invalid, match="“soon” is not what the attribute Year takes") as refused:
        give_values(article, {"outlet": "y" * 3_000, "year": "soon"}, by=cast.mia)
    fields = {each["field"] for each in refused.value.extra["errors"]}
    assert fields == {"attributes.outlet", "attributes.year"}
    assert Document.objects.get().attributes == article.attributes


def test_what_is_no_attribute_here_is_refused(cast: Cast, article: Document) -> None:
    with pytest.raises(Invalid, match="There is no attribute “colour”"):
        give_values(article, {"colour": "red"}, by=cast.mia)


def test_only_managers_give_values(cast: Cast, article: Document) -> None:
    with pytest.raises(NotAllowed):
        give_values(article, {"outlet": "x"}, by=cast.ada)
    with pytest.raises(NotVisible):
        give_values(article, {"outlet": "x"}, by=cast.dag)
