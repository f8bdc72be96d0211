"""Readers of files that hold one article: plain text and HTML pages."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from schemas import BodyKind, RawArticle, Reject, RejectableError, RejectReason
from transforms.logic.reading.charsets import decode_html, decode_text
from transforms.logic.reading.content import Outcome, Part

TITLE_CHARS = 200
TITLE_WORDS = 30
BYLINE_CHARS = 100
SOURCE_CHARS = 400
RULE = re.compile(r"[-=_*~—–]{3,}")
BYLINE = re.compile(r"By\s+[^.!?]{3,}")
ABBREVIATION = re.compile(r"(?:\b[A-Z]\.)+$")
SOURCE_LINE = re.compile(r"(?:^|\n)[ \t]*Original Source:[ \t]*(?P<name>[^\n]{2,300})\s*\Z", re.IGNORECASE)
SOURCE_GLUED = re.compile(r"Original Source:\s*(?P<name>\S{2,300})\s*\Z", re.IGNORECASE)
YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<mark>[-_./]?)(?P<m>0[1-9]|1[0-2])(?P=mark)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
TEXT_MAPPING = {
    "title": ("first line, if it is short",),
    "body": ("the rest",),
    "byline": ("'By ...' under the title",),
    "outlet": ("'Original Source:' at the end",),
    "published_hint": ("file name or folder",),
}
HTML_MAPPING = {"body": ("the page",), "published_hint": ("file name or folder",)}


class PlainText(NamedTuple):
    """The parts of a plain text."""

    title: str | None
    byline: str | None
    body: str | None
    url: str | None
    outlet: str | None


def date_in_path(path: str) -> str | None:
    """The last date (year, month, day) in a file's name or its folders, as `YYYY-MM-DD`."""
    found = None
    for found in YEAR_MONTH_DAY.finditer(path):  # noqa: B007 - the last one counts
        pass
    return f"{found['y']}-{found['m']}-{found['d']}" if found else None


def split_text(text: str) -> PlainText:
    """A plain text into title, byline, body and the outlet that a trailing `Original Source:` line names.

    The first line is a title if a rule stands under it, or if it is short, does not end with a full stop and
    something follows it. The source line may be glued to the end of the last sentence.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff \t\n")
    text, url, outlet = _without_source(text)
    first, _, rest = text.partition("\n")
    rest = rest.lstrip("\n \t")
    under, _, below = rest.partition("\n")
    if RULE.fullmatch(under.strip()):
        return _with_byline(first.strip(), below, url, outlet)
    if rest and _is_title(first):
        return _with_byline(first.strip(), rest, url, outlet)
    return PlainText(None, None, text or None, url, outlet)


def _without_source(text: str) -> tuple[str, str | None, str | None]:
    ending = text[-SOURCE_CHARS:]
    found = SOURCE_LINE.search(ending) or SOURCE_GLUED.search(ending)
    if not found:
        return text, None, None
    name = found["name"].strip()
    host = urlsplit(name).hostname if "://" in name else None
    return text[: len(text) - len(ending) + found.start()].rstrip(), name if host else None, host or name


def _is_title(line: str) -> bool:
    line = line.strip()
    if not line or len(line) > TITLE_CHARS or len(line.split()) > TITLE_WORDS:
        return False
    return not line.endswith((".", ".”", '."', ":", ",", ";")) or bool(ABBREVIATION.search(line))


def _with_byline(title: str, rest: str, url: str | None, outlet: str | None) -> PlainText:
    rest = rest.strip()
    line, _, below = rest.partition("\n")
    line = line.strip()
    byline = line if below.strip() and len(line) <= BYLINE_CHARS and BYLINE.fullmatch(line) else None
    return PlainText(
        title.lstrip("# ") or None, byline, (below if byline else rest).strip() or None, url, outlet
    )


def read_text(part: Part) -> Iterator[Outcome]:
    """The one article of a plain text file."""
    part.decided("text", TEXT_MAPPING)
    raw = part.whole(part.settings.limits.record_bytes)
    if isinstance(raw, Reject):
        yield raw
        return
    try:
        text, encoding = decode_text(raw)
        found = split_text(text)
    except RejectableError as error:
        yield part.reject(0, error.reason, error.detail, raw)
        return
    if found.title is None and found.body is None:
        yield part.reject(0, RejectReason.NO_TEXT, "an empty text", raw)
        return
    yield RawArticle(
        source_file=part.source.name,
        position=0,
        source_format="text",
        encoding=encoding,
        body_kind=BodyKind.FULL if found.body else BodyKind.NONE,
        published_hint=date_in_path(part.source.name),
        **found._asdict(),
    )


def read_html(part: Part) -> Iterator[Outcome]:
    """The one page of an HTML file, whole; its text is found when it is normalised."""
    part.decided("html", HTML_MAPPING)
    raw = part.whole(part.settings.limits.record_bytes)
    if isinstance(raw, Reject):
        yield raw
        return
    try:
        body, encoding = decode_html(raw)
    except RejectableError as error:
        yield part.reject(0, error.reason, error.detail, raw)
        return
    yield RawArticle(
        source_file=part.source.name,
        position=0,
        source_format="html",
        encoding=encoding,
        body=body,
        body_is_html=True,
        published_hint=date_in_path(part.source.name),
    )
