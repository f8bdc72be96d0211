"""Dates in English words and in numbers with separators."""

import re
from datetime import UTC, datetime, timedelta

from schemas import DatePrecision
from transforms.logic.normalising.zones import zone_offset

_MONTH_NAMES = """
jan january|feb february|mar march|apr april|may|jun june
|jul july|aug august|sep sept september|oct october|nov november|dec december
"""
MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES.split("|"), start=1) for name in names.split()
}
"""Names and abbreviations of the months, in lower case, to their numbers."""
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_LABEL = (
    r"(?:(?:first |originally |date of )?(?:publish(?:ed)?|publication|updated|posted|created|released|issued"
    r"|date|last (?:updated|modified|update))\b(?: on| at)?[:,]? ?)?"
)
_WEEKDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]? )?"
_DAY = (
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ /.-]{{1,2}}(?P<m1>{_MONTH}),?[ /.-]?"
    r"(?P<y1>\d{4}|'?\d\d(?![\d:]))"
    rf"|(?P<m2>{_MONTH})[ -]?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?[ -]{{0,2}}(?P<y2>\d{{4}})"
    r"|(?P<a4>\d{1,2})(?P<s4>[/.-])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4}|\d\d(?![\d:]))"
    r"|(?P<y5>\d{4})[/.](?P<m5>\d{1,2})[/.](?P<d5>\d{1,2})"
    rf"|(?P<y6>\d{{4}})[ -](?P<m6>{_MONTH})[ -](?P<d6>\d{{1,2}})"
)
_DATE = rf"(?:{_DAY}|(?P<m3>{_MONTH}),? (?P<y3>\d{{4}}))"
_ZONE = r"(?: ?(?P<z{0}>(?:utc|gmt)?[+-]\d\d?:?(?:\d\d)?|\(?[a-z]{{1,5}}\)?(?![a-z])))?"
_CLOCK = (
    r"(?P<h{0}>\d{{1,2}})[:.]?(?P<n{0}>\d\d)(?:[:.](?P<c{0}>\d\d)(?:\.\d+)?)?(?: ?(?P<p{0}>[ap])\.?m\b\.?)?"
    + _ZONE
)
_GAP = r"(?:,| at| -| \||T)? ?"
_PATTERN = re.compile(
    rf"{_LABEL}(?:{_CLOCK.format(1)}(?:,| on| -| \|)? )?{_WEEKDAY}{_DATE}(?:{_GAP}{_CLOCK.format(2)})?[.,]?",
    re.I,
)
LEADING_DATE = re.compile(
    rf"(?i:{_LABEL}(?:on )?{_WEEKDAY}(?:{_DAY})(?:{_GAP}{_CLOCK.format(2)})?)(?:[ .,:;|–—-]{{1,4}}|$)"
    r"(?=[\"“‘(]?[A-Z0-9]|title|$)"
)
"""A whole date at the head of a text, before a capital or the end: "Published July 5 2016 Rebels"."""
# asctime and its cousin with a zone: "Wed Oct 25 11:16:00 +0000 2023".
_ASCTIME = re.compile(
    rf"{_WEEKDAY}(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}) {_CLOCK.format(2)} (?P<y2>\d{{4}})", re.I
)


def parse_words(text: str) -> tuple[datetime, DatePrecision] | None:
    """Parse a whole string such as "Wed, 25 Oct 2023 08:50 BST", "Feb. 10, 2023" or "13-Oct-23".

    Returns UTC and the precision, or None when anything is left over, impossible or in an unknown zone.
    """
    match = _PATTERN.fullmatch(text) or _ASCTIME.fullmatch(text)
    return read_date(match) if match else None


def read_date(match: re.Match[str]) -> tuple[datetime, DatePrecision] | None:
    """Build the date that the named groups of a match describe."""
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    day = _calendar_day(groups)
    if day is None:
        return None
    if "m3" in groups:
        return day, DatePrecision.MONTH
    for side in ("1", "2"):
        if f"h{side}" in groups:
            return _with_clock(day, groups, side)
    return day, DatePrecision.DAY


def _calendar_day(groups: dict[str, str]) -> datetime | None:
    form = next(name[1] for name in groups if name[0] == "y")
    year = _full_year(groups[f"y{form}"])
    if form == "4":
        month, day = _numeric_order(int(groups["a4"]), int(groups["b4"]), groups["s4"])
    else:
        month, day = _month_number(groups[f"m{form}"]), int(groups.get(f"d{form}", "1"))
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _numeric_order(first: int, second: int, separator: str) -> tuple[int, int]:
    """Return month and day: American order for slashes and hyphens, European for dots or if only it fits."""
    return (second, first) if separator == "." or first > 12 else (first, second)


def _month_number(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS[word.rstrip(".").lower()]


def _full_year(digits: str) -> int:
    year = int(digits.lstrip("'"))
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _with_clock(day: datetime, groups: dict[str, str], side: str) -> tuple[datetime, DatePrecision] | None:
    hour, minute = int(groups[f"h{side}"]), int(groups[f"n{side}"])
    seconds, half = groups.get(f"c{side}"), groups.get(f"p{side}", "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or int(seconds or 0) > 59:
        return None
    local = day + timedelta(hours=hour, minutes=minute, seconds=int(seconds or 0))
    offset = zone_offset(groups.get(f"z{side}", ""), local)
    if offset is None or not 2 <= local.year <= 9998:
        return None
    return local - offset, DatePrecision.SECOND if seconds else DatePrecision.MINUTE
