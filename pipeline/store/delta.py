"""The few things that the store asks of Delta Lake, for one table at one version.

Tables are read by their files, never through `DeltaTable.to_pyarrow_table`, which in deltalake 1.6 can abort
the process at its exit.
"""

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError
from deltalake.transaction import AddAction, CommitProperties, RemoveAction

from pipeline.store.errors import StoreConflictError
from transforms.logic.tables import TableSpec

_NO_VALUES: Mapping[str, str | None] = {"delta.dataSkippingNumIndexedCols": "0"}
"""The log of a table outlives its files, so it holds no value of any row: what is forgotten would stay."""


@dataclass(frozen=True)
class DataFile:
    """A Parquet file of a table: its path within the table's folder, its partition, rows and bytes."""

    path: str
    partition: str | None
    rows: int
    size: int


def exists(folder: Path) -> bool:
    """Whether the folder is a Delta table."""
    return DeltaTable.is_deltatable(str(folder))


def create(folder: Path, spec: TableSpec) -> None:
    """An empty table at version 0; leaves one that is there."""
    partition_by = [spec.partition_by] if spec.partition_by else None
    DeltaTable.create(
        str(folder), schema=spec.schema, mode="ignore", partition_by=partition_by, configuration=_NO_VALUES
    )


def current_version(folder: Path) -> int:
    """The newest version of a table, pinned or not."""
    return DeltaTable(str(folder)).version()


def data_files(folder: Path, spec: TableSpec, version: int | None = None) -> list[DataFile]:
    """The files of a version, sorted by path. The newest version where none is named."""
    actions = pa.table(DeltaTable(str(folder), version=version).get_add_actions(flatten=True)).to_pylist()
    return sorted((_data_file(action, spec) for action in actions), key=lambda file: file.path)


def _data_file(action: dict[str, Any], spec: TableSpec) -> DataFile:
    partition = action[f"partition.{spec.partition_by}"] if spec.partition_by else None
    return DataFile(
        action["path"],
        partition if partition is None else str(partition),
        action["num_records"],
        action["size_bytes"],
    )


def commit(
    folder: Path,
    spec: TableSpec,
    base: int,
    files: Sequence[DataFile],
    run_id: str,
    replaced: Collection[str] = (),
) -> int:
    """Add files to the table in one transaction on exactly the version `base`.

    The files at the paths `replaced` go out in the same transaction, and in a table that is `replaced` by
    partition those of the same partitions.

    Returns:
        The new version, `base + 1`.

    Raises:
        StoreConflictError: someone else committed after `base`.
    """
    table = DeltaTable(str(folder), version=base)
    actions: list[AddAction | RemoveAction] = [_add(file, spec) for file in files]
    if spec.replaced or replaced:
        partitions = {file.partition for file in files} if spec.replaced else set()
        actions += _removals(data_files(folder, spec, base), partitions, replaced, spec)
    try:
        table.create_write_transaction(
            actions,
            "append",
            spec.schema,
            [spec.partition_by] if spec.partition_by else None,
            commit_properties=CommitProperties(max_commit_retries=0, custom_metadata={"run_id": run_id}),
        )
    except CommitFailedError as error:
        raise StoreConflictError(
            f"another run committed to {folder.parent} while run {run_id} was at work, so this run changed "
            "nothing; run the same command again"
        ) from error
    return base + 1


def restore(folder: Path, version: int) -> None:
    """Make the table read as it did at a version, by a new version; what came between stays on record."""
    DeltaTable(str(folder)).restore(version)


def compact(folder: Path, run_id: str) -> None:
    """Put small files of each partition together, by a new version where there are any; no row changes."""
    marks = CommitProperties(custom_metadata={"run_id": run_id})
    DeltaTable(str(folder)).optimize.compact(max_concurrent_tasks=1, commit_properties=marks)


def vacuum(folder: Path, keep_hours: int) -> int:
    """Remove files that the newest version does not need and that left it so long ago; says how many."""
    table = DeltaTable(str(folder))
    return len(table.vacuum(keep_hours, dry_run=False, enforce_retention_duration=False))


def _values(file: DataFile, spec: TableSpec) -> dict[str, str | None]:
    return {spec.partition_by: file.partition} if spec.partition_by else {}


def _add(file: DataFile, spec: TableSpec) -> AddAction:
    stats = json.dumps({"numRecords": file.rows})
    return AddAction(file.path, file.size, _values(file, spec), _now(), True, stats)


def _removals(
    files: Sequence[DataFile],
    partitions: Collection[str | None],
    paths: Collection[str],
    spec: TableSpec,
) -> list[RemoveAction]:
    return [
        RemoveAction(file.path, True, _now(), file.size, _values(file, spec))
        for file in files
        if file.partition in partitions or file.path in paths
    ]


def _now() -> int:
    return int(time.time() * 1000)
