"""The time of a stream, and what is too late in it."""

from datetime import UTC, datetime

import pytest

from schemas import RawArticle, RejectableError, RejectReason
from transforms.logic.streaming.clock import advanced, closes_at, file_time, refuse_late, seconds_of

DAY = 86_400
NOON = datetime(2024, 12, 6, 12, tzinfo=UTC)


def raws(*published: str | None) -> list[RawArticle]:
    return [
        RawArticle(source_file="a", position=n, source_format="x", published=when)
        for n, when in enumerate(published)
    ]


def test_a_file_is_of_its_median_day_so_that_wrong_dates_move_no_clock() -> None:
    dates = ["2024-12-05", "2024-12-06", "2024-12-06", "2062-01-01", "1970-01-01", None]
    assert file_time(raws(*dates)) == seconds_of(datetime(2024, 12, 6, tzinfo=UTC))


def test_a_file_without_dates_has_no_time_and_moves_no_clock() -> None:
    assert file_time(raws(None, "yesterday")) is None
    assert advanced(None, [None], 2) is None
    assert advanced(5, [None], 2) == 5


def test_the_clock_is_behind_the_newest_file_and_never_goes_back() -> None:
    assert advanced(None, [10 * DAY, 30 * DAY], 2) == 28 * DAY
    assert advanced(28 * DAY, [10 * DAY], 2) == 28 * DAY


def test_a_day_closes_when_its_lateness_has_passed_after_its_end() -> None:
    closes = closes_at(NOON, 3)
    assert closes == seconds_of(datetime(2024, 12, 10, tzinfo=UTC))
    refuse_late(NOON, closes - 1, 3)
    with pytest.raises(RejectableError) as caught:
        refuse_late(NOON, closes, 3)
    assert caught.value.reason is RejectReason.TOO_LATE
    assert "2024-12-06" in caught.value.detail


def test_what_has_no_date_is_never_late_and_nothing_is_before_the_clock_runs() -> None:
    refuse_late(None, 10**12, 0)
    refuse_late(NOON, None, 0)
