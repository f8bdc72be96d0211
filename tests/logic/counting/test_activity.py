from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Modality, Role
from schemas.tables import ActivityRow, EventRow, Period
from tests.logic.counting.invented import DAY, GUARD, LINEAGE, NATION, SQUAD, event_row, event_rows, hex_id
from tests.logic.deduplicating.invented import START
from transforms.logic.counting import count_activity
from transforms.logic.counting.activity import activity_sightings
from transforms.logic.counting.tally import Tally, pack_tally, tallied, unpack_tally


def cell(rows: tuple[ActivityRow, ...], **wanted: object) -> ActivityRow:
    """The only row with these values."""
    (row,) = (row for row in rows if all(getattr(row, name) == value for name, value in wanted.items()))
    return row


def test_one_event_is_a_row_per_period_and_subtype() -> None:
    rows = count_activity([event_row(mentions=3)], LINEAGE)
    places = [(row.period, row.period_start, row.subtype) for row in rows]
    assert places == [
        (Period.DAY, DAY, "all"),
        (Period.DAY, DAY, "military"),
        (Period.WEEK, DAY, "all"),
        (Period.WEEK, DAY, "military"),
        (Period.MONTH, date(2024, 12, 1), "all"),
        (Period.MONTH, date(2024, 12, 1), "military"),
    ]
    assert {(row.stories, row.articles, row.outlets, row.mentions) for row in rows} == {(1, 1, 1, 3)}
    assert {(row.first_seen, row.last_seen) for row in rows} == {(START, START)}
    assert {(row.run_id, row.lexicon_version) for row in rows} == {("run-1", "lex-1")}


def test_parts_count_for_the_whole_and_a_story_once() -> None:
    events = [
        event_row(actor_id=SQUAD.actor_id, mentions=2),
        event_row(actor_id=GUARD.actor_id, article_id=hex_id(2), outlet="two.org"),
        event_row(actor_id=NATION.actor_id, article_id=hex_id(3), story_id=hex_id(3), outlet=None),
    ]
    rows = count_activity(events, LINEAGE)
    counts = {}
    for actor in (SQUAD, GUARD, NATION):
        row = cell(rows, actor_id=actor.actor_id, period=Period.DAY, subtype="all")
        counts[actor.actor_id] = (row.stories, row.articles, row.outlets, row.mentions)
    assert counts == {"night-squad": (1, 1, 1, 2), "river-guard": (1, 2, 2, 3), "ARC:state": (2, 3, 2, 4)}


def test_all_subtypes_together_count_a_story_once() -> None:
    rows = count_activity([event_row(), event_row(subtype="civilian")], LINEAGE)
    assert cell(rows, period=Period.WEEK, subtype="all").stories == 1
    assert cell(rows, period=Period.WEEK, subtype="all").mentions == 2
    assert cell(rows, period=Period.WEEK, subtype="civilian").mentions == 1


def test_week_crosses_months() -> None:
    rows = count_activity([event_row(), event_row(day=date(2025, 1, 1), article_id=hex_id(2))], LINEAGE)
    assert cell(rows, period=Period.WEEK, subtype="all").articles == 2
    assert cell(rows, period=Period.MONTH, subtype="all", period_start=date(2025, 1, 1)).articles == 1


def test_undated_events_have_rows_of_their_own() -> None:
    rows = count_activity([event_row(day=None, published=None), event_row()], LINEAGE)
    undated = [row for row in rows if row.period_start is None]
    assert [(row.period, row.subtype) for row in undated] == [
        (p, s) for p in Period for s in ("all", "military")
    ]
    assert {(row.first_seen, row.last_seen) for row in undated} == {(None, None)}


def test_modalities_and_roles_stay_apart() -> None:
    events = [event_row(), event_row(modality=Modality.DENIED), event_row(role=Role.PATIENT)]
    rows = count_activity(events, LINEAGE)
    kinds = {(row.modality, row.role) for row in rows}
    assert kinds == {("actual", "agent"), ("denied", "agent"), ("actual", "patient")}
    assert {row.articles for row in rows} == {1}


def test_actor_without_lineage_stands_for_itself() -> None:
    rows = count_activity([event_row(actor_id="BOR:armed", actor_who="BOR", actor_side="armed")], {})
    assert {(row.actor_id, row.actor_who, row.actor_side) for row in rows} == {("BOR:armed", "BOR", "armed")}


def test_rows_of_several_runs_need_a_name() -> None:
    events = [event_row(), event_row(run_id="run-2", article_id=hex_id(2))]
    with pytest.raises(ValueError, match="run_id"):
        count_activity(events, LINEAGE)
    assert {row.run_id for row in count_activity(events, LINEAGE, run_id="run-3")} == {"run-3"}
    assert count_activity([], LINEAGE) == ()


@given(event_rows, st.randoms())
def test_order_does_not_matter(events: list[EventRow], rng: Random) -> None:
    shuffled = list(events)
    rng.shuffle(shuffled)
    assert count_activity(shuffled, LINEAGE) == count_activity(events, LINEAGE)


@given(event_rows)
def test_every_cell_counts_what_the_rows_say(events: list[EventRow]) -> None:
    rows = count_activity(events, LINEAGE)
    for row in rows:
        own = [event for event in events if belongs(event, row)]
        assert row.stories == len({event.story_id for event in own})
        assert row.articles == len({event.article_id for event in own})
        assert row.outlets == len({event.outlet for event in own} - {None})
        assert row.mentions == sum(event.mentions for event in own)
        times = [event.published for event in own if event.published]
        assert (row.first_seen, row.last_seen) == (min(times, default=None), max(times, default=None))
    places = [
        (r.period, r.period_start, r.actor_id, r.actor_who, r.subtype, r.role, r.modality) for r in rows
    ]
    assert len(set(places)) == len(places)
    whole = sum(row.mentions for row in rows if row.period is Period.DAY and row.subtype == "all")
    assert whole == sum(event.mentions * len(LINEAGE.get(event.actor_id, "x")) for event in events)


def belongs(event: EventRow, row: ActivityRow) -> bool:
    actors = [ref.actor_id for ref in LINEAGE.get(event.actor_id, ())] or [event.actor_id]
    return (
        row.actor_id in actors
        and row.subtype in ("all", event.subtype)
        and row.modality is event.modality
        and row.period_start == first_day(row.period, event.day)
    )


def first_day(period: Period, day: date | None) -> date | None:
    if day is None or period is Period.DAY:
        return day
    return day - timedelta(days=day.weekday()) if period is Period.WEEK else day.replace(day=1)


@given(event_rows, st.integers(0, 12), st.randoms())
def test_tallies_add_up_in_any_order(events: list[EventRow], cut: int, rng: Random) -> None:
    sightings = [seen for event in events for _, seen in activity_sightings(event, LINEAGE)]
    whole = tallied(sightings)
    rng.shuffle(sightings)
    left, right = tallied(sightings[:cut]), tallied(sightings[cut:])
    total = Tally()
    for part in (right, unpack_tally(pack_tally(left))):
        total.add(part)
    assert total == whole
    assert pack_tally(total) == pack_tally(whole)
