"""From placed articles to the rows of the store's tables."""

from datetime import date

from schemas import ArticleHead, DatePrecision, Placement, PreparedArticle, Story
from schemas.tables import ArticleRow, DyadEventRow, EventRow, StoryRow
from transforms.logic.deduplicating.texts import TEXT_IDENTITY, text_key

UNDATED_MONTH = "undated"
FROM_TEXT, FROM_PUBLICATION = "text", "published"
_TO_THE_DAY = (DatePrecision.SECOND, DatePrecision.MINUTE, DatePrecision.DAY)


def month_of(day: date | None) -> str:
    """Return the month that a row belongs to, as `2024-12`, or `undated`."""
    return UNDATED_MONTH if day is None else f"{day.year:04}-{day.month:02}"


def article_month(head: ArticleHead) -> str:
    """Return the month of publication, `undated` when at most the year is known."""
    known = head.published_precision not in (None, DatePrecision.YEAR)
    return month_of(head.published.date() if head.published is not None and known else None)


def event_day(text_day: date | None, head: ArticleHead) -> tuple[date | None, str | None]:
    """Return the day of an event and where it comes from.

    The day that the text gives; else the day of publication (UTC) where the source gave a day; else None.
    """
    if text_day is not None:
        return text_day, FROM_TEXT
    if head.published is not None and head.published_precision in _TO_THE_DAY:
        return head.published.date(), FROM_PUBLICATION
    return None, None


def article_row(article: PreparedArticle, placement: Placement, run_id: str) -> ArticleRow:
    """Return the row of one placed article."""
    print_ = article.fingerprint
    return ArticleRow.of_fields(
        article.head.__dict__
        | placement.__dict__
        | {
            "sketch": print_.sketch,
            "shingles": print_.shingles,
            "numbers": print_.numbers,
            "text_key": text_key(article)[:TEXT_IDENTITY],
            "coding_status": article.coding.status,
            "text": article.text,
            "month": article_month(article.head),
            "run_id": run_id,
        }
    )


def event_rows(
    article: PreparedArticle, placement: Placement, run_id: str, lexicon_version: str
) -> tuple[EventRow, ...]:
    """Return a row for each coded event of a placed article, in the order of coding."""
    head, rows = article.head, []
    common = _common(head, placement, run_id, lexicon_version)
    for event in article.coding.events:
        day, source = event_day(event.day, head)
        evidence = event.evidence
        fields = event.__dict__ | common
        fields |= {
            "day": day,
            "day_source": source,
            "evidence_start": evidence.start,
            "evidence_end": evidence.end,
            "evidence": evidence.text,
            "month": month_of(day),
        }
        rows.append(EventRow.of_fields(fields))
    return tuple(rows)


def dyad_rows(
    article: PreparedArticle, placement: Placement, run_id: str, lexicon_version: str
) -> tuple[DyadEventRow, ...]:
    """Return a row for each agent and patient of one event of a placed article, in the order of coding."""
    head, rows = article.head, []
    common = _common(head, placement, run_id, lexicon_version)
    for dyad in article.coding.dyads:
        day, _ = event_day(dyad.day, head)
        rows.append(DyadEventRow.of_fields(dyad.__dict__ | common | {"day": day, "month": month_of(day)}))
    return tuple(rows)


def _common(head: ArticleHead, placement: Placement, run_id: str, lexicon_version: str) -> dict[str, object]:
    """What all events of an article share."""
    return {
        "article_id": head.article_id,
        "story_id": placement.story_id,
        "outlet": head.outlet,
        "published": head.published,
        "run_id": run_id,
        "lexicon_version": lexicon_version,
    }


def story_row(story: Story, run_id: str) -> StoryRow:
    """Return the row of a story, in the month in which it was first seen."""
    month = month_of(None if story.first_seen is None else story.first_seen.date())
    return StoryRow.of_fields(story.__dict__ | {"month": month, "run_id": run_id})
