"""Timings of every stage on the sample, on made news, and on real dumps where there are any.

Prints tables in Markdown and writes the figures with machine and versions as JSON. Processor seconds are of
one core and hardly depend on what else the machine does; wall seconds do.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import coding, deduplicating, fingerprinting, normalising, plain, reading, whole
from benchmarks.common import Dump, Figure, Tools
from benchmarks.made import make_dump
from benchmarks.whole import Run

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "dumps" / "real_10k.jsonl.gz"
_STAGES = (reading, normalising, fingerprinting, coding, plain)
_SOFTWARE = ("wiretally", "apache-beam", "deltalake", "duckdb", "numpy", "pyarrow", "pydantic")


def main(words: Sequence[str]) -> None:
    """Measure, print, write."""
    options = _parser().parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        dumps = _dumps(options.dump, options.made, Path(folder))
        tools = Tools()
        figures = [stage.measure(dump, tools) for dump in dumps for stage in _STAGES]
        sizes = {dump.name: sum(len(record.body or "") for record in dump.records) / 1e6 for dump in dumps}
        runs = [whole.measure(dump, workers) for dump in dumps for workers in (1, options.workers)]
    copies = deduplicating.measure(options.originals)
    print(
        "\n".join([*_stage_table(figures, sizes), "", *_run_table(runs, figures), "", *_copies_table(copies)])
    )
    options.json.parent.mkdir(parents=True, exist_ok=True)
    document = _document(figures, runs, copies, tools.lexicon.version)
    options.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    print(f"\nThe figures, the machine and the versions are in {options.json}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("dump", nargs="*", type=Path, help="dumps to measure on, besides the sample")
    parser.add_argument("--made", type=int, default=2_000, help="articles of made news")
    parser.add_argument("--originals", type=int, default=2_000, help="originals to find copies of")
    parser.add_argument(
        "--workers", type=int, default=2, help="worker processes of a second run of each dump"
    )
    parser.add_argument("--json", type=Path, default=ROOT / "out" / "bench.json", help="where to write")
    return parser


def _dumps(named: Sequence[Path], made: int, folder: Path) -> list[Dump]:
    sample = Dump("sample", ROOT / "seeds" / "sample")
    real = named or ([REAL] if REAL.exists() else [])
    return [sample, make_dump(sample, made, folder), *(Dump(path.name, path) for path in real)]


def _stage_table(figures: Sequence[Figure], sizes: Mapping[str, float]) -> Iterator[str]:
    yield "| stage | dump | articles | articles/s on one core | ms an article | MB/s |"
    yield "|---|---|--:|--:|--:|--:|"
    for figure in figures:
        through = sizes[figure.dump] / max(figure.seconds, 1e-9)
        speed = f"{figure.per_second:,.0f} | {figure.milliseconds:.2f} | {through:.1f}"
        yield f"| {figure.stage} | {figure.dump} | {figure.articles:,} | {speed} |"


def _run_table(runs: Sequence[Run], figures: Sequence[Figure]) -> Iterator[str]:
    plain_seconds = {figure.dump: figure.seconds for figure in figures if figure.stage.startswith("plain")}
    yield "| whole run | articles | processor s | plain loop, s | wall s | of that to start | peak MB |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for run in runs:
        own = run.figure
        plain = plain_seconds.get(own.dump)
        processor = f"{own.seconds:.1f} | " + (f"{plain:.1f}" if plain else "")
        rest = f"{run.wall_seconds:.1f} | {run.start_seconds:.1f} | {run.peak_memory_mb:,.0f}"
        yield f"| {own.dump} | {own.articles:,} | {processor} | {rest} |"


def _copies_table(result: deduplicating.Result) -> Iterator[str]:
    count = len(result.corpus)
    yield f"| de-duplicating {count:,} invented articles | |"
    yield "|---|--:|"
    yield f"| recall of {result.score.asked.total():,} copies | {result.score.recall:.4f} |"
    yield f"| precision of {result.score.together:,} pairs | {result.score.precision:.5f} |"
    yield f"| templated reports merged | {result.score.templates_merged} |"
    yield f"| fingerprints a second on one core | {count / result.print_seconds:,.0f} |"
    yield f"| placed a second on one core | {count / result.place_seconds:,.0f} |"
    yield f"| bytes of state an article | {result.state:.0f} |"


def _document(
    figures: Sequence[Figure], runs: Sequence[Run], copies: deduplicating.Result, lexicon: str
) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "system": platform.platform(),
            "load": os.getloadavg()[0],
        },
        "software": {"python": platform.python_version()} | {name: version(name) for name in _SOFTWARE},
        "lexicon_version": lexicon,
        "stages": [figure._asdict() for figure in figures],
        "runs": [run._asdict() | {"figure": run.figure._asdict()} for run in runs],
        "copies": {
            "articles": len(copies.corpus),
            "recall": copies.score.recall,
            "precision": copies.score.precision,
            "templates_merged": copies.score.templates_merged,
            "fingerprint_seconds": copies.print_seconds,
            "place_seconds": copies.place_seconds,
            "state_bytes": copies.state,
        },
    }


def _processor() -> str:
    """The model of the processor, as the system names it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )


if __name__ == "__main__":
    main(sys.argv[1:])
