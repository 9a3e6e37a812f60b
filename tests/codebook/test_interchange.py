"""A codebook goes in and comes out the same; what is frozen stays."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from annotations.codebook.freezing import freeze
from annotations.codebook.interchange import dump_edition, load_edition
from annotations.codebook.models import Edition
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotNow
from tests.cast import NOW, Cast
from tests.codebook.test_checking import small
from tests.fixtures.demonstration import BOOKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return Project.objects.create(slug="fresh", name="Fresh")


def test_the_demonstration_makes_the_round_trip(project: Project) -> None:
    for number in (1, 2):
        edition = load_edition(project, BOOKS[number], by=None)
        assert edition.number == number
        assert dump_edition(edition) == {**BOOKS[number], "changes": []}


def test_what_is_left_out_gets_its_default(project: Project) -> None:
    written = dump_edition(load_edition(project, small(), by=None))
    assert written["edition"] == 1
    assert written["themes"][1]["parent"] == "burnout"
    assert written["themes"][1]["proposition"] is None
    assert [theme["order"] for theme in written["themes"]] == [1, 2, 3]
    assert load_edition(project, written, by=None).number == 1


def test_a_sub_theme_may_stand_before_its_parent(project: Project) -> None:
    data = small()
    data["themes"].insert(0, data["themes"].pop(1))
    written = dump_edition(load_edition(project, data, by=None))
    assert [theme["key"] for theme in written["themes"]] == ["hours", "burnout", "pay"]


def test_a_draft_is_replaced_as_a_whole(project: Project) -> None:
    load_edition(project, BOOKS[1], by=None)
    again = load_edition(project, small(), by=None)
    assert Edition.objects.filter(project=project).count() == 1
    assert again.themes.count() == 3


def test_after_a_frozen_edition_the_next_is_drafted(cast: Cast) -> None:
    draft = load_edition(cast.project, small(), by=cast.coder(cast.mia))
    assert draft.number == 2
    assert draft.created_by == cast.coder(cast.mia)
    assert draft.frozen_at is None


def test_a_frozen_edition_is_given_back_when_it_says_the_same(project: Project) -> None:
    edition = freeze(load_edition(project, BOOKS[1], by=None), now=NOW)
    assert load_edition(project, copy.deepcopy(BOOKS[1]), by=None).pk == edition.pk


def test_a_frozen_edition_is_not_changed(project: Project) -> None:
    freeze(load_edition(project, BOOKS[1], by=None), now=NOW)
    other: dict[str, Any] = copy.deepcopy(BOOKS[1])
    other["themes"][0]["name"]["en"] = "Something else"
    with pytest.raises(NotNow):
        load_edition(project, other, by=None)


def test_editions_have_no_gaps(project: Project) -> None:
    with pytest.raises(Invalid) as refused:
        load_edition(project, {**small(), "edition": 3}, by=None)
    assert refused.value.extra["errors"][0]["code"] == "edition-skips"


def test_records_of_what_became_of_themes_are_kept(project: Project) -> None:
    record = {"kind": "merge", "themes": ["nights"], "into": ["hours"], "reason": "One thing."}
    edition = load_edition(project, {**small(), "changes": [record]}, by=None)
    assert dump_edition(edition)["changes"] == [record]
    load_edition(project, small(), by=None)  # a tool that knows no records loses none
    edition.refresh_from_db()
    assert edition.changes == [record]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        [1],
        [{"kind": "lost", "themes": ["a"], "into": [], "reason": ""}],
        [{"kind": "merge", "themes": [], "into": [], "reason": ""}],
        [{"kind": "merge", "themes": ["a"], "into": "b", "reason": ""}],
        [{"kind": "merge", "themes": ["a"], "into": []}],
    ],
)
def test_a_malformed_record_is_refused(project: Project, changes: Any) -> None:
    with pytest.raises(Invalid) as refused:
        load_edition(project, {**small(), "changes": changes}, by=None)
    assert refused.value.extra["errors"][0]["field"].startswith("changes")


def test_faults_leave_nothing_behind(project: Project) -> None:
    data = small()
    data["themes"][0]["colour"] = 99
    with pytest.raises(Invalid) as refused:
        load_edition(project, data, by=None)
    assert refused.value.extra["errors"][0]["field"] == "themes.burnout.colour"
    assert "themes.burnout.colour" in refused.value.message
    assert not Edition.objects.filter(project=project).exists()
