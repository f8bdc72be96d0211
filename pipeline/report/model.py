"""What a report knows: everything that the page shows follows from this and from nothing else."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from pipeline.report.calendar import Unit
from schemas import EventType, Modality, Role, Side


class Part(BaseModel):
    """The base of what a report is made of: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Actor(Part):
    """An actor that takes part, or that one which takes part belongs to.

    `lineage` are the positions of itself and all that it belongs to, itself first.
    """

    actor_id: str
    name: str
    side: Side
    lineage: tuple[int, ...]


class Story(Part):
    """A story with an event in the report; its counts are those of the whole story."""

    title: str
    articles: int
    outlets: int
    first_seen: str


class Article(Part):
    """An article with an event in the report. `url` is None unless it is http or https."""

    story: int
    title: str
    outlet: str
    url: str | None
    day: str


class Fact(Part):
    """One actor in one role of one kind of event in one article.

    `bin` is None for an event of unknown day. `evidence` is a position, or None where the sentence was left
    out; `trigger` and `actor_words` are offsets into it, in code points.
    """

    article: int
    actor: int
    event_type: EventType
    subtype: str
    role: Role
    modality: Modality
    bin: int | None
    mentions: int
    rule: str
    evidence: int | None
    trigger: tuple[int, int]
    actor_words: tuple[int, int]


class Pair(Part):
    """An agent and a patient of one event in one article."""

    article: int
    agent: int
    patient: int
    event_type: EventType
    modality: Modality
    bin: int | None


class Strip(Part):
    """What the reader must know before reading on. Times are UTC; `None` where there is no such time."""

    first_day: str | None
    last_day: str | None
    period_articles: int
    period_stories: int
    period_duplicates: int
    store_articles: int
    store_stories: int
    store_events: int
    events_outside: int
    undated_events: int
    first_published: datetime | None
    last_published: datetime | None
    last_run: datetime | None
    runs: int
    lexicons: tuple[str, ...]
    languages: tuple[tuple[str, int], ...]
    rejects: int


class Count(Part):
    """One line of a table of counts."""

    name: str
    detail: str
    count: int


class Quality(Part):
    """What weakens the counts, over the whole store."""

    reckoning: tuple[Count, ...]
    rejects: tuple[Count, ...]
    dates: tuple[Count, ...]
    texts: tuple[Count, ...]
    languages: tuple[Count, ...]
    unknown: tuple[Count, ...]


class Report(Part):
    """Everything that a page shows.

    `labels` and `volume` have one entry a bin; `volume` counts the stories of which an article was published
    in it, whether or not anything happens in them. Bins before `shown` are compared with and not
    shown; `whole` is the last bin that ends within the period. `coverage` are the articles of
    the whole store by year of publication.
    """

    unit: Unit
    labels: tuple[str, ...]
    volume: tuple[int, ...]
    shown: int
    whole: int
    strip: Strip
    quality: Quality
    coverage: tuple[tuple[int, int], ...]
    actors: tuple[Actor, ...]
    stories: tuple[Story, ...]
    articles: tuple[Article, ...]
    evidence: tuple[str, ...]
    facts: tuple[Fact, ...]
    pairs: tuple[Pair, ...]
