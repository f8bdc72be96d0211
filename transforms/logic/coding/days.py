"""When: expressions of time, what they date, and whether they lie before the reported period."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from transforms.logic.coding.tokens import Token

PAST_AFTER = timedelta(days=31)
"""An event that lies further than this before publication is background (`past`)."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650, "century": 36500}
_YEAR = re.compile(r"^(?:1[89]|20)\d\ds?$")
_TOLD = re.compile(
    r"\b(?:in|since|of|from|during|early|late|mid|the|,|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)[ -]((?:19|20)\d\d)\b"
    r"(?! [a-z]*(?:people|troops|soldiers|men|others|km|miles))"
)
_DAY_NUMBER = re.compile(r"^([12]?\d|3[01])(?:st|nd|rd|th)?$")
_BACKGROUND = frozenset("anniversary decades centuries historically".split())


_WORLD_WAR = re.compile(r"\b(?:in|during|of) (?:the )?(?:first |second )?world war\b")


class Time(NamedTuple):
    """An expression of time at tokens `[i, j)`, its first and last day; `since` if it goes on from there."""

    i: int
    j: int
    first: date
    last: date
    since: bool


def times_of(tokens: list[Token], day: date, known: bool = True) -> list[Time]:
    """The expressions of time in a sentence, resolved against the day of publication, left to right.

    With a day that is only guessed from the text (`known` false), what needs a calendar is left out: a
    weekday, a month without its year.
    """
    found: list[Time] = []
    done = 0
    for i, token in enumerate(tokens):
        low = token.low
        if i >= done and (low in _OPENERS or low[0].isdigit() or low.startswith(_PARTS)):
            time = _time_at(tokens, i, day, known)
            if time is not None:
                found.append(time)
                done = time.j
    return found


def told_day(lower: str) -> date:
    """A day not after the telling, for a text without a date: the start of the last year that it names.

    Early February, so that the year before is background and nothing of that year itself is. A text that
    names no year is given an arbitrary one, against which "two years ago" can still be told.
    """
    years = [int(match[1]) for match in _TOLD.finditer(lower)]
    return date(max(years, default=2000), 2, 1)


def _time_at(tokens: list[Token], i: int, day: date, known: bool) -> Time | None:
    for rule in _RULES:
        span = rule(tokens, i, day)
        if span is not None:
            first, last, j = span
            if not known and rule in _CALENDAR and not _YEAR.match(tokens[j - 1].low):
                return None
            since = any(t.low == "since" for t in tokens[max(0, i - 3) : i])
            return Time(i, j, first, last, since)
    return None


Span = tuple[date, date, int] | None


def _low(tokens: list[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _month_of(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def _safe(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _month_rule(tokens: list[Token], i: int, day: date) -> Span:
    """ "October 7", "7 October 2023", "in March", "last November"."""
    number = None
    j = i
    match = _DAY_NUMBER.match(_low(tokens, i))
    if match and _low(tokens, i + 1) in _MONTHS and tokens[i + 1].cls == "L":
        number, j = int(match[1]), i + 1
    month = _MONTHS.get(_low(tokens, j)) if _low(tokens, j) and tokens[j].cls == "L" else None
    if month is None:
        return None
    j += 1
    if _low(tokens, j) == ".":
        j += 1
    match = _DAY_NUMBER.match(_low(tokens, j))
    if number is None and match:
        number, j = int(match[1]), j + 1
    k = j + 1 if _low(tokens, j) in (",", "of") else j
    year = int(_low(tokens, k)[:4]) if _YEAR.match(_low(tokens, k)) else None
    if year is not None:
        j = k + 1
    else:
        year = _nearest_year(day, month, number, _low(tokens, i - 1) == "last")
    if number is None:
        return (*_month_of(year, month), j)
    exact = _safe(year, month, number)
    return (exact, exact, j) if exact else None


def _nearest_year(day: date, month: int, number: int | None, last: bool) -> int:
    """The year of a month named without one: this year's unless that is well ahead, then last year's."""
    start = date(day.year, month, min(number or 1, 28))
    ahead = start > day + timedelta(days=60) or (last and start.month >= day.month)
    return day.year - 1 if ahead else day.year


_YEAR_AFTER = frozenset(
    "in since of from until by late early mid and to after before during , ( summer winter spring autumn the "
    "a an around his its their this".split()
)


def _year_rule(tokens: list[Token], i: int, day: date) -> Span:
    """ "2014", "in the 1990s", "mid-2014"; a number that counts something is no year."""
    low = _low(tokens, i).removeprefix("mid-").removeprefix("early-").removeprefix("late-")
    if not _YEAR.match(low):
        return None
    decade = low.endswith("s")
    after = tokens[i + 1].cls if i + 1 < len(tokens) else ""
    if not (decade or _low(tokens, i - 1) in _YEAR_AFTER or after == "T") or (
        after in ("R", "G") and not decade
    ):
        return None
    year = int(low[:4])
    return date(year, 1, 1), date(year + (9 if decade else 0), 12, 31), i + 1


def _weekday_rule(tokens: list[Token], i: int, day: date) -> Span:
    number = _WEEKDAYS.get(_low(tokens, i))
    if number is None or tokens[i].cls != "L":
        return None
    back = (day.weekday() - number) % 7
    found = day - timedelta(days=back)
    if _low(tokens, i - 1) == "next":
        found += timedelta(days=7)
    return found, found, i + 1


_SPANS = frozenset("week month year decade century summer winter spring autumn".split())
_NEAR = {"night": 1, "evening": 1, "morning": 0, "afternoon": 0, "weekend": 3, "week": 7, "month": 31}


def _relative_rule(tokens: list[Token], i: int, day: date) -> Span:
    """ "last year", "yesterday", "this week", "in recent months"."""
    low, after = _low(tokens, i), _low(tokens, i + 1)
    unit = after.removesuffix("s")
    if low in ("yesterday", "today", "tonight", "overnight"):
        found = day - timedelta(days=low == "yesterday")
        return found, found, i + 1
    if low in ("last", "previous") and unit in _SPANS:
        return _last(unit, day, i + 2)
    if low == "earlier" and after == "this" and _low(tokens, i + 2) == "year":
        return date(day.year, 1, 1), day - timedelta(days=45), i + 3
    if low in ("last", "this") and after in _NEAR:
        return day - timedelta(days=_NEAR[after] + (low == "last")), day, i + 2
    if low == "recent" and after in ("days", "weeks", "months"):
        return day - timedelta(days=PAST_AFTER.days), day, i + 2
    return None


def _last(unit: str, day: date, j: int) -> Span:
    if unit == "year":
        return date(day.year - 1, 1, 1), date(day.year - 1, 12, 31), j
    if unit == "month":
        last = date(day.year, day.month, 1) - timedelta(days=1)
        return _month_of(last.year, last.month)[0], max(last, day - timedelta(days=30)), j
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + 7)
        return monday, monday + timedelta(days=6), j
    days = _UNITS.get(unit, 120)
    return day - timedelta(days=min(days * 2, 60000)), day - timedelta(days=min(days, 60000) - 60), j


_WORD_NUMBERS = {
    word: number
    for number, words in (
        *enumerate("- a;an;one two three four five six seven eight nine ten eleven twelve".split()),
        *(
            (n * 10, w)
            for n, w in enumerate("- - twenty thirty forty fifty sixty seventy eighty ninety".split())
        ),
    )
    for word in words.split(";")
}
_WORD_NUMBERS |= dict.fromkeys(("several", "few", "many", "some"), 3)
_WORD_NUMBERS |= dict.fromkeys(("decades", "years", "months", "weeks"), 2)


def _ago_rule(tokens: list[Token], i: int, day: date) -> Span:
    for j in range(i + 1, min(i + 3, len(tokens))):
        unit = (
            tokens[j].low.removesuffix("s").replace("ie", "y")
            if tokens[j].low == "centuries"
            else tokens[j].low.removesuffix("s")
        )
        if unit in _UNITS and _low(tokens, j + 1) in ("ago", "earlier", "before"):
            count = _count(tokens[i].low)
            if count is None or (_low(tokens, j + 1) == "before" and tokens[i].cls != "#"):
                return None
            try:
                found = day - timedelta(days=_UNITS[unit] * count)
            except OverflowError:
                return None
            return found, found, j + 2
    return None


def _count(low: str) -> int | None:
    if low.isascii() and low.isdigit():
        return min(int(low[:9]), 500)
    return _WORD_NUMBERS.get(low)


_PARTS = ("mid-", "early-", "late-")
_OPENERS = frozenset((*_MONTHS, *_WEEKDAYS, *_WORD_NUMBERS)) | frozenset(
    "yesterday today tonight overnight last previous earlier this recent".split()
)
"""Words other than numbers with which an expression of time can begin."""
_CALENDAR = (_month_rule, _weekday_rule)
_RULES: tuple[Callable[[list[Token], int, date], Span], ...] = (
    _month_rule,
    _year_rule,
    _weekday_rule,
    _ago_rule,
    _relative_rule,
)


def is_past(time: Time, day: date) -> bool:
    """Whether an event at this time is background for an article of this day."""
    return not time.since and time.last < day - PAST_AFTER


def is_background(lows: list[str]) -> bool:
    """Whether words say that older history is told, without a date."""
    return not _BACKGROUND.isdisjoint(lows) or _WORLD_WAR.search(" ".join(lows)) is not None
