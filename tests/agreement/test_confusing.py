"""What is confused with what, and what it costs."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest

from annotations.agreement.coefficients.coincidences import (
    Coincidences,
    alpha,
    coincidences,
    percent_agreement,
)
from annotations.agreement.coefficients.metrics import between_sets, masi, masi_between
from annotations.agreement.confusing import (
    NOTHING,
    by_pairs,
    confusions,
    lost,
    memberships,
)

NAMES = ("pay", "hours", "secrecy")
SETS = [frozenset(one) for one in ((), (0,), (1,), (2,), (0, 1), (0, 2), (0, 1, 2))]
NONE, PAY, HOURS, SECRECY, PAY_HOURS, PAY_SECRECY, ALL = range(7)
MISSING = -1


def times(codes: list[list[int]], x: str, y: str) -> int:
    found = confusions(np.array(codes), SETS, NAMES)
    at = found.names.index
    assert found.times[at(x)][at(y)] == found.times[at(y)][at(x)]
    return found.times[at(x)][at(y)]


def test_one_theme_for_another_is_a_confusion_of_the_two() -> None:
    assert times([[PAY, HOURS]], "pay", "hours") == 1
    assert times([[PAY, HOURS]], "pay", NOTHING) == 0


def test_what_only_one_gave_was_nothing_to_the_other() -> None:
    assert times([[PAY, NONE]], "pay", NOTHING) == 1
    assert times([[PAY_HOURS, PAY]], "hours", NOTHING) == 1


def test_what_both_gave_is_not_confused_with_what_one_gave_besides() -> None:
    codes = [[PAY_HOURS, PAY_SECRECY]]
    assert times(codes, "pay", "pay") == 1
    assert times(codes, "hours", "secrecy") == 1
    assert times(codes, "pay", "hours") == times(codes, "pay", "secrecy") == 0


def test_three_coders_are_three_pairs() -> None:
    codes = [[PAY, HOURS, NONE]]
    assert [times(codes, "pay", each) for each in ("hours", NOTHING)] == [1, 1]
    assert times(codes, "hours", NOTHING) == 1


def test_who_did_not_judge_is_in_no_pair() -> None:
    codes = [[PAY, HOURS, MISSING], [NONE, NONE, MISSING], [PAY, MISSING, MISSING]]
    found = confusions(np.array(codes), SETS, NAMES)
    assert sum(n for x, row in enumerate(found.times) for n in row[x:]) == 2
    assert times(codes, NOTHING, NOTHING) == 1


def test_every_pair_that_differs_stands_off_the_diagonal() -> None:
    for a, b in combinations(range(len(SETS)), 2):
        assert confusions(np.array([[a, b]]), SETS, NAMES).most == 1


def test_partners_come_most_often_first() -> None:
    found = confusions(np.array([[PAY, HOURS]] * 3 + [[PAY, NONE]]), SETS, NAMES)
    assert found.of("pay") == {"hours": 3, NOTHING: 1}
    assert found.most == 3


def drawn(seed: int) -> tuple[np.ndarray, Coincidences]:
    chance = Random(seed)
    codes = np.array([[chance.randint(-1, 6) for _ in range(3)] for _ in range(40)])
    return codes, coincidences(codes)


@pytest.mark.parametrize("seed", range(4))
def test_shares_are_of_the_disagreement_of_all_themes(seed: int) -> None:
    codes, table = drawn(seed)
    found = lost(table, SETS, dict(enumerate(NAMES)), confusions(codes, SETS, NAMES), {})
    apart = {}
    for n, name in enumerate(NAMES):
        held = np.array([*(n in one for one in SETS), MISSING])[codes].astype(int)
        share = percent_agreement(coincidences(np.where(codes == MISSING, MISSING, held))).value
        assert share is not None
        apart[name] = 1 - share
    assert {each.theme: each.share for each in found} == pytest.approx(
        {name: one / sum(apart.values()) for name, one in apart.items()}
    )
    assert [each.share for each in found] == sorted((e.share for e in found), reverse=True)


@pytest.mark.parametrize("seed", range(4))
def test_without_a_theme_the_figure_is_that_of_sets_without_it(seed: int) -> None:
    codes, table = drawn(seed)
    found = lost(table, SETS, dict(enumerate(NAMES)), confusions(codes, SETS, NAMES), {})
    for n, name in enumerate(NAMES):
        fewer = [frozenset(str(m) for m in one if m != n) for one in SETS]
        kept = sorted(set(fewer), key=sorted)
        places = np.array([*(kept.index(one) for one in fewer), MISSING])
        expected = alpha(coincidences(places[codes]), metric=between_sets(kept, masi))
        (row,) = [each for each in found if each.theme == name]
        assert row.without.value == pytest.approx(expected.value)


def test_without_disagreement_nothing_is_lost() -> None:
    codes = np.array([[PAY, PAY], [NONE, NONE]])
    table = coincidences(codes)
    found = lost(table, SETS, dict(enumerate(NAMES)), confusions(codes, SETS, NAMES), {})
    assert {each.share for each in found} == {0.0}


def test_pairs_that_differ_on_most_passages_come_first() -> None:
    few = percent_agreement(coincidences(np.array([[0, 1], [1, 1], [0, 0], [0, 0]])))
    many = percent_agreement(coincidences(np.array([[0, 1], [0, 1], [1, 1]])))
    codes, table = drawn(1)
    pairs = {"pay": {("a", "b"): few, ("a", "c"): many}}
    found = lost(table, SETS, dict(enumerate(NAMES)), confusions(codes, SETS, NAMES), pairs)
    (pay,) = [each for each in found if each.theme == "pay"]
    assert pay.coders == ((("a", "c"), 2, 3), (("a", "b"), 1, 4))


def test_each_two_coders_have_their_figure() -> None:
    codes, _ = drawn(2)
    found = by_pairs(codes, SETS, len(NAMES), ["a", "b", "c"])
    assert set(found) == {("a", "b"), ("a", "c"), ("b", "c")}
    named = [frozenset(map(str, one)) for one in SETS]
    expected = alpha(coincidences(codes[:, [0, 2]]), metric=between_sets(named, masi))
    assert found["a", "c"].value == pytest.approx(expected.value)


def test_coders_without_a_passage_in_common_are_no_pair() -> None:
    codes = np.array([[PAY, MISSING], [MISSING, PAY]])
    assert by_pairs(codes, SETS, len(NAMES), ["a", "b"]) == {}


def test_masi_of_many_sets_is_masi_of_each_two() -> None:
    categories = np.arange(len(SETS))
    named = [frozenset(map(str, one)) for one in SETS]
    every = masi_between(memberships(SETS, 3))(categories, categories)
    assert every == pytest.approx(between_sets(named, masi)(categories, categories))
