"""The whole run as a person starts it, from an empty store to the commit, in a process of its own."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.common import Dump


@dataclass(frozen=True)
class Run:
    """A run: how many articles in how many seconds of processor time, until it began to read, and in all.

    The peak of memory is of all its processes, in MB.
    """

    dump: str
    articles: int
    workers: int
    seconds: float
    start_seconds: float
    wall_seconds: float
    peak_memory_mb: float


def measure(dump: Dump, workers: int = 1, before: Path | None = None, words: Sequence[str] = ()) -> Run:
    """Run it, with so many worker processes; the report in the store tells times and memory.

    Args:
        dump: what to read.
        workers: processes that prepare articles.
        before: a store to run into a copy of; without, the store is empty.
        words: further words of the command.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        if before:
            shutil.copytree(before, store)
        started = getrusage(RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "pipeline", "run", str(dump.path), "--store", str(store), "--quiet"]
        subprocess.run([*command, "--workers", str(workers), *words], check=True)
        ended = getrusage(RUSAGE_CHILDREN)
        path = max((store / "run_reports").glob("*.json"))
        report = json.loads(path.read_text(encoding="utf-8"))
    return Run(
        dump=dump.name,
        articles=report["reckoning"]["read"],
        workers=workers,
        seconds=ended.ru_utime + ended.ru_stime - started.ru_utime - started.ru_stime,
        start_seconds=report["seconds"]["start"],
        wall_seconds=sum(report["seconds"].values()),
        peak_memory_mb=report["peak_memory_mb"],
    )
