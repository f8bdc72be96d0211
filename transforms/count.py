"""Counting at any size: the pieces of `transforms.logic.counting`, wired."""

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import apache_beam as beam
from apache_beam.pvalue import PCollection

from schemas.tables import ActivityRow, DyadEventRow, DyadRow, EventRow
from transforms.coders import AddFn
from transforms.logic.counting.activity import (
    ActivityKey,
    Lineage,
    activity_rows,
    activity_sightings,
)
from transforms.logic.counting.dyads import DyadKey, dyad_rows, dyad_sightings
from transforms.logic.counting.stamp import Stamp
from transforms.logic.counting.tally import Tally, tallied

ActivityTally = tuple[ActivityKey, Tally]
DyadTally = tuple[DyadKey, Tally]

Share = tuple[int, int]
"""Which of how many equal parts of all keys."""


@dataclass
class CountActivity(beam.PTransform[PCollection[EventRow], PCollection[ActivityRow]]):
    """Count event rows by actor, kind of event and period, as `count_activity` does; unordered.

    Per actor, event type, role and modality one tally is added up, on both sides of the shuffle, from which
    the rows of all days, weeks and months are read off. Of all such tallies, `share` of `shares` are
    reckoned.
    """

    lineage: Lineage
    run_id: str
    lexicon_version: str
    share: int = 0
    shares: int = 1

    def expand(self, rows: PCollection[EventRow]) -> PCollection[ActivityRow]:
        """Wire the stage."""
        stamp, share = Stamp(self.run_id, self.lexicon_version), (self.share, self.shares)
        counted: PCollection[ActivityRow] = (
            rows
            | "ForEachActor" >> beam.FlatMap(_by_actor, self.lineage, share).with_output_types(ActivityTally)
            | "AddUp" >> beam.CombinePerKey(AddFn(Tally))
            | "Rows" >> beam.FlatMap(_activity, stamp).with_output_types(ActivityRow)
        )
        return counted


@dataclass
class CountDyads(beam.PTransform[PCollection[DyadEventRow], PCollection[DyadRow]]):
    """Count dyads by agent, patient, event type and period, as `count_dyads` does; unordered.

    Of the tallies of all pairs, `share` of `shares` are reckoned.
    """

    lineage: Lineage
    run_id: str
    lexicon_version: str
    share: int = 0
    shares: int = 1

    def expand(self, rows: PCollection[DyadEventRow]) -> PCollection[DyadRow]:
        """Wire the stage."""
        stamp, share = Stamp(self.run_id, self.lexicon_version), (self.share, self.shares)
        counted: PCollection[DyadRow] = (
            rows
            | "ForEachPair" >> beam.FlatMap(_by_pair, self.lineage, share).with_output_types(DyadTally)
            | "AddUp" >> beam.CombinePerKey(AddFn(Tally))
            | "Rows" >> beam.FlatMap(_dyads, stamp).with_output_types(DyadRow)
        )
        return counted


def _by_actor(row: EventRow, lineage: Lineage, share: Share) -> Iterator[ActivityTally]:
    for key, sighting in activity_sightings(row, lineage):
        if _is_of(share, key):
            yield key, tallied([sighting])


def _by_pair(row: DyadEventRow, lineage: Lineage, share: Share) -> Iterator[DyadTally]:
    for key, sighting in dyad_sightings(row, lineage):
        if _is_of(share, key):
            yield key, tallied([sighting])


def _is_of(share: Share, key: tuple[str, ...]) -> bool:
    number, shares = share
    return shares == 1 or crc32("\t".join(key).encode()) % shares == number


def _activity(counted: ActivityTally, stamp: Stamp) -> Iterator[ActivityRow]:
    return activity_rows(*counted, stamp)


def _dyads(counted: DyadTally, stamp: Stamp) -> Iterator[DyadRow]:
    return dyad_rows(*counted, stamp)
