"""Who did what to whom, how often: `dyads` rows from the dyads of articles."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from schemas import EventType, Modality
from schemas.tables import ALL_SUBTYPES, DyadEventRow, DyadRow
from transforms.logic.counting.activity import Lineage, period_order
from transforms.logic.counting.stamp import Stamp, common_stamp
from transforms.logic.counting.tally import UNDATED, Sighting, Tally
from transforms.logic.deduplicating.times import microseconds

DyadKey = tuple[str, str, str, str]
"""Agent id, patient id, event type, modality."""


def count_dyads(
    rows: Iterable[DyadEventRow],
    lineage: Lineage,
    run_id: str | None = None,
    lexicon_version: str | None = None,
) -> tuple[DyadRow, ...]:
    """Count dyads by agent, patient, event type, modality, day, week and month, as `count_activity` counts.

    Both sides roll up: what the Quds Force did to the Nusra Front, Iran did to HTS. But no actor does to
    itself what one of its parts did to another: such a pair counts only where the text names one actor twice.
    """
    rows = list(rows)
    stamp = common_stamp(rows, run_id, lexicon_version)
    tallies: dict[DyadKey, Tally] = defaultdict(Tally)
    for row in rows:
        for key, sighting in dyad_sightings(row, lineage):
            tallies[key].see(sighting)
    counted = (dyad for key, tally in tallies.items() for dyad in dyad_rows(key, tally, stamp))
    return tuple(sorted(counted, key=dyad_order))


def dyad_sightings(row: DyadEventRow, lineage: Lineage) -> Iterator[tuple[DyadKey, Sighting]]:
    """Yield what one row adds to the count of its pair and of the pairs of all that they belong to."""
    sighting = Sighting(
        day=UNDATED if row.day is None else row.day.toordinal(),
        subtype=ALL_SUBTYPES,
        story=bytes.fromhex(row.story_id),
        article=bytes.fromhex(row.article_id),
        outlet=row.outlet,
        mentions=row.mentions,
        published=None if row.published is None else microseconds(row.published),
    )
    for agent in _ids(row.agent_id, lineage):
        for patient in _ids(row.patient_id, lineage):
            if agent != patient or row.agent_id == row.patient_id == agent:
                yield (agent, patient, row.event_type.value, row.modality.value), sighting


def _ids(actor_id: str, lineage: Lineage) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref.actor_id for ref in lineage.get(actor_id, ()))) or (actor_id,)


def dyad_rows(key: DyadKey, tally: Tally, stamp: Stamp) -> Iterator[DyadRow]:
    """Yield the rows of one agent, patient, event type and modality."""
    agent_id, patient_id, event_type, modality = key
    common = {
        "agent_id": agent_id,
        "patient_id": patient_id,
        "event_type": EventType(event_type),
        "modality": Modality(modality),
        "run_id": stamp.run_id,
        "lexicon_version": stamp.lexicon_version,
    }
    for period, start, _, cell in tally.result():
        fields = {
            "period_start": start,
            "period": period,
            **common,
            **cell.figures(),
        }
        yield DyadRow.of_fields(fields)


def dyad_order(row: DyadRow) -> tuple[object, ...]:
    """Return the key that sorts `dyads`."""
    kind = row.agent_id, row.patient_id, row.event_type, row.modality
    return *period_order(row.period, row.period_start), *kind
