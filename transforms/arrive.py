"""Files or messages that have arrived to coded articles at their times of publication, in one fused stage."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.transforms.window import GlobalWindow, TimestampedValue
from apache_beam.typehints.decorators import no_annotations
from apache_beam.utils.shared import Shared
from apache_beam.utils.timestamp import Duration, Timestamp

import transforms.coders  # noqa: F401 - registers the coders of what is shuffled here
from schemas import (
    Arrival,
    ArrivedRange,
    Delivery,
    FileRead,
    Message,
    PreparedArticle,
    RawArticle,
    Reject,
    RejectableError,
)
from schemas.lexicon import Lexicon
from transforms.logic.coding import Coder
from transforms.logic.preparing import Preparer
from transforms.logic.reading import ReadTask, load_shapes, plan_tasks, read_task
from transforms.logic.reading.content import Outcome
from transforms.logic.reading.tasks import whole_file
from transforms.logic.rejecting import reject_of
from transforms.logic.streaming.clock import MESSAGE_CLOCK, STREAM_CLOCK, refuse_late, seconds_of
from transforms.logic.streaming.offsets import message_path

UNDATED = GlobalWindow().max_timestamp() - Duration(2 * 86_400)
"""Where articles without a date stand: in the last day of time, which is never over and never late."""

_REJECTS_AT_ONCE = 200
_NOTES = "notes"


class Arrived(NamedTuple):
    """Articles stamped with their publication, and what else is to be delivered of the files."""

    articles: PCollection[PreparedArticle]
    notes: PCollection[Delivery]


class ArrivalFaultError(Exception):
    """A fault of ours, met on one record; names the record."""


@dataclass(frozen=True)
class Reading:
    """How files are read and coded; `lateness_days` after its day of publication an article is too late."""

    lexicon: Lexicon
    lateness_days: int
    format: str | None = None
    mapping: Path | None = None
    keep_text: bool = False


@dataclass(eq=False)
class ReadArrivals(beam.PTransform[PCollection[Arrival], Arrived]):
    """Arrivals -> `Arrived`. Each record comes out once: an article, or a reject among the notes.

    Only descriptions of ranges are shuffled. Whether a record is too late is decided by the clock of its
    file, so that a file read again gives the same. A bad file or record is a reject and stops nothing.

    Raises:
        ArrivalFaultError: in the run, when anything but `RejectableError` happens on a record.
    """

    reading: Reading

    def __post_init__(self) -> None:
        super().__init__()

    @no_annotations  # type: ignore[untyped-decorator]  # Beam reads annotations of single outputs only
    def expand(self, arrivals: PCollection[Arrival]) -> Arrived:
        """Cut files into ranges, spread them, read and code each."""
        ranges = (
            arrivals
            | "Ranges" >> beam.FlatMap(_plan, self.reading).with_output_types(ArrivedRange)
            | "Spread" >> beam.Reshuffle()
        )
        return _arrived(ranges, _ReadFn(self.reading))


def _arrived(parts: PCollection[Any], fn: beam.DoFn) -> Arrived:
    """What `fn` reads and codes of ranges or messages."""
    read = parts | "ReadAndCode" >> beam.ParDo(fn).with_output_types(
        PreparedArticle, notes=Delivery
    ).with_outputs(_NOTES, main="articles")
    return Arrived(read["articles"], read[_NOTES])


def _plan(arrival: Arrival, reading: Reading) -> list[ArrivedRange]:
    shapes = load_shapes(user=reading.mapping)
    tasks = plan_tasks(arrival.path, arrival.size, _open, format=reading.format, shapes=shapes)
    return [ArrivedRange(arrival=arrival, task=task.model_dump_json(), tasks=len(tasks)) for task in tasks]


@dataclass(eq=False)
class ReadMessages(beam.PTransform[PCollection[Message], Arrived]):
    """Messages -> `Arrived`, as `ReadArrivals` makes it of files: any form that a file may have.

    Whether a record is too late is decided by when its message was written. A bad message is a reject with
    topic, partition and offset as its place.

    Raises:
        ArrivalFaultError: in the run, when anything but `RejectableError` happens on a record.
    """

    reading: Reading

    def __post_init__(self) -> None:
        super().__init__()

    @no_annotations  # type: ignore[untyped-decorator]  # Beam reads annotations of single outputs only
    def expand(self, messages: PCollection[Message]) -> Arrived:
        """Read and code each, where it came in."""
        return _arrived(messages, _ReadMessageFn(self.reading))


class _CodingFn(beam.DoFn):
    """What reading files and reading messages have in common."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._coders = Shared()

    def setup(self) -> None:
        lexicon = self._reading.lexicon
        coder = self._coders.acquire(lambda: Coder(lexicon), tag=lexicon.version)
        self._preparer = Preparer(coder, self._reading.keep_text)
        self._shapes = load_shapes(user=self._reading.mapping)

    def _ends(
        self, outcomes: Iterable[Outcome], clock: int | None, meaning: str, end: FileRead
    ) -> Iterator[Any]:
        """What became of every outcome, and then `end` with their number."""
        records, rejects = 0, list[Reject]()
        for outcome in outcomes:
            records += 1
            ended = outcome if isinstance(outcome, Reject) else self._prepare(outcome, clock, meaning)
            if isinstance(ended, PreparedArticle):
                yield TimestampedValue(ended, event_time(ended))
                continue
            rejects.append(ended)
            if len(rejects) == _REJECTS_AT_ONCE:
                yield _note(Delivery(rejects=tuple(rejects)))
                rejects = []
        read = end.model_copy(update={"records": records})
        yield _note(Delivery(rejects=tuple(rejects), read=(read,)))

    def _prepare(self, raw: RawArticle, clock: int | None, meaning: str) -> PreparedArticle | Reject:
        try:
            article = self._preparer.prepare(raw)
            assert isinstance(article, PreparedArticle)  # a stream leaves out no days and holds no ids
            refuse_late(article.head.published, clock, self._reading.lateness_days, meaning)
        except RejectableError as error:
            return reject_of(raw, error)
        except Exception as error:
            raise ArrivalFaultError(
                f"{raw.source_file}, record at {raw.position}: {type(error).__name__}: {error}"
            ) from error
        return article


class _ReadFn(_CodingFn):
    def process(self, part: ArrivedRange) -> Iterator[Any]:
        arrival = part.arrival
        outcomes = read_task(ReadTask.model_validate_json(part.task), _open, self._shapes)
        end = FileRead(
            stamp=arrival.stamp, path=arrival.path, tasks=part.tasks, records=0, clock=arrival.clock
        )
        yield from self._ends(outcomes, arrival.clock, STREAM_CLOCK, end)


class _ReadMessageFn(_CodingFn):
    def process(self, message: Message) -> Iterator[Any]:
        path = message_path(message.topic, message.partition, message.offset)
        task = whole_file(path, len(message.value), self._reading.format)
        outcomes = read_task(task, lambda _: BytesIO(message.value), self._shapes)
        written = None if message.written_ms is None else message.written_ms // 1000
        end = FileRead(stamp=path, path=path, tasks=1, records=0, clock=None)
        yield from self._ends(outcomes, written, MESSAGE_CLOCK, end)


def event_time(article: PreparedArticle) -> Timestamp:
    """Where an article stands in event time: at its publication, or at `UNDATED`."""
    published = article.head.published
    return UNDATED if published is None else Timestamp(seconds_of(published))


def _note(delivery: Delivery) -> TaggedOutput[Any, Delivery]:
    return TaggedOutput(_NOTES, delivery)


def _open(path: str) -> BinaryIO:
    return Path(path).open("rb")
