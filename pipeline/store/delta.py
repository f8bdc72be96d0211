"""The few things that the store asks of Delta Lake, for one table at one version.

Tables are read by their files, never through `DeltaTable.to_pyarrow_table`, which in deltalake 1.6 can abort
the process at its exit.
"""

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError
from deltalake.transaction import AddAction, CommitProperties, RemoveAction

from pipeline.store.errors import StoreConflictError
from transforms.files import Place, children
from transforms.logic.tables import TableSpec
from transforms.objects import PATIENCE_SECONDS, ObjectPath, allows_http, fault_of, settings

LOG = "_delta_log"
_NO_VALUES: Mapping[str, str | None] = {"delta.dataSkippingNumIndexedCols": "0"}
"""The log of a table outlives its files, so it holds no value of any row: what is forgotten would stay."""

_FEW_REQUESTS: Mapping[str, str | None] = {"delta.checkpointInterval": "10"}
"""Commits between two sums of a log; whoever opens the table reads each commit after the last by itself."""


@dataclass(frozen=True)
class DataFile:
    """A Parquet file of a table: its path within the table's folder, its partition, rows and bytes."""

    path: str
    partition: str | None
    rows: int
    size: int


def exists(folder: Place) -> bool:
    """Whether the folder is a Delta table."""
    if isinstance(folder, ObjectPath):
        return bool(children(folder / LOG, "*.json"))
    return DeltaTable.is_deltatable(str(folder))


def open_table(folder: Place, version: int | None = None) -> DeltaTable:
    """The table at a version, at the newest where none is named."""
    return DeltaTable(str(folder), version=version, storage_options=_settings(folder))


def _settings(folder: Place) -> dict[str, str] | None:
    """How a table in an object store is reached, and that a version is put only where there is none yet."""
    if not isinstance(folder, ObjectPath):
        return None
    patience = {"retry_timeout": f"{PATIENCE_SECONDS}s", "allow_http": str(allows_http()).lower()}
    return settings() | patience | {"aws_conditional_put": "etag"}


def create(folder: Place, spec: TableSpec) -> None:
    """An empty table at version 0; leaves one that is there."""
    far = isinstance(folder, ObjectPath)
    if far and exists(folder):
        return
    partition_by = [spec.partition_by] if spec.partition_by else None
    DeltaTable.create(
        str(folder),
        schema=spec.schema,
        mode="ignore",
        partition_by=partition_by,
        configuration={**_NO_VALUES, **(_FEW_REQUESTS if far else {})},
        storage_options=_settings(folder),
    )


def current_version(folder: Place) -> int:
    """The newest version of a table, pinned or not."""
    return open_table(folder).version()


def data_files(folder: Place, spec: TableSpec, version: int | None = None) -> list[DataFile]:
    """The files of a version, sorted by path. The newest version where none is named."""
    return _files_of(open_table(folder, version), spec)


def _files_of(table: DeltaTable, spec: TableSpec) -> list[DataFile]:
    actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
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
    folder: Place,
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
    table = open_table(folder, base)
    actions: list[AddAction | RemoveAction] = [_add(file, spec) for file in files]
    if spec.replaced or replaced:
        partitions = {file.partition for file in files} if spec.replaced else set()
        actions += _removals(_files_of(table, spec), partitions, replaced, spec)
    return _transact(folder, spec, table, actions, run_id)


def touch(folder: Place, spec: TableSpec, run_id: str) -> int:
    """A new version of the table with the same files, so that nobody can commit to the one before it."""
    return _transact(folder, spec, open_table(folder), [], run_id)


def _transact(
    folder: Place, spec: TableSpec, table: DeltaTable, actions: list[AddAction | RemoveAction], run_id: str
) -> int:
    base = table.version()
    marks = CommitProperties(max_commit_retries=0, custom_metadata={"run_id": run_id})
    partition_by = [spec.partition_by] if spec.partition_by else None
    try:
        table.create_write_transaction(actions, "append", spec.schema, partition_by, commit_properties=marks)
    except CommitFailedError as error:
        if fault_of(error):
            raise
        if not _is_by(folder, base + 1, run_id):
            raise conflict(folder.parent, run_id) from error
    return base + 1


def _is_by(folder: Place, version: int, run_id: str) -> bool:
    """Whether a run made this version: over a network a commit may be there though its answer was lost."""
    return bool(open_table(folder, version).history(1)[0].get("run_id") == run_id)


def conflict(store: Place, run_id: str) -> StoreConflictError:
    """The error of a run that found another one's commit."""
    return StoreConflictError(
        f"another run committed to {store} while run {run_id} was at work, so this run changed nothing; "
        "run the same command again"
    )


def restore(folder: Place, version: int) -> None:
    """Make the table read as it did at a version, by a new version; what came between stays on record."""
    open_table(folder).restore(version)


def compact(folder: Place, run_id: str) -> None:
    """Put small files of each partition together, by a new version where there are any; no row changes."""
    marks = CommitProperties(custom_metadata={"run_id": run_id})
    open_table(folder).optimize.compact(max_concurrent_tasks=1, commit_properties=marks)


def vacuum(folder: Place, keep_hours: int) -> int:
    """Remove files that the newest version does not need and that left it so long ago; says how many."""
    table = open_table(folder)
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
