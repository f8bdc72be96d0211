"""Upkeep of a store: few large files instead of many small ones, and what nobody reads any more removed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import NamedTuple

from pipeline.store import delta
from pipeline.store.commit import OpenRun, commit_run, open_run, recover
from pipeline.store.store import Store
from schemas.tables import MAINTENANCE, RunRow
from transforms.logic.tables import TABLES

KEEP_DAYS = 7
"""How long the files of older versions stay, for readers at work and for time travel."""


class Upkeep(NamedTuple):
    """What was done: by table the files before and after, and how many old files were removed."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    removed: int


def maintain(uri: str, run_id: str, keep_days: int = KEEP_DAYS) -> Upkeep:
    """Compact every table and remove files that no version of the last `keep_days` days needs.

    Uses Delta's own optimise and vacuum. No row changes. What is removed was out of use before this began, so
    that wherever it is killed, the pinned versions can be read. It ends with a row in `runs` that pins the
    compacted versions; who reads older ones can go on for `keep_days`.

    Raises:
        InputError: there is no store.
        StoreBusyError: a run is at work.
    """
    Store.open(uri)
    with open_run(uri, run_id) as run:
        before = _files(run.seen)
        removed = sum(delta.vacuum(run.folder / name, keep_days * 24) for name in TABLES)
        try:
            for name in TABLES:
                delta.compact(run.folder / name, run_id)
            _pin(run)
        except BaseException:
            recover(run.seen)
            raise
        return Upkeep(before, _files(Store.open(uri)), removed)


def _files(store: Store) -> dict[str, int]:
    return {name: len(store.data_files(name)) for name in TABLES}


def _pin(run: OpenRun) -> None:
    now = datetime.now(UTC)
    row = RunRow(
        run_id=run.run_id,
        kind=MAINTENANCE,
        started=now,
        finished=now,
        inputs="[]",
        records_read=0,
        articles_kept=0,
        duplicates=0,
        replays=0,
        rejects=0,
        outside=0,
        events=0,
        lexicon_version=run.seen.runs()[-1].lexicon_version if run.seen.runs() else "",
        code_version=version("wiretally"),
        options="{}",
        versions="{}",
    )
    base = {name: delta.current_version(run.folder / name) for name in TABLES}
    commit_run(OpenRun(run.run_id, run.seen, base, run.staging), {}, row)
