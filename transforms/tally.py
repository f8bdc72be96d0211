"""Counts of records by where they went, as data, so that the reckoning is exact on every runner."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.windowed_value import WindowedValue


class TallyRecords(beam.PTransform[PCollection[Any], PCollection[tuple[str, int]]]):
    """Elements -> (name, number) for each bundle; whoever wants the total sums by name.

    A bundle that is tried again counts once, which Beam's own counters do not promise.

    Args:
        names: the names that one element counts under.
        size: how many records it stands for.
    """

    def __init__(
        self, names: Callable[[Any], tuple[str, ...]], size: Callable[[Any], int] | None = None
    ) -> None:
        super().__init__()
        self._tally = _TallyFn(names, size)

    def expand(self, elements: PCollection[Any]) -> PCollection[tuple[str, int]]:
        """Count by bundle."""
        tallies: PCollection[tuple[str, int]] = elements | "TallyBundle" >> beam.ParDo(self._tally)
        return tallies


class _TallyFn(beam.DoFn):
    def __init__(self, names: Callable[[Any], tuple[str, ...]], size: Callable[[Any], int] | None) -> None:
        self._names = names
        self._size = size

    def start_bundle(self) -> None:
        self._counts: Counter[str] = Counter()

    def process(self, element: Any) -> Iterator[tuple[str, int]]:
        n = self._size(element) if self._size else 1
        for name in self._names(element):
            self._counts[name] += n
        return iter(())

    def finish_bundle(self) -> Iterator[WindowedValue]:
        window = GlobalWindow()
        for tally in sorted(self._counts.items()):
            yield WindowedValue(tally, window.max_timestamp(), (window,))
