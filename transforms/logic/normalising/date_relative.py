"""Dates that need another date to mean anything."""

import re
from datetime import datetime, timedelta

from schemas import DatePrecision
from transforms.logic.normalising.date_words import MONTHS

_NUMBER = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_AGO = re.compile(
    r"(?:(?:last )?(?:published|updated|posted) )?(?:about )?"
    r"(\d{1,3}|an?|one|two|three|four|five|six|seven) ?"
    r"(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mo|months?|y|years?) ago",
    re.I,
)
_NAMED = {"just now": ("m", 0), "today": ("d", 0), "yesterday": ("d", 1)}
_YEARLESS = re.compile(r"(?:(\d{1,2})[ -]([A-Za-z]{3,9})\.?|([A-Za-z]{3,9})\.?[ -](\d{1,2}))")


def resolve_relative(text: str, fetched: datetime) -> tuple[datetime, DatePrecision] | None:
    """Resolve "7 days ago", "yesterday" and days without a year ("15-Oct") against `fetched` (UTC).

    A day without a year is its latest occurrence not after the day following `fetched`. Hours are only good
    to the day. Returns the moment floored to its precision, or None.
    """
    match = _AGO.fullmatch(text)
    if match:
        count = _NUMBER.get(match[1].lower()) or int(match[1])
        return _back(fetched, _unit(match[2].lower()), count)
    if text.lower() in _NAMED:
        return _back(fetched, *_NAMED[text.lower()])
    match = _YEARLESS.fullmatch(text)
    month = MONTHS.get((match[2] or match[3]).lower()) if match else None
    return _latest(fetched, month, int(match[1] or match[4])) if match and month else None


def _unit(word: str) -> str:
    return "mo" if word.startswith("mo") else word[0]


def _back(fetched: datetime, unit: str, count: int) -> tuple[datetime, DatePrecision] | None:
    if unit in "sm":
        when = fetched - timedelta(**{"seconds" if unit == "s" else "minutes": count})
        return when.replace(second=0, microsecond=0), DatePrecision.MINUTE
    today = fetched.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit in ("mo", "y"):
        years, months = divmod(fetched.year * 12 + fetched.month - 1 - count * (12 if unit == "y" else 1), 12)
        month = 1 if unit == "y" else months + 1
        precision = DatePrecision.YEAR if unit == "y" else DatePrecision.MONTH
        return today.replace(year=max(years, 1), month=month, day=1), precision
    if unit == "h":
        return (fetched - timedelta(hours=count)).replace(
            hour=0, minute=0, second=0, microsecond=0
        ), DatePrecision.DAY
    return today - timedelta(days=count * (7 if unit == "w" else 1)), DatePrecision.DAY


def _latest(fetched: datetime, month: int, day: int) -> tuple[datetime, DatePrecision] | None:
    for year in range(fetched.year + 1, fetched.year - 9, -1):
        try:
            when = datetime(year, month, day, tzinfo=fetched.tzinfo)
        except ValueError:
            continue
        if when <= fetched + timedelta(days=1):
            return when, DatePrecision.DAY
    return None
