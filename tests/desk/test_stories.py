"""The pages of stories: what waits, two texts side by side, a decision and its undoing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.corpus.models import Document, Story, StoryCandidate
from annotations.corpus.stories.gathering import OF_PROJECT, gather_project
from annotations.project.models import Project, User
from tests.cast import Cast
from tests.corpus.stories.tales import admitted

PAGE = "/projects/labs/stories"
NAMES = ("bridge.en", "bridge.copy.en", "bridge.fr", "strike.en")


@pytest.fixture
def rows(cast: Cast) -> dict[str, Document]:
    made = admitted(cast.project, *NAMES)
    gather_project(cast.project.pk)
    return made


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read(user: User, address: str) -> str:
    return browser_of(user).get(address).content.decode()


def pair(rows: dict[str, Document], one: str, other: str) -> StoryCandidate:
    first, second = sorted((rows[one].pk, rows[other].pk))
    return StoryCandidate.objects.get(first=first, second=second)


def decide(user: User, row: StoryCandidate, decision: str, **more: str) -> Any:
    return browser_of(user).post(f"{PAGE}/{row.uuid}", {"decision": decision, **more})


def test_the_list_names_the_pairs_the_most_likely_first(
    cast: Cast, rows: dict[str, Document]
) -> None:
    page = read(cast.mia, PAGE)
    assert page.count('class="card" href="/projects/labs/stories/') == 3
    assert "very likely" in page
    assert page.index(str(pair(rows, "bridge.en", "bridge.fr").uuid)) < page.index(
        str(pair(rows, "bridge.copy.en", "bridge.fr").uuid)
    )


def test_the_same_number_stands_in_both_texts(cast: Cast, rows: dict[str, Document]) -> None:
    page = read(cast.mia, f"{PAGE}/{pair(rows, 'bridge.en', 'bridge.fr').uuid}")
    for quote in ("46 million", "46 millions"):
        (number,) = {
            part.split('"')[0] for part in page.split('<mark data-n="') if f"</sup>{quote}<" in part
        }
        assert page.count(f'<mark data-n="{number}">') == 2
    assert "names and figures in the same order" in page


def test_a_decision_leads_to_the_next_pair(cast: Cast, rows: dict[str, Document]) -> None:
    row = pair(rows, "bridge.en", "bridge.fr")
    answer = decide(cast.mia, row, "translation", derived="second")
    (following,) = (
        StoryCandidate.objects.filter(decision="")
        .exclude(first__story=None)
        .exclude(second__story__isnull=False, first__story__isnull=False)
        or StoryCandidate.objects.filter(decision="").order_by("-score")[:1]
    )
    assert answer.url == f"{PAGE}/{following.uuid}"
    assert "Undo the last" in read(cast.mia, answer.url)


def test_the_last_decision_leads_to_the_list(cast: Cast, rows: dict[str, Document]) -> None:
    decide(cast.mia, pair(rows, "bridge.en", "bridge.fr"), "translation")
    answer = decide(cast.mia, pair(rows, "bridge.en", "bridge.copy.en"), "copy")
    assert answer.url == PAGE
    page = read(cast.mia, PAGE)
    assert "No pair waits" in page
    assert page.count('<li class="card" id="story-') == 1


def test_the_other_side_may_be_said_to_be_the_first(cast: Cast, rows: dict[str, Document]) -> None:
    decide(cast.mia, pair(rows, "bridge.en", "bridge.fr"), "translation", derived="first")
    rows["bridge.en"].refresh_from_db()
    assert rows["bridge.en"].story_relation == "translation"


def test_a_decision_is_taken_back(cast: Cast, rows: dict[str, Document]) -> None:
    row = pair(rows, "bridge.en", "bridge.fr")
    decide(cast.mia, row, "different")
    assert "Take back" in read(cast.mia, f"{PAGE}/{row.uuid}")
    assert decide(cast.mia, row, "undo").url == f"{PAGE}/{row.uuid}"
    row.refresh_from_db()
    assert row.decision == ""


def test_a_contradiction_is_said_on_the_page(cast: Cast, rows: dict[str, Document]) -> None:
    decide(cast.mia, pair(rows, "bridge.en", "bridge.copy.en"), "copy")
    decide(cast.mia, pair(rows, "bridge.copy.en", "bridge.fr"), "different")
    answer = decide(cast.mia, pair(rows, "bridge.en", "bridge.fr"), "translation")
    assert answer.status_code == 409
    assert "were said not to be the same" in answer.content.decode()
    assert Story.objects.get().documents.count() == 2


def test_what_is_no_decision_changes_nothing(cast: Cast, rows: dict[str, Document]) -> None:
    row = pair(rows, "bridge.en", "bridge.fr")
    assert decide(cast.mia, row, "sequel").status_code == 422
    row.refresh_from_db()
    assert row.decision == ""


def test_a_pair_is_found_under_its_own_project_only(cast: Cast, rows: dict[str, Document]) -> None:
    Project.objects.create(slug="other", name="Other")
    row = pair(rows, "bridge.en", "bridge.fr")
    address = f"/projects/other/stories/{row.uuid}"
    assert browser_of(cast.mia).get(address).status_code == 404


def test_the_page_of_a_document_shows_its_story(cast: Cast, rows: dict[str, Document]) -> None:
    decide(cast.mia, pair(rows, "bridge.en", "bridge.fr"), "translation")
    page = read(cast.mia, f"/documents/{rows['bridge.fr'].uuid}")
    story = Story.objects.get()
    assert f"{PAGE}#story-{story.uuid}" in page
    assert "Story" not in read(cast.mia, f"/documents/{rows['strike.en'].uuid}").split("<main")[1]


def test_comparing_again_is_asked_of_the_worker(cast: Cast) -> None:
    browser_of(cast.mia).post(PAGE)
    job = ProcrastinateJob.objects.get(task_name=OF_PROJECT)
    assert job.args == {"project_id": cast.project.pk}


def test_texts_are_shown_as_text(cast: Cast, rows: dict[str, Document]) -> None:
    Document.objects.filter(pk=rows["bridge.fr"].pk).update(title="<script>alert(1)</script>")
    page = read(cast.mia, f"{PAGE}/{pair(rows, 'bridge.en', 'bridge.fr').uuid}")
    assert "<script>alert" not in page
