"""Before freezing it is said what would be in, what would not, and why; splits stay with stories."""

from __future__ import annotations

import json
from typing import Any

from annotations.adjudication.ruling import reopen
from annotations.corpus.models import Story
from annotations.desk.release_previews import kept
from annotations.release.models import Release, ReleaseDocument
from annotations.release.previewing import preview
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.api.test_adjudication import by
from tests.api.test_releases import ALL
from tests.cast import NOW
from tests.jobs.working import work
from tests.release.conftest import Corpus


def said(corpus: Corpus) -> dict[str, tuple[int, int]]:
    found = preview(corpus.cast.project)
    left = {each.reason: (each.documents, each.points) for each in found.left}
    return {"in": (found.documents, 0), **left}


def post(corpus: Corpus, **asked: Any) -> Any:
    return by(corpus.cast.mia).post(ALL, json.dumps(asked), content_type="application/json")


def released(corpus: Corpus, **asked: Any) -> dict[str, Any]:
    """The manifest of what was asked for, once the worker has frozen it."""
    where = post(corpus, **asked)["Location"]
    work()
    client = by(corpus.cast.mia)
    manifest: dict[str, Any] = client.get(f"{ALL}/{client.get(where).json()['release']}").json()
    return manifest


def test_what_is_left_out_is_counted_by_its_reason(corpus: Corpus) -> None:
    cast = corpus.cast
    assert said(corpus) == {"in": (2, 0)}
    waiting, pilot = (makers.document(cast.project, text) for text in ("Nobody.", "A pilot."))
    makers.document(cast.project, "In no round.")
    made.batch(cast.project, cast.edition, [waiting], name="Round 2")
    made.batch(cast.project, cast.edition, [pilot], name="Pilot", kind="pilot")
    case = the_case(corpus.ruled)
    reopen(corpus.ruled, case.rulings[0].dispute, by=cast.cleo, base=case.version, now=NOW)
    assert said(corpus) == {
        "in": (1, 0),
        "waiting-for-coders": (1, 2),
        "open-disputes": (1, 1),
        "pilot": (1, 0),
        "no-round": (1, 0),
    }
    answer = post(corpus, preview=True)
    assert (answer.status_code, answer.json()["documents"]) == (200, 1)
    assert not Release.objects.exists()
    page = by(cast.mia).get("/projects/labs/releases?preview=yes").content.decode()
    assert "2 submissions are missing" in page


def test_what_is_previewed_is_what_is_frozen(corpus: Corpus) -> None:
    told = preview(corpus.cast.project).documents
    assert released(corpus)["documents"] == told
    assert post(corpus, preview="yes").status_code == 422
    assert "preview" not in by(corpus.cast.rita).get("/projects/labs/releases").content.decode()


def test_what_was_not_in_stays_in_the_manifest_by_reason_and_document(corpus: Corpus) -> None:
    cast = corpus.cast
    waiting, alone = (makers.document(cast.project, text) for text in ("Nobody.", "In no round."))
    made.batch(cast.project, cast.edition, [waiting], name="Round 2")
    case = the_case(corpus.ruled)
    reopen(corpus.ruled, case.rulings[0].dispute, by=cast.cleo, base=case.version, now=NOW)
    manifest = released(corpus)
    told = [(each["reason"], each["documents"], each["points"]) for each in manifest["left_out"]]
    assert told == [("waiting-for-coders", 1, 2), ("open-disputes", 1, 1), ("no-round", 1, 0)]
    named = [[one["id"] for one in each["named"]] for each in manifest["left_out"]]
    assert named == [[str(waiting.uuid)], [str(corpus.ruled.uuid)], [str(alone.uuid)]]
    page = by(cast.rita).get("/projects/labs/releases/v1").content.decode()
    assert "What was not in, and why" in page
    assert str(alone.uuid) in page


def test_a_release_from_before_says_nothing_of_what_was_left_out(corpus: Corpus) -> None:
    manifest = released(corpus)
    assert manifest.pop("left_out") == []
    assert kept(manifest, {}) == []


def test_splits_are_kept_from_release_to_release(corpus: Corpus) -> None:
    assert released(corpus)["parameters"]["splits"] is None
    first = released(corpus, splits={"seed": 5})
    assert first["parameters"]["splits"]["seed"] == 5
    assert sum(first["documents_by_split"].values()) == 2
    before = splits()
    assert released(corpus)["parameters"]["splits"]["seed"] == 5
    assert splits() == before
    assert released(corpus, splits=None)["documents_by_split"] == {}
    assert post(corpus, splits={"train": 2}).status_code == 422


def test_a_story_merged_across_splits_goes_to_test_and_is_told(corpus: Corpus) -> None:
    released(corpus, splits={"train": 0.5, "dev": 0.5, "test": 0, "seed": 5})
    assert set(splits().values()) == {"train", "dev"}
    story = Story.objects.create(project=corpus.cast.project)
    for document in (corpus.agreed, corpus.ruled):
        document.story = story
        document.save(update_fields=["story"])
    later = released(corpus)
    assert later["parameters"]["splits"]["moved_to_test"] == [str(story.uuid)]
    assert set(splits().values()) == {"test"}


def splits() -> dict[int, str]:
    newest = ReleaseDocument.objects.filter(release=Release.objects.latest("number"))
    return {each.document_id: each.line["split"] for each in newest}
