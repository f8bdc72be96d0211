"""A run's figures as a Prometheus text file, for the node exporter's textfile collector."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.files import replace_file
from pipeline.reckoning import RunReport

Labels = Mapping[str, str]


def write_success(path: Path, report: RunReport) -> None:
    """Write the figures of a committed run, in one step."""
    _put(path, success_text(report))


def write_failure(path: Path, code: int, now: float | None = None) -> None:
    """Write that the last run failed, in one step; the figures of runs before it are gone from the file."""
    at = time.time() if now is None else now
    lines = [*_metric("wiretally_run_success", "Whether the last run was committed.", [({}, 0)])]
    lines += _metric("wiretally_run_exit_code", "Exit code of the last run.", [({}, code)])
    lines += _metric("wiretally_run_end_time_seconds", "When the last run ended.", [({}, at)])
    _put(path, "".join(lines))


def _put(path: Path, text: str) -> None:
    def write(draft: Path) -> None:
        draft.write_text(text, encoding="utf-8")

    replace_file(path, write)


def success_text(report: RunReport) -> str:
    """The file of a committed run: gauges of one run, the last."""
    sums = report.reckoning
    ends = ("read", "kept", "duplicates", "replays", "rejects", "outside")
    seconds = (report.finished - report.started).total_seconds()
    parts = [
        _metric("wiretally_run_success", "Whether the last run was committed.", [({}, 1)]),
        _metric("wiretally_run_exit_code", "Exit code of the last run.", [({}, 0)]),
        _metric(
            "wiretally_run_end_time_seconds", "When the last run ended.", [({}, report.finished.timestamp())]
        ),
        _metric("wiretally_run_duration_seconds", "How long the last run took.", [({}, seconds)]),
        _metric(
            "wiretally_run_records",
            "Records of the last run by how they ended.",
            [({"end": end}, getattr(sums, end)) for end in ends],
        ),
        _metric(
            "wiretally_run_rejects",
            "Rejected records of the last run by reason.",
            [({"reason": reason.value}, count) for reason, count in sorted(sums.rejects_by_reason.items())],
        ),
        _metric("wiretally_run_events", "Coded events of the last run.", [({}, report.events)]),
        _metric(
            "wiretally_run_peak_memory_bytes",
            "Largest resident size of the last run.",
            [({}, report.peak_memory_mb * 2**20)],
        ),
    ]
    return "".join(line for part in parts for line in part)


def _metric(name: str, about: str, samples: list[tuple[Labels, float]]) -> Iterator[str]:
    yield f"# HELP {name} {about}\n# TYPE {name} gauge\n"
    for labels, value in samples:
        shown = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        yield f"{name}{{{shown}}} {value:.15g}\n" if shown else f"{name} {value:.15g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
