"""The small files that the parts of a run write, put together as it goes, so that later parts open few."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pyarrow as pa

from pipeline.store import Store
from pipeline.store.ahead import StoreAhead
from pipeline.store.delta import DataFile
from transforms.files import ROWS_PER_GROUP, WrittenFile, read_rows, write_parquet
from transforms.logic.tables import TABLES

FILES_AT_MOST = 8
"""Small files that a partition may have before they are put together."""


def merged(seen: Store, written: Sequence[WrittenFile], mark: str) -> list[WrittenFile]:
    """What was written on top of a store, with small files of one partition put together and removed.

    Only files that were never committed are touched, and no row changes. A file that has the rows of one of
    the store is left, since a run is reckoned by the rows that it adds.

    Args:
        seen: the store as its readers see it.
        written: the files written so far.
        mark: names the new files; another one for each call.
    """
    standing, adding = StoreAhead.of(seen, written), _adding(written)
    small = defaultdict[tuple[str, str | None], list[DataFile]](list)
    for table in TABLES:
        for file in standing.data_files(table):
            if (table, file.path) in adding and file.rows < ROWS_PER_GROUP:
                small[table, file.partition].append(file)
    gone, made = set[tuple[str, str]](), list[WrittenFile]()
    for (table, partition), files in small.items():
        if len(files) > FILES_AT_MOST:
            made.append(_merged(standing, table, partition, files, mark))
            gone |= _history(table, files, written)
    for table, path in gone:
        (seen.folder / table / path).unlink()
    return [file for file in written if not _is_gone(file, gone)] + made


def _adding(written: Iterable[WrittenFile]) -> set[tuple[str, str]]:
    """The files whose rows are all new, or come from files whose rows are."""
    files = {(file.table, file.path): file for file in written}
    return {key for key in files if _origin(key, files) in files}


def _origin(key: tuple[str, str], files: dict[tuple[str, str], WrittenFile]) -> tuple[str, str]:
    """The first of the files that replaced each other and ended in this one."""
    while key in files and files[key].replaces is not None:
        key = key[0], str(files[key].replaces)
    return key


def _history(table: str, files: Sequence[DataFile], written: Iterable[WrittenFile]) -> set[tuple[str, str]]:
    """The files, and those that they took the place of."""
    before = {file.path: file.replaces for file in written if file.table == table}
    found = set[tuple[str, str]]()
    for file in files:
        path: str | None = file.path
        while path is not None:
            found.add((table, path))
            path = before[path]
    return found


def _is_gone(file: WrittenFile, gone: set[tuple[str, str]]) -> bool:
    return (file.table, file.path) in gone


def _merged(
    store: StoreAhead, table: str, partition: str | None, files: Sequence[DataFile], mark: str
) -> WrittenFile:
    spec = TABLES[table]
    rows = pa.concat_tables(read_rows(store.folder / table / file.path) for file in files)
    part = f"{spec.partition_by}={partition}/" if spec.partition_by else ""
    path = f"{part}{mark}.parquet"
    size = write_parquet(store.folder / table / path, spec.sort(rows))
    return WrittenFile(table, path, partition, rows.num_rows, size)
