"""How a run enters a store: all of it or nothing.

A run is one row in `runs` that pins the version of every table. Each table's files are committed as one
Delta transaction on exactly the version that the run started from, and the `runs` row last. Until that row is
there the run has not happened: readers keep to the pinned versions, and the next run restores what is ahead.
"""

import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pipeline.store import delta
from pipeline.store.damage import damage_named
from pipeline.store.delta import DataFile
from pipeline.store.errors import StoreConflictError
from pipeline.store.lock import run_lock
from pipeline.store.store import Store, store_folder
from schemas.tables import RunRow
from transforms.files import write_parquet
from transforms.logic.tables import TABLES

RUNS = "runs"
STAGING = "_staging"


@dataclass(frozen=True)
class OpenRun:
    """A run at work on a store: what it saw at its start and the folder for its working files.

    `base` has the version of every table on which alone this run may commit.
    """

    run_id: str
    seen: Store
    base: Mapping[str, int]
    staging: Path

    @property
    def folder(self) -> Path:
        """The store's folder."""
        return self.seen.folder


@contextmanager
def open_run(uri: str, run_id: str) -> Iterator[OpenRun]:
    """Begin a run on a store, making the store where there is none.

    Holds the store's lock, restores tables that a dead run left ahead of the last pinned version, and removes
    that run's files. On leaving, the run's working folder goes, and after an error its data files too.

    Raises:
        StoreBusyError: another run is at work.
        ConfigError: a place that cannot hold a store.
        StoreError: its disk is full or closed, or a file of it is damaged or gone; also if that shows later.
    """
    folder = store_folder(uri)
    with damage_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with run_lock(folder, run_id):
            run = _begin(folder, run_id)
            try:
                yield run
            finally:
                clear_runs(folder, [run.staging])


def commit_run(
    run: OpenRun,
    files: Mapping[str, Sequence[DataFile]],
    row: RunRow,
    replaced: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> dict[str, int]:
    """Commit a run's files and its row, which pins the versions.

    Args:
        run: the open run.
        files: the files that workers wrote, by table; they exist.
        row: the run's row; its `versions` are filled in here.
        replaced: the paths of files whose place the new ones take, by table.

    Returns:
        The pinned version of every table.

    Raises:
        StoreConflictError: another run was committed since this one began; readers see no change.
    """
    if delta.current_version(run.folder / RUNS) != run.base[RUNS] or not _all_there(run.folder, files):
        raise StoreConflictError(
            f"another run committed to {run.folder} while run {run.run_id} was at work, so this run changed "
            "nothing; run the same command again"
        )
    versions = dict(run.base) | {RUNS: run.base[RUNS] + 1}
    try:
        for name, spec in TABLES.items():
            new, old = files.get(name, ()), replaced.get(name, ())
            if new or old:
                folder = run.folder / name
                versions[name] = delta.commit(folder, spec, run.base[name], new, run.run_id, old)
        pinned = row.model_copy(update={"versions": json.dumps(versions, sort_keys=True)})
        file = _write_run(run.folder, pinned)
        delta.commit(run.folder / RUNS, TABLES[RUNS], run.base[RUNS], [file], run.run_id)
    except BaseException:
        _undo(run, versions)
        raise
    return versions


def recover(store: Store) -> list[str]:
    """Restore every table that is ahead of its pinned version; needs the lock.

    A store without any run has every table pinned at its empty version 0, so that a first run that died is
    wiped.

    Returns:
        The names of the tables restored.
    """
    pinned = store.versions
    ahead = [name for name in TABLES if name != RUNS and _differs(store, name)]
    for name in ahead:
        delta.restore(store.folder / name, pinned[name])
    return ahead


def clear_runs(folder: Path, stagings: Iterable[Path]) -> None:
    """Remove the working folders of runs that are over, and the data files of those that never committed."""
    committed = {row.run_id for row in Store.open(str(folder)).runs()}
    for staging in stagings:
        if staging.name not in committed:
            for path in folder.glob(f"*/**/*{staging.name}*"):
                if path.is_file():
                    path.unlink()
        if staging.exists():
            shutil.rmtree(staging)


def _all_there(folder: Path, files: Mapping[str, Sequence[DataFile]]) -> bool:
    """Where a file system has no locks, another run may have taken this one for dead."""
    paths = [(folder / table / file.path, file.size) for table, some in files.items() for file in some]
    return all(path.is_file() and path.stat().st_size == size for path, size in paths)


def _differs(store: Store, name: str) -> bool:
    folder, pinned = store.folder / name, store.versions[name]
    if delta.current_version(folder) == pinned:
        return False
    return delta.data_files(folder, TABLES[name]) != store.data_files(name)


def _undo(run: OpenRun, versions: Mapping[str, int]) -> None:
    """Take back this run's own commits, unless someone has committed on top of them."""
    for name, version in versions.items():
        folder = run.folder / name
        if name != RUNS and version != run.base[name] == delta.current_version(folder) - 1:
            delta.restore(folder, run.base[name])


def _begin(folder: Path, run_id: str) -> OpenRun:
    for name, spec in TABLES.items():
        delta.create(folder / name, spec)
    store = Store.open(str(folder))
    recover(store)
    clear_runs(folder, sorted((folder / STAGING).glob("*")))
    staging = folder / STAGING / run_id
    staging.mkdir(parents=True)
    return OpenRun(run_id, store, {name: delta.current_version(folder / name) for name in TABLES}, staging)


def _write_run(folder: Path, row: RunRow) -> DataFile:
    spec = TABLES[RUNS]
    path = folder / RUNS / f"{row.run_id}.parquet"
    write_parquet(path, spec.to_arrow([row]))
    return DataFile(path.name, None, 1, path.stat().st_size)
