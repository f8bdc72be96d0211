"""The whole run as a person starts it, from an empty store to the commit, in a process of its own."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import NamedTuple

from benchmarks.common import Dump, Figure


class Run(NamedTuple):
    """A run: its figure, the seconds until it began to read and in all, and its peak memory in MB."""

    figure: Figure
    start_seconds: float
    wall_seconds: float
    peak_memory_mb: float


def measure(dump: Dump, workers: int = 1) -> Run:
    """Run it, with so many worker processes; the report in the store tells times and memory."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        before = getrusage(RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "pipeline", "run", str(dump.path), "--store", str(store), "--quiet"]
        command += ["--workers", str(workers)]
        subprocess.run(command, check=True)
        after = getrusage(RUSAGE_CHILDREN)
        (path,) = (store / "run_reports").glob("*.json")
        report = json.loads(path.read_text(encoding="utf-8"))
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    name = dump.name if workers == 1 else f"{dump.name}, {workers} workers"
    figure = Figure("whole run", name, report["reckoning"]["read"], seconds)
    spent = report["seconds"]
    return Run(figure, spent["start"], sum(spent.values()), report["peak_memory_mb"])
