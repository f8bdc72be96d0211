"""The two rules that point at something: what moved, and what was unusual. `docs/report.md` explains them.

`static/rules.js` states them once more for the browser; a test holds the two to each other.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import sqrt
from typing import NamedTuple

from pipeline.report.calendar import LEAD, Unit

WINDOW = {Unit.DAY: 7, Unit.WEEK: 1, Unit.MONTH: 1, Unit.YEAR: 1}
"""Bins in the window of movers."""

WINDOWS_BEFORE = 4
"""Windows that the average before is taken of."""

_LOW_BEFORE, _LOW_NOW = 2.0, 5
_LARGE, _MODERATE = 25.0, 10.0
_UNUSUAL_STORIES, _UNUSUAL_DEVIATIONS = 4, 3.0


class Level(StrEnum):
    """How much an actor's stories changed."""

    NEW = "new"
    LARGE = "large increase"
    MODERATE = "moderate increase"
    LIMITED = "little change"
    DECREASE = "large decrease"
    VOLUME = "as the volume read"
    LOW = "too few to tell"


class Change(NamedTuple):
    """Stories in the last window, their average in the windows before, the change in percent, its level."""

    now: int
    before: float
    percent: float | None
    level: Level


def windows(volume: Sequence[int], end: int, unit: Unit) -> tuple[range, list[range]]:
    """The bins of the last window, and of the windows before it that can be compared.

    The last window ends with the last bin up to `end` of which the store has a story. A window that reaches
    before the first bin, or of which it has none, says nothing about anybody and is not compared.
    """
    size = WINDOW[unit]
    end = next((i for i in range(end, -1, -1) if volume[i]), -1)
    now = range(max(end - size + 1, 0), end + 1)
    starts = (now.start - size * step for step in range(1, WINDOWS_BEFORE + 1))
    before = [range(start, start + size) for start in starts if start >= 0]
    return now, [window for window in before if any(volume[i] for i in window)]


def change(now: int, before: Sequence[int], read: float = 1.0) -> Change:
    """Rate stories in a window against those of the windows before, of which there is at least one.

    The levels and the guard for low baselines are those of ACLED's Trendfinder. A change that what was read
    explains is none of the actor's: it must also show in the actor's share of all stories, and where less was
    read than before, the guard looks at the average that this much less lets expect.

    Args:
        now: stories in the last window.
        before: stories in each window before.
        read: how many times as many stories the store has of the last window as of the windows before.
    """
    average = sum(before) / len(before)
    percent = (now - average) / average * 100 if average else None
    if average * min(read, 1.0) <= _LOW_BEFORE and now <= _LOW_NOW:
        return Change(now, average, percent, Level.LOW)
    if percent is None:
        return Change(now, average, None, Level.NEW)
    level, share = _level(percent), _level((now / read - average) / average * 100)
    if level is Level.LARGE and share is Level.MODERATE:
        return Change(now, average, percent, Level.MODERATE)
    explained = level is not Level.LIMITED and share not in (level, Level.LARGE)
    return Change(now, average, percent, Level.VOLUME if explained else level)


def _level(percent: float) -> Level:
    if percent > _LARGE:
        return Level.LARGE
    if percent < -_LARGE:
        return Level.DECREASE
    return Level.MODERATE if percent > _MODERATE else Level.LIMITED


def read_ratio(volume: Sequence[int], now: range, before: Sequence[range]) -> float:
    """How many times as many stories the store has of the last window as, on average, of those before."""
    read = sum(volume[i] for i in now)
    return read / (sum(volume[i] for window in before for i in window) / len(before))


def unusual(series: Sequence[int], volume: Sequence[int], unit: Unit) -> list[int]:
    """The bins with far more stories than the bins before them let expect, in order.

    A bin is unusual when it has at least 4 stories and more than m + 3 max(s, √m, 1), where m and s are mean
    and standard deviation of the 28 days (8 weeks, 12 months, 5 years) before. Bins from which the store
    has nothing are left out, and with fewer than a quarter of the bins left none is unusual. Where
    the store read more than it used to, m grows with it.
    """
    return [
        i
        for i, count in enumerate(series)
        if count >= _UNUSUAL_STORIES and _stands_out(i, series, volume, unit)
    ]


def _stands_out(at: int, series: Sequence[int], volume: Sequence[int], unit: Unit) -> bool:
    before = [i for i in range(max(at - LEAD[unit], 0), at) if volume[i]]
    if len(before) < max(LEAD[unit] // 4, 3):
        return False
    mean = sum(series[i] for i in before) / len(before)
    variance = sum((series[i] - mean) ** 2 for i in before) / len(before)
    read_before = sum(volume[i] for i in before) / len(before)
    expected = mean * max(1.0, volume[at] / read_before)
    return series[at] > expected + _UNUSUAL_DEVIATIONS * max(sqrt(variance), sqrt(expected), 1.0)
