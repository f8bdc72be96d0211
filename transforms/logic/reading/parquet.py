"""Reader of Parquet files, row group by row group."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import pyarrow
import pyarrow.parquet

from schemas import Reject, RejectReason
from transforms.logic.reading.arrow_rows import rows_of
from transforms.logic.reading.content import SAMPLES, Outcome, Part, RecordMaker
from transforms.logic.reading.limits import MIB
from transforms.logic.reading.streams import BrokenStreamError, seekable

BATCH = 500
BATCH_BYTES = 32 * MIB
MAGIC = b"PAR1"
UNREADABLE = (pyarrow.ArrowException, OSError, UnicodeDecodeError)
"""What a damaged file raises; names of columns that are no UTF-8 raise the last."""


def row_groups(file: BinaryIO) -> tuple[int, ...]:
    """The uncompressed size in bytes of every row group.

    Raises:
        pyarrow.ArrowException, OSError, UnicodeDecodeError: not a Parquet file, cut or damaged.
    """
    metadata = pyarrow.parquet.ParquetFile(file).metadata
    return tuple(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))


def read_parquet(part: Part) -> Iterator[Outcome]:
    """The rows of the row groups in the part's range. Positions are ordinals of rows in the file.

    What is wrong with the whole file is told by the part that begins it.
    """
    try:
        table = pyarrow.parquet.ParquetFile(seekable(part.source, part.settings.limits))
    except BrokenStreamError as error:
        yield part.reject(0, error.reason, error.detail)
        return
    except UNREADABLE as error:
        if not part.start:
            yield _unreadable(part, error)
        return
    maker = RecordMaker(part, _samples(table))
    if maker.unknown:
        yield from () if part.start else (maker.unknown,)
        return
    position = 0
    for number in range(table.metadata.num_row_groups):
        rows = table.metadata.row_group(number).num_rows
        if number >= part.start and (part.end is None or number < part.end):
            yield from _read_group(part, maker, table, number, position)
        position += rows


def _unreadable(part: Part, error: BaseException) -> Reject:
    cut = "footer" in str(error) or "magic" in str(error).lower()
    reason = RejectReason.TRUNCATED_ARCHIVE if cut else RejectReason.CORRUPT_ARCHIVE
    return part.reject(0, reason, f"Parquet: {_short(error)}")


def _samples(table: pyarrow.parquet.ParquetFile) -> list[Mapping[str, Any]]:
    """The first rows of the first row group that can be read."""
    for number in range(table.metadata.num_row_groups):
        try:
            batch = next(table.iter_batches(SAMPLES, row_groups=[number]), None)
        except UNREADABLE:
            continue  # it becomes a reject when it is read
        if batch:
            return list(rows_of(batch))
    return []


def _read_group(
    part: Part, maker: RecordMaker, table: pyarrow.parquet.ParquetFile, number: int, position: int
) -> Iterator[Outcome]:
    cap = part.settings.limits.record_bytes
    end = position + table.metadata.row_group(number).num_rows
    try:
        for batch in table.iter_batches(_rows_at_once(table, number), row_groups=[number]):
            for row in rows_of(batch):
                size = _text_size(row)
                yield part.too_large(position, b"", size) if size > cap else maker.from_row(row, position)
                position += 1
    except UNREADABLE as error:
        detail = f"Parquet row group {number}, rows {position} to {end - 1}: {_short(error)}"
        yield part.reject(position, RejectReason.CORRUPT_ARCHIVE, detail)


def _rows_at_once(table: pyarrow.parquet.ParquetFile, number: int) -> int:
    """So many rows that they take about `BATCH_BYTES`, by the mean of their row group."""
    group = table.metadata.row_group(number)
    return max(1, min(BATCH, BATCH_BYTES * max(1, group.num_rows) // max(1, group.total_byte_size)))


def _text_size(row: dict[str, Any]) -> int:
    return sum(len(value) for value in row.values() if isinstance(value, str | bytes))


def _short(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:300]
