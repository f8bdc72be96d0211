"""The time of a stream: that of publication, told by the articles and never by the machine's clock."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice

from schemas import RawArticle, RejectableError, RejectReason
from transforms.logic.normalising.dates import parse_date

SAMPLED = 200
"""Records at the beginning of a file whose dates tell the day that the file is about."""

STREAM_CLOCK = "which the stream had reached; `wiretally run` on the file adds it"
MESSAGE_CLOCK = "when its message was written; `wiretally run` on a dump that has it adds it"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def file_time(records: Iterable[object]) -> int | None:
    """When the articles of a file were published, in seconds since 1970 UTC; None if none of them says.

    The median of the dates that the first records state, so that a few wrong dates move no clock.
    """
    raws = (record for record in islice(records, SAMPLED) if isinstance(record, RawArticle))
    stated = (parse_date(raw.published or raw.published_hint, fetched=None) for raw in raws)
    times = sorted(seconds_of(date.when) for date in stated if date is not None)
    return times[(len(times) - 1) // 2] if times else None


def advanced(clock: int | None, times: Iterable[int | None], delay_days: float) -> int | None:
    """The clock after files of such times: `delay_days` behind the newest of them, and never set back."""
    known = [time - round(delay_days * 86_400) for time in times if time is not None]
    return max(known if clock is None else [clock, *known], default=None)


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970 UTC, negative before."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def closes_at(published: datetime, lateness_days: int) -> int:
    """The time from which an article is too late: `lateness_days` after its day of publication has ended."""
    day = datetime(published.year, published.month, published.day, tzinfo=UTC)
    return seconds_of(day) + (1 + lateness_days) * 86_400


def refuse_late(
    published: datetime | None, clock: int | None, lateness_days: int, meaning: str = STREAM_CLOCK
) -> None:
    """Let an article pass unless its day is closed. One without a date is never late.

    `meaning` says after the clock's day what that clock is, and what can be done.

    Raises:
        RejectableError: `too_late`.
    """
    if published is None or clock is None or clock < closes_at(published, lateness_days):
        return
    raise RejectableError(
        RejectReason.TOO_LATE,
        f"published {published:%Y-%m-%d}, more than {lateness_days} days before {moment_of(clock):%Y-%m-%d}, "
        f"{meaning}",
    )


def moment_of(seconds: int) -> datetime:
    """The moment so many seconds after 1970 began, UTC."""
    return _EPOCH + timedelta(seconds=seconds)
