from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.text.wellformed import UnstorableText, is_storable, require_storable


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("a\x00", "$"),
        ({"memo": "\ud83d"}, "$.memo"),
        ({"items": [{"name": "fine"}, {"name": "\udc00x"}]}, "$.items[1].name"),
        ({"holder": {"na\x00me": 1}}, "$.holder (a key)"),
    ],
)
def test_nul_and_lone_surrogates_are_named_with_their_place(value: Any, path: str) -> None:
    with pytest.raises(UnstorableText) as refusal:
        require_storable(value)
    assert refusal.value.path == path


def test_what_json_escapes_is_found_once_it_is_decoded() -> None:
    with pytest.raises(UnstorableText):
        require_storable(json.loads('{"quote": "a\\u0000b"}'))
    with pytest.raises(UnstorableText):
        require_storable(json.loads('["\\ud83d"]'))


def test_an_escaped_pair_is_one_emoji_and_welcome() -> None:
    require_storable(json.loads('{"quote": "\\ud83d\\ude00", "start": 3, "stance": null}'))
    assert is_storable("😀\n\t\u200d")


def test_json_nested_very_deep_is_walked_without_recursion() -> None:
    deep: Any = "\x00"
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(UnstorableText):
        require_storable(deep)
