"""What Beam and the store add to the work itself: `python -m benchmarks.overhead [ARTICLES] [ROUNDS]`.

Processor time of a whole run, without that of a run of one article, over that of a plain loop of the same
pure functions. Whatever slows one of them alone for a while, as a busy machine does, only makes it longer:
they take turns, and the least of each counts.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks import plain, whole
from benchmarks.common import Tools
from benchmarks.mixed import write_file


@dataclass(frozen=True)
class Overhead:
    """Seconds of processor time of each round."""

    start: list[float]
    run: list[float]
    plain: list[float]

    @property
    def ratio(self) -> float:
        """How many times the plain loop a run takes beyond its start."""
        return (min(self.run) - min(self.start)) / min(self.plain)


def rounds(articles: int) -> Iterator[Overhead]:
    """Run one article, many, and the plain loop over the many, in turn without end; all rounds so far."""
    tools, found = Tools(), Overhead([], [], [])
    with tempfile.TemporaryDirectory() as folder:
        some, one = (write_file("even", size, Path(folder)) for size in (articles, 1))
        while True:
            found.plain.append(plain.measure(some, tools).seconds)
            found.start.append(whole.measure(one).seconds)
            found.run.append(whole.measure(some).seconds)
            yield found


def main(articles: int = 3_000, times: int = 3) -> None:
    """Measure, and print round by round."""
    print(" start    run  plain  ratio")
    for found in islice(rounds(articles), times):
        last = (found.start[-1], found.run[-1], found.plain[-1])
        print(*(f"{seconds:6.1f}" for seconds in last), f"{found.ratio:6.2f}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
