"""Invented stores for the tests of the report, made without a run."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from schemas import BodyKind, EventType, Modality, Relation, Role, Side
from schemas.event import SUBTYPES
from schemas.tables import ArticleRow, DyadEventRow, EventRow
from tests.pipeline.cli_store import make_store, reject_row
from transforms.logic.counting.rows import month_of

LAST = date(2024, 12, 6)
HOSTILE = '<img src=x onerror="document.title=1"></script><b>\u202e=HYPERLINK("x")'
SHOWN = HOSTILE.replace("\u202e", "\ufffd")
"""The same as a page shows it."""


def article(number: int, day: date | None = LAST, **changes: Any) -> ArticleRow:
    """An article that leads its own story, unless told otherwise."""
    published = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) if day else None
    values: dict[str, Any] = {
        "article_id": f"{number:032x}", "story_id": f"{number:032x}", "relation": Relation.LEAD,
        "duplicate_of": None, "similarity": None, "content_hash": b"h", "record_id": None,
        "url": f"https://example.org/{number}", "url_key": None, "outlet": "example.org",
        "title": f"Report {number}", "published": published, "published_precision": None,
        "published_inferred": False, "fetched": None, "language": "en", "byline": None,
        "body_kind": BodyKind.FULL, "source_format": "jsonl", "source_file": "d.jsonl", "position": number,
        "coding_status": "coded", "chain": None, "text_key": b"", "sketch": b"", "shingles": 0,
        "numbers": b"", "text": None,
        "month": month_of(day), "run_id": "r",
    }  # fmt: skip
    return ArticleRow(**(values | changes))


def event(of: ArticleRow, actor_id: str, **changes: Any) -> EventRow:
    """An air strike by an actor on the day of the article's publication."""
    day = of.published.date() if of.published else None
    values: dict[str, Any] = {
        "article_id": of.article_id, "story_id": of.story_id, "outlet": of.outlet, "published": of.published,
        "event_type": EventType.STRIKE, "subtype": "air", "role": Role.AGENT, "actor_id": actor_id,
        "actor_who": actor_id.partition(":")[0], "actor_side": Side.STATE, "modality": Modality.ACTUAL,
        "mentions": 1, "day": day, "day_source": "published" if day else None, "evidence_start": 20,
        "evidence_end": 56, "evidence": "Jets bombed a depot, the army said.", "trigger_start": 25,
        "trigger_end": 31, "actor_start": 20, "actor_end": 24, "rule": "verb:bomb", "month": month_of(day),
        "run_id": "r", "lexicon_version": "abc",
    }  # fmt: skip
    return EventRow(**(values | changes))


def dyad(of: ArticleRow, agent_id: str, patient_id: str, **changes: Any) -> DyadEventRow:
    """An air strike by one actor on another."""
    day = of.published.date() if of.published else None
    values: dict[str, Any] = {
        "article_id": of.article_id, "story_id": of.story_id, "outlet": of.outlet, "published": of.published,
        "event_type": EventType.STRIKE, "agent_id": agent_id, "patient_id": patient_id,
        "modality": Modality.ACTUAL, "mentions": 1, "day": day, "month": month_of(day), "run_id": "r",
        "lexicon_version": "abc",
    }  # fmt: skip
    return DyadEventRow(**(values | changes))


def store_of(
    folder: Path,
    articles: Sequence[ArticleRow],
    events: Sequence[EventRow] = (),
    dyads: Sequence[DyadEventRow] = (),
) -> str:
    """A store of these rows and of a reject."""
    rows = {"articles": articles, "events": events, "dyad_events": dyads, "rejects": [reject_row(HOSTILE)]}
    return make_store(folder, rows)


def hostile_store(folder: Path) -> str:
    """Two articles whose every text is an attack on the page."""
    first = article(1, title=HOSTILE, outlet=HOSTILE, url="javascript:document.title=2")
    second = article(2, title=HOSTILE, outlet="data:text/html,x", url=f"https://example.org/{HOSTILE}")
    sentence = f"😀 {HOSTILE} bombed."
    start = sentence.index("bombed")
    words = {
        "evidence": sentence, "evidence_start": 0, "evidence_end": len(sentence), "trigger_start": start,
        "trigger_end": start + 6, "actor_start": 2, "actor_end": 6,
    }  # fmt: skip
    events = [
        event(first, "SYR:state", rule=HOSTILE, **words),
        event(second, f"{HOSTILE}:armed", actor_side=Side.ARMED, role=Role.PATIENT, **words),
    ]
    return store_of(folder, [first, second], events, [dyad(second, "SYR:state", f"{HOSTILE}:armed")])


def crowded_store(folder: Path, actors: Sequence[str], days: int = 90) -> str:
    """Every actor takes part in something on every day; a report for every three actors a day."""
    articles = list(_crowded_articles(len(actors), days))
    events, dyads = [], []
    for number, one in enumerate(articles):
        for place in range(3):
            at = (number * 3 + place) % len(actors)
            events.append(_crowded_event(one, actors[at], number, place))
        dyads.append(dyad(one, actors[number * 3 % len(actors)], actors[(number * 3 + 1) % len(actors)]))
    return store_of(folder, articles, events, dyads)


def _crowded_articles(actors: int, days: int) -> Iterator[ArticleRow]:
    for number in range(actors * days // 3):
        day = LAST - timedelta(days=days - 1 - number * 3 // actors)
        yield article(
            number,
            day,
            title=f"{_words(number, 8)} as {_words(number * 7, 2)}",
            url=f"https://www.example.org/{day:%Y/%m/%d}/{'-'.join(_words(number, 5).split())}-{number}",
            outlet=f"outlet-{number % 23}.example",
        )


def _crowded_event(one: ArticleRow, actor: str, number: int, place: int) -> EventRow:
    kind = list(EventType)[(number + place) % 3]
    sentence = f"{_words(number * 5, 12)} bombed {_words(number * 11 + place, 10)}."
    start = 20 + sentence.index("bombed")
    return event(
        one, actor, event_type=kind, subtype=SUBTYPES[kind][number % 4], role=list(Role)[place % 2],
        evidence=sentence, evidence_end=20 + len(sentence), trigger_start=start, trigger_end=start + 6,
        actor_start=20, actor_end=24,
    )  # fmt: skip


_WORDS = (
    "river bridge column market northern depot airfield convoy village harbour troops officials families"
    " buses shells overnight border station school hospital road commanders militia spokesman witnesses"
    " smoke district governor ministry residents engineers checkpoint valley ridge factory warehouse"
).split()


def _words(seed: int, count: int) -> str:
    """Words in an order that looks random and is always the same."""
    found = []
    for _ in range(count):
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
        found.append(_WORDS[(seed >> 8) % len(_WORDS)])
    return " ".join(found)
