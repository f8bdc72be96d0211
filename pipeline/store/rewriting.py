"""Tables of a store with some rows changed, as new files beside the old ones, for `commit_run` to swap."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from pipeline.store.commit import OpenRun
from pipeline.store.delta import DataFile
from transforms.files import parquet_file, write_parquet
from transforms.logic.tables import TABLES


@dataclass
class Rewrite:
    """The new files and the paths of those that go, by table; what `commit_run` takes."""

    run: OpenRun
    files: dict[str, list[DataFile]] = field(default_factory=dict)
    replaced: dict[str, set[str]] = field(default_factory=dict)

    def change(self, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
        """Pass every file of a table through a function of its rows; one that it returns as it is stays.

        The function may neither reorder rows nor move them to another partition.
        """
        for file in self.run.seen.data_files(name):
            self.change_file(name, file, change)

    def change_file(self, name: str, file: DataFile, change: Callable[[pa.Table], pa.Table]) -> None:
        """Pass one file through the function, as `change` does all."""
        with parquet_file(self.run.folder / name / file.path) as content:
            before = content.read()
        after = change(before)
        if after is not before:
            self.replaced.setdefault(name, set()).add(file.path)
            self.write(name, file.partition, after, file.path)

    def drop(self, name: str, partitions: Collection[str]) -> None:
        """Remove the files of some partitions of a table."""
        gone = {file.path for file in self.run.seen.data_files(name) if file.partition in partitions}
        self.replaced.setdefault(name, set()).update(gone)

    def add(self, name: str, rows: Sequence[Any]) -> None:
        """Write rows to new files, one for each partition, in the order of the table's key."""
        spec = TABLES[name]
        parts: dict[str, list[Any]] = {}
        for row in rows:
            parts.setdefault(spec.partition(row), []).append(row)
        for partition, some in sorted(parts.items()):
            self.write(name, partition or None, spec.sort(spec.to_arrow(some)), "new")

    def write(self, name: str, partition: str | None, rows: pa.Table, mark: str) -> None:
        """Write one file, if there are rows; `mark` tells files of one partition apart."""
        if not rows.num_rows:
            return
        spec = TABLES[name]
        part = f"{spec.partition_by}={partition}" if partition is not None else ""
        digest = hashlib.blake2b(mark.encode(), digest_size=6).hexdigest()
        path = str(PurePosixPath(part, f"{self.run.run_id}-{digest}.parquet"))
        size = write_parquet(self.run.folder / name / path, rows.cast(spec.file_schema))
        made = DataFile(path, partition, rows.num_rows, size)
        self.files.setdefault(name, []).append(made)
