from datetime import UTC, date, datetime

import pytest

from schemas import (
    Coding,
    DatePrecision,
    Dyad,
    Event,
    EventType,
    Evidence,
    Modality,
    PreparedArticle,
    Role,
    Side,
)
from schemas.tables import ArticleRow
from tests.logic.deduplicating.invented import article, body
from transforms.logic.counting import (
    article_row,
    dyad_rows,
    event_rows,
    month_of,
    story_row,
)
from transforms.logic.counting.rows import article_month
from transforms.logic.deduplicating import place_articles

EVIDENCE = Evidence(start=0, end=4, text="They")


def event(day: date | None) -> Event:
    return Event(
        event_type=EventType.STRIKE,
        subtype="air",
        role=Role.AGENT,
        actor_id="river-guard",
        actor_who="ARC",
        actor_side=Side.STATE,
        modality=Modality.ACTUAL,
        evidence=EVIDENCE,
        trigger_start=1,
        trigger_end=2,
        actor_start=3,
        actor_end=4,
        rule="r9",
        mentions=2,
        day=day,
    )


def dyad(day: date | None) -> Dyad:
    return Dyad(
        event_type=EventType.STRIKE,
        agent_id="river-guard",
        patient_id="BOR:armed",
        modality=Modality.ACTUAL,
        evidence=EVIDENCE,
        mentions=2,
        day=day,
    )


def coded(text_day: date | None, **fields: object) -> PreparedArticle:
    coding = Coding(status="coded", events=(event(text_day),), dyads=(dyad(text_day),))
    return article(body(1), coding=coding, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text_day", "fields", "expected"),
    [
        (date(2023, 7, 9), {}, (date(2023, 7, 9), "text", "2023-07")),
        (None, {}, (date(2024, 3, 1), "published", "2024-03")),
        (None, {"precision": DatePrecision.DAY}, (date(2024, 3, 1), "published", "2024-03")),
        (None, {"precision": DatePrecision.MONTH}, (None, None, "undated")),
        (None, {"precision": DatePrecision.YEAR}, (None, None, "undated")),
        (None, {"day": None}, (None, None, "undated")),
        (date(2023, 7, 9), {"day": None}, (date(2023, 7, 9), "text", "2023-07")),
    ],
)
def test_day_is_that_of_the_text_else_of_publication(
    text_day: date | None, fields: dict[str, object], expected: tuple[object, ...]
) -> None:
    ((one, place),) = place_articles([coded(text_day, **fields)]).placed
    (row,) = event_rows(one, place, "run", "lex")
    assert (row.day, row.day_source, row.month) == expected
    (pair,) = dyad_rows(one, place, "run", "lex")
    assert (pair.day, pair.month) == (expected[0], expected[2])


def test_event_row_says_what_the_event_says() -> None:
    ((one, place),) = place_articles([coded(None)]).placed
    (row,) = event_rows(one, place, "run", "lex")
    said, written = event(None).model_dump(), row.model_dump()
    evidence = said.pop("evidence")
    del said["day"]
    assert {name: written[name] for name in said} == said
    assert (row.evidence_start, row.evidence_end, row.evidence) == tuple(evidence.values())
    assert (row.story_id, row.run_id, row.lexicon_version) == (one.head.article_id, "run", "lex")


def test_article_row_has_every_field_of_head_place_and_fingerprint() -> None:
    ((one, place),) = place_articles([article(body(1))]).placed
    row = article_row(one, place, "run")
    assert set(row.model_dump()) == set(ArticleRow.model_fields)
    for part in (one.head, place, one.fingerprint):
        for name, value in part:
            assert name == "keys" or getattr(row, name) == value
    assert row.text_key == one.head.content_hash[:11]


@pytest.mark.parametrize(
    ("precision", "month"),
    [(DatePrecision.DAY, "2024-03"), (DatePrecision.MONTH, "2024-03"), (DatePrecision.YEAR, "undated")],
)
def test_month_of_an_article(precision: DatePrecision, month: str) -> None:
    assert article_month(article("x", precision=precision).head) == month
    assert article_month(article("x", day=None).head) == "undated"


def test_month_of_early_years_sorts() -> None:
    assert (month_of(date(980, 5, 1)), month_of(None)) == ("0980-05", "undated")


def test_story_row_is_of_the_month_it_was_first_seen() -> None:
    (story,) = place_articles([article(body(1)), article(body(1), day=90)]).stories
    row = story_row(story, "run")
    assert (row.month, row.articles, row.first_seen) == ("2024-03", 2, datetime(2024, 3, 1, 8, tzinfo=UTC))
