"""What is counted at once: as many months as memory allows, or a share of the actors of one month."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from transforms.logic.recounting import months_to_read

ROWS_AT_ONCE = 100_000
"""Rows of events counted at once: some 2 KB of memory each."""


class Count(NamedTuple):
    """Partitions to count anew from a store, and the share of all counts that is reckoned: 0 of 1 is all."""

    partitions: frozenset[str]
    share: int = 0
    shares: int = 1


def counts_of(touched: Iterable[str], rows: Mapping[str, int], at_once: int) -> Iterator[Count]:
    """The touched partitions in groups that read about `at_once` rows each, every partition in one group.

    Args:
        touched: the partitions.
        rows: the rows of events by partition.
        at_once: a partition that reads more than so many rows is counted by itself in several shares.
    """
    group: set[str] = set()
    for partition in sorted(touched):
        if group and _read(group | {partition}, rows) > at_once:
            yield from _shares(group, rows, at_once)
            group = set()
        group.add(partition)
    if group:
        yield from _shares(group, rows, at_once)


def _shares(group: Collection[str], rows: Mapping[str, int], at_once: int) -> Iterator[Count]:
    shares = max(1, -(-_read(group, rows) // at_once))
    for share in range(shares):
        yield Count(frozenset(group), share, shares)


def _read(group: Iterable[str], rows: Mapping[str, int]) -> int:
    return sum(rows.get(month, 0) for month in months_to_read(group))
