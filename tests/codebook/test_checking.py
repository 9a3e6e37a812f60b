"""Every fault of a codebook's JSON is named with its theme and field."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.codebook.checking import faults_of
from tests.fixtures.demonstration import BOOKS

Change = Callable[[dict[str, Any]], object]


def small() -> dict[str, Any]:
    theme = {"code": "BU", "colour": 1, "name": {"en": "Burnout"}}
    return {
        "stances": [
            {"key": "against", "label": {"en": "Against"}, "glyph": "−", "hotkey": "c"},
            {"key": "favor", "label": {"en": "For"}, "glyph": "+", "hotkey": "p", "position": 1},
        ],
        "themes": [
            {"key": "burnout", **theme, "hotkey": "1"},
            {"key": "hours", **theme, "code": "HO", "hotkey": "h", "parent": "burnout"},
            {"key": "pay", **theme, "code": "PA", "hotkey": "2"},
        ],
    }


@pytest.mark.parametrize("number", [1, 2])
def test_the_demonstration_has_no_fault(number: int) -> None:
    assert faults_of(BOOKS[number]) == []


def test_a_small_codebook_needs_little() -> None:
    assert faults_of(small()) == []


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        (lambda d: d["themes"][0].update(code="B"), "themes.burnout.code", "code-malformed"),
        (lambda d: d["themes"][1].update(code="BU"), "themes.BU.code", "code-repeated"),
        (lambda d: d["themes"][2].update(key="hours"), "themes.hours.key", "key-repeated"),
        (lambda d: d["themes"][0].update(key="Bad key"), "themes[0].key", "key-malformed"),
        (lambda d: d["themes"][0].update(name={}), "themes.burnout.name", "text-malformed"),
        (lambda d: d["themes"][0].update(name="B"), "themes.burnout.name", "text-malformed"),
        (lambda d: d["themes"][0].update(colour=13), "themes.burnout.colour", "colour-unknown"),
        (lambda d: d["themes"][0].update(colour=True), "themes.burnout.colour", "colour-unknown"),
        (lambda d: d["themes"][2].update(hotkey="1"), "themes.pay.hotkey", "hotkey-taken"),
        (lambda d: d["themes"][1].update(hotkey="p"), "themes.hours.hotkey", "hotkey-taken"),
        (lambda d: d["stances"][1].update(hotkey="c"), "stances.favor.hotkey", "hotkey-taken"),
        (lambda d: d["themes"][1].update(hotkey="hh"), "themes.hours.hotkey", "hotkey-malformed"),
        (lambda d: d["themes"][1].update(parent="gone"), "themes.hours.parent", "theme-unknown"),
        (lambda d: d["themes"][2].update(parent="hours"), "themes.pay.parent", "nested-too-deep"),
        (lambda d: d["stances"][0].update(glyph=""), "stances.against.glyph", "glyph-malformed"),
        (
            lambda d: d["stances"][0].update(position="0"),
            "stances.against.position",
            "position-malformed",
        ),
        (
            lambda d: d["themes"][0].update(stance_labels={"maybe": {"en": "?"}}),
            "themes.burnout.stance_labels.maybe",
            "stance-unknown",
        ),
        (
            lambda d: d["themes"][0].update(examples=[{"lang": "en"}]),
            "themes.burnout.examples[0].text",
            "text-missing",
        ),
        (
            lambda d: d["themes"][0].update(examples=[{"text": "x", "stance": "maybe"}]),
            "themes.burnout.examples[0].stance",
            "stance-unknown",
        ),
        (
            lambda d: d["themes"][0].update(memo_required="no"),
            "themes.burnout.memo_required",
            "not-a-flag",
        ),
        (lambda d: d["themes"][0].update(order=-1), "themes.burnout.order", "order-malformed"),
        (lambda d: d.update(edition=0), "edition", "edition-malformed"),
        (lambda d: d.update(note={"en": "a\x00"}), "$.note.en", "unstorable"),
        (lambda d: d.update(stances=[]), "stances", "missing"),
        (lambda d: d.update(themes={}), "themes", "missing"),
    ],
)
def test_a_fault_names_theme_and_field(change: Change, field: str, code: str) -> None:
    data = small()
    change(data)
    faults = faults_of(data)
    assert [(fault["field"], fault["code"]) for fault in faults] == [(field, code)]
    assert faults[0]["detail"]


def test_all_faults_are_told_at_once() -> None:
    data = small()
    data["themes"][0]["colour"] = 0
    data["stances"][0]["label"] = None
    assert len(faults_of(data)) == 2


@pytest.mark.parametrize("data", [None, [], "codebook", 7, {}])
def test_what_is_no_codebook_is_refused(data: Any) -> None:
    assert faults_of(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = sorted({field for theme in BOOKS[1]["themes"] for field in theme})
STANCE_FIELDS = sorted({field for stance in BOOKS[1]["stances"] for field in stance})


@given(field=st.sampled_from(FIELDS), value=JSON)
def test_any_value_of_a_theme_is_fine_or_a_fault(field: str, value: Any) -> None:
    data = small()
    data["themes"][1][field] = value
    assert isinstance(faults_of(copy.deepcopy(data)), list)


@given(field=st.sampled_from(STANCE_FIELDS), value=JSON)
def test_any_value_of_a_stance_is_fine_or_a_fault(field: str, value: Any) -> None:
    data = small()
    data["stances"][1][field] = value
    assert isinstance(faults_of(data), list)


@given(JSON)
def test_any_json_is_fine_or_a_fault(value: Any) -> None:
    assert json.dumps(faults_of(value)) != "[]"
