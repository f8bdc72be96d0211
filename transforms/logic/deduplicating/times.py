"""Times as whole numbers, which compare, merge and pack at no cost."""

from datetime import UTC, datetime, timedelta

Span = tuple[int, int]
"""The first and the last of some times, in microseconds since 1970 UTC."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(time: datetime) -> int:
    """Return the microseconds since 1970 UTC; negative before."""
    return (time - _EPOCH) // _MICROSECOND


def moment(since_epoch: int | None) -> datetime | None:
    """Return the time, UTC, that is so many microseconds after 1970 began."""
    return None if since_epoch is None else _EPOCH + since_epoch * _MICROSECOND


def widest(a: Span | None, b: Span | None) -> Span | None:
    """Return the span of two spans, None only if both are."""
    if a is None or b is None:
        return a or b
    return min(a[0], b[0]), max(a[1], b[1])
