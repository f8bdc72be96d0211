"""Writing: the rows of all tables to Parquet files, and committing these files to a store."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from benchmarks.common import Dump, Figure, Tools
from pipeline.reckoning import Reckoning, run_row
from pipeline.store.ahead import changes
from pipeline.store.commit import commit_run, open_run
from schemas.base import Record
from transforms.files import Place, WrittenFile, write_parquet
from transforms.logic.reference import run_in_memory
from transforms.logic.tables import TABLES

_RUN = "bench"
Rows = Mapping[str, Sequence[Record]]


class Seconds(NamedTuple):
    """Of processor time."""

    writing: float
    committing: float


@lru_cache(maxsize=1)
def seconds_of(dump: Dump, tools: Tools) -> Seconds:
    """What it takes to write, and then to commit to an empty store, what a run over a dump writes."""
    rows = run_in_memory(dump.records, tools.lexicon, _RUN)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        with open_run(str(Path(folder, "store")), _RUN) as run:
            opened = time.process_time()
            written = list(_write(run.folder, rows))
            done = time.process_time()
            reckoning = Reckoning.from_tallies({})
            row = run_row(_RUN, datetime.now(UTC), (str(dump.path),), "{}", tools.lexicon, reckoning, 0)
            added, gone = changes(run.seen, written)
            commit_run(run, added, row, gone)
        end = time.process_time()
    return Seconds(done - opened, end - done + opened - begin)


def measure(dump: Dump, tools: Tools) -> Figure:
    """Rows to columns, in order, to compressed files on the disk."""
    return dump.figure("write", len(dump.records), seconds_of(dump, tools).writing)


def _write(folder: Place, rows: Rows) -> Iterator[WrittenFile]:
    """The files of all rows, one for each table and partition."""
    for name, some in rows.items():
        spec = TABLES[name]
        parts: dict[str, list[Record]] = defaultdict(list)
        for row in some:
            parts[spec.partition(row)].append(row)
        for partition, own in parts.items():
            part = f"{spec.partition_by}={partition}/" if spec.partition_by else ""
            path = f"{part}{_RUN}.parquet"
            size = write_parquet(folder / name / path, spec.sort(spec.to_arrow(own)))
            yield WrittenFile(name, path, partition or None, len(own), size)
