"""What a report asks of a store, in DuckDB's SQL, and nowhere else."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import duckdb

from pipeline.queries import ask
from pipeline.report.assemble import Rows, assemble, plain
from pipeline.report.calendar import Span
from pipeline.report.model import Count, Quality, Report, Strip
from pipeline.store import Store
from schemas import ConfigError
from schemas.lexicon import Lexicon

DAYS = 90
"""Days of the period unless the reader wants others."""

_KNOWN_DAYS = """
SELECT min(published)::DATE, max(published)::DATE FROM articles
WHERE published <= (SELECT coalesce(max(finished), 'infinity') + INTERVAL 1 DAY FROM runs)
"""

_FACTS = """
SELECT article_id, actor_id, event_type, subtype, role, modality, day, sum(mentions)::BIGINT,
  arg_min(rule, key), arg_min(evidence, key),
  arg_min(trigger_start - evidence_start, key), arg_min(trigger_end - evidence_start, key),
  arg_min(actor_start - evidence_start, key), arg_min(actor_end - evidence_start, key), any_value(actor_side)
FROM (SELECT *, (evidence_start, trigger_start, actor_start, rule) AS key FROM events)
WHERE day IS NULL OR day BETWEEN ? AND ?
GROUP BY ALL ORDER BY ALL
"""

_PAIRS = """
SELECT DISTINCT article_id, agent_id, patient_id, event_type, modality, day FROM dyad_events
WHERE day IS NULL OR day BETWEEN ? AND ?
ORDER BY ALL
"""

_ARTICLES = """
SELECT article_id, story_id, title, outlet, url, strftime(published, '%Y-%m-%d') FROM articles
WHERE article_id IN (SELECT article_id FROM events WHERE day IS NULL OR day BETWEEN ? AND ?)
ORDER BY published, article_id
"""

_STORIES = """
SELECT story_id, arg_min(title, (relation <> 'lead', article_id)), count(*), count(DISTINCT outlet),
  strftime(min(published), '%Y-%m-%d')
FROM articles GROUP BY story_id
HAVING story_id IN (SELECT story_id FROM events WHERE day IS NULL OR day BETWEEN ? AND ?)
ORDER BY story_id
"""

_VOLUME = """
SELECT published::DATE, list(DISTINCT story_id) FROM articles WHERE published::DATE BETWEEN ? AND ?
GROUP BY ALL ORDER BY ALL
"""

_COVERAGE = (
    "SELECT year(published), count(*) FROM articles WHERE published IS NOT NULL GROUP BY ALL ORDER BY ALL"
)

_PERIOD = """
SELECT count(*), count(DISTINCT story_id), count(*) FILTER (relation <> 'lead')
FROM articles WHERE published::DATE BETWEEN ? AND ?
"""

_STORE = """
SELECT count(*), count(DISTINCT story_id), min(published), max(published),
  (SELECT count(*) FROM events), (SELECT count(*) FROM events WHERE day IS NULL),
  (SELECT count(*) FROM events WHERE day NOT BETWEEN ? AND ?),
  (SELECT count(*) FROM rejects)
FROM articles
"""

_LEXICONS = "SELECT DISTINCT lexicon_version FROM runs ORDER BY ALL"
_LANGUAGES = """
SELECT coalesce(language, 'unknown'), count(*) FROM articles GROUP BY ALL ORDER BY count(*) DESC, 1
"""
_REJECTS = """
SELECT reason, 'for example ' || arg_min(source_file, reject_id) || ', record '
  || arg_min(position, reject_id) || ': ' || arg_min(detail, reject_id), count(*)
FROM rejects GROUP BY reason ORDER BY count(*) DESC, reason
"""
_UNCODED = """
SELECT coalesce(language, 'unknown'), 'not coded: the lexicon does not cover it', count(*) FROM articles
WHERE coding_status <> 'coded' GROUP BY ALL ORDER BY count(*) DESC, 1
"""
_UNKNOWN = """
SELECT actor_id, count(*) FROM events WHERE actor_who = 'XXX' AND modality = 'actual'
GROUP BY ALL ORDER BY count(*) DESC, 1
"""
_DATES = """
SELECT count(*) FILTER (published IS NULL), count(*) FILTER (published_inferred),
  count(*) FILTER (published_precision IN ('month', 'year')),
  count(*) FILTER (published > (SELECT coalesce(max(finished), 'infinity') + INTERVAL 1 DAY FROM runs))
FROM articles
"""
_TEXTS = """
SELECT count(*) FILTER (body_kind = 'truncated'), count(*) FILTER (body_kind = 'summary'),
  count(*) FILTER (body_kind = 'none'), count(*) FILTER (outlet IS NULL), count(*) FILTER (url IS NULL)
FROM articles
"""


def choose_span(
    connection: duckdb.DuckDBPyConnection, first: date | None, last: date | None, days: int = DAYS
) -> Span | None:
    """The period of a report: the days asked for, else the `days` up to the newest article.

    A period that begins by itself does not begin before the oldest article, and an article dated later than
    a day after the last run does not move its end: that date is wrong.

    Returns:
        None when no day is given and no article of the store has one.

    Raises:
        ConfigError: the period ends before it begins.
    """
    oldest, newest = next(ask(connection, _KNOWN_DAYS).rows)
    end = last or newest or first
    if end is None:
        return None
    begin = first or end - timedelta(days=min(days, end.toordinal()) - 1)
    if first is None and oldest is not None and oldest <= end:
        begin = max(begin, oldest)
    try:
        return Span.of(begin, end)
    except ValueError as error:
        raise ConfigError(str(error)) from error


def read_report(store: Store, lexicon: Lexicon, span: Span | None) -> Report:
    """Everything that the page of a period shows.

    Args:
        store: read as its last run left it.
        lexicon: names the actors and tells what they belong to.
        span: the period; None shows the undated alone.
    """
    bounds = [span.lead_first, span.last] if span else [date.max, date.max]
    with store.connect() as connection:
        asked = {
            name: _rows(connection, query, bounds)
            for name, query in {
                "facts": _FACTS,
                "pairs": _PAIRS,
                "articles": _ARTICLES,
                "stories": _STORIES,
                "volume": _VOLUME,
            }.items()
        }
        strip = _strip(connection, store, span)
        quality = _quality(connection, store)
        coverage = tuple((year, count) for year, count in _rows(connection, _COVERAGE))
    return assemble(Rows(**asked), lexicon, span, strip, quality, coverage)


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()
) -> list[tuple[Any, ...]]:
    return list(ask(connection, query, values).rows)


def _strip(connection: duckdb.DuckDBPyConnection, store: Store, span: Span | None) -> Strip:
    bounds = [span.first, span.last] if span else [date.max, date.max]
    articles, stories, duplicates = _rows(connection, _PERIOD, bounds)[0]
    held = _rows(connection, _STORE, bounds)[0]
    runs = store.runs()
    return Strip(
        first_day=span.first.isoformat() if span else None,
        last_day=span.last.isoformat() if span else None,
        period_articles=articles,
        period_stories=stories,
        period_duplicates=duplicates,
        store_articles=held[0],
        store_stories=held[1],
        first_published=held[2],
        last_published=held[3],
        store_events=held[4],
        undated_events=held[5],
        events_outside=held[6],
        rejects=held[7],
        last_run=max((run.finished for run in runs), default=None),
        runs=len(runs),
        lexicons=tuple(version for (version,) in _rows(connection, _LEXICONS)),
        languages=tuple((name, count) for name, count in _rows(connection, _LANGUAGES)),
    )


def _quality(connection: duckdb.DuckDBPyConnection, store: Store) -> Quality:
    dates = _rows(connection, _DATES)[0]
    texts = _rows(connection, _TEXTS)[0]
    return Quality(
        reckoning=_reckoning(store),
        rejects=_counts(_rows(connection, _REJECTS)),
        dates=_named(_DATE_FAULTS, dates),
        texts=_named(_TEXT_FAULTS, texts),
        languages=_counts(_rows(connection, _UNCODED)),
        unknown=_counts([(actor, "", count) for actor, count in _rows(connection, _UNKNOWN)]),
    )


_DATE_FAULTS = (
    ("without a date", "their events count in no period, unless the text gives a day"),
    ("with an inferred date", "from the file's name, its place, or the time of fetching"),
    ("dated to the month or year only", "their events count on its first day"),
    ("dated after the last run", "the date is wrong, or the clock was"),
)
_TEXT_FAULTS = (
    ("cut off by the source", "what came after the cut was never seen"),
    ("summary only", "a teaser instead of a text"),
    ("headline only", "no body at all"),
    ("without an outlet", "not counted among outlets"),
    ("without an address", "no link to the source"),
)
_SUMS = (
    ("records_read", "read", "all records of all runs"),
    ("articles_kept", "kept", "articles that began a story"),
    ("duplicates", "duplicates", "copies of a kept article, exact or near"),
    ("replays", "replays", "records read before"),
    ("rejects", "rejects", "could not be used; listed below"),
    ("outside", "outside", "left out by the days chosen for a run"),
)


def _reckoning(store: Store) -> tuple[Count, ...]:
    runs = store.runs()
    return tuple(
        Count(name=name, detail=detail, count=sum(int(getattr(run, field)) for run in runs))
        for field, name, detail in _SUMS
    )


def _named(names: Sequence[tuple[str, str]], counts: Sequence[int]) -> tuple[Count, ...]:
    return tuple(
        Count(name=name, detail=detail, count=count)
        for (name, detail), count in zip(names, counts, strict=True)
    )


def _counts(rows: Sequence[tuple[Any, ...]]) -> tuple[Count, ...]:
    return tuple(Count(name=plain(name), detail=plain(detail), count=count) for name, detail, count in rows)
