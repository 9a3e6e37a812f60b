"""Search and retrieval: everything that one may see, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from annotations.adjudication.cases import Case, case_of, read_all
from annotations.adjudication.models import Decision
from annotations.adjudication.ruling import rule
from annotations.adjudication.verdicts import Verdict
from annotations.assignment.models import Batch, BatchDocument
from annotations.corpus.folded import FoldedPassage
from annotations.corpus.models import Document
from annotations.project.models import User
from annotations.release.taking_down import take_down
from tests import cast as made
from tests.adjudication.makers import HOURS, NIGHTS, PAY, PAY_PRAISED, coded
from tests.adjudication.makers import document as text_of
from tests.cast import NOW, Cast, operation

FRENCH = "L’été à l’École\nLes chercheurs n’en peuvent plus.\n研究者面临巨大压力。\n"


def ask(user: User, path: str, **query: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(f"/api/v1/projects/labs/{path}", query)


def found(user: User, q: str) -> list[str]:
    answer = ask(user, "search", q=q)
    assert answer.status_code == 200
    return [each["text"] for each in answer.json()["results"]]


@pytest.fixture
def texts(cast: Cast) -> list[Document]:
    """Two documents, of which ada has the first."""
    rows = [
        made.document(cast.project, FRENCH, title="L’été"),
        made.document(cast.project, "Summer in the lab.\nThe ÉCOLE again, 100% _so_.\n"),
    ]
    made.assignment(made.batch(cast.project, cast.edition, rows), rows[0], cast.coder(cast.ada))
    return rows


def test_annotators_search_what_they_work_on_and_managers_all(
    cast: Cast, texts: list[Document]
) -> None:
    assert found(cast.ada, "ecole") == ["L’été à l’École"]
    assert found(cast.ben, "ecole") == []
    for user in (cast.mia, cast.cleo):
        assert found(user, "ecole") == ["L’été à l’École", "The ÉCOLE again, 100% _so_."]
    assert ask(cast.rita, "search", q="ecole").status_code == 403
    assert ask(cast.dag, "search", q="ecole").status_code == 404


@pytest.mark.parametrize(
    ("q", "sought"),
    [("L'ETE", "L’été"), ("压力", "压力"), ("N’EN  PEUVENT", "n’en peuvent"), ("力", "力")],
)
def test_hits_are_code_points_of_the_document(
    cast: Cast, texts: list[Document], q: str, sought: str
) -> None:
    [hit] = ask(cast.ada, "search", q=q).json()["results"]
    [place] = hit["hits"]
    assert FRENCH[place["start"] : place["end"]] == sought
    assert FRENCH[hit["start"] : hit["end"]] == hit["text"]
    assert (hit["before"] + hit["text"] + hit["after"]) in FRENCH
    assert hit["assignment"] is not None


def test_signs_of_sql_are_letters(cast: Cast, texts: list[Document]) -> None:
    assert found(cast.mia, "100% _so_") == ["The ÉCOLE again, 100% _so_."]
    assert found(cast.mia, "%") == ["The ÉCOLE again, 100% _so_."]
    for q in ("s_mmer", "'; DROP TABLE x; --", "\\", "[a-z]"):
        assert found(cast.mia, q) == []


@pytest.mark.parametrize("q", ["", "  ", "\u00ad", "x" * 201, "a\x00b", "a\nb"])
def test_what_cannot_be_sought_is_422(cast: Cast, q: str) -> None:
    assert ask(cast.mia, "search", q=q).status_code == 422


def test_pages_follow_one_another_without_gap_or_repetition(cast: Cast) -> None:
    made.document(cast.project, "\n".join(f"Line {n} of soup." for n in range(7)))
    seen: list[str] = []
    answer = ask(cast.mia, "search", q="soup", limit=3).json()
    while True:
        seen += [each["text"] for each in answer["results"]]
        if answer["next"] is None:
            break
        client = Client()
        client.force_login(cast.mia)
        answer = client.get(answer["next"]).json()
    assert seen == [f"Line {n} of soup." for n in range(7)]


def test_a_long_text_is_searched_from_its_first_passage_to_its_last(cast: Cast) -> None:
    nights = [f"Night {number} was long." for number in range(500)]
    made.document(cast.project, "\n".join(nights))
    assert FoldedPassage.objects.exclude(run=None).count() > 2
    for number in (0, 222, 223, 224, 499):
        assert found(cast.mia, f"night {number} was") == [nights[number]]
    assert found(cast.mia, "long. night") == []


def test_a_long_passage_is_shown_around_its_first_hit(cast: Cast) -> None:
    text = "soup " * 2_000 + "Needle " + "bread " * 2_000
    made.document(cast.project, text.strip())
    [hit] = ask(cast.mia, "search", q="needle").json()["results"]
    assert len(hit["text"]) == 2_000
    [place] = hit["hits"]
    assert text[place["start"] : place["end"]] == "Needle"
    assert text[hit["start"] : hit["end"]] == hit["text"]


@pytest.fixture
def round_(cast: Cast) -> Batch:
    """One document that ada and ben coded; they differ on pay."""
    row = text_of(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    coded(batch, row, {ada: [NIGHTS, PAY], ben: [NIGHTS, PAY_PRAISED]})
    return batch


def labels(user: User, **query: Any) -> list[tuple[str, str | None]]:
    answer = ask(user, "coded", **query)
    assert answer.status_code == 200, answer.content
    return [(each["theme"], each["stance"]) for each in answer.json()["results"]]


def test_annotators_retrieve_their_own_coding(cast: Cast, round_: Batch) -> None:
    assert labels(cast.ada) == [("burnout", "against"), ("secrecy", "against")]
    assert labels(cast.ben, theme="secrecy") == [("secrecy", "favor")]
    assert labels(cast.ada, stance="favor") == []
    for of in ("gold", "submitted"):
        assert ask(cast.ada, "coded", of=of).status_code == 403
    assert ask(cast.rita, "coded").status_code == 403


def test_a_row_has_its_passage_its_quote_and_what_stands_around(cast: Cast, round_: Batch) -> None:
    [row] = ask(cast.ada, "coded", theme="burnout").json()["results"]
    text = Document.objects.get().text
    assert text[row["start"] : row["end"]] == row["quote"] == NIGHTS[0]
    assert (row["before"], row["passage"]) == ("Nights in the lab\n", 1)
    assert row["after"].startswith(" and nobody minds.")
    assert (row["offset_unit"], row["holder"], row["batch"]) == ("codepoint", None, "Round 1")
    assert row["assignment"]


def test_gold_is_what_is_unanimous_or_ruled(cast: Cast, round_: Batch) -> None:
    assert labels(cast.mia) == [("burnout", "against")]
    case = case_of(Document.objects.get())
    assert case is not None
    [dispute] = case.open_disputes
    verdict = Verdict(Decision.ACCEPT, dispute=dispute.key, accepted=dispute.members[0].revision)
    rule(case.document, verdict, by=cast.cleo, operation=operation(), base=case.version, now=NOW)
    answer = ask(cast.cleo, "coded", theme="secrecy").json()
    assert [each["origin"] for each in answer["results"]] == ["adjudicated"]
    assert answer["of"] == "gold"


def test_what_was_submitted_waits_for_every_slot(cast: Cast, round_: Batch) -> None:
    row = text_of(cast.project, "Another day.\nThey work until midnight and nobody minds.\n")
    late = made.batch(cast.project, cast.edition, [row], name="Late")
    coded(late, row, {cast.coder(cast.ada): [NIGHTS]})
    assert len(labels(cast.mia, of="submitted")) == 4
    assert labels(cast.mia, of="submitted", batch=str(late.uuid)) == []
    assert labels(cast.mia, of="submitted", stance="favor") == [("secrecy", "favor")]


def test_a_theme_brings_its_sub_themes(cast: Cast) -> None:
    row = text_of(cast.project)
    batch = made.batch(cast.project, cast.edition, [row], slots=1)
    coded(batch, row, {cast.coder(cast.ada): [HOURS]})
    for user, of in ((cast.ada, "own"), (cast.mia, "gold"), (cast.mia, "submitted")):
        assert labels(user, theme="burnout", of=of) == [("long_hours", "against")]
        assert labels(user, theme="long_hours", of=of) == [("long_hours", "against")]
        assert labels(user, theme="compensation", of=of) == []
        holder = {} if of == "own" else {"holder": "author"}
        assert labels(user, language="en", of=of, **holder)
        assert labels(user, language="fr", of=of) == []


@pytest.mark.parametrize("of", ["own", "gold", "submitted"])
def test_labels_of_what_was_taken_down_are_left_out(cast: Cast, of: str) -> None:
    rows = [text_of(cast.project, f"Day {n}\n{NIGHTS[0]}.\n") for n in range(2)]
    batch = made.batch(cast.project, cast.edition, rows, slots=1)
    for row in rows:
        coded(batch, row, {cast.coder(cast.ada): [NIGHTS]})
    user = cast.ada if of == "own" else cast.mia
    assert len(labels(user, of=of)) == 2
    take_down(rows[0], reason="Asked to.", by=cast.mia, now=NOW)
    [left] = ask(user, "coded", of=of).json()["results"]
    assert left["document"]["id"] == str(rows[1].uuid)


@pytest.mark.parametrize("of", ["own", "gold", "submitted"])
def test_pages_of_labels_are_complete(cast: Cast, of: str) -> None:
    rows = [text_of(cast.project, f"Day {n}\n{NIGHTS[0]}.\n{PAY[0]}\n") for n in range(3)]
    batch = made.batch(cast.project, cast.edition, rows, slots=1)
    for row in rows:
        coded(batch, row, {cast.coder(cast.ada): [NIGHTS, PAY]})
    user = cast.ada if of == "own" else cast.mia
    seen, answer = [], ask(user, "coded", of=of, limit=2).json()
    client = Client()
    client.force_login(user)
    while True:
        seen += [(each["document"]["id"], each["start"]) for each in answer["results"]]
        if answer["next"] is None:
            break
        answer = client.get(answer["next"]).json()
    assert len(seen) == len(set(seen)) == 6
    assert seen == sorted(seen, key=lambda each: [str(row.uuid) for row in rows].index(each[0]))


def test_a_page_of_gold_reads_few_documents_more_than_it_has_labels_of(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [text_of(cast.project, f"Day {n}\n{NIGHTS[0]}.\n") for n in range(12)]
    batch = made.batch(cast.project, cast.edition, rows, slots=1)
    for row in rows:
        coded(batch, row, {cast.coder(cast.ada): [] if row is rows[0] else [NIGHTS]})
    read: list[int] = []

    def counted(items: list[BatchDocument], **more: Any) -> list[Case]:
        read.append(len(items))
        return read_all(items, **more)

    monkeypatch.setattr("annotations.adjudication.retrieving_gold.read_all", counted)
    answer = ask(cast.mia, "coded", of="gold", limit=5).json()
    told = [each["document"]["id"] for each in answer["results"]]
    assert told == [str(row.uuid) for row in rows[1:6]]
    assert read == [6, 3]


@pytest.mark.parametrize(
    "query",
    [
        {"theme": "no_such"},
        {"stance": "no_such"},
        {"holder": "martian"},
        {"holder": ""},
        {"batch": "no-uuid"},
        {"batch": "018f0000-0000-7000-8000-000000000000"},
        {"of": "all"},
        {"cursor": "nonsense"},
        {"cursor": "MS4y"},
        {"coder": "1"},
        {"theme__parent": "burnout"},
    ],
)
def test_an_unknown_filter_is_422(cast: Cast, query: dict[str, str]) -> None:
    answer = ask(cast.mia, "coded", **query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["detail"]
