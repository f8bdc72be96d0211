"""New rows together with what the store has of the same months, so that counts are reckoned whole."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import apache_beam as beam
import pyarrow as pa
import pyarrow.compute as pc
from apache_beam.pvalue import AsDict, AsList, PBegin, PCollection
from apache_beam.transforms.window import GlobalWindow
from apache_beam.typehints.decorators import no_annotations
from apache_beam.utils.windowed_value import WindowedValue

from schemas import Reject
from schemas.base import Record
from schemas.tables import RejectRow
from transforms.files import parquet_file
from transforms.logic.recounting import months_to_read, touched_months
from transforms.logic.rejecting import reject_row
from transforms.logic.tables import TableSpec

KnownFile = tuple[str, str]
"""The path and the partition of a Parquet file of the store."""

_ROWS_AT_ONCE = 2_000

StoryMove = tuple[str, str]
"""The id of an article of the store, and of the story that it now belongs to."""


class Rejoined(NamedTuple):
    """New and known rows of all months that the new ones touch, and the touched partitions (some twice)."""

    rows: PCollection[Any]
    touched: PCollection[str]


class RejoinHistory(beam.PTransform[tuple[PCollection[Any], PCollection[StoryMove]], Rejoined]):
    """(new event rows, moves) -> those and the store's of every month whose counts they change.

    A move gives the rows of an article of the store another story, and touches their months as new rows do.
    History is read where it is needed and not shuffled; months without news are not read at all, but for the
    ids and days of their rows where an article has moved.

    Args:
        spec: the table of the rows, which have a `day` and are divided by its month.
        known: the table's files in the store.
    """

    def __init__(self, spec: TableSpec, known: Sequence[KnownFile]) -> None:
        super().__init__()
        self._spec = spec
        self._known = list(known)

    @no_annotations  # type: ignore[untyped-decorator]  # Beam reads annotations of single outputs only
    def expand(self, rows: tuple[PCollection[Any], PCollection[StoryMove]]) -> Rejoined:
        """Find the touched months, read what is known of them, put both together."""
        new, moves = rows
        files = new.pipeline | "KnownFiles" >> beam.Create(self._known)
        moved_days = files | "MovedDays" >> beam.FlatMap(_moved_days, AsDict(moves))
        touched = (new | "Days" >> beam.Map(lambda row: row.day), moved_days) | "AllDays" >> beam.Flatten()
        touched |= "TouchedMonths" >> beam.ParDo(_TouchedFn())
        known = files | "ReadTouched" >> beam.ParDo(
            _ReadTouchedFn(self._spec), AsList(touched), AsDict(moves)
        ).with_output_types(self._spec.row)
        return Rejoined((new, known) | "Join" >> beam.Flatten(), touched)


class KeepTouched(beam.PTransform[PCollection[Any], PCollection[Any]]):
    """Counts -> those of touched partitions; the others were reckoned from a part of their events."""

    def __init__(self, partition_of: Callable[[Any], str], touched: PCollection[str]) -> None:
        super().__init__()
        self._partition_of = partition_of
        self._touched = touched

    def expand(self, counts: PCollection[Any]) -> PCollection[Any]:
        """Filter by partition."""
        partition_of = self._partition_of
        kept: PCollection[Any] = counts | "InTouched" >> beam.Filter(
            lambda row, touched: partition_of(row) in touched, AsList(self._touched)
        )
        return kept


class ReadMonths(beam.PTransform[PBegin, PCollection[Any]]):
    """The rows that a table in the store has of some months.

    Args:
        spec: the table, which is divided by months.
        known: the table's files in the store.
        months: the partitions to read.
    """

    def __init__(self, spec: TableSpec, known: Sequence[KnownFile], months: Collection[str]) -> None:
        super().__init__()
        self._spec = spec
        self._files = [file for file in known if file[1] in months]

    def expand(self, begin: PBegin) -> PCollection[Any]:
        """Read file by file."""
        rows: PCollection[Any] = (
            begin
            | "Files" >> beam.Create(self._files)
            | "Rows" >> beam.FlatMap(_rows_of, self._spec).with_output_types(self._spec.row)
        )
        return rows


class NewRejects(beam.PTransform[PCollection[Reject], PCollection[RejectRow]]):
    """Rejects -> rows of those that the store does not have, each once.

    Args:
        run_id: written into the rows.
        known: the files of the store's `rejects`.
    """

    def __init__(self, run_id: str, known: Sequence[str]) -> None:
        super().__init__()
        self._run_id = run_id
        self._known = list(known)

    def expand(self, rejects: PCollection[Reject]) -> PCollection[RejectRow]:
        """Name each reject, keep one of each name, drop the known."""
        rows: PCollection[RejectRow] = (
            rejects
            | "Row" >> beam.Map(reject_row, self._run_id)
            | "ById" >> beam.Map(lambda row: (row.reject_id, row)).with_output_types(tuple[str, RejectRow])
            | "SameId" >> beam.GroupByKey()
            | "OneOfEach" >> beam.MapTuple(one_of_each)
            | "Unknown" >> beam.ParDo(_UnknownFn(self._known))
        )
        return rows


def one_of_each(reject_id: str, rows: Iterable[RejectRow]) -> tuple[str, RejectRow]:
    """The same one of the rows of an id, whatever their order."""
    return reject_id, min(rows, key=lambda row: row.detail)


class _TouchedFn(beam.DoFn):
    """The months touched by a bundle's rows, each once."""

    def __init__(self) -> None:
        self._days: set[date | None] = set()

    def start_bundle(self) -> None:
        self._days = set()

    def process(self, day: date | None) -> Iterator[str]:
        self._days.add(day)
        return iter(())

    def finish_bundle(self) -> Iterator[WindowedValue]:
        window = GlobalWindow()
        for month in sorted({month for day in self._days for month in touched_months(day)}):
            yield WindowedValue(month, window.max_timestamp(), (window,))


def _moved_days(known: KnownFile, moves: Mapping[str, str]) -> Iterator[date | None]:
    """The days of rows that move to another story."""
    if moves:
        with parquet_file(known[0]) as file:
            rows = file.read(["article_id", "day"])
        yield from set(rows.filter(pc.is_in(rows["article_id"], pa.array(sorted(moves))))["day"].to_pylist())


def _rows_of(known: KnownFile, spec: TableSpec) -> Iterator[Record]:
    path, partition = known
    with parquet_file(path) as file:
        for batch in file.iter_batches(_ROWS_AT_ONCE):
            yield from spec.from_arrow(batch, partition)


class _ReadTouchedFn(beam.DoFn):
    def __init__(self, spec: TableSpec) -> None:
        self._spec = spec

    def process(self, known: KnownFile, touched: list[str], moves: Mapping[str, str]) -> Iterator[Record]:
        if known[1] in months_to_read(touched):
            for row in _rows_of(known, self._spec):
                story_id = moves.get(row.article_id)  # type: ignore[attr-defined]
                yield row.model_copy(update={"story_id": story_id}) if story_id else row


class _UnknownFn(beam.DoFn):
    def __init__(self, files: Sequence[str]) -> None:
        self._files = files

    def setup(self) -> None:
        self._known: set[str] = set()
        for path in self._files:
            with parquet_file(path) as file:
                self._known.update(map(str, file.read(["reject_id"])["reject_id"].to_pylist()))

    def process(self, named: tuple[str, RejectRow]) -> Iterator[RejectRow]:
        reject_id, row = named
        if reject_id not in self._known:
            yield row
