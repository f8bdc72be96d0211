"""One run: check everything, build the graph, run it, hold the sum, commit, report."""

import platform
import re
import resource
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import RunConfig
from pipeline.engine import beam_options, import_beam
from pipeline.parts import run_plan
from pipeline.progress import Progress, silent
from pipeline.reckoning import Reckoning, ReckoningError, RunReport, run_row
from pipeline.runners import check_cluster
from pipeline.store.ahead import changes
from pipeline.store.commit import OpenRun, commit_run, open_run
from schemas import InputError, RejectReason
from schemas.lexicon import Lexicon
from schemas.tables import RunRow
from transforms.files import Place, WrittenFile, write_whole
from transforms.logic.coding import load_lexicon
from transforms.logic.tables import TABLES

if TYPE_CHECKING:
    from apache_beam.options.pipeline_options import PipelineOptions


REPORTS = "run_reports"
_POLL_SECONDS = 0.2
_SOFTWARE = ("wiretally", "apache-beam", "deltalake", "pyarrow", "pydantic")


def run_dump(config: RunConfig, progress: Progress = silent) -> RunReport:
    """Read dumps into a store.

    Args:
        config: what to read, where to and how.
        progress: told how far the run has come, from a thread of its own; on a runner whose workers are other
            processes it is told nothing.

    Returns:
        The report, which is also in the store as `run_reports/<run_id>.json`.

    Raises:
        ConfigError: an option, the lexicon or the mapping is wrong; nothing has run.
        InputError: a named dump is not there, and nothing has run; or workers could read none of them, and
            the store is as it was.
        JobFailedError: the cluster gave the job up; the store is as it was.
        StoreBusyError: another run is writing to the store; nothing has run.
        StoreConflictError: another run was committed meanwhile; the store is as that run left it.
        ReckoningError: records were lost or made up, a fault of ours; the store is as it was.
    """
    clock = _Clock()
    import_beam()
    options = beam_options(config.beam_arguments())
    check_cluster(config.flink_master, options)
    lexicon = load_lexicon(*config.lexicons)
    check_inputs(config)
    clock.lap("start")
    with open_run(config.store, new_run_id(clock.started)) as run:
        with _watched(progress):
            written, tallies = _run_graph(config, lexicon, run, options)
        clock.lap("pipeline")
        reckoning = Reckoning.from_tallies(tallies)
        reckoning.check()
        _check_read(config, reckoning)
        _check_rows(written, reckoning)
        told = config.model_dump_json(exclude={"inputs", "store"}, exclude_defaults=True)
        events = tallies.get("events", 0)
        row = run_row(run.run_id, clock.started, config.inputs, told, lexicon, reckoning, events)
        added, gone = changes(run.seen, written)
        versions = commit_run(run, added, row, gone)
        clock.lap("commit")
        report = _report(config, row, reckoning, written, versions, clock)
        _write_report(run.folder, report)
    return report


def check_inputs(config: RunConfig) -> None:
    """Find every dump, the format and the mapping, before a store is touched.

    Raises:
        ConfigError: no such format, or a wrong mapping.
        InputError: a named dump is not there.
    """
    from transforms.logic.reading import load_shapes, settings_for
    from transforms.read import expand_inputs

    settings_for(config.format, load_shapes(user=config.mapping))
    expand_inputs(config.inputs)


def new_run_id(moment: datetime) -> str:
    """An id that sorts by time and that no two runs share: `20241208T093000123Z-5f3a9c1e`."""
    return f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z-{secrets.token_hex(4)}"


class _Clock:
    def __init__(self) -> None:
        self.started = datetime.now(UTC)
        self.seconds: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, phase: str) -> None:
        now = time.monotonic()
        self.seconds[phase] = round(now - self._last, 3)
        self._last = now


def _run_graph(
    config: RunConfig, lexicon: Lexicon, run: OpenRun, options: "PipelineOptions"
) -> tuple[list[WrittenFile], dict[str, int]]:
    from pipeline.plan import Plan

    plan = Plan(config, lexicon, run.seen, run.run_id, run.staging / "manifest.json")
    return run_plan(plan, options, run.staging)


@contextmanager
def _watched(progress: Progress) -> Iterator[None]:
    """Tell `progress` of this process's tally until the block ends."""
    from transforms.metrics import LIVE, Tally

    before, done = LIVE.now, threading.Event()

    def tell() -> None:
        since = Tally(*(now - then for now, then in zip(LIVE.now, before, strict=True)))
        if since.records:
            progress(since)

    def watch() -> None:
        while not done.wait(_POLL_SECONDS):
            tell()

    watcher = threading.Thread(target=watch, name="progress", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        tell()


def _rows(written: Sequence[WrittenFile]) -> dict[str, int]:
    rows: Counter[str] = Counter()
    for file in written:
        rows[file.table] += 0 if file.replaces else file.rows
    return {name: rows[name] for name in TABLES if name != "runs"}


def _check_read(config: RunConfig, reckoning: Reckoning) -> None:
    """One bad file fails no run, but a folder that workers do not see must not pass for a quiet day."""
    if reckoning.read and _unreadable(reckoning) == reckoning.read:
        raise InputError(
            f"{', '.join(config.inputs)}: not one file could be read where the workers are, so nothing was "
            "committed; they need the same path as this machine, and the right to read"
        )


def _unreadable(reckoning: Reckoning) -> int:
    return reckoning.rejects_by_reason.get(RejectReason.UNREADABLE_FILE, 0)


def _check_rows(written: Sequence[WrittenFile], reckoning: Reckoning) -> None:
    placed = reckoning.kept + reckoning.duplicates
    if _rows(written)["articles"] != placed:
        raise ReckoningError(
            f"{placed} articles were placed but {_rows(written)['articles']} written; nothing was committed"
        )


def _report(
    config: RunConfig,
    row: RunRow,
    reckoning: Reckoning,
    written: Sequence[WrittenFile],
    versions: dict[str, int],
    clock: _Clock,
) -> RunReport:
    return RunReport(
        run_id=row.run_id,
        store=config.store,
        inputs=config.inputs,
        started=row.started,
        finished=row.finished,
        reckoning=reckoning,
        events=row.events,
        rows=_rows(written),
        table_versions=versions,
        lexicon_version=row.lexicon_version,
        software={"python": platform.python_version()} | {name: version(name) for name in _SOFTWARE},
        runner=config.beam_runner(),
        seconds=clock.seconds,
        articles_per_second=round(reckoning.read / max(clock.seconds["pipeline"], 0.001), 1),
        peak_memory_mb=round(peak_memory_mb(config.workers), 1),
        warnings=warnings_of(reckoning),
    )


def warnings_of(reckoning: Reckoning) -> tuple[str, ...]:
    """What a person should look at though the run went well."""
    warnings = []
    if not reckoning.read:
        warnings.append("the dumps hold no record")
    elif reckoning.rejects * 2 > reckoning.read:
        warnings.append(f"{reckoning.rejects} of {reckoning.read} records were rejected")
    if unreadable := _unreadable(reckoning):
        warnings.append(f"unreadable_file: {unreadable} could not be read at all; `status` says where")
    if reckoning.read and reckoning.outside == reckoning.read:
        warnings.append("every record was published outside the chosen days")
    return tuple(warnings)


def peak_memory_mb(children: int = 1) -> float:
    """The largest resident size so far of this process plus, for each child, that of its largest ended child.

    In MB; pages that processes share are counted in each.
    On Linux from /proc: what `getrusage` tells of a process includes the process that started it.
    """
    unit = 1 if sys.platform == "darwin" else 1024
    sizes = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    status = Path("/proc/self/status")
    if status.exists():
        peak = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(encoding="utf-8"), re.MULTILINE)
        sizes[0] = int(peak[1]) if peak else sizes[0]
    return (sizes[0] + children * sizes[1]) * unit / 1e6


def _write_report(folder: Place, report: RunReport) -> None:
    content = report.model_dump_json(indent=2) + "\n"
    write_whole(folder / REPORTS / f"{report.run_id}.json", content.encode())
