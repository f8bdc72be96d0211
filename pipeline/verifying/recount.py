"""Counts taken again from the events, in SQL: a second opinion on what the pipeline counted."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import duckdb

from pipeline.verifying.breach import Breach
from schemas.lexicon import Lexicon
from transforms.logic.counting.rows import UNDATED_MONTH
from transforms.logic.tables import TABLES

_COUNTS = "stories articles outlets mentions first_seen last_seen".split()
_PERIODS = """
(SELECT *, 'day' AS period, day AS period_start FROM sightings
UNION ALL SELECT *, 'week', date_trunc('week', day)::DATE FROM sightings
UNION ALL SELECT *, 'month', date_trunc('month', day)::DATE FROM sightings)
"""
_SUMS = """
count(DISTINCT story_id) AS stories, count(DISTINCT article_id) AS articles,
count(DISTINCT outlet) AS outlets, sum(mentions)::BIGINT AS mentions,
min(published) AS first_seen, max(published) AS last_seen
"""
_ACTIVITY = """
SELECT a.ancestor AS actor_id, a.who AS actor_who, a.side AS actor_side,
    e.* EXCLUDE (actor_id, actor_who, actor_side, subtype), s.subtype
FROM (SELECT * FROM events WHERE month IN ($month, $next)) AS e JOIN ancestors AS a ON e.actor_id = a.actor_id
    AND (a.known OR a.who = e.actor_who AND a.side = e.actor_side),
    LATERAL (SELECT e.subtype UNION SELECT 'all') AS s(subtype)
"""
_DYADS = """
SELECT a.ancestor AS agent_id, p.ancestor AS patient_id, d.* EXCLUDE (agent_id, patient_id)
FROM (SELECT * FROM dyad_events WHERE month IN ($month, $next)) AS d
    JOIN ancestor_ids AS a ON d.agent_id = a.actor_id
    JOIN ancestor_ids AS p ON d.patient_id = p.actor_id
WHERE a.ancestor <> p.ancestor OR d.agent_id = d.patient_id AND a.ancestor = d.agent_id
"""


class _Counted(NamedTuple):
    table: str
    source: str
    sightings: str


_TABLES = (_Counted("activity", "events", _ACTIVITY), _Counted("dyads", "dyad_events", _DYADS))


def breaches_of_counts(connection: duckdb.DuckDBPyConnection, lexicon: Lexicon) -> Iterator[Breach]:
    """Yield the cells of `activity` and `dyads` that a recount contradicts, also missing and spare ones.

    A month is recounted if it was counted with this lexicon, which says which actors belong to which, or if
    it has no counts at all; of the others, `other_lexicons` tells. It goes month by month, so that a store of
    years takes no more memory than its largest month.
    """
    _lay_out_lineage(connection, lexicon)
    for counted in _TABLES:
        query = _query(counted)
        for month in _months(connection, counted, lexicon.version):
            near = {"month": month, "next": _next(month)}
            for row, detail in connection.execute(query, near).fetchall():
                yield Breach("counts are what a recount gives", counted.table, row, detail)


def _months(connection: duckdb.DuckDBPyConnection, counted: _Counted, version: str) -> list[str]:
    """Months that have counts or should, but for those that another lexicon counted.

    A week is of the month in which it starts, so the month before that of an event is one too.
    """
    query = (
        f"SELECT month FROM {counted.table} UNION SELECT month FROM {counted.source} UNION "
        "SELECT strftime(day - 6, '%Y-%m') FROM "
        f"{counted.source} WHERE day IS NOT NULL "
        f"EXCEPT SELECT month FROM {counted.table} WHERE lexicon_version <> ? ORDER BY 1"
    )
    return [str(month) for (month,) in connection.execute(query, [version]).fetchall()]


def _next(month: str) -> str:
    """The month after one; of the undated ones there is none."""
    if month == UNDATED_MONTH:
        return month
    return (date.fromisoformat(f"{month}-01") + timedelta(days=31)).strftime("%Y-%m")


def other_lexicons(connection: duckdb.DuckDBPyConnection, lexicon: Lexicon) -> list[str]:
    """The versions of other lexicons that some months were counted with."""
    query = (
        "SELECT DISTINCT lexicon_version FROM (SELECT lexicon_version FROM activity UNION ALL "
        "SELECT lexicon_version FROM dyads) WHERE lexicon_version <> ? ORDER BY 1"
    )
    return [version for (version,) in connection.execute(query, [lexicon.version]).fetchall()]


def _lay_out_lineage(connection: duckdb.DuckDBPyConnection, lexicon: Lexicon) -> None:
    """Tables of who counts for whom; an actor that the lexicon does not know counts for itself."""
    rows = {
        (actor, one.actor_id, one.who, one.side.value)
        for actor, ancestors in lexicon.lineage.items()
        for one in ancestors
    }
    columns = [list(column) for column in zip(*sorted(rows), strict=True)]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lineage AS SELECT unnest($1::VARCHAR[]) AS actor_id, "
        "unnest($2::VARCHAR[]) AS ancestor, unnest($3::VARCHAR[]) AS who, unnest($4::VARCHAR[]) AS side",
        columns,
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE ancestors AS SELECT *, true AS known FROM lineage UNION ALL "
        "SELECT DISTINCT actor_id, actor_id, actor_who, actor_side, false FROM events "
        "ANTI JOIN lineage USING (actor_id)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE ancestor_ids AS SELECT DISTINCT actor_id, ancestor FROM lineage UNION "
        "SELECT one, one FROM (SELECT agent_id AS one FROM dyad_events UNION SELECT patient_id "
        "FROM dyad_events) WHERE one NOT IN (SELECT actor_id FROM lineage)"
    )


def _query(counted: _Counted) -> str:
    name = counted.table
    key = TABLES[name].key
    keys = ", ".join(key)
    same = " AND ".join(f"a.{column} IS NOT DISTINCT FROM r.{column}" for column in key)
    differences = ", ".join(
        f"CASE WHEN a.{one} IS DISTINCT FROM r.{one} THEN '{one} ' || coalesce(a.{one}::VARCHAR, 'null') "
        f"|| ' instead of ' || coalesce(r.{one}::VARCHAR, 'null') END"
        for one in _COUNTS
    )
    row = f"concat_ws(' ', {', '.join(f'coalesce(a.{column}, r.{column})' for column in key)})"
    return f"""
    WITH sightings AS ({counted.sightings}),
    r AS (SELECT {keys}, {_SUMS} FROM {_PERIODS}
        WHERE coalesce(strftime(period_start, '%Y-%m'), '{UNDATED_MONTH}') = $month GROUP BY ALL),
    a AS (SELECT * FROM {name} WHERE month = $month),
    compared AS (SELECT {row} AS cell, concat_ws(', ', {differences}) AS differs FROM a FULL JOIN r ON {same})
    SELECT cell, differs FROM compared WHERE differs <> '' ORDER BY ALL
    """
