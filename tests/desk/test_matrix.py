"""The matrix: theme × stance × what documents are told apart by."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from annotations.adjudication.crossing import Crossed, crossing
from annotations.adjudication.retrieving import Layer
from annotations.coding.retrieving import Place, Wanted, own, own_counts
from annotations.corpus.attributes.facets import LANGUAGE, MONTH, YEAR, documents_with, values_of
from annotations.corpus.models import Attribute, Document
from annotations.project.models import User
from tests import cast as made
from tests.adjudication import makers
from tests.agreement.varied import varied
from tests.cast import Cast
from tests.desk.test_adjudication import by


@pytest.fixture
def documents(cast: Cast) -> list[Document]:
    """Two documents of two outlets: pay agreed on in both, nights in dispute in the first."""
    rows = [
        makers.document(cast.project, f"{makers.TEXT}\nArticle {n}.", title=f"Article {n}")
        for n in range(2)
    ]
    Attribute.objects.create(project=cast.project, key="outlet", name="Outlet")
    for row, outlet, day in zip(rows, ("=Post", "Globe"), (1, 31), strict=True):
        row.attributes = [{"key": "outlet", "value": outlet}]
        row.published_on = date(2025, 3, day)
        row.save()
    batch = made.batch(cast.project, cast.edition, rows)
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, rows[0], {ada: [makers.PAY, makers.NIGHTS], ben: [makers.PAY]})
    makers.coded(batch, rows[1], {ada: [makers.PAY_PRAISED], ben: [makers.PAY_PRAISED]})
    return rows


@pytest.mark.parametrize("facet", [LANGUAGE, MONTH, YEAR, "outlet"])
def test_ones_own_are_counted_as_they_are_listed(cast: Cast, facet: str) -> None:
    rows = varied(cast, seed=4)
    held = [{"key": "other", "value": "x"}, {"key": "outlet", "value": "Post"}]
    Document.objects.filter(pk=rows[0].pk).update(attributes=held, published_on=date(25, 3, 1))
    coder = cast.coder(cast.ada)
    listed = own(coder, Wanted(), after=Place(), limit=1000)
    values = values_of(cast.project, facet)
    counted = Counter((each.theme, each.stance or "", values[each.document]) for each in listed)
    assert own_counts(coder, facet, Wanted()) == counted
    assert len(counted) > 3


def crossed(cast: Cast, layer: Layer, facet: str, user: User, **wanted: object) -> Crossed:
    return crossing(cast.project, layer, facet, Wanted(**wanted), by=user)  # type: ignore[arg-type]  # as given


def test_gold_is_counted_by_theme_stance_and_attribute(
    cast: Cast, documents: list[Document]
) -> None:
    found = crossed(cast, Layer.GOLD, "outlet", cast.mia)
    assert dict(found.counts) == {
        ("secrecy", "against", "=Post"): 1,
        ("secrecy", "favor", "Globe"): 1,
    }
    assert found.share_of_stance("secrecy", "against") == 0.5
    assert found.share_of_theme("secrecy", "Globe") == 1.0
    assert found.share_of_stance("secrecy", "against", "Nowhere") is None


def test_a_coder_counts_what_is_their_own(cast: Cast, documents: list[Document]) -> None:
    own = crossed(cast, Layer.OWN, "outlet", cast.ada)
    assert own.of(theme="burnout") == 1
    assert own.of() == 3
    assert crossed(cast, Layer.OWN, "outlet", cast.ben).of(theme="burnout") == 0


def test_a_sub_theme_counts_as_its_theme(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    makers.submitted(batch, row, cast.coder(cast.ada), [makers.HOURS], slot=1)
    found = crossed(cast, Layer.OWN, LANGUAGE, cast.ada)
    assert dict(found.counts) == {("burnout", "against", "en"): 1}


def test_months_are_told_apart_and_documents_without_one_come_last(
    cast: Cast, documents: list[Document]
) -> None:
    Document.objects.filter(pk=documents[1].pk).update(published_on=None)
    assert crossed(cast, Layer.GOLD, MONTH, cast.mia).values == ["2025-03", ""]
    assert documents_with(cast.project, MONTH, "") == {documents[1].pk}


def test_a_round_and_an_edition_narrow_it(cast: Cast, documents: list[Document]) -> None:
    other = made.frozen_edition(cast.project, number=2)
    assert crossed(cast, Layer.GOLD, "outlet", cast.mia, edition=other.pk).of() == 0
    assert crossed(cast, Layer.OWN, "outlet", cast.ada, edition=other.pk).of() == 0
    assert crossed(cast, Layer.GOLD, "outlet", cast.mia, edition=cast.edition.pk).of() == 2


def shown(cast: Cast, client: Client, **query: str) -> str:
    answer = client.get(reverse("matrix", args=[cast.project.slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_number_leads_to_as_many_passages(cast: Cast, documents: list[Document]) -> None:
    client = by(cast.mia)
    page = shown(cast, client, by="outlet")
    cells = re.findall(r'<td class="num"[^>]*><a href="([^"]+)">(\d+)</a>', page)
    assert len(cells) == 7  # Of the theme: all, two outlets; of each stance: all, one outlet.
    for href, times in cells:
        found = client.get(href.replace("&amp;", "&")).content.decode()
        assert found.count("<blockquote") == int(times), href


def test_bars_say_the_stance_by_sign_and_title(cast: Cast, documents: list[Document]) -> None:
    page = shown(cast, by(cast.mia), by="outlet")
    assert "<title>=Post · Against: 1 / 1</title>" in page
    assert not re.search(r"<[^>]+\sstyle=", page)


def test_the_download_is_safe_in_a_spreadsheet(cast: Cast, documents: list[Document]) -> None:
    text = shown(cast, by(cast.mia), by="outlet", format="csv")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert {row["outlet"] for row in rows} == {"'=Post", "Globe"}
    assert rows[0] == {
        "theme": "secrecy",
        "stance": "against",
        "outlet": "'=Post",
        "labels": "1",
        "share_of_theme": "1.0",
    }


def test_nor_is_the_name_of_a_column_a_formula(cast: Cast, documents: list[Document]) -> None:
    Attribute.objects.create(project=cast.project, key="=1+1", name="Sum")
    text = shown(cast, by(cast.mia), by="=1+1", format="csv")
    assert text.splitlines()[0].lstrip("\ufeff") == "theme,stance,'=1+1,labels,share_of_theme"


def test_a_coder_sees_the_own_coding_and_no_gold(cast: Cast, documents: list[Document]) -> None:
    client = by(cast.ada)
    assert "Burnout" in shown(cast, client)
    address = reverse("matrix", args=[cast.project.slug])
    assert client.get(address, {"of": "gold"}).status_code == 403


@pytest.mark.parametrize("query", [{"by": "nonsense"}, {"batch": "x"}, {"edition": "99"}])
def test_what_is_unknown_is_refused(cast: Cast, query: dict[str, str]) -> None:
    assert by(cast.mia).get(reverse("matrix", args=[cast.project.slug]), query).status_code == 422


def test_without_labels_it_says_when_there_will_be_some(cast: Cast) -> None:
    assert "Nothing to count yet" in shown(cast, by(cast.mia))
