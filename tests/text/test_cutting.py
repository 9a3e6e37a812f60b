"""What stands around a stretch is cut between words, and never inside a character."""

from __future__ import annotations

import pytest

from annotations.text.cutting import Around, around


def drawn(text: str, *, most: int) -> str:
    """`text` marks the stretch with { and }; an ellipsis shows where it was cut."""
    start, end = text.index("{"), text.index("}") - 1
    whole = text.replace("{", "").replace("}", "")
    found = around(whole, start, end, most=most)
    left, right = "…" if found.cut_before else "", "…" if found.cut_after else ""
    return f"{left}{found.before}{{{whole[start:end]}}}{found.after}{right}"


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("Nobody asks {why} the lights", 8, "…asks {why} the…"),
        ("Nobody asks {why} the lights", 5, "…asks {why} the…"),
        ("Nobody asks {why} the lights", 12, "Nobody asks {why} the lights"),
        ("Nobody asks {why} the lights", 0, "…{why}…"),
        ("(the lab), {says} she (too)", 6, "…lab), {says} she…"),
        ("one\ntwo {three} four\nfive", 4, "…two {three}…"),
    ],
)
def test_words_are_whole(text: str, most: int, shown: str) -> None:
    assert drawn(text, most=most) == shown


def test_chinese_is_cut_between_characters() -> None:
    assert drawn("没有人问为什{么灯还}亮着呢", most=3) == "…问为什{么灯还}亮着呢"


def test_a_word_without_end_is_cut_between_characters() -> None:
    assert drawn("x" * 300 + "{word}" + "y" * 300, most=120) == (
        "…" + "x" * 120 + "{word}" + "y" * 120 + "…"
    )


@pytest.mark.parametrize(
    "character", ["e\u0301", "👩\u200d🔬", "👍🏽", "❤\ufe0f", "\u1112\u1161\u11ab", "क्षि"[:2]]
)
def test_a_character_is_shown_whole_or_not_at_all(character: str) -> None:
    text = character * 90
    for most in range(40):
        start, end = 30 * len(character), 60 * len(character)
        found = around(text, start, end, most=most)
        assert len(found.before) <= most
        assert found.before == character * found.before.count(character[0])
        assert found.after == character * found.after.count(character[0])


def test_no_flag_is_cut_in_half() -> None:
    assert drawn("🇫🇷🇩🇪🇮🇹 {x}", most=4) == "…{x}"
    assert drawn("🇫🇷🇩🇪🇮🇹 {x}", most=7) == "🇫🇷🇩🇪🇮🇹 {x}"


def test_nothing_is_cut_at_the_ends_of_a_text() -> None:
    assert around("short", 1, 3, most=120) == Around("s", "rt", False, False)
