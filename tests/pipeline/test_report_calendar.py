"""Bins: every day of a period has one, in order, with enough before them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.calendar import LEAD, Span, Unit, bin_start

days = st.dates(date(1800, 1, 1), date(2200, 12, 31))


@given(days, st.integers(0, 40_000))
def test_every_day_of_a_period_falls_into_the_bin_that_starts_last_before_it(
    first: date, length: int
) -> None:
    span = Span.of(first, first + timedelta(days=length))
    starts = list(span.starts())
    assert starts == sorted(set(starts))
    for day in {first, span.last, first + timedelta(days=length // 2), span.lead_first}:
        place = span.bin_of(day)
        assert starts[place] <= day
        assert place == len(starts) - 1 or day < starts[place + 1]


@given(days, st.integers(0, 40_000))
def test_a_period_has_few_bins_and_the_lead_that_its_unit_asks_for(first: date, length: int) -> None:
    span = Span.of(first, first + timedelta(days=length))
    assert span.shown == LEAD[span.unit]
    assert len(list(span.starts())) - span.shown <= 123


@pytest.mark.parametrize(
    ("length", "unit"),
    [(1, "day"), (90, "day"), (120, "day"), (121, "week"), (365, "week"), (2_000, "month")],
)
def test_the_unit_grows_with_the_period(length: int, unit: str) -> None:
    assert Span.of(date(2024, 1, 1), date(2024, 1, 1) + timedelta(days=length - 1)).unit == unit


def test_labels_name_the_first_day_the_month_or_the_year() -> None:
    day = date(2024, 12, 5)
    labels = {unit: Span(day, day, unit).label(bin_start(day, unit)) for unit in Unit}
    assert labels == {"day": "2024-12-05", "week": "2024-12-02", "month": "2024-12", "year": "2024"}


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Span.of(date(2024, 12, 2), date(2024, 12, 1))


@pytest.mark.parametrize(
    ("last", "whole"), [(date(2024, 12, 8), True), (date(2024, 12, 7), False), (date(2024, 12, 2), False)]
)
def test_a_week_is_whole_when_its_sunday_is_in_the_period(last: date, whole: bool) -> None:
    span = Span(date(2024, 9, 2), last, Unit.WEEK)
    assert span.whole == span.bin_of(last) - (not whole)


def test_a_period_of_weeks_begins_on_a_monday() -> None:
    assert Span.of(date(2024, 1, 3), date(2024, 12, 31)).first == date(2024, 1, 1)


@pytest.mark.parametrize("edge", [date.min, date.max])
def test_the_edges_of_the_calendar_are_days_too(edge: date) -> None:
    for unit in Unit:
        span = Span(edge, edge, unit)
        assert span.bin_of(edge) == len(list(span.starts())) - 1
