"""The figures of a report as tables of Markdown."""

from collections.abc import Iterable, Iterator

from benchmarks import growth
from benchmarks.common import Figure
from benchmarks.plain import STAGE as PLAIN
from benchmarks.report import Copies, Report
from benchmarks.tagging import Tagging
from benchmarks.whole import Run


def page(report: Report) -> str:
    """Every table."""
    parts: list[Iterable[str]] = [
        _head(report),
        _stages(report.stages),
        _runs(report.runs, report.stages),
        *([growth.table(report.growth)] if report.growth else []),
        _tagging(report.tagging),
        _copies(report.copies),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def digest(report: Report) -> str:
    """The stages and whole runs of the last dump, with the peers: what the README shows."""
    last = report.stages[-1].dump
    stages = [figure for figure in report.stages if figure.dump == last]
    runs = [run for run in report.runs if run.dump == last]
    parts: list[Iterable[str]] = [
        _head(report),
        _stages(stages),
        _runs(runs, stages),
        _tagging(report.tagging),
        _copies(report.copies),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(report: Report) -> Iterator[str]:
    machine, versions = report.machine, report.software
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    yield f"{machine.processor}, {machine.cores} cores, {machine.system}, load {machine.load:.1f}; {told}."
    yield f"Measured on {report.at:%d %B %Y}; seconds and µs are of processor time unless called wall."


def _stages(figures: Iterable[Figure]) -> Iterator[str]:
    yield "| stage | dump | articles | µs an article | articles/s on one core | MB/s of text |"
    yield "|---|---|--:|--:|--:|--:|"
    for one in figures:
        speed = f"{one.microseconds:,.0f} | {one.per_second:,.0f} | {one.megabytes_per_second:,.1f}"
        yield f"| {one.stage} | {one.dump} | {one.articles:,} | {speed} |"


def _runs(runs: Iterable[Run], figures: Iterable[Figure]) -> Iterator[str]:
    plain = {figure.dump: f"{figure.seconds:.1f}" for figure in figures if figure.stage == PLAIN}
    yield "| whole run | workers | articles | processor s | plain loop, s | wall s | to start | peak MB |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for run in runs:
        size = f"{run.workers} | {run.articles:,} | {run.seconds:.1f} | {plain.get(run.dump, '')}"
        rest = f"{run.wall_seconds:.1f} | {run.start_seconds:.1f} | {run.peak_memory_mb:,.0f}"
        yield f"| {run.dump} | {size} | {rest} |"


def _tagging(rows: Iterable[Tagging]) -> Iterator[str]:
    yield "| finding names | dump | articles | names found | µs an article | MB/s of text |"
    yield "|---|---|--:|--:|--:|--:|"
    for one in rows:
        speed = f"{1e6 * one.seconds / one.articles:,.0f} | {one.megabytes / max(one.seconds, 1e-9):,.1f}"
        yield f"| {one.by} | {one.dump} | {one.articles:,} | {one.found:,} | {speed} |"


def _copies(rows: Iterable[Copies]) -> Iterator[str]:
    yield (
        "| de-duplicating | invented articles | recall of copies | precision of pairs | templates merged "
        "| fingerprints/s | placed/s | bytes of state |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for one in rows:
        found = f"{one.recall:.4f} | {one.precision:.5f} | {one.templates_merged:,}"
        speed = f"{one.articles / one.fingerprint_seconds:,.0f} | {one.articles / one.place_seconds:,.0f}"
        yield f"| {one.by} | {one.articles:,} | {found} | {speed} | {one.state_bytes:.0f} |"
