"""Counts that can be taken in parts: distinct stories, articles and outlets by day, in any order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

import orjson

from schemas.tables import ALL_SUBTYPES, Period
from transforms.logic.deduplicating.times import Span, moment, widest

UNDATED = 0
"""The day, as a proleptic ordinal, of what has none: no date has it."""


class Sighting(NamedTuple):
    """One row of one article, as it is counted. Ids are 16 bytes; `published` as in `Span`."""

    day: int
    subtype: str
    story: bytes
    article: bytes
    outlet: str | None
    mentions: int
    published: int | None


@dataclass(slots=True)
class Cell:
    """What one cell of a table counts."""

    stories: set[bytes] = field(default_factory=set)
    articles: set[bytes] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    mentions: int = 0
    times: Span | None = None

    def figures(self) -> dict[str, Any]:
        """The figures of the row that a cell becomes, by column."""
        first, last = self.times or (None, None)
        return {
            "stories": len(self.stories),
            "articles": len(self.articles),
            "outlets": len(self.outlets),
            "mentions": self.mentions,
            "first_seen": moment(first),
            "last_seen": moment(last),
        }

    def see(self, sighting: Sighting) -> None:
        """Count one sighting, in place."""
        self.stories.add(sighting.story)
        self.articles.add(sighting.article)
        if sighting.outlet is not None:
            self.outlets.add(sighting.outlet)
        self.mentions += sighting.mentions
        if sighting.published is not None:
            self.times = widest(self.times, (sighting.published, sighting.published))

    def add(self, other: "Cell") -> None:
        """Take in `other`, in place."""
        self.stories |= other.stories
        self.articles |= other.articles
        self.outlets |= other.outlets
        self.mentions += other.mentions
        self.times = widest(self.times, other.times)


@dataclass(slots=True)
class Tally:
    """The cells of one actor (or pair) and kind of event, by day and subtype.

    Days are kept apart until the end, because weeks and months overlap and a story must count once in each.
    `see` and `add` may come in any order and grouping, each sighting once.
    """

    cells: dict[tuple[int, str], Cell] = field(default_factory=dict)

    def see(self, sighting: Sighting) -> None:
        """Count one sighting, in place."""
        self._cell(sighting.day, sighting.subtype).see(sighting)

    def add(self, other: "Tally") -> None:
        """Take in `other`, in place."""
        for (day, subtype), cell in other.cells.items():
            self._cell(day, subtype).add(cell)

    def _cell(self, day: int, subtype: str) -> Cell:
        cell = self.cells.get((day, subtype))
        if cell is None:
            cell = self.cells[day, subtype] = Cell()
        return cell

    def result(self) -> Iterator[tuple[Period, date | None, str, Cell]]:
        """Yield the cells of all days, weeks and months, per subtype and for all subtypes together."""
        for period in Period:
            totals: dict[tuple[date | None, str], Cell] = defaultdict(Cell)
            for (day, subtype), cell in self.cells.items():
                start = period_start(period, day)
                for kind in {subtype, ALL_SUBTYPES}:
                    totals[start, kind].add(cell)
            for (start, kind), total in totals.items():
                yield period, start, kind, total


def period_start(period: Period, day: int) -> date | None:
    """Return the first day of the period that holds `day`; weeks begin on Monday. None when undated."""
    if day == UNDATED:
        return None
    whole = date.fromordinal(day)
    if period is Period.WEEK:
        return whole - timedelta(days=whole.weekday())
    return whole.replace(day=1) if period is Period.MONTH else whole


def tallied(sightings: Iterable[Sighting]) -> Tally:
    """Return the tally of `sightings`."""
    tally = Tally()
    for sighting in sightings:
        tally.see(sighting)
    return tally


def pack_tally(tally: Tally) -> bytes:
    """Return the tally as bytes, equal for equal tallies."""
    return orjson.dumps(
        [
            [
                *place,
                b"".join(sorted(cell.stories)).hex(),
                b"".join(sorted(cell.articles)).hex(),
                sorted(cell.outlets),
                cell.mentions,
                cell.times,
            ]
            for place, cell in sorted(tally.cells.items(), key=lambda item: item[0])
        ]
    )


def unpack_tally(data: bytes) -> Tally:
    """Return what `pack_tally` wrote."""
    tally = Tally()
    for day, subtype, stories, articles, outlets, mentions, times in orjson.loads(data):
        span = None if times is None else (times[0], times[1])
        tally.cells[day, subtype] = Cell(_ids(stories), _ids(articles), set(outlets), mentions, span)
    return tally


def _ids(digits: str) -> set[bytes]:
    return {bytes.fromhex(digits[at : at + 32]) for at in range(0, len(digits), 32)}
