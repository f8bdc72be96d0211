"""Records that could not become articles, and why."""

from enum import StrEnum

from schemas.base import Record

RAW_CAP = 4096
"""Bytes of a rejected record that are kept."""


class RejectReason(StrEnum):
    """Why an input record, or the rest of a file, could not be used."""

    UNREADABLE_FILE = "unreadable_file"
    UNKNOWN_FORMAT = "unknown_format"
    TRUNCATED_ARCHIVE = "truncated_archive"
    CORRUPT_ARCHIVE = "corrupt_archive"
    UNSAFE_ARCHIVE = "unsafe_archive"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    BAD_ENCODING = "bad_encoding"
    BAD_SYNTAX = "bad_syntax"
    WRONG_SHAPE = "wrong_shape"
    WRONG_TYPE = "wrong_type"
    NO_TEXT = "no_text"
    REMOVED = "removed"
    NOT_AN_ARTICLE = "not_an_article"
    TOO_LATE = "too_late"


class Reject(Record):
    """One rejected input record, with enough of it for a person to look at.

    `position` counts as `RawArticle.position` does. `raw` holds at most `RAW_CAP` bytes of the
    `raw_bytes` bytes that were rejected.
    """

    source_file: str
    position: int
    source_format: str
    reason: RejectReason
    detail: str
    raw: bytes
    raw_bytes: int


class RejectableError(Exception):
    """This one record cannot be used; the run goes on and the record is kept in `rejects`."""

    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class ConfigError(Exception):
    """Options, lexicon or mapping are wrong; nothing has run. The message says what to change."""


class InputError(Exception):
    """The named input cannot be read at all; nothing has run."""
