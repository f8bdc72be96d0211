"""An invented article and its events, for the tests of the command line."""

from datetime import UTC, datetime

from schemas import (
    Article,
    BodyKind,
    DatePrecision,
    Event,
    EventType,
    Evidence,
    Modality,
    Role,
    Side,
)

TEXT = "Iran has begun to evacuate commanders from Palmyra by air."


def article(body: str = TEXT, record_id: str | None = "a-1", title: str | None = None) -> Article:
    """A normalised article."""
    return Article(
        article_id="0" * 32,
        content_hash=b"\x01" * 16,
        record_id=record_id,
        url=None,
        url_key=None,
        outlet="example.org",
        title=title,
        published=datetime(2024, 12, 6, 9, 30, tzinfo=UTC),
        published_precision=DatePrecision.MINUTE,
        published_inferred=False,
        fetched=None,
        language="en",
        byline=None,
        body_kind=BodyKind.FULL,
        source_format="jsonl",
        source_file="dump.jsonl",
        position=0,
        body=body,
    )


def event(words: str, role: Role, modality: Modality = Modality.ACTUAL) -> Event:
    """An evacuation of TEXT in which `words` take part."""
    trigger, actor = TEXT.index("evacuate"), TEXT.index(words)
    return Event(
        event_type=EventType.EVACUATION,
        subtype="military",
        role=role,
        actor_id="quds-force",
        actor_who="IRN",
        actor_side=Side.STATE,
        modality=modality,
        evidence=Evidence(start=0, end=len(TEXT), text=TEXT),
        trigger_start=trigger,
        trigger_end=trigger + len("evacuate"),
        actor_start=actor,
        actor_end=actor + len(words),
        rule="verb-active",
        mentions=1,
        day=None,
    )
