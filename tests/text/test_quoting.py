"""A quote is a run of words of a text, however it was cased, spaced and marked."""

from __future__ import annotations

import pytest

from annotations.text.quoting import Quotable

TEXT = "L’équipe dort peu : “nobody sleeps before the third alarm” 👩‍🔬, dit-elle.\n第三次铃声之前没有人睡觉。"


def drawn(said: str) -> str | None:
    found = Quotable([TEXT, "Another version ends otherwise than the first."]).quoted_in(said)
    return (
        said[: found[0]] + "{" + said[found[0] : found[1]] + "}" + said[found[1] :]
        if found
        else None
    )


@pytest.mark.parametrize(
    "quoted",
    [
        "as in {nobody sleeps before the third alarm}, always",
        "{NOBODY sleeps\n before THE third alarm}",
        "{l'equipe dort peu nobody} and then other words",
        "👩‍🔬 {Sleeps before the third} 👩‍🔬",
        "{sleeps before the}",
        "见：{三次铃声之前没有}等等",
        "{version ends otherwise than the} end",
    ],
)
def test_a_quote_is_found_as_far_as_it_goes(quoted: str) -> None:
    assert drawn(quoted.replace("{", "").replace("}", "")) == quoted


@pytest.mark.parametrize(
    "own",
    [
        "",
        "the third",
        "alarm third the before sleeps nobody",
        "nobody sleeps, they say, before the alarm",
        "三次铃声没有人",
        "otherwise than the first L’équipe dort",
    ],
)
def test_words_of_ones_own_are_none(own: str) -> None:
    assert drawn(own) is None
