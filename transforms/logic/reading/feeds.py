"""Reader of RSS and Atom."""

import io
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

import feedparser

from schemas import BodyKind, RawArticle, Reject, RejectReason
from transforms.logic.reading.content import Outcome, Part

MAPPING = {
    "record_id": ("id", "guid"),
    "url": ("link",),
    "outlet": ("source title", "feed title"),
    "title": ("title",),
    "body": ("content", "summary"),
    "published": ("published", "updated"),
    "byline": ("author",),
    "language": ("feed language",),
}
FORMAT = "rss:feed"
PARSER_ERRORS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    SAXException,
)
"""feedparser promises to raise nothing, and does for bytes that are in no encoding."""


def read_feed(part: Part) -> Iterator[Outcome]:
    """The entries of a feed. Positions are ordinals. A summary alone is marked as one."""
    raw = part.whole(part.settings.limits.document_bytes)
    if isinstance(raw, Reject):
        yield raw
        return
    part.decided("feed", MAPPING)
    if b"<!ENTITY" in raw:
        yield part.reject(0, RejectReason.UNSAFE_ARCHIVE, "a feed that defines XML entities", raw)
        return
    try:
        feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    except PARSER_ERRORS as error:
        yield part.reject(0, RejectReason.BAD_SYNTAX, f"not a feed: {error}", raw)
        return
    if not feed.entries and feed.bozo:
        yield part.reject(0, RejectReason.BAD_SYNTAX, f"not a feed: {feed.bozo_exception}", raw)
        return
    for position, entry in enumerate(feed.entries):
        yield _outcome(part, feed, entry, position)


def _outcome(part: Part, feed: Any, entry: Any, position: int) -> Outcome:
    body, kind, html = _body(entry)
    title = entry.get("title") or None
    if body is None and title is None:
        return part.reject(
            position, RejectReason.NO_TEXT, "neither a title nor a text", str(dict(entry)).encode()
        )
    return RawArticle(
        source_file=part.source.name,
        position=position,
        source_format=FORMAT,
        encoding=feed.get("encoding") or "utf-8",
        record_id=entry.get("id") or None,
        url=entry.get("link") or None,
        outlet=(entry.get("source") or {}).get("title") or feed.feed.get("title") or None,
        title=title,
        body=body,
        published=entry.get("published") or entry.get("updated") or None,
        language=feed.feed.get("language") or None,
        byline=entry.get("author") or None,
        body_kind=kind,
        body_is_html=html,
    )


def _body(entry: Any) -> tuple[str | None, BodyKind, bool]:
    for content in entry.get("content") or ():
        if (content.get("value") or "").strip():
            return content["value"], BodyKind.FULL, content.get("type") != "text/plain"
    summary = entry.get("summary") or ""
    if summary.strip():
        return summary, BodyKind.SUMMARY, entry.get("summary_detail", {}).get("type") != "text/plain"
    return None, BodyKind.NONE, False
