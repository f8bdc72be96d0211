"""Files that workers write into the tables' folders, on a disk or in an object store."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.objects import S3, ObjectFile, ObjectPath

ROWS_PER_GROUP = 65_536
"""Rows that a reader who wants a part of a file must read at least."""

FOLDER_MARK = "_folder"

Place = Path | ObjectPath
"""Where a file or a folder of the store is."""


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


def place_of(where: str) -> Place:
    """The place that a path or an `s3://` URI names."""
    return ObjectPath.of(where) if where.startswith(S3) else Path(where)


def parquet_file(where: str | Place, **options: Any) -> pq.ParquetFile:
    """A Parquet file to read; `options` are pyarrow's.

    Raises:
        FileNotFoundError: there is none.
    """
    place = place_of(where) if isinstance(where, str) else where
    if isinstance(place, ObjectPath):
        file: Any = ObjectFile(place)
        return pq.ParquetFile(file, pre_buffer=True, **options)
    return pq.ParquetFile(place, **options)


def read_rows(where: str | Place) -> pa.Table:
    """All rows of a Parquet file, with the columns that it holds itself."""
    with parquet_file(where) as file:
        return file.read()


def children(folder: Place, pattern: str = "*") -> list[Place]:
    """The files and folders in a folder whose name fits the pattern, sorted."""
    return sorted(folder.glob(pattern), key=str)


def size_of(place: Place) -> int | None:
    """The bytes of a file; None where there is none."""
    try:
        return place.size() if isinstance(place, ObjectPath) else place.stat().st_size
    except FileNotFoundError:
        return None


def make_folder(place: Place) -> None:
    """Make a folder, of which there is an object where folders are but the names of objects."""
    if isinstance(place, ObjectPath):
        write_whole(place / FOLDER_MARK, b"")
    else:
        place.mkdir(parents=True, exist_ok=True)


def remove_folder(place: Place) -> None:
    """Remove a folder with all that is in it, if there is one."""
    if isinstance(place, ObjectPath):
        for one in list(place.below()):
            one.unlink()
    elif place.exists():
        shutil.rmtree(place)


def remove_named(folder: Place, part: str) -> None:
    """Remove all files in the folders of a folder, however deep, that have `part` in their name."""
    found: list[Place]
    if isinstance(folder, ObjectPath):
        found = [one for one in folder.below() if part in one.name and one.parent != folder]
    else:
        found = [path for path in folder.glob(f"*/**/*{part}*") if path.is_file()]
    for one in found:
        one.unlink()


def write_whole(target: Place, content: Any) -> None:
    """Write a file so that it is there whole and on the disk, or not at all."""
    with drafted(target) as draft, draft.open("wb") as file:
        file.write(content)


def write_parquet(target: Place, rows: pa.Table) -> int:
    """Write rows to a file that is there whole and on the disk, or not at all; say how many bytes it has."""
    with drafted(target) as draft:
        pq.write_table(rows, draft, compression="zstd", row_group_size=ROWS_PER_GROUP)
        return draft.stat().st_size


@contextmanager
def drafted(target: Place) -> Iterator[Path]:
    """A local file to write: what it is at the end of the block is `target`, whole and on the disk.

    One that is removed in the block becomes nothing.
    """
    if isinstance(target, ObjectPath):
        with TemporaryDirectory(prefix="wiretally-") as folder:
            draft = Path(folder, target.name)
            yield draft
            if draft.exists():
                target.upload(draft)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _part_of(target)
    yield part
    if part.exists():
        _settle(part, target)


def _part_of(target: Path) -> Path:
    """Where a file is written before it is whole: another place for each try, on whatever machine."""
    return target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")


def _settle(part: Path, target: Path) -> None:
    """Give a whole file its name, once it is on the disk."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
