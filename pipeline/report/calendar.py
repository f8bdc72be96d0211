"""The bins of a report: days, weeks, months or years, with as many before the period as comparing needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property


class Unit(StrEnum):
    """What one bar of a series stands for. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


LEAD = {Unit.DAY: 28, Unit.WEEK: 8, Unit.MONTH: 12, Unit.YEAR: 5}
"""Bins before the period, which are compared with and not shown."""

_MOST_BINS = 120
_LENGTH = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30, Unit.YEAR: 365}


@dataclass(frozen=True)
class Span:
    """A period from `first` to `last`, both included, cut into bins of one unit.

    A bin is known by its number, 0 for the first of the lead; `shown` is the number of the first bin of the
    period. The last bin may reach out of the period.
    """

    first: date
    last: date
    unit: Unit

    @classmethod
    def of(cls, first: date, last: date) -> "Span":
        """The span with the finest unit that needs no more bins than a reader can tell apart.

        It begins with a whole bin, perhaps some days before `first`.

        Raises:
            ValueError: `last` is before `first`.
        """
        if last < first:
            raise ValueError(f"a period cannot end on {last} and begin on {first}")
        days = (last - first).days + 1
        fits = (unit for unit in Unit if days <= _MOST_BINS * _LENGTH[unit])
        unit = next(fits, Unit.YEAR)
        return cls(bin_start(first, unit), last, unit)

    @property
    def shown(self) -> int:
        """The number of the period's first bin."""
        return self.bin_of(self.first)

    @cached_property
    def lead_first(self) -> date:
        """The first day of bin 0."""
        start = bin_start(self.first, self.unit)
        for _ in range(LEAD[self.unit]):
            if start <= date(2, 1, 1):
                break
            start = bin_start(start - timedelta(days=1), self.unit)
        return start

    @property
    def whole(self) -> int:
        """The number of the last bin that does not reach out of the period; one before `shown` if all do."""
        place = self.bin_of(self.last)
        after = _next_start(bin_start(self.last, self.unit), self.unit)
        return place if after is None or (after - self.last).days == 1 else place - 1

    def bin_of(self, day: date) -> int:
        """The number of a day's bin; the day is not before the lead nor after the last day."""
        start, unit = self.lead_first, self.unit
        if unit in (Unit.DAY, Unit.WEEK):
            return (day - start).days // _LENGTH[unit]
        if unit is Unit.MONTH:
            return (day.year - start.year) * 12 + day.month - start.month
        return day.year - start.year

    def starts(self) -> Iterator[date]:
        """The first day of every bin from bin 0 on."""
        start: date | None = self.lead_first
        while start is not None and start <= self.last:
            yield start
            start = _next_start(start, self.unit)

    def label(self, start: date) -> str:
        """How a bin that starts on this day is called."""
        if self.unit is Unit.YEAR:
            return f"{start.year:04}"
        return start.isoformat()[:7] if self.unit is Unit.MONTH else start.isoformat()


def bin_start(day: date, unit: Unit) -> date:
    """The first day of the bin that a day falls in."""
    if unit is Unit.WEEK:
        return day - timedelta(days=day.weekday())
    if unit is Unit.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit is Unit.YEAR else day


def _next_start(start: date, unit: Unit) -> date | None:
    """The start after this one; None at the end of the calendar."""
    if unit in (Unit.DAY, Unit.WEEK):
        step = timedelta(days=_LENGTH[unit])
        return start + step if date.max - start >= step else None
    months = start.year * 12 + start.month - 1 + (12 if unit is Unit.YEAR else 1)
    return start.replace(year=months // 12, month=months % 12 + 1) if months // 12 <= date.max.year else None
