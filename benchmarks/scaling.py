"""Whole runs on invented news: how time and memory grow with a dump, and what skew costs beside evenness.

Run as `python -m benchmarks.scaling [SIZE ...] [--skewed SIZE [--only SHAPE ...]] [--archive SIZE [--short]]
[--workers N] [--json FILE]`; each run is its own process.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from benchmarks import whole
from benchmarks.common import Dump
from benchmarks.mixed import FILES, SHAPES, write_archive, write_file, write_files
from benchmarks.whole import Run


def main(words: Sequence[str]) -> None:
    """Measure, print, write."""
    options = _parser().parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        start = whole.measure(write_file("even", 1, Path(folder)), options.workers)
        print(f"One article takes {start.seconds:.1f} processor s and {start.peak_memory_mb:,.0f} MB.\n")
        print(
            "| dump | articles | MB of text | processor s | beyond one: ms an article | ms a MB | peak MB |"
        )
        print("|---|--:|--:|--:|--:|--:|--:|")
        runs = [_run(dump, options.workers, start.seconds) for dump in _dumps(options, Path(folder))]
    if options.json:
        document = [asdict(run) for run in runs]
        options.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 50_000], help="articles of even dumps")
    parser.add_argument("--skewed", type=int, default=5_000, help="articles of skewed dumps, 0 for none")
    shapes = (*SHAPES, FILES)
    parser.add_argument("--only", nargs="*", choices=shapes, default=shapes, help="which skewed dumps")
    parser.add_argument("--archive", type=int, default=0, help="articles of an archive over two years")
    parser.add_argument("--short", action="store_true", help="make its articles of 1 KB instead of 4")
    parser.add_argument("--workers", type=int, default=1, help="worker processes of each run")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    return parser


def _dumps(options: argparse.Namespace, folder: Path) -> Iterator[Dump]:
    yield from (write_file("even", size, folder) for size in options.sizes if size)
    for shape in options.only if options.skewed else ():
        write = write_files if shape == FILES else partial(write_file, shape)
        yield write(options.skewed, folder)
    if options.archive:
        yield write_archive(options.archive, folder, options.short)


def _run(dump: Dump, workers: int, start_seconds: float) -> Run:
    run = whole.measure(dump, workers)
    size = sum(len(record.body or "") for record in dump.read()) / 1e6
    beyond = 1000 * (run.seconds - start_seconds)
    time = f"{run.seconds:.1f} | {beyond / run.articles:.2f} | {beyond / size:,.0f}"
    print(f"| {run.dump} | {run.articles:,} | {size:.0f} | {time} | {run.peak_memory_mb:,.0f} |", flush=True)
    return run


if __name__ == "__main__":
    main(sys.argv[1:])
