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


RUN, MAINTENANCE, FORGETTING, RECODING = "run", "maintenance", "forgetting", "recoding"
"""The kinds of rows in `runs`."""


class Period(StrEnum):
    """The unit of `period_start`. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ArticleRow(Record):
    """One article that was kept: the lead of a story or a duplicate. No text, unless texts are kept."""

    article_id: str
    """32 hex digits: a function of content, URL key (or outlet and own id), title and date; for ever."""
    story_id: str
    """The story it belongs to: the `article_id` of its lead."""
    relation: Relation
    """How it stands to its story: its lead, an exact or near copy, or an excerpt."""
    duplicate_of: str | None
    """The `article_id` that it duplicates; null for a lead."""
    similarity: float | None
    """Estimated Jaccard similarity to that article, 1 for exact copies; null for a lead."""
    chain: str | None
    """The first story of a chain that copies link though their leads are not alike; null for that first."""
    text_key: bytes
    """11 bytes that name its text among all distinct ones; exact copies share it."""
    content_hash: bytes
    """BLAKE2b-128 of the folded body; exact copies share it."""
    record_id: str | None
    """The record's own identifier, where the dump has one."""
    url: str | None
    """As the dump has it."""
    url_key: str | None
    """The URL without trackers, scheme and such: finds versions of a page, proves no texts equal."""
    outlet: str | None
    """Who published it, as a domain (`nytimes.com`) or a name; null when unknown."""
    title: str | None
    """Headline, cleaned."""
    published: datetime | None
    """Time of publication, UTC; null when unknown."""
    published_precision: DatePrecision | None
    """The finest unit that the source gave; null when undated."""
    published_inferred: bool
    """Whether the time comes from a file name, a relative date or another hint."""
    fetched: datetime | None
    """When the dump says it was fetched, UTC."""
    language: str | None
    """ISO 639-1 code, found in the text."""
    byline: str | None
    """The authors, as the dump has them."""
    body_kind: BodyKind
    """How much of its text the record held."""
    source_format: str
    """The format it was read as."""
    source_file: str
    """Path or URI as given; behind `!` the member of an archive."""
    position: int
    """Byte offset of the record in line formats, else its ordinal from 0."""
    coding_status: str
    """`coded`, or `uncoded:` and the language that the lexicon does not cover: `uncoded:fr`."""
    sketch: bytes
    """128-byte signature that copies are verified by."""
    shingles: int
    """Shingles of its text."""
    numbers: bytes
    """Packed hashes of the numbers in it, which keep templated reports apart."""
    text: str | None
    """The normalised text, only with `--keep-text`."""
    month: str
    """The partition: `2024-12` or `undated`. Of the event day in tables of events, else of publication."""
    run_id: str
    """The run that wrote the row."""


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
    """What happened."""
    subtype: str
    """Its finer kind, as the codebook has them; in `activity` also `all`, each story once."""
    role: Role
    """An agent does or orders it; a patient is evacuated or attacked."""
    actor_id: str
    """The finest known actor (`quds-force`), or its `WHO:side`."""
    actor_who: str
    """Its WHO: a country (`IRN`), a group that stands for itself (`HAMAS`), `UN`, or `XXX` when unknown."""
    actor_side: Side
    """Its class."""
    modality: Modality
    """How the articles report it; only `actual` is counted as having happened."""
    mentions: int
    """Sentences that say it."""
    day: date | None
    """The day of the event: from the text, else of publication; null when neither is known."""
    day_source: str | None
    """`text` or `published`; null without a day."""
    evidence_start: int
    """Offset of the first sentence that says it, in code points of the normalised text."""
    evidence_end: int
    """Where that sentence ends."""
    evidence: str
    """That sentence."""
    trigger_start: int
    """Where the words that made it begin."""
    trigger_end: int
    """Where they end."""
    actor_start: int
    """Where the words that name the actor begin."""
    actor_end: int
    """Where they end."""
    rule: str
    """The rule of the coder that made it."""
    month: str
    run_id: str
    lexicon_version: str
    """Hash of the lexicon that it was coded or counted with."""


class DyadEventRow(Record):
    """An agent and a patient of one event in one article: what `dyads` counts."""

    article_id: str
    story_id: str
    outlet: str | None
    published: datetime | None
    event_type: EventType
    agent_id: str
    """Who did it."""
    patient_id: str
    """To whom."""
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
    """First day of the period; null counts events of unknown day."""
    period: Period
    """The unit of `period_start`."""
    actor_id: str
    actor_who: str
    actor_side: Side
    event_type: EventType
    subtype: str
    role: Role
    modality: Modality
    stories: int
    """Distinct stories."""
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
    """A block of what one run added to the index that later runs find copies by."""

    prefix: int
    """First byte of all keys in the block, which bucket keys leave out."""
    kind: str
    """`bucket` or `id`."""
    block: bytes
    """Packed and sorted: bucket keys with their texts, or ids of articles; 16 bytes each."""
    run_id: str


class AliasRow(Record):
    """A story that a run made part of another. The lead of the old story stays an article of the store."""

    old_story_id: str
    """A story that is no longer one."""
    story_id: str
    """The story that its lead belonged to after the run; the view `resolved_stories` has it as of now."""
    run_id: str


class RejectRow(Record):
    """One rejected record. The same record read again is the same row (`reject_id`)."""

    reject_id: str
    """Hash of file, position, reason and bytes."""
    source_file: str
    position: int
    source_format: str
    reason: RejectReason
    """Why it could not be used."""
    detail: str
    """What exactly was wrong."""
    raw: bytes
    """Its first 4,096 bytes."""
    raw_bytes: int
    """Its size in bytes."""
    run_id: str


class RunRow(Record):
    """One committed run, pinning the version of every table; its `kind` says of what.

    The reckoning: read = kept + duplicates + replays + rejects + outside, where `outside` are records that
    the chosen days of publication leave out. `versions` is a JSON object, table to version.
    """

    run_id: str
    kind: str
    """`run`; `maintenance`, which changes no row; `forgetting` articles; `recoding` texts."""
    started: datetime
    """When it began, UTC."""
    finished: datetime
    """When it was ready to commit, UTC."""
    inputs: str
    """The dumps named, as JSON."""
    records_read: int
    """Records found, the rejected ones included."""
    articles_kept: int
    """Leads of stories."""
    duplicates: int
    """Copies of kept articles."""
    replays: int
    """Articles that the store had already."""
    rejects: int
    """Records that could not be used."""
    outside: int
    """Articles outside the chosen days of publication."""
    events: int
    """Rows added to `events`."""
    lexicon_version: str
    code_version: str
    """Version of wiretally."""
    options: str
    """The options given, as JSON."""
    versions: str
    """The version of every table, as JSON."""
