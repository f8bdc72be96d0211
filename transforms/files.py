"""Parquet files that workers write into the tables' folders, shared by the stages that write any."""

import os
import secrets
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_PER_GROUP = 65_536
"""Rows that a reader who wants a part of a file must read at least."""


class WrittenFile(NamedTuple):
    """A Parquet file that a worker wrote: its path within the table's folder, rows and bytes.

    `replaces` is the file of the table whose place it takes; without rows, that file just goes.
    """

    table: str
    path: str
    partition: str | None
    rows: int
    size: int
    replaces: str | None = None


def write_whole(target: Path, content: Any) -> None:
    """Write a file so that it is there whole and on the disk, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(target)
    with part.open("wb") as file:
        file.write(content)
    settle(part, target)


def write_parquet(target: Path, rows: pa.Table) -> None:
    """Write rows to a file that is there whole and on the disk, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(target)
    pq.write_table(rows, part, compression="zstd", row_group_size=ROWS_PER_GROUP)
    settle(part, target)


def part_of(target: Path) -> Path:
    """Where a file is written before it is whole: another place for each try, on whatever machine."""
    return target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")


def settle(part: Path, target: Path) -> None:
    """Give a whole file its name, once it is on the disk."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
