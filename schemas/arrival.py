"""What moves through a stream: files that have arrived, and what is delivered to the store."""

from enum import StrEnum

from schemas.base import Record
from schemas.prepared import PreparedArticle
from schemas.reject import Reject


class Arrival(Record):
    """A dump file that has arrived and is whole. Another size or time at the same path is another file.

    `clock` is how far the stream's clock, in seconds since 1970 UTC, had come before this file: None at the
    beginning. It decides which of its articles are too late, whoever reads it and however often.
    """

    path: str
    size: int
    modified_ns: int
    clock: int | None = None

    @property
    def stamp(self) -> str:
        """What tells it from every other file, past and to come."""
        return f"{self.size}:{self.modified_ns}:{self.path}"


class Message(Record):
    """A message of a Kafka topic; its `value` is read as a small dump file is.

    `written_ms` is when it was written, as the message says itself, in milliseconds since 1970 UTC; None if
    it does not. It decides whether its articles are too late, whoever reads it and however often.
    """

    topic: str
    partition: int
    offset: int
    written_ms: int | None
    value: bytes


class ArrivedRange(Record):
    """One of the `tasks` in which a file is read; `task` is its description, as JSON."""

    arrival: Arrival
    task: str
    tasks: int


class FileRead(Record):
    """That one of the `tasks` in which a file is read has ended, and how many records it held.

    A message is a file here, with its place as path and stamp.
    """

    stamp: str
    path: str
    tasks: int
    records: int
    clock: int | None


class Replayed(Record):
    """A record of an article that the stream has had before; `source_file` as in `RawArticle`."""

    source_file: str


class Firing(StrEnum):
    """When a pane of a day left its window: before the clock had passed that day, as it did, or after."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Delivery(Record):
    """A part of what the store is to take in: articles of one pane, or words about records and files."""

    firing: Firing | None = None
    articles: tuple[PreparedArticle, ...] = ()
    rejects: tuple[Reject, ...] = ()
    replays: tuple[Replayed, ...] = ()
    read: tuple[FileRead, ...] = ()
