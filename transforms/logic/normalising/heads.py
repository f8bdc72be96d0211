"""The head of a body: a repeated title, dates, bylines and wire datelines."""

import re
from dataclasses import dataclass
from datetime import datetime

from schemas import DatePrecision
from transforms.logic.normalising.date_words import LEADING_DATE, read_date

_WINDOW = 200
_MOST_PIECES = 6
_BYLINE = re.compile(
    r"(?:By|BY) ((?:[A-Z][\w.’'-]*|and|AND|of|de|al|el|bin|for|in|,|&)(?:,? |(?=,|$))){2,12}"
)
_TITLE_LABEL = re.compile(r"title ?: ?|UPDATED?:? ", re.I)
_AGENCY = (
    r"(?:Reuters|REUTERS|AP|AFP|CNN|dpa|DPA|Xinhua|IANS|ANI|PTI|UPI|BBC|TASS|Tass|Interfax|Anadolu|AA|EFE|ANSA"
    r"|Bloomberg|NNA|SANA)"
)
_AGENCY_BEFORE_DATE = re.compile(rf"{_AGENCY} (?=(?:[A-Z][a-z]{{2,8}}[., ]+)?\d{{1,2}}[ ./-])")
_PLACE = r"(?:[A-Z][\w.’'-]*)(?:(?:, | |/|-)(?:[A-Z][\w.’'-]*|and|of|the|de|al|el)){0,6}"
_CAPITALS = r"[A-Z][A-Z.’'-]{2,}(?:[ /,-]{1,2}[A-Z][\w.’'-]*){0,3}"
_DATE_AFTER = r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
_DATELINE = re.compile(
    rf"(?:(?P<a>{_PLACE}){_DATE_AFTER},? ?\({_AGENCY}(?:/{_AGENCY})?\) ?(?:[-–—:]+ ?)?"
    rf"|(?P<b>{_CAPITALS}){_DATE_AFTER} ?(?: -{{1,2}}|[–—]) ?)(?=[\"“‘(]?[A-Z0-9\"“])"
)
_BARE_AGENCY = re.compile(rf"\(?{_AGENCY}\)? ?[-–—]+ ?(?=\S)|\(?{_AGENCY}\)?(?: [-–—]+)?$")


@dataclass(frozen=True)
class Head:
    """The lines of a body without its head, and what the head said."""

    lines: list[str]
    stated: tuple[datetime, DatePrecision] | None = None
    byline: str | None = None


def strip_head(lines: list[str], title: str | None) -> Head:
    """Return the lines of a body without what repeats its metadata.

    A title said again, a full date at the very start ("Published July 5 2016 ...", "On 02 July 2025, The
    ...", before a capital only, so that no sentence loses its subject) and a byline in a line of its own go;
    the first date is returned, since many dumps state it nowhere else. A wire dateline keeps its place, which
    tells where the story is set, as a line of its own, and loses agency and date: "BEIRUT (Reuters) - Rebels
    ..." becomes "BEIRUT" and "Rebels ...". Never raises; `lines` are clean and not changed.
    """
    rest = list(lines)
    stated: tuple[datetime, DatePrecision] | None = None
    byline: str | None = None
    for _ in range(_MOST_PIECES):
        if not rest:
            break
        first = rest[0]
        end, date, name = _piece(
            first, title if len(rest) > 1 or len(first) > len(title or "") + 40 else None
        )
        if not end:
            break
        stated, byline = stated or date, byline or name
        remainder = first[end:].lstrip(" .:,;|–—-?!”’…")
        rest[:1] = [remainder] if any(map(str.isalnum, remainder)) else []
    return Head(_split_dateline(rest), stated, byline)


def _piece(line: str, title: str | None) -> tuple[int, tuple[datetime, DatePrecision] | None, str | None]:
    """Return the length of the piece of head that `line` begins with, and the date or byline that it is."""
    agency = _AGENCY_BEFORE_DATE.match(line)
    match = LEADING_DATE.match(line, agency.end() if agency else 0)
    if match:
        date = read_date(match)
        if date:
            return match.end(), date, None
    if title:
        label = _TITLE_LABEL.match(line)
        start = label.end() if label else 0
        length = repeated_title(line[start:], title)
        if length:
            return start + length, None, None
    match = _BYLINE.fullmatch(line) if line[:3] in ("By ", "BY ") and len(line) < 120 else None
    return (len(line), None, line[3:]) if match else (0, None, None)


def repeated_title(line: str, title: str) -> int:
    """Return how many code points of `line` repeat the whole title, 0 if it does not begin with it.

    Case and punctuation are ignored; the title must have three words and end where a sentence or the line
    does.
    """
    if title[:1].lower() != line[:1].lower() and title[:1].isalnum() and line[:1].isalnum():
        return 0
    position = 0
    for sign in title:
        if not sign.isalnum():
            continue
        while position < len(line) and not line[position].isalnum():
            position += 1
        if position == len(line) or line[position].lower() != sign.lower():
            return 0
        position += 1
    if len(title.split()) < 3 or line[position : position + 1].isalnum():
        return 0
    return position if _ends_there(line, position) else 0


def _ends_there(line: str, position: int) -> bool:
    """Tell whether a capital, a mark or the end follows, so that the title began no sentence."""
    rest = line[position:].lstrip("\"”’')")
    return not rest or rest[0] in ".:|!?–—" or rest.lstrip(" -–—")[:1].isupper()


def _split_dateline(lines: list[str]) -> list[str]:
    """Put the place of a wire dateline on a line of its own; drop the agency and the date beside it."""
    if not lines:
        return lines
    first = lines[0]
    window = first[:_WINDOW]
    match = _BARE_AGENCY.match(window)
    if match and (match.end() < len(first) or len(lines) > 1):
        return [line for line in (first[match.end() :], *lines[1:]) if line]
    match = _DATELINE.match(window)
    if not match:
        return lines
    return [match["a"] or match["b"], first[match.end() :].lstrip(), *lines[1:]]
