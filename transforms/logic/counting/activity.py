"""How often each actor did what: `activity` rows from event rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from schemas import EventType, Modality, Role, Side
from schemas.tables import ActivityRow, EventRow, Period
from transforms.logic.counting.stamp import Stamp, common_stamp
from transforms.logic.counting.tally import UNDATED, Sighting, Tally
from transforms.logic.deduplicating.times import microseconds


class ActorRef(NamedTuple):
    """An actor and its canonical form: (`quds-force`, `IRN`, `state`)."""

    actor_id: str
    who: str
    side: str


Lineage = Mapping[str, tuple[ActorRef, ...]]
"""For each actor id the actors that it counts for: itself, its parents, up to the canonical `WHO:side`."""

ActivityKey = tuple[str, str, str, str, str, str]
"""Actor id, who, side, event type, role, modality."""


def count_activity(
    rows: Iterable[EventRow], lineage: Lineage, run_id: str | None = None, lexicon_version: str | None = None
) -> tuple[ActivityRow, ...]:
    """Count event rows by actor, kind of event, day, week and month.

    Each row counts for its actor and for all that the actor belongs to; in no cell does a story, an article
    or an outlet count twice. Every modality has rows of its own. Undated events are in rows whose
    `period_start` is None. `run_id` and `lexicon_version` are what the result is stamped with: by default
    those of the rows, which must then agree (else ValueError). The result is sorted and depends on the set
    of rows alone.
    """
    rows = list(rows)
    stamp = common_stamp(rows, run_id, lexicon_version)
    tallies: dict[ActivityKey, Tally] = defaultdict(Tally)
    for row in rows:
        for key, sighting in activity_sightings(row, lineage):
            tallies[key].see(sighting)
    counted = (activity for key, tally in tallies.items() for activity in activity_rows(key, tally, stamp))
    return tuple(sorted(counted, key=activity_order))


def activity_sightings(row: EventRow, lineage: Lineage) -> Iterator[tuple[ActivityKey, Sighting]]:
    """Yield what one event row adds to the count of its actor and of all that the actor belongs to."""
    sighting = Sighting(
        day=UNDATED if row.day is None else row.day.toordinal(),
        subtype=row.subtype,
        story=bytes.fromhex(row.story_id),
        article=bytes.fromhex(row.article_id),
        outlet=row.outlet,
        mentions=row.mentions,
        published=None if row.published is None else microseconds(row.published),
    )
    for actor in refs_of(row, lineage):
        yield (*actor, row.event_type.value, row.role.value, row.modality.value), sighting


def refs_of(row: EventRow, lineage: Lineage) -> tuple[ActorRef, ...]:
    """Return the actors that a row counts for; one that the lineage does not know stands for itself."""
    known = lineage.get(row.actor_id)
    if known is None:
        return (ActorRef(row.actor_id, row.actor_who, row.actor_side.value),)
    return tuple(dict.fromkeys(known))


def activity_rows(key: ActivityKey, tally: Tally, stamp: Stamp) -> Iterator[ActivityRow]:
    """Yield the rows of one actor, event type, role and modality."""
    actor_id, who, side, event_type, role, modality = key
    common = {
        "actor_id": actor_id,
        "actor_who": who,
        "actor_side": Side(side),
        "event_type": EventType(event_type),
        "role": Role(role),
        "modality": Modality(modality),
        "run_id": stamp.run_id,
        "lexicon_version": stamp.lexicon_version,
    }
    for period, start, subtype, cell in tally.result():
        fields = {
            "period_start": start,
            "period": period,
            **common,
            "subtype": subtype,
            **cell.figures(),
        }
        yield ActivityRow.of_fields(fields)


def period_order(period: Period, start: date | None) -> tuple[int, bool, date]:
    """Order days before weeks before months, each by time, undated last."""
    return list(Period).index(period), start is None, start or date.min


def activity_order(row: ActivityRow) -> tuple[object, ...]:
    """Return the key that sorts `activity`."""
    kind = row.actor_id, row.actor_who, row.actor_side, row.event_type, row.subtype, row.role, row.modality
    return *period_order(row.period, row.period_start), *kind
