"""A day is foretold from the pace of late, and not before there is one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotations.assignment.forecasting import Unknown, by_the_end, cumulated, forecast

MONDAY = date(2026, 3, 2)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_there_is_no_day_before_there_is_a_pace() -> None:
    assert forecast(5, [], today=MONDAY).unknown is Unknown.NOTHING_YET
    alone = forecast(5, [MONDAY] * 9, today=day(3))
    assert (alone.pace, alone.ends_on, alone.unknown) == (None, None, Unknown.ONE_DAY)


def test_the_work_left_is_divided_by_the_pace_so_far() -> None:
    told = forecast(12, [day(0)] * 3 + [day(1)] * 3, today=day(1))
    assert (told.left, told.pace, told.ends_on, told.unknown) == (12, 3.0, day(5), None)


def test_days_off_come_as_often_as_before() -> None:
    every_other = [day(n) for n in (0, 2, 4, 6)]
    told = forecast(4, every_other, today=day(7))
    assert (told.pace, told.ends_on) == (1.0, day(7 + 8))


def test_only_the_last_seven_active_days_count() -> None:
    slow = [day(n) for n in range(30)]
    fast = [day(30 + n) for n in range(7) for _ in range(10)]
    told = forecast(100, slow + fast, today=day(36))
    assert (told.pace, told.ends_on) == (10.0, day(46))


def test_standing_still_moves_the_day_away() -> None:
    done = [day(0)] * 5 + [day(1)] * 5
    ends = [forecast(10, done, today=day(after)).ends_on for after in (1, 10, 30)]
    assert ends == sorted(set(filter(None, ends)))


def test_nothing_left_has_no_day_to_come() -> None:
    told = forecast(0, [day(0), day(1)], today=day(4))
    assert (told.ends_on, told.unknown, told.pace) == (None, Unknown.DONE, 1.0)


def test_a_shared_queue_leaves_nobody_a_day_of_their_own() -> None:
    told = forecast(None, [day(0), day(1)], today=day(1))
    assert (told.pace, told.ends_on, told.unknown) == (1.0, None, Unknown.SHARED)


def test_a_day_ten_years_on_is_none() -> None:
    assert forecast(9000, [day(0), day(1)], today=day(1)).unknown is Unknown.TOO_FAR


@given(
    st.integers(1, 10**6),
    st.lists(st.integers(-400, 10).map(day), max_size=40),
    st.integers(0, 400).map(day),
)
def test_a_day_or_a_reason_and_never_a_day_gone_by(
    left: int, submitted: list[date], today: date
) -> None:
    told = forecast(left, submitted, today=today)
    assert (told.ends_on is None) == (told.unknown is not None)
    assert told.ends_on is None or told.ends_on > today


def test_work_over_time_adds_up() -> None:
    assert cumulated([day(2), day(0), day(2)]) == [(day(0), 1), (day(2), 3)]


def test_a_count_goes_on_as_it_has_come_so_far() -> None:
    assert by_the_end(6, submitted=4, wanted=10) == 15
    assert by_the_end(6, submitted=10, wanted=10) == 6
    assert by_the_end(0, submitted=0, wanted=10) is None
