"""Stories: proposed by index, decided by a person, and following from what was decided."""

from __future__ import annotations

from itertools import combinations

import pytest

from annotations.corpus.models import Document, Story, StoryCandidate
from annotations.corpus.sketching.sketch import salt_of, sketch_of
from annotations.corpus.stories.deciding import (
    confirm,
    decided,
    propose,
    refuse,
    take_back,
    waiting,
)
from annotations.corpus.stories.sketches import keep
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests import cast as made
from tests.cast import NOW, Cast
from tests.corpus.stories.tales import NAMES, admitted, data_of, draft_of, story_of

BRIDGES = ("bridge.en", "bridge.copy.en", "bridge.fr", "bridge.zh", "strike.en")


def proposed(project: Project, *names: str) -> dict[str, Document]:
    rows = admitted(project, *names)
    propose(project, [row.pk for row in rows.values()])
    return rows


def pair(one: Document, other: Document) -> StoryCandidate:
    first, second = sorted((one.pk, other.pk))
    return StoryCandidate.objects.get(first=first, second=second)


def by_hand(one: Document, other: Document) -> StoryCandidate:
    """A pair that nobody proposed."""
    first, second = sorted((one, other), key=lambda row: row.pk)
    return StoryCandidate.objects.create(
        project=first.project,
        first=first,
        second=second,
        relation="copy",
        score=0.5,
        evidence={"derived": "second"},
    )


def texts(cast: Cast, *letters: str) -> list[Document]:
    return [made.document(cast.project, f"Text {each}.\n", title=each) for each in letters]


def same(cast: Cast, one: Document, other: Document, relation: str = "copy") -> StoryCandidate:
    row = by_hand(one, other)
    confirm(row, relation=relation, by=cast.mia, now=NOW)
    return row


def told_of(*rows: Document) -> list[str]:
    """The stories by letters in the order of the titles: what each row is to which story."""
    found = []
    for row in rows:
        row.refresh_from_db()
        story = row.story.title if row.story else "-"
        found.append(f"{row.title}:{story}{'/' + row.story_relation if row.story_relation else ''}")
    return found


def test_every_story_of_the_articles_is_found_and_no_other(cast: Cast) -> None:
    rows = proposed(cast.project, *NAMES)
    names = {row.pk: name for name, row in rows.items()}
    found = {
        frozenset((names[row.first_id], names[row.second_id])) for row in waiting(cast.project)
    }
    assert found == {
        frozenset(each) for each in combinations(NAMES, 2) if story_of(each[0]) == story_of(each[1])
    }


def test_proposing_again_changes_nothing(cast: Cast) -> None:
    rows = proposed(cast.project, *BRIDGES)
    before = list(StoryCandidate.objects.order_by("pk").values())
    assert len(before) == 6
    propose(cast.project, [row.pk for row in rows.values()])
    assert list(StoryCandidate.objects.order_by("pk").values()) == before


def test_a_later_delivery_meets_what_is_there(cast: Cast) -> None:
    proposed(cast.project, "bridge.en", "strike.en")
    rows = proposed(cast.project, "bridge.fr")
    (found,) = waiting(cast.project)
    assert found.second == rows["bridge.fr"]
    assert (found.relation, found.evidence["derived"]) == ("translation", "second")


def test_another_project_is_never_looked_at(cast: Cast) -> None:
    other = Project.objects.create(slug="other", name="Other")
    proposed(other, "bridge.en")
    proposed(cast.project, "bridge.copy.en")
    assert not StoryCandidate.objects.exists()


def test_a_sketch_kept_at_admission_is_what_proposing_takes(cast: Cast) -> None:
    rows = admitted(cast.project, "bridge.en", "bridge.fr")
    salt = salt_of(cast.project.pk)
    sketches = []
    for name, row in rows.items():
        draft = draft_of(name)
        sketches.append((row.pk, sketch_of(draft.text, draft.passages, salt=salt)))
    keep(cast.project.pk, sketches)
    assert propose(cast.project, [rows["bridge.fr"].pk]) == 1


def test_a_pair_that_no_longer_holds_is_dropped(cast: Cast) -> None:
    rows = proposed(cast.project, "bridge.en", "bridge.fr")
    rows["bridge.fr"].passages.exclude(index=0).update(zone="boilerplate")
    propose(cast.project, [rows["bridge.fr"].pk])
    assert not StoryCandidate.objects.exists()


def test_a_confirmed_pair_is_a_story_with_its_first_text(cast: Cast) -> None:
    rows = proposed(cast.project, *BRIDGES)
    row = pair(rows["bridge.en"], rows["bridge.fr"])
    story = confirm(row, relation="translation", by=cast.mia, now=NOW)
    assert story.title == rows["bridge.en"].title
    for name, relation in (("bridge.en", ""), ("bridge.fr", "translation")):
        rows[name].refresh_from_db()
        assert (rows[name].story, rows[name].story_relation) == (story, relation)
    assert (row.decision, row.decided_by, row.decided_at) == ("same", cast.coder(cast.mia), NOW)


def test_a_decided_pair_is_not_proposed_again(cast: Cast) -> None:
    rows = proposed(cast.project, "bridge.en", "bridge.copy.en", "bridge.fr")
    refuse(pair(rows["bridge.en"], rows["bridge.fr"]), by=cast.mia, now=NOW)
    confirm(pair(rows["bridge.en"], rows["bridge.copy.en"]), relation="copy", by=cast.mia, now=NOW)
    before = list(decided(cast.project).values())
    propose(cast.project, [row.pk for row in rows.values()])
    assert list(decided(cast.project).values()) == before
    assert [row.pk for row in waiting(cast.project)] == [
        pair(rows["bridge.copy.en"], rows["bridge.fr"]).pk
    ]


def test_a_later_version_inherits_story_and_decisions(cast: Cast) -> None:
    rows = proposed(cast.project, "bridge.en", "bridge.copy.en", "bridge.fr")
    story = confirm(
        pair(rows["bridge.en"], rows["bridge.copy.en"]), relation="copy", by=cast.mia, now=NOW
    )
    refuse(pair(rows["bridge.copy.en"], rows["bridge.fr"]), by=cast.mia, now=NOW)
    old = rows["bridge.copy.en"]
    old.refresh_from_db()
    newer = Document.objects.create(
        project=old.project,
        source=old.source,
        version=2,
        previous=old,
        title=old.title,
        language="en",
        encoding="utf-8",
        text=old.text,
        text_sha256=old.text_sha256,
        length=old.length,
    )
    copied = [*old.passages.all()]
    for passage in copied:
        passage.pk, passage.document = None, newer
    type(copied[0]).objects.bulk_create(copied)
    propose(cast.project, [newer.pk])
    newer.refresh_from_db()
    assert (newer.story, newer.story_relation) == (story, "copy")
    assert not StoryCandidate.objects.filter(second=newer).exists()


def test_only_whoever_plans_decides(cast: Cast) -> None:
    row = by_hand(*texts(cast, "a", "b"))
    for user, refusal in ((cast.ada, NotAllowed), (cast.cleo, NotAllowed), (cast.dag, NotVisible)):
        with pytest.raises(refusal):
            confirm(row, relation="copy", by=user, now=NOW)
        with pytest.raises(refusal):
            refuse(row, by=user, now=NOW)
        with pytest.raises(refusal):
            take_back(row, by=user, now=NOW)
    with pytest.raises(Invalid):
        confirm(row, relation="sequel", by=cast.mia, now=NOW)
    with pytest.raises(Invalid):
        confirm(row, relation="copy", derived="third", by=cast.mia, now=NOW)
    assert row.decision == ""


def test_a_third_joins_the_story_of_one_of_the_pair(cast: Cast) -> None:
    a, b, c = texts(cast, "a", "b", "c")
    same(cast, a, b)
    same(cast, b, c, "digest")
    assert told_of(a, b, c) == ["a:a", "b:a/copy", "c:a/digest"]


def test_two_stories_become_one_the_older(cast: Cast) -> None:
    a, b, c, d = texts(cast, "a", "b", "c", "d")
    same(cast, a, b)
    same(cast, c, d, "digest")
    same(cast, b, c, "translation")
    assert told_of(a, b, c, d) == ["a:a", "b:a/copy", "c:a/copy", "d:a/digest"]
    assert Story.objects.count() == 1


def test_what_everything_comes_from_becomes_the_first_text(cast: Cast) -> None:
    a, b, c = texts(cast, "a", "b", "c")
    Document.objects.filter(pk__in=[a.pk, b.pk]).update(language="fr")
    same(cast, a, b)
    confirm(by_hand(a, c), relation="translation", derived="first", by=cast.mia, now=NOW)
    assert told_of(a, b, c) == ["a:a/translation", "b:a/translation", "c:a"]


def test_taking_back_takes_apart_what_was_joined(cast: Cast) -> None:
    a, b, c, d = texts(cast, "a", "b", "c", "d")
    same(cast, a, b)
    same(cast, c, d)
    bridge = same(cast, b, c)
    take_back(bridge, by=cast.mia, now=NOW)
    assert told_of(a, b, c, d) == ["a:a", "b:a/copy", "c:c", "d:c/copy"]
    assert (bridge.decision, bridge.decided_at) == ("", None)


def test_the_last_pair_taken_back_leaves_no_story(cast: Cast) -> None:
    a, b = texts(cast, "a", "b")
    take_back(same(cast, a, b), by=cast.mia, now=NOW)
    assert told_of(a, b) == ["a:-", "b:-"]
    assert not Story.objects.exists()


def test_a_story_that_hangs_together_otherwise_stays(cast: Cast) -> None:
    a, b, c = texts(cast, "a", "b", "c")
    same(cast, a, b)
    same(cast, b, c)
    take_back(same(cast, a, c), by=cast.mia, now=NOW)
    assert told_of(a, b, c) == ["a:a", "b:a/copy", "c:a/copy"]


def test_documents_put_into_a_story_by_other_ways_stay_there(cast: Cast) -> None:
    a, b, c = texts(cast, "a", "b", "c")
    story = Story.objects.create(project=cast.project, title="a")
    Document.objects.filter(pk=a.pk).update(story=story)
    Document.objects.filter(pk=b.pk).update(story=story, story_relation="digest")
    row = same(cast, a, c)
    assert told_of(a, b, c) == ["a:a", "b:a/digest", "c:a/copy"]
    take_back(row, by=cast.mia, now=NOW)
    assert told_of(a, b, c) == ["a:a", "b:a/digest", "c:-"]


def test_a_contradiction_is_refused_and_said_in_words(cast: Cast) -> None:
    a, b, c = texts(cast, "a", "b", "c")
    same(cast, a, b)
    different = by_hand(b, c)
    refuse(different, by=cast.mia, now=NOW)
    third = by_hand(a, c)
    with pytest.raises(NotNow, match="“b” and “c” into one story"):
        confirm(third, relation="copy", by=cast.mia, now=NOW)
    assert told_of(a, b, c) == ["a:a", "b:a/copy", "c:-"]
    take_back(different, by=cast.mia, now=NOW)
    confirm(third, relation="copy", by=cast.mia, now=NOW)
    with pytest.raises(NotNow, match="“b” and “c” are in one story by other decisions"):
        refuse(different, by=cast.mia, now=NOW)


def test_a_decision_is_taken_back_before_it_is_turned_round(cast: Cast) -> None:
    a, b, c = texts(cast, "a", "b", "c")
    row, other = same(cast, a, b), by_hand(b, c)
    with pytest.raises(NotNow):
        refuse(row, by=cast.mia, now=NOW)
    refuse(other, by=cast.mia, now=NOW)
    with pytest.raises(NotNow):
        confirm(other, relation="copy", by=cast.mia, now=NOW)
    confirm(row, relation="digest", by=cast.mia, now=NOW)
    assert told_of(a, b) == ["a:a", "b:a/digest"]


def test_whoever_is_together_already_waits_no_more(cast: Cast) -> None:
    a, b, c = texts(cast, "a", "b", "c")
    for each in ((a, b), (a, c), (b, c)):
        by_hand(*each)
    confirm(pair(a, b), relation="copy", by=cast.mia, now=NOW)
    last = pair(b, c)
    confirm(last, relation="copy", by=cast.mia, now=NOW)
    assert not waiting(cast.project).exists()
    take_back(last, by=cast.mia, now=NOW)
    assert set(waiting(cast.project)) == {pair(a, c), last}


def test_bytes_delivered_twice_are_one_document(cast: Cast) -> None:
    admitted(cast.project, "bridge.en")
    again = admitted(cast.project, "bridge.en")
    assert Document.objects.count() == 1
    assert again["bridge.en"].source.size == len(data_of("bridge.en"))
