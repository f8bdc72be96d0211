"""How a run enters a store: all of it or nothing.

A run is one row in `runs` that pins the version of every table. Each table's files are committed as one
Delta transaction on exactly the version that the run started from, and the `runs` row last. Until that row is
there the run has not happened: readers keep to the pinned versions, and the next run restores what is ahead.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.store import delta
from pipeline.store.damage import damage_named
from pipeline.store.delta import DataFile
from pipeline.store.lock import run_lock
from pipeline.store.store import Store, store_folder
from schemas.tables import RunRow
from transforms.files import Place, children, make_folder, remove_folder, remove_named, size_of, write_parquet
from transforms.logic.tables import TABLES
from transforms.objects import ObjectPath

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
    staging: Place

    @property
    def folder(self) -> Place:
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
        make_folder(folder)
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
        raise delta.conflict(run.folder, run.run_id)
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


def recover(store: Store) -> dict[str, int]:
    """Restore every table that is ahead of its pinned version; needs the lock.

    A store without any run has every table pinned at its empty version 0, so that a first run that died is
    wiped.

    Returns:
        The version that every table has now.
    """
    return {name: _recovered(store, name) for name in TABLES}


def clear_runs(folder: Place, stagings: Iterable[Place]) -> None:
    """Remove the working folders of runs that are over, and the data files of those that never committed."""
    committed = {row.run_id for row in Store.open(str(folder)).runs()}
    for staging in stagings:
        if staging.name not in committed:
            remove_named(folder, staging.name)
        remove_folder(staging)


def _all_there(folder: Place, files: Mapping[str, Sequence[DataFile]]) -> bool:
    """Where there are no locks of the kernel, another run may have taken this one for dead."""
    paths = [(folder / table / file.path, file.size) for table, some in files.items() for file in some]
    return all(size_of(path) == size for path, size in paths)


def _recovered(store: Store, name: str) -> int:
    folder, pinned = store.folder / name, store.versions[name]
    now = delta.current_version(folder)
    if name == RUNS or now == pinned:
        return now
    if delta.data_files(folder, TABLES[name], now) == store.data_files(name):
        return now
    delta.restore(folder, pinned)
    return delta.current_version(folder)


def _undo(run: OpenRun, versions: Mapping[str, int]) -> None:
    """Take back this run's own commits, unless someone has committed on top of them."""
    for name, version in versions.items():
        folder = run.folder / name
        if name != RUNS and version != run.base[name] == delta.current_version(folder) - 1:
            delta.restore(folder, run.base[name])


def _begin(folder: Place, run_id: str) -> OpenRun:
    """See the store, and put away what dead runs left.

    Where the lock is a lease, one of them may only have been slow: a new version of `runs` keeps it from
    committing files that are removed here.
    """
    for name, spec in TABLES.items():
        delta.create(folder / name, spec)
    dead = children(folder / STAGING)
    if dead and isinstance(folder, ObjectPath):
        delta.touch(folder / RUNS, TABLES[RUNS], run_id)
    store = Store.open(str(folder))
    base = recover(store)
    if dead:
        clear_runs(folder, dead)
    staging = folder / STAGING / run_id
    make_folder(staging)
    return OpenRun(run_id, store, base, staging)


def _write_run(folder: Place, row: RunRow) -> DataFile:
    spec = TABLES[RUNS]
    name = f"{row.run_id}.parquet"
    return DataFile(name, None, 1, write_parquet(folder / RUNS / name, spec.to_arrow([row])))
