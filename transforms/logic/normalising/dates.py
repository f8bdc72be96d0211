"""Dates as sources write them: a cascade from strict and fast forms to free ones."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from schemas import DatePrecision
from transforms.logic.normalising.date_relative import resolve_relative
from transforms.logic.normalising.date_words import parse_words

EARLIEST_YEAR = 1800
LATEST_YEAR = 2100
_LONGEST = 80
_NOTHING = frozenset(("", "none", "null", "nan", "nat", "n/a", "na", "unknown", "undefined", "-"))
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:?\d\d.*)?|\d{8}T\d{4,6}.*")
_ISO_MONTH = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?")
_DIGITS = re.compile(r"\d{8}(?:\d{4}(?:\d\d)?)?")
_EPOCH = re.compile(r"(\d{9,10}|\d{13})(?:\.\d+)?")
_COMPACT_FORMS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_COMPACT_PRECISION = {8: DatePrecision.DAY, 12: DatePrecision.MINUTE, 14: DatePrecision.SECOND}
_MONTHLESS = re.compile(r"[\d\W]*")


@dataclass(frozen=True)
class ParsedDate:
    """A moment in UTC, floored to `precision`; `inferred` when the source did not state it as it stands."""

    when: datetime
    precision: DatePrecision
    inferred: bool = False


def parse_date(value: str | None, *, fetched: datetime | None) -> ParsedDate | None:
    """Parse a date as a source writes it.

    Tried in this order: ISO 8601; 8, 12 and 14 digits; epoch seconds and milliseconds; English words in any
    usual order (RFC 2822 and "11:16 AM EDT, Wed October 25, 2023" among them) and numeric forms; words of
    other languages by dateparser, strict.

    Relative dates ("7 days ago") and days without a year ("15-Oct") are resolved against `fetched` and marked
    inferred; without `fetched` they are None, as are dates before 1800 or after 2100. The clock of the
    machine is never read. Times without a zone are UTC; a bare midnight counts as a day. "05/03/2024" is read
    month first unless the first number exceeds 12; "05.03.2024" day first. Never raises.
    """
    text = " ".join(value.split()) if value else ""
    if text.lower() in _NOTHING or len(text) > _LONGEST:
        return None
    parsed = _absolute(text)
    if parsed is None and fetched is not None:
        resolved = resolve_relative(text, fetched)
        parsed = resolved and ParsedDate(*resolved, inferred=True)
    if parsed is None or not EARLIEST_YEAR <= parsed.when.year <= LATEST_YEAR:
        return None
    return parsed


@lru_cache(maxsize=65536)
def _absolute(text: str) -> ParsedDate | None:
    for parse in (_iso, _compact, _epoch, parse_words, _other_language):
        found = parse(text)
        if found is not None:
            return ParsedDate(*found)
    return None


def _iso(text: str) -> tuple[datetime, DatePrecision] | None:
    if _ISO.fullmatch(text):
        try:
            when = _utc(datetime.fromisoformat(text))
        except (ValueError, OverflowError):
            return None
        if len(text) == 10:
            return when, DatePrecision.DAY
        return when, _time_precision(when, seconds=text.count(":", 10, 19) == 2 or "-" not in text[:5])
    match = _ISO_MONTH.fullmatch(text)
    if match and match[2] and 1 <= int(match[2]) <= 12:
        return datetime(max(int(match[1]), 1), int(match[2]), 1, tzinfo=UTC), DatePrecision.MONTH
    if match and not match[2]:
        return datetime(max(int(match[1]), 1), 1, 1, tzinfo=UTC), DatePrecision.YEAR
    return None


def _compact(text: str) -> tuple[datetime, DatePrecision] | None:
    if not _DIGITS.fullmatch(text):
        return None
    try:
        when = datetime.strptime(text, _COMPACT_FORMS[len(text)]).replace(tzinfo=UTC)
    except ValueError:
        return None
    return when, _COMPACT_PRECISION[len(text)]


def _epoch(text: str) -> tuple[datetime, DatePrecision] | None:
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    seconds = int(match[1]) // (1000 if len(match[1]) == 13 else 1)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds), DatePrecision.SECOND


def _other_language(text: str) -> tuple[datetime, DatePrecision] | None:
    """Parse words of the commonest languages, strictly, so that no part is ever taken from today."""
    if (
        _MONTHLESS.fullmatch(text)
        or not any(map(str.isdigit, text))
        or (text.isascii() and not _has_month(text))
    ):
        return None
    import dateparser  # slow to load, and most dumps never need it

    when = dateparser.parse(text, languages=_LANGUAGES, settings=_STRICT)
    return when and (_utc(when), _time_precision(_utc(when), seconds=False))


_LANGUAGES = [
    "en",
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "tr",
    "pl",
    "ru",
    "uk",
    "ar",
    "fa",
    "he",
    "zh",
    "ja",
    "ko",
]
_STRICT = {
    "STRICT_PARSING": True,
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": True,
}


def _has_month(text: str) -> bool:
    """Tell whether an ASCII text has a word that could be a month beside a day and a year."""
    return re.search(r"\d{4}", text) is not None and re.search(r"[A-Za-z]{3}", text) is not None


def _utc(when: datetime) -> datetime:
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _time_precision(when: datetime, *, seconds: bool) -> DatePrecision:
    if (when.hour, when.minute, when.second, when.microsecond) == (0, 0, 0, 0):
        return DatePrecision.DAY
    return DatePrecision.SECOND if seconds else DatePrecision.MINUTE
