"""Invented event rows for tests of counting."""

from datetime import date, timedelta

from hypothesis import strategies as st

from schemas import EventType, Modality, Role, Side
from schemas.tables import DyadEventRow, EventRow
from tests.logic.deduplicating.invented import START
from transforms.logic.counting import ActorRef

NATION = ActorRef("ARC:state", "ARC", "state")
GUARD = ActorRef("river-guard", "ARC", "state")
SQUAD = ActorRef("night-squad", "ARC", "state")
LINEAGE = {
    SQUAD.actor_id: (SQUAD, GUARD, NATION),
    GUARD.actor_id: (GUARD, NATION),
    NATION.actor_id: (NATION,),
}
DAY = date(2024, 12, 30)  # a Monday whose week ends in another month and year


def hex_id(number: int) -> str:
    return f"{number:032x}"


def event_row(**fields: object) -> EventRow:
    """A row of article 1 in story 1; any field can be set."""
    row: dict[str, object] = {
        "article_id": hex_id(1),
        "story_id": hex_id(1),
        "outlet": "one.org",
        "published": START,
        "event_type": EventType.EVACUATION,
        "subtype": "military",
        "role": Role.AGENT,
        "actor_id": NATION.actor_id,
        "actor_who": NATION.who,
        "actor_side": Side.STATE,
        "modality": Modality.ACTUAL,
        "mentions": 1,
        "day": DAY,
        "day_source": "text",
        "evidence_start": 0,
        "evidence_end": 4,
        "evidence": "They",
        "trigger_start": 0,
        "trigger_end": 4,
        "actor_start": 0,
        "actor_end": 4,
        "rule": "r1",
        "month": "2024-12",
        "run_id": "run-1",
        "lexicon_version": "lex-1",
    }
    return EventRow(**(row | fields))


def dyad_row(**fields: object) -> DyadEventRow:
    """A row of article 1 in story 1; any field can be set."""
    row: dict[str, object] = {
        "article_id": hex_id(1),
        "story_id": hex_id(1),
        "outlet": "one.org",
        "published": START,
        "event_type": EventType.OFFENSIVE,
        "agent_id": NATION.actor_id,
        "patient_id": "BOR:armed",
        "modality": Modality.ACTUAL,
        "mentions": 1,
        "day": DAY,
        "month": "2024-12",
        "run_id": "run-1",
        "lexicon_version": "lex-1",
    }
    return DyadEventRow(**(row | fields))


numbers = st.integers(1, 4)
shared = {
    "outlet": st.sampled_from([None, "one.org", "two.org"]),
    "published": st.sampled_from([None, START, START + timedelta(hours=5)]),
    "modality": st.sampled_from([Modality.ACTUAL, Modality.PLANNED]),
    "mentions": st.integers(1, 3),
    "day": st.sampled_from([None, DAY, DAY + timedelta(days=1), DAY + timedelta(days=3)]),
    "article_id": numbers.map(hex_id),
    "story_id": st.integers(1, 2).map(hex_id),
}
actor_ids = st.sampled_from([NATION.actor_id, GUARD.actor_id, SQUAD.actor_id, "BOR:armed"])
event_rows = st.lists(
    st.builds(
        event_row, **shared, actor_id=actor_ids, subtype=st.sampled_from(["civilian", "military", "order"])
    ),
    max_size=12,
)
dyad_rows = st.lists(st.builds(dyad_row, **shared, agent_id=actor_ids, patient_id=actor_ids), max_size=12)
