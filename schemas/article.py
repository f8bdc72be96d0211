"""Articles as received and as normalised."""

from datetime import datetime
from enum import StrEnum
from functools import cached_property

from schemas.base import Record


class BodyKind(StrEnum):
    """How much of the article's text the record holds."""

    FULL = "full"
    TRUNCATED = "truncated"
    SUMMARY = "summary"
    NONE = "none"


class DatePrecision(StrEnum):
    """The finest unit of `published` that the source gave."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class RawArticle(Record):
    """A record of a dump with its fields found but not yet cleaned.

    `source_file` is the path or URI as given, with `!member` behind it inside an archive. `position` is the
    byte offset of the record in the decompressed file for line formats (JSONL) and its ordinal from 0 for all
    others. `record_id` is the record's own identifier. Text fields are as the source has them: perhaps HTML,
    perhaps mojibake.
    """

    source_file: str
    position: int
    source_format: str
    record_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    body: str | None = None
    published: str | None = None
    fetched: str | None = None
    language: str | None = None
    byline: str | None = None
    body_kind: BodyKind = BodyKind.FULL
    body_is_html: bool = False
    published_hint: str | None = None
    """A date that the file's name or place suggests; used, and marked inferred, if `published` is empty."""
    encoding: str = "utf-8"
    """The encoding that gave the text; `utf-8+cp1252` where single odd bytes were taken as Windows-1252."""


class ArticleHead(Record):
    """What is known of a normalised article apart from its text. Times are UTC.

    `article_id` is 32 hex digits, a function of content, URL key (or outlet and own id), title and date
    alone: the same record read again from any file has the same id, for ever. `content_hash` is the
    BLAKE2b-128 of the folded body, so exact copies share it.
    """

    article_id: str
    content_hash: bytes
    record_id: str | None
    url: str | None
    url_key: str | None
    outlet: str | None
    title: str | None
    published: datetime | None
    published_precision: DatePrecision | None
    published_inferred: bool
    fetched: datetime | None
    language: str | None
    byline: str | None
    body_kind: BodyKind
    source_format: str
    source_file: str
    position: int


class Article(ArticleHead):
    """A normalised article with its text.

    `title` and `body` are clean Unicode (NFC, LF line ends, no HTML, no boilerplate). Every offset in the
    project counts code points of `text`.
    """

    body: str

    @cached_property
    def text(self) -> str:
        """Title, a blank line, body; what evidence offsets count in."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body
