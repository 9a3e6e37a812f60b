"""The question about a table's columns, cut as a person says."""

from __future__ import annotations

import io

import pytest

from annotations.corpus.choices import Columns
from annotations.corpus.deliveries.answering import name_columns
from annotations.corpus.deliveries.cancelling import cancel
from annotations.corpus.deliveries.delivering import deliver
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.deliveries.previewing import cut_anew
from annotations.corpus.models import Document, Import
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests.cast import NOW, Cast

TABLE = b"Pain;Le prix monte, encore.\nNuit;Personne ne dort, dit-on.\n"


@pytest.fixture
def asked(cast: Cast) -> Import:
    return asked_about(cast, TABLE, "presse.csv")


def asked_about(cast: Cast, data: bytes, name: str) -> Import:
    delivery = deliver(cast.project, [(name, io.BytesIO(data))], by=cast.mia, now=NOW)
    run_import(delivery.pk, clock=lambda: NOW)
    assert delivery.files.get().outcome == "asked"
    return delivery


def test_a_table_without_names_is_read_whole(cast: Cast, asked: Import) -> None:
    assert asked.files.get().reading["preview"]["header"] is True
    preview = cut_anew(asked, 0, delimiter=";", header=False, by=cast.mia)
    assert preview["names"] == ["1", "2"]
    assert preview["rows"][0] == ["Pain", "Le prix monte, encore."]
    assert asked.files.get().reading["preview"] == preview
    name_columns(asked, 0, Columns(text="2", title="1"), by=cast.mia, now=NOW)
    run_import(asked.pk, clock=lambda: NOW)
    assert sorted(Document.objects.values_list("title", flat=True)) == ["Nuit", "Pain"]


def test_another_mark_between_the_columns_is_kept_for_reading(cast: Cast, asked: Import) -> None:
    preview = cut_anew(asked, 0, delimiter=",", header=False, by=cast.mia)
    assert preview["rows"][0] == ["Pain;Le prix monte", " encore."]
    name_columns(asked, 0, Columns(text="1"), by=cast.mia, now=NOW)
    run_import(asked.pk, clock=lambda: NOW)
    assert set(Document.objects.values_list("text", flat=True)) == {
        "Pain;Le prix monte",
        "Nuit;Personne ne dort",
    }


def test_whoever_looked_is_asked_though_the_names_are_our_own(cast: Cast) -> None:
    table = b"text|title|note\nLong nights.|Nights|x\n"
    delivery = asked_about(cast, table, "a.csv")
    preview = cut_anew(delivery, 0, delimiter="|", header=True, by=cast.mia)
    assert preview["names"] == ["text", "title", "note"]
    own = asked_about(cast, b"note;text,title\nx;Long nights.,Nights\n", "b.csv")
    assert cut_anew(own, 0, delimiter=",", header=True, by=cast.mia)["names"] == [
        "note;text",
        "title",
    ]


def test_lines_of_json_are_not_cut(cast: Cast) -> None:
    delivery = asked_about(cast, b'{"corps": "Long nights."}\n', "a.jsonl")
    with pytest.raises(NotNow):
        cut_anew(delivery, 0, delimiter=",", header=True, by=cast.mia)


def test_what_parts_no_columns_is_refused(cast: Cast, asked: Import) -> None:
    with pytest.raises(Invalid, match="Columns are parted by"):
        cut_anew(asked, 0, delimiter="x", header=True, by=cast.mia)


def test_once_it_is_answered_or_cancelled_nothing_is_cut(cast: Cast, asked: Import) -> None:
    cancel(asked, by=cast.mia, now=NOW)
    with pytest.raises(NotNow):
        cut_anew(asked, 0, delimiter=";", header=True, by=cast.mia)


def test_only_managers_cut(cast: Cast, asked: Import) -> None:
    with pytest.raises(NotAllowed):
        cut_anew(asked, 0, delimiter=";", header=True, by=cast.ada)
    with pytest.raises(NotVisible):
        cut_anew(asked, 0, delimiter=";", header=True, by=cast.dag)
