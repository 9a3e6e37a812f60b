"""A text in English that can be said in another language."""

from __future__ import annotations

import copy
import json
import pickle

from annotations.text.phrases import Phrase, joined, phrase, recognised

KEPT = "%(count)s × %(what)s, kept."
BY_HAND = "by hand, was %(zone)s: %(reason)s"


def test_a_phrase_is_its_english_and_remembers_its_wording() -> None:
    said = phrase(KEPT, count=2, what="soft hyphens")
    assert said == "2 × soft hyphens, kept."
    assert (said.wording, said.filling) == (KEPT, {"count": 2, "what": "soft hyphens"})


def test_a_phrase_without_places_may_hold_a_percent_sign() -> None:
    assert phrase("100 % of it") == "100 % of it"


def test_a_phrase_is_stored_as_its_english() -> None:
    said = phrase(KEPT, count=2, what="soft hyphens")
    assert json.loads(json.dumps(said)) == said
    for copied in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301 - our own
        assert isinstance(copied, Phrase)
        assert (copied, copied.filling) == (said, said.filling)


def test_what_was_stored_is_recognised_by_its_wording() -> None:
    found = recognised("by hand, was link: a: b", [KEPT, BY_HAND])
    assert found is not None
    assert (found.wording, found.filling) == (BY_HAND, {"zone": "link", "reason": "a: b"})


def test_what_has_none_of_the_wordings_is_not_recognised() -> None:
    assert recognised("by hands, was link: a", [KEPT, BY_HAND]) is None
    assert recognised("2 × soft hyphens, kept. And more", [KEPT]) is None


def test_several_are_joined_to_one_and_none_to_nothing() -> None:
    assert joined([]) == ""
    assert joined(["a.", "b.", "c."]) == "a.; b.; c."
