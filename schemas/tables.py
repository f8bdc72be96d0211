"""The rows of the store's tables, flat. Arrow and Delta schemas and the data dictionary derive from these."""

from datetime import date, datetime
from enum import StrEnum

from schemas.article import BodyKind, DatePrecision
from schemas.base import Record
from schemas.event import EventType, Modality, Role, Side
from schemas.reject import RejectReason
from schemas.story import Relation, Story

ALL_SUBTYPES = "all"
"""The subtype of an activity row that counts every subtype of its type, each story once."""


class Period(StrEnum):
    """The unit of `period_start`. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ArticleRow(Record):
    """One article that was kept, the lead of a story or a duplicate. Without its text unless texts are kept."""

    article_id: str
    story_id: str
    relation: Relation
    duplicate_of: str | None
    similarity: float | None
    content_hash: bytes
    record_id: str | None
    url: str | None
    url_key: str | None
    outlet: str | None
    title: str | None
    published: datetime | None
    published_precision: DatePrecision | None
    published_inferred: bool
    fetched: datetime | None
    language: str | None
    byline: str | None
    body_kind: BodyKind
    source_format: str
    source_file: str
    position: int
    coding_status: str
    keys: bytes
    sketch: bytes
    shingles: int
    numbers: bytes
    text: str | None
    month: str
    run_id: str


class StoryRow(Story):
    """One story."""

    month: str
    run_id: str


class EventRow(Record):
    """One actor in one role of one kind of event in one article.

    `day` is the day of the event: the day the text gives, else the day of publication (`day_source` says
    which), None when neither is known.
    """

    article_id: str
    story_id: str
    outlet: str | None
    published: datetime | None
    event_type: EventType
    subtype: str
    role: Role
    actor_id: str
    actor_who: str
    actor_side: Side
    modality: Modality
    mentions: int
    day: date | None
    day_source: str | None
    evidence_start: int
    evidence_end: int
    evidence: str
    trigger_start: int
    trigger_end: int
    actor_start: int
    actor_end: int
    rule: str
    month: str
    run_id: str
    lexicon_version: str


class DyadEventRow(Record):
    """An agent and a patient of one event in one article: what `dyads` counts."""

    article_id: str
    story_id: str
    outlet: str | None
    published: datetime | None
    event_type: EventType
    agent_id: str
    patient_id: str
    modality: Modality
    mentions: int
    day: date | None
    month: str
    run_id: str
    lexicon_version: str


class ActivityRow(Record):
    """How often an actor took part in a kind of event in a period.

    Counts of an actor include those of its members (Quds Force counts for the IRGC and for Iran), each story
    once. `period_start` is None for events of unknown day. `first_seen` and `last_seen` are times of
    publication.
    """

    period_start: date | None
    period: Period
    actor_id: str
    actor_who: str
    actor_side: Side
    event_type: EventType
    subtype: str
    role: Role
    modality: Modality
    stories: int
    articles: int
    outlets: int
    mentions: int
    first_seen: datetime | None
    last_seen: datetime | None
    run_id: str
    lexicon_version: str


class DyadRow(Record):
    """How often one actor did a kind of event to another in a period."""

    period_start: date | None
    period: Period
    agent_id: str
    patient_id: str
    event_type: EventType
    modality: Modality
    stories: int
    articles: int
    outlets: int
    mentions: int
    first_seen: datetime | None
    last_seen: datetime | None
    run_id: str
    lexicon_version: str


class PostingRow(Record):
    """One bucket key of one distinct text, or (`kind` id) the id of an article; partitioned by key prefix."""

    prefix: int
    kind: str
    key: bytes
    content_hash: bytes
    run_id: str


class RejectRow(Record):
    """One rejected record. The same record read again is the same row (`reject_id`)."""

    reject_id: str
    source_file: str
    position: int
    source_format: str
    reason: RejectReason
    detail: str
    raw: bytes
    raw_bytes: int
    run_id: str


class RunRow(Record):
    """One committed run, pinning the version of every table.

    The reckoning: read = kept + duplicates + replays + rejects + outside, where `outside` are records that
    the chosen days of publication leave out. `versions` is a JSON object, table to version.
    """

    run_id: str
    started: datetime
    finished: datetime
    inputs: str
    records_read: int
    articles_kept: int
    duplicates: int
    replays: int
    rejects: int
    outside: int
    events: int
    lexicon_version: str
    code_version: str
    options: str
    versions: str
