"""The fields of a row: dates, enumerations, surfaces."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from schemas.lexicon import Name
from transforms.logic.coding.lexicon.tsv import Problems, Row

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SHORT_ACRONYM = re.compile(r"[A-Z0-9&]{1,3}|(?:[A-Z]\.){1,3}")
_STROKES = str.maketrans("øØđĐłŁıßæœ", "oOdDlLisao")
_E = TypeVar("_E", bound=StrEnum)


class Term(NamedTuple):
    """An interval of validity; both ends included, None is open."""

    start: date | None
    end: date | None


ALWAYS = Term(None, None)


def term_of(row: Row, problems: Problems) -> Term:
    """The interval of the cells `from` and `to`: days, or months or years taken whole; blank is open."""
    start = _day(row, "from", problems, last=False)
    end = _day(row, "to", problems, last=True)
    if start and end and end < start:
        problems.add(row, f"ends ({row['to']}) before it begins ({row['from']})")
    return Term(start, end)


def _day(row: Row, column: str, problems: Problems, *, last: bool) -> date | None:
    cell = row[column]
    match = _DATE.fullmatch(cell)
    if not cell:
        return None
    try:
        year, month, day = _parts(match.groups() if match else (), last=last)
        return date(year, month, day)
    except ValueError:
        problems.add(row, f"{column} is {cell!r}, not a day (2011-03-15), a month or a year")
        return None


def _parts(groups: tuple[str | None, ...], *, last: bool) -> tuple[int, int, int]:
    year, month, day = (int(group) if group else 0 for group in groups)
    month = month or (12 if last else 1)
    return year, month, day or (monthrange(year, month)[1] if last else 1)


def member_of(row: Row, column: str, kind: type[_E], problems: Problems) -> _E | None:
    """The cell as a member of an enumeration; None, and a problem, when it is not one."""
    try:
        return kind(row[column])
    except ValueError:
        problems.add(row, f"{column} is {row[column]!r}, not one of {', '.join(kind)}")
        return None


def is_case_sensitive(surface: str) -> bool:
    """Whether a surface is an acronym so short that it may be a word: US, UN, IS, IDF, WHO, U.N., M23."""
    return _SHORT_ACRONYM.fullmatch(surface) is not None


def plain(surface: str) -> str:
    """The surface without accents: Düsseldorf becomes Dusseldorf."""
    if surface.isascii():
        return surface
    letters = unicodedata.normalize("NFKD", surface.translate(_STROKES))
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))


def overlap(one: Name, two: Name) -> bool:
    """Whether two names are ever valid on the same day."""
    starts = [name.valid_from for name in (one, two) if name.valid_from]
    ends = [name.valid_to for name in (one, two) if name.valid_to]
    return not starts or not ends or max(starts) <= min(ends)
