"""Planning a round on its page: previewed, made as it was shown, refused in words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from annotations.assignment.models import Batch
from annotations.assignment.seats import Exclusion, Hand, Seat
from annotations.codebook.models import Edition
from annotations.corpus.models import Document, Story
from annotations.project.members import enrol
from annotations.project.models import Project, Role
from tests import cast as made
from tests.adjudication import makers
from tests.assignment.rounds import joined, texts
from tests.cast import Cast

ADDRESS = "/projects/labs/batches/new"


@pytest.fixture
def mia(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.mia)
    return client


@pytest.fixture
def documents(cast: Cast) -> list[Document]:
    return texts(cast, 4)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def fields(cast: Cast, **changed: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "name": "Main 1",
        "kind": "main",
        "edition": cast.edition.pk,
        "slots": "2",
        "share": "5",
        "source": "fresh",
        "allocation": "planned",
        "seed": "7",
        "do": "preview",
    }
    for name in ("ada", "ben"):
        asked[f"taking-{cast.coders[name].pk}"] = "on"
    return {key: value for key, value in (asked | changed).items() if value is not None}


def seen(answer: Any) -> str:
    return str(answer.context["shown"].preview.fingerprint)


def test_a_preview_shows_loads_pairs_and_the_seed_and_writes_nothing(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    answer = mia.post(ADDRESS, fields(cast))
    assert answer.status_code == 200
    said = words(answer)
    assert "Codings 8" in said
    assert "Ada 4 8 Ben 4 8" in said  # documents and passages
    assert "Ada · 4 Ben 4 ·" in said
    assert 'value="7"' in answer.content.decode()
    assert not Batch.objects.exists()


def test_the_round_is_made_as_it_was_shown(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    shown = mia.post(ADDRESS, fields(cast, slots="1"))
    body = fields(cast, slots="1", do="make", seen=seen(shown), share="12.5")
    answer = mia.post(ADDRESS, body, follow=True)
    batch = Batch.objects.get()
    assert answer.redirect_chain == [(f"/batches/{batch.uuid}", 302)]
    expected = shown.context["shown"].preview.allocation.seats
    rows = set(Seat.objects.values_list("document", "slot", "coder"))
    assert rows == {(seat.document, seat.slot, seat.coder) for seat in expected}
    assert (batch.seed, batch.checked_share, batch.opened_at) == (7, 0.125, None)


def test_it_is_opened_at_once_where_that_is_asked(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    shown = mia.post(ADDRESS, fields(cast))
    mia.post(ADDRESS, fields(cast, do="open", seen=seen(shown)))
    assert Batch.objects.get().opened_at is not None


def test_what_changed_since_the_preview_is_said_and_shown_again(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    shown = mia.post(ADDRESS, fields(cast))
    late = made.document(cast.project, "Late.", title="Late")
    answer = mia.post(ADDRESS, fields(cast, do="make", seen=seen(shown)))
    assert "have changed since the preview" in words(answer)
    assert late.pk in {item.document for item in answer.context["shown"].preview.items}
    assert not Batch.objects.exists()
    again = mia.post(ADDRESS, fields(cast, do="make", seen=seen(answer)), follow=True)
    assert again.redirect_chain


def test_nothing_is_made_without_a_preview(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    answer = mia.post(ADDRESS, fields(cast, do="make"))
    assert answer.status_code == 200
    assert not Batch.objects.exists()


def test_another_seed_is_drawn_on_request(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    answer = mia.post(ADDRESS, fields(cast, do="draw"))
    drawn = answer.context["shown"].preview.plan.seed
    assert drawn != 7
    assert f'value="{drawn}"' in answer.content.decode()


def test_measures_of_people_are_kept(cast: Cast, mia: Client, documents: list[Document]) -> None:
    ada, ben = cast.coder(cast.ada).pk, cast.coder(cast.ben).pk
    measure = {f"most-{ada}": "2", f"languages-{ada}": "en, FR", f"excluded-{ben}": "story 3"}
    body = fields(cast, slots="1", **measure)
    shown = mia.post(ADDRESS, body)
    mia.post(ADDRESS, {**body, "do": "make", "seen": seen(shown)})
    hand = Hand.objects.get(coder=ada)
    assert (hand.most, hand.languages) == (2, ["en", "fr"])
    assert Exclusion.objects.get().document.title == "Story 3"


def test_a_title_that_fits_several_documents_is_asked_about(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    ben = cast.coder(cast.ben).pk
    answer = mia.post(ADDRESS, fields(cast, **{f"excluded-{ben}": "story"}))
    assert answer.status_code == 422
    assert "“story” fits 4 documents of this round" in words(answer)


def test_what_could_not_be_seated_says_why(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    Document.objects.filter(title="Story 1").update(language="zh")
    measure = {f"languages-{cast.coders[name].pk}": "en" for name in ("ada", "ben")}
    said = words(mia.post(ADDRESS, fields(cast, **measure)))
    assert "2 slots stay free" in said
    assert "Story 1 2 2 people: not in their languages" in said
    said = words(mia.post(ADDRESS, fields(cast, slots="3")))
    assert "Story 0 1 too few people" in said


def test_stories_are_told_to_be_kept_apart(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    story = Story.objects.create(project=cast.project, title="The long night")
    Document.objects.filter(pk__in=[each.pk for each in documents[:2]]).update(story=story)
    said = words(mia.post(ADDRESS, fields(cast)))
    assert "1 story with several documents · kept apart" in said
    assert "The long night 2 documents" in said
    assert "they have one of its story" in said
    said = words(mia.post(ADDRESS, fields(cast, same_story="on")))
    assert "may go to one person" in said


def test_documents_are_taken_by_conditions(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    made.batch(cast.project, cast.edition, documents[:1], name="Before")

    def taken(**conditions: str) -> set[str]:
        answer = mia.post(ADDRESS, fields(cast, source="fitting", **conditions))
        shown = answer.context["shown"]
        return {each.title for each in shown.preview.plan.documents} if shown else set()

    assert taken(q="story") == {f"Story {n}" for n in range(4)}
    assert taken(q="story", only_fresh="on") == {f"Story {n}" for n in (1, 2, 3)}
    assert taken(q="story 2", language="en") == {"Story 2"}
    assert taken(q="nothing such") == set()


def test_only_ticked_documents_are_taken_where_that_is_asked(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    ticked = [str(documents[1].uuid)]
    answer = mia.post(ADDRESS, fields(cast, source="ticked", documents=ticked))
    assert answer.context["shown"].preview.plan.documents == (documents[1],)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"share": "101"}, "less than or equal to 100"),
        ({"seed": "-1"}, "greater than or equal to 0"),
        ({"seed": "x"}, "Enter a whole number."),
        ({"kind": "final"}, "Select a valid choice."),
        ({"allocation": "lottery"}, "Select a valid choice."),
        ({"source": "ticked"}, "No document fits."),
        ({"slots": "99"}, "less than or equal to 20"),
    ],
)
def test_a_plan_with_a_fault_is_answered_in_words(
    cast: Cast, mia: Client, documents: list[Document], changed: dict[str, Any], said: str
) -> None:
    answer = mia.post(ADDRESS, fields(cast, **changed))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Batch.objects.exists()


def test_a_round_needs_somebody(cast: Cast, mia: Client, documents: list[Document]) -> None:
    nobody = {f"taking-{cast.coders[name].pk}": None for name in ("ada", "ben")}
    answer = mia.post(ADDRESS, fields(cast, **nobody))
    assert answer.status_code == 422
    assert "Nobody takes part." in words(answer)


def test_a_queue_for_all_is_for_whoever_joins_later(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    body = fields(cast, allocation="queue")
    shown = mia.post(ADDRESS, body)
    assert "In an open queue nobody has seats." in words(shown)
    mia.post(ADDRESS, {**body, "do": "make", "seen": seen(shown)})
    batch = Batch.objects.get()
    assert batch.open_to_all
    assert not Seat.objects.exists()


def test_a_queue_without_one_is_for_the_others(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    carl = joined(cast, "carl")
    body = fields(cast, allocation="queue")
    shown = mia.post(ADDRESS, body)
    mia.post(ADDRESS, {**body, "do": "make", "seen": seen(shown)})
    batch = Batch.objects.get()
    assert not batch.open_to_all
    assert not batch.hands.filter(coder=cast.coder(carl)).exists()


def test_without_an_edition_the_page_says_what_to_do(cast: Cast, mia: Client) -> None:
    empty = Project.objects.create(slug="empty", name="Empty")
    enrol(cast.mia, empty, roles=[Role.MANAGER])
    assert not Edition.objects.filter(project=empty).exists()
    answer = mia.get("/projects/empty/batches/new")
    assert "There is no codebook edition yet" in words(answer)
    assert 'href="/projects/empty/codebook"' in answer.content.decode()
    assert "Write the codebook first" in words(mia.get("/projects/empty/batches"))


def test_many_people_are_told_by_range_not_by_matrix(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    more = [joined(cast, f"coder{n}") for n in range(12)]
    body = fields(cast, **{f"taking-{cast.coder(user).pk}": "on" for user in more})
    answer = mia.post(ADDRESS, body)
    assert answer.context["shown"].matrix == []
    assert "Documents that two share" in words(answer)


def test_names_and_titles_are_shown_as_text(cast: Cast, mia: Client) -> None:
    hostile = "<script>alert(1)</script>"
    made.document(cast.project, "Night.", title=hostile)
    answer = mia.post(ADDRESS, fields(cast, slots="3", name=hostile, **{"value": hostile}))
    assert hostile not in answer.content.decode()


def test_the_page_says_what_each_theme_comes_to_at_this_rate(cast: Cast) -> None:
    row = makers.document(cast.project)
    round_ = made.batch(cast.project, cast.edition, [row])
    makers.submitted(round_, row, cast.coder(cast.ada), [makers.NIGHTS], slot=1)
    client = Client()
    client.force_login(cast.mia)
    page = client.get(f"/batches/{round_.uuid}").content.decode()
    assert '<td class="num" data-label="By the end, at this rate">2</td>' in page
