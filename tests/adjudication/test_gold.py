"""What may be concluded of passages that carry no label."""

from __future__ import annotations

from annotations.adjudication.gold import unjudged
from annotations.corpus.models import Document, Passage
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.adjudication.test_ruling import decide, place
from tests.cast import Cast


def stretches(document: Document) -> list[str]:
    passages = list(Passage.objects.filter(document=document).order_by("index"))
    return [document.text[start:end] for start, end in unjudged(the_case(document), passages)]


def seen_by_ben(cast: Cast, judged: list[int], *, zones: tuple[str, ...] = ()) -> Document:
    """ada judged all passages and ben only these; both coded pay alike."""
    row = makers.document(cast.project, zones=zones)
    batch = made.batch(cast.project, cast.edition, [row])
    makers.submitted(batch, row, cast.coder(cast.ada), [makers.PAY], slot=1)
    makers.submitted(batch, row, cast.coder(cast.ben), [makers.PAY], slot=2, judged=judged)
    return row


def test_what_all_judged_is_a_negative(cast: Cast) -> None:
    assert stretches(seen_by_ben(cast, [0, 1, 2, 3])) == []


def test_what_one_did_not_judge_is_unjudged(cast: Cast) -> None:
    assert stretches(seen_by_ben(cast, [0, 1, 2])) == ["The canteen serves soup."]


def test_neighbours_are_one_stretch(cast: Cast) -> None:
    text = "Nights in the lab\nThey work until midnight and nobody minds."
    assert stretches(seen_by_ben(cast, [3])) == [text]


def test_a_passage_with_gold_is_judged(cast: Cast) -> None:
    assert stretches(seen_by_ben(cast, [0, 1, 3])) == []


def test_a_ruling_judges_what_it_lies_on(cast: Cast) -> None:
    row = seen_by_ben(cast, [0, 1, 2])
    label = {"theme": "other", "stance": "none", "holder_kind": "author"}
    decide(row, "add", cast.cleo, **place(row, "soup"), **label)
    assert stretches(row) == []


def test_boilerplate_is_not_asked_for(cast: Cast) -> None:
    row = seen_by_ben(cast, [0, 1, 2], zones=("title", "body", "body", "boilerplate"))
    assert stretches(row) == []
