"""Coded events: who took part in what, in which role, and how it is reported, by `docs/codebook.md`."""

from datetime import date
from enum import StrEnum

from schemas.base import Record


class EventType(StrEnum):
    """What happened."""

    EVACUATION = "evacuation"
    OFFENSIVE = "offensive"
    STRIKE = "strike"


SUBTYPES: dict[EventType, tuple[str, ...]] = {
    EventType.EVACUATION: ("civilian", "military", "mission", "order"),
    EventType.OFFENSIVE: ("operation", "advance", "capture", "siege"),
    EventType.STRIKE: ("air", "artillery", "missile", "drone"),
}


class Role(StrEnum):
    """An agent does or orders it; a patient is evacuated or attacked."""

    AGENT = "agent"
    PATIENT = "patient"


class Side(StrEnum):
    """The class of an actor."""

    STATE = "state"
    ARMED = "armed"
    CIVIL = "civil"
    IGO = "igo"
    NGO = "ngo"
    FIRM = "firm"


class Modality(StrEnum):
    """How the article reports the event. Only `actual` is counted unless asked otherwise."""

    ACTUAL = "actual"
    PLANNED = "planned"
    DEMANDED = "demanded"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    DENIED = "denied"
    PAST = "past"


class Evidence(Record):
    """The sentence that proves an event: `Article.text[start:end] == text`."""

    start: int
    end: int
    text: str


class Event(Record):
    """One actor in one role of one kind of event, once per article, subtype and modality.

    `actor_id` is the finest known actor (`quds-force`); `actor_who` and `actor_side` its canonical form
    (`IRN`, `state`). `mentions` counts the sentences that say it; `evidence` is the first of them and
    `trigger_start`, `trigger_end` are the words in it that made it, as offsets into `Article.text`, as are
    `actor_start`, `actor_end` for the words naming the actor. `day` is the day that the text gives,
    None when it gives none.
    """

    event_type: EventType
    subtype: str
    role: Role
    actor_id: str
    actor_who: str
    actor_side: Side
    modality: Modality
    evidence: Evidence
    trigger_start: int
    trigger_end: int
    actor_start: int
    actor_end: int
    rule: str
    mentions: int
    day: date | None


class Dyad(Record):
    """An agent and a patient of one event in one article, once per type and modality."""

    event_type: EventType
    agent_id: str
    patient_id: str
    modality: Modality
    evidence: Evidence
    mentions: int
    day: date | None


class Coding(Record):
    """What the coder says of an article: events sorted by first mention, then role and actor; dyads likewise.

    `status` is `coded`, or `uncoded:` and the language (`uncoded:fr`) where the lexicon does not cover it.
    """

    status: str
    events: tuple[Event, ...]
    dyads: tuple[Dyad, ...]
