"""What counts as a move and what as unusual."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.calendar import Unit
from pipeline.report.rules import Level, change, unusual, windows

counts = st.integers(0, 50)


@pytest.mark.parametrize(
    ("now", "before", "level"),
    [
        (10, [4, 4, 4, 4], Level.LARGE),
        (9, [8, 8, 8, 8], Level.MODERATE),
        (5, [4, 4, 4, 4], Level.MODERATE),
        (4, [4, 4, 4, 4], Level.LIMITED),
        (3, [4, 4, 4, 4], Level.LIMITED),
        (2, [4, 4, 4, 4], Level.DECREASE),
        (6, [0, 0, 0, 0], Level.NEW),
        (5, [0, 0, 0, 0], Level.LOW),
        (5, [2, 2, 2, 2], Level.LOW),
        (6, [2, 2, 2, 2], Level.LARGE),
        (0, [2], Level.LOW),
    ],
)
def test_levels(now: int, before: list[int], level: Level) -> None:
    assert change(now, before).level is level


@given(counts, st.lists(counts, min_size=1, max_size=4))
def test_a_low_baseline_is_never_a_move_however_large_its_percentage(now: int, before: list[int]) -> None:
    low = sum(before) / len(before) <= 2 and now <= 5
    assert (change(now, before).level is Level.LOW) == low


@pytest.mark.parametrize(
    ("now", "read", "level"),
    [
        (20, 2.0, Level.VOLUME),
        (20, 1.7, Level.MODERATE),
        (20, 1.5, Level.LARGE),
        (20, 0.2, Level.LARGE),
        (4, 0.4, Level.VOLUME),
        (1, 0.1, Level.LOW),
        (0, 0.4, Level.DECREASE),
        (4, 1.0, Level.DECREASE),
        (10, 5.0, Level.LIMITED),
    ],
)
def test_a_change_that_what_was_read_explains_is_none(now: int, read: float, level: Level) -> None:
    assert change(now, [10, 10], read).level is level


def test_the_last_window_ends_where_the_store_last_has_something() -> None:
    assert windows([3, 4, 5, 0, 0], 4, Unit.MONTH) == (range(2, 3), [range(1, 2), range(1)])
    assert windows([0, 0], 1, Unit.MONTH) == (range(0), [])
    assert windows([], -1, Unit.DAY) == (range(0), [])


def test_windows_of_days_are_weeks_and_those_without_any_story_are_not_compared() -> None:
    volume = [1] * 7 + [0] * 7 + [1] * 21
    now, before = windows(volume, 34, Unit.DAY)
    assert now == range(28, 35)
    assert before == [range(21, 28), range(14, 21), range(7)]


def test_a_window_that_reaches_before_the_first_bin_is_not_compared() -> None:
    assert windows([1] * 9, 8, Unit.DAY) == (range(2, 9), [])


def test_a_day_far_above_its_month_is_unusual() -> None:
    series = [1, 0, 2, 1] * 7 + [9, 1]
    assert unusual(series, [20] * 30, Unit.DAY) == [28]


def test_a_day_is_not_unusual_when_far_more_was_read_that_day() -> None:
    series = [1, 0, 2, 1] * 7 + [9, 1]
    assert unusual(series, [20] * 28 + [180, 20], Unit.DAY) == []


def test_nothing_is_unusual_after_days_of_which_nothing_was_read() -> None:
    assert unusual([0] * 28 + [9], [0] * 28 + [20], Unit.DAY) == []


@given(st.lists(st.tuples(counts, st.integers(0, 99)), max_size=60))
def test_unusual_days_have_at_least_four_stories_and_an_even_series_has_none(
    days: list[tuple[int, int]],
) -> None:
    series, volume = [count for count, _ in days], [read for _, read in days]
    assert all(series[i] >= 4 for i in unusual(series, volume, Unit.DAY))
    assert unusual([7] * len(days), volume, Unit.DAY) == []
