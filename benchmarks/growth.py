"""How time and memory of whole runs grow, one thing at a time: tables, of runs in processes of their own.

With the articles of the dump, the copies that a story has, the articles that the store has before, the names
of the lexicon, and the workers. Run as `python -m benchmarks.growth [--articles N] [--history N ...]
[--lexicon TIMES ...] [--copies N ...] [--workers N ...]`; the defaults take some minutes.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from benchmarks import whole
from benchmarks.common import Dump
from benchmarks.invented_names import write_lexicon
from benchmarks.mixed import archive, even, reprinted, write_records
from benchmarks.whole import Run


@dataclass(frozen=True)
class Growth:
    """A run with so much of one thing."""

    axis: str
    amount: int
    run: Run


@dataclass(frozen=True)
class Axes:
    """How much of each thing; `articles` in the new dump of every run."""

    articles: int = 1_000
    more: tuple[int, ...] = (1, 4)
    copies: tuple[int, ...] = (1, 10, 100)
    history: tuple[int, ...] = (0, 2_000, 6_000)
    lexicon: tuple[int, ...] = (1, 4, 16)
    workers: tuple[int, ...] = (1, 2)


def measure(axes: Axes) -> Iterator[Growth]:
    """Every run of every axis."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = write_records(folder / "even.jsonl.gz", "even", even(axes.articles))
        for times in axes.more:
            size = times * axes.articles
            dump = write_records(folder / f"even-{times}.jsonl.gz", "even", even(size))
            yield Growth("articles of the dump", size, whole.measure(dump))
        for count in axes.copies:
            records = reprinted(axes.articles, count)
            dump = write_records(folder / f"copies-{count}.jsonl.gz", "copies", records)
            yield Growth("articles of a story", count, whole.measure(dump))
        yield from _history(axes, folder)
        for times in axes.lexicon:
            names, words = write_lexicon(folder / f"lexicon-{times}", times)
            yield Growth("names of the lexicon", names, whole.measure(plain, words=words))
        for number in axes.workers:
            yield Growth("workers", number, whole.measure(plain, number))


def _history(axes: Axes, folder: Path) -> Iterator[Growth]:
    """The same new dump into stores that hold more and more of what came before it."""
    records = archive(axes.history[-1] + axes.articles, short=True)
    store = folder / "store"
    past = [
        write_records(folder / f"past-{end}.jsonl.gz", "past", islice(records, end - begin))
        for begin, end in pairwise((0, *axes.history))
    ]
    fresh = write_records(folder / "fresh.jsonl.gz", "fresh", records)
    for size, dump in zip(axes.history, past, strict=True):
        if size:
            _run(dump, store)
        yield Growth("articles of the store", size, whole.measure(fresh, before=store if size else None))


def _run(dump: Dump, store: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "run", str(dump.path), "--store", str(store), "--quiet"]
    subprocess.run(command, check=True)


def table(rows: Iterable[Growth]) -> Iterator[str]:
    """Lines of Markdown, each as soon as its run is done."""
    yield "| | | articles | processor s | µs an article | wall s | peak MB |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        run = row.run
        time = f"{run.seconds:.1f} | {1e6 * run.seconds / run.articles:,.0f} | {run.wall_seconds:.1f}"
        yield f"| {row.axis} | {row.amount:,} | {run.articles:,} | {time} | {run.peak_memory_mb:,.0f} |"


def main(words: Sequence[str]) -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    usual = Axes()
    parser.add_argument("--articles", type=int, default=usual.articles, help="articles of a new dump")
    for name, meaning in (
        ("more", "times as many articles"),
        ("copies", "articles of each story"),
        ("history", "articles in the store before, ascending"),
        ("lexicon", "times as many names, the others invented"),
        ("workers", "worker processes"),
    ):
        parser.add_argument(f"--{name}", nargs="*", type=int, default=getattr(usual, name), help=meaning)
    options = vars(parser.parse_args(words))
    axes = Axes(options.pop("articles"), **{name: tuple(some) for name, some in options.items()})
    for line in table(measure(axes)):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
