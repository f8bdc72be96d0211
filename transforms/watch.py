"""A folder in which dump files arrive, as an unbounded collection with a watermark of publication times."""

import os
import stat
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

import apache_beam as beam
from apache_beam.io.watch import PollResult, Watch
from apache_beam.pvalue import PBegin, PCollection
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import MIN_TIMESTAMP, Timestamp

from schemas import Arrival
from transforms.coders import RecordCoder
from transforms.logic.reading import load_shapes, plan_tasks, read_task
from transforms.logic.streaming.arriving import has_arrived, under_way
from transforms.logic.streaming.clock import advanced, file_time


class Ledger(Protocol):
    """What the store knows of the files of a stream; picklable, read anew at every look."""

    def done(self) -> Collection[str]:
        """The stamps of the files whose every record the store accounts for."""
        ...

    def clock(self) -> int | None:
        """How far the stream's clock had come when the store was last written to."""
        ...


@dataclass(frozen=True)
class Watching:
    """How a folder is watched.

    `poll_seconds` between two looks; `settle_seconds` without change make a file whole; `delay_days` from
    publication to arrival are usual; at most `limit_bytes` of files are under way; `until_idle` ends the
    stream when all is done and nothing new has come for so many seconds, None never does.
    """

    folder: str
    format: str | None = None
    mapping: Path | None = None
    poll_seconds: float = 5.0
    settle_seconds: float = 5.0
    delay_days: float = 2.0
    limit_bytes: int = 256_000_000
    until_idle: float | None = None


@dataclass(eq=False)
class WatchFolder(beam.PTransform[PBegin, PCollection[Arrival]]):
    """The files that arrive in a folder and below it, each once, oldest first; those in the ledger never.

    The watermark is the stream's clock (`transforms.logic.streaming.clock`). The files found by one look are
    stamped with the clock before it, so that none of them can make another late.
    """

    watching: Watching
    ledger: Ledger

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, begin: PBegin) -> PCollection[Arrival]:
        """Beam's own watching of a growing set, with our look."""
        arrivals: PCollection[Arrival] = (
            begin
            | "Folder" >> beam.Create([self.watching.folder], reshuffle=False)
            | "Look"
            >> Watch(
                Look(self.watching, self.ledger),
                self.watching.poll_seconds,
                output_coder=RecordCoder(Arrival),
                output_key_fn=_stamp,
            )
            | "Arrival" >> beam.Values().with_output_types(Arrival)
        )
        return arrivals


def _stamp(arrival: Arrival) -> str:
    return arrival.stamp


@dataclass
class Look:
    """One look at the folder. What it remembers is a saving only: anew, it finds all of it out again."""

    watching: Watching
    ledger: Ledger
    _times: dict[str, int | None] = field(default_factory=dict)
    _clock: int | None = None
    _idle_since: float | None = None

    def __call__(self, folder: str) -> PollResult[Arrival]:
        """The files under way, the clock after them, and whether that was all."""
        before = advanced(self._clock, [self.ledger.clock()], delay_days=0)
        files = list(arrived(folder, self.watching.settle_seconds))
        done = self.ledger.done()
        chosen = under_way(files, done, self.watching.limit_bytes)
        self._times = {file.stamp: self._time_of(file) for file in chosen}
        self._clock = advanced(before, self._times.values(), self.watching.delay_days)
        found = [
            TimestampedValue(file.model_copy(update={"clock": before}), _timestamp(before)) for file in chosen
        ]
        if self._is_over(bool(chosen)):
            return PollResult.complete(found)
        return PollResult.incomplete(found).with_watermark(_timestamp(self._clock))

    def _time_of(self, file: Arrival) -> int | None:
        if file.stamp in self._times:
            return self._times[file.stamp]
        shapes = load_shapes(user=self.watching.mapping)
        tasks = plan_tasks(file.path, file.size, _open, format=self.watching.format, shapes=shapes)
        return file_time(read_task(tasks[0], _open, shapes))

    def _is_over(self, busy: bool) -> bool:
        """Whether nothing has been under way for long enough."""
        now = time.monotonic()
        if busy or self._idle_since is None:
            self._idle_since = now
        limit = self.watching.until_idle
        return limit is not None and not busy and now - self._idle_since >= limit


def _timestamp(clock: int | None) -> Timestamp:
    return MIN_TIMESTAMP if clock is None else Timestamp(clock)


def arrived(folder: str, settle_seconds: float) -> Iterator[Arrival]:
    """The whole files in a folder and its folders, hidden ones and links to folders left out."""
    now = time.time_ns()
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = _arrival(Path(here, name))
            if file is not None and has_arrived(file, now, settle_seconds):
                yield file


def _arrival(path: Path) -> Arrival | None:
    """The file as it is now; None if it has just gone or is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return Arrival(path=str(path), size=status.st_size, modified_ns=status.st_mtime_ns)


def _open(path: str) -> BinaryIO:
    return Path(path).open("rb")
