"""Whole runs on invented news: how time and memory grow with a dump, and what skew costs beside evenness.

Run as `python -m benchmarks.scaling [SIZE ...] [--skewed SIZE] [--archive SIZE [--short]] [--workers N]
[--json FILE]`; each run is its own process.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import whole
from benchmarks.common import Dump
from benchmarks.mixed import SHAPES, write_archive, write_file, write_files
from benchmarks.whole import Run


def main(words: Sequence[str]) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 50_000], help="articles of even dumps")
    parser.add_argument("--skewed", type=int, default=5_000, help="articles of skewed dumps, 0 for none")
    parser.add_argument("--archive", type=int, default=0, help="articles of an archive over two years")
    parser.add_argument("--short", action="store_true", help="make its articles of 1 KB instead of 4")
    parser.add_argument("--workers", type=int, default=1, help="worker processes of each run")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        dumps = _dumps(options.sizes, options.skewed, options.archive, options.short, Path(folder))
        runs = [_run(dump, options.workers) for dump in dumps]
    if options.json:
        document = [run._asdict() | {"figure": run.figure._asdict()} for run in runs]
        options.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _dumps(sizes: Sequence[int], skewed: int, archive: int, short: bool, folder: Path) -> Iterator[Dump]:
    print("| dump | articles | MB unpacked | processor s | ms an article | wall s | peak MB |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    yield from (write_file("even", size, folder) for size in sizes if size)
    if skewed:
        yield from (write_file(name, skewed, folder) for name in SHAPES)
        yield write_files(skewed, folder)
    if archive:
        yield write_archive(archive, folder, short)


def _run(dump: Dump, workers: int) -> Run:
    run = whole.measure(dump, workers)
    own, size = run.figure, sum(len(record.body or "") for record in dump.read()) / 1e6
    time = f"{own.seconds:.1f} | {own.milliseconds:.2f} | {run.wall_seconds:.1f}"
    print(f"| {own.dump} | {own.articles:,} | {size:.0f} | {time} | {run.peak_memory_mb:,.0f} |", flush=True)
    return run


if __name__ == "__main__":
    main(sys.argv[1:])
