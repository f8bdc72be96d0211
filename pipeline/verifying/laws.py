"""The laws that hold between rows, in SQL over the tables' views.

Each query gives the row that breaks the law, as text, and how it breaks it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import duckdb

from pipeline.verifying.breach import Breach
from transforms.logic.tables import TABLES


class Law(NamedTuple):
    """What must hold, of which table, and the query for the rows of which it does not."""

    says: str
    table: str
    query: str


def _unique(name: str) -> Law:
    key = ", ".join(f'"{column}"' for column in TABLES[name].key)
    return Law(
        "keys are unique",
        name,
        f"SELECT concat_ws(' ', {key}), count(*) || ' rows' FROM {name} GROUP BY {key} HAVING count(*) > 1",
    )


def _known_run(name: str) -> Law:
    return Law(
        "rows are of committed runs",
        name,
        f"SELECT run_id, count(*) || ' rows' FROM {name} ANTI JOIN runs USING (run_id) GROUP BY run_id",
    )


def _as_its_article(name: str) -> Law:
    return Law(
        "events say of their article what it says",
        name,
        f"SELECT article_id, 'story, outlet or time of publication differ' FROM {name} AS e "
        "JOIN articles AS a USING (article_id) WHERE e.story_id <> a.story_id "
        "OR e.outlet IS DISTINCT FROM a.outlet OR e.published IS DISTINCT FROM a.published",
    )


def _month(name: str, row: str, day: str) -> Law:
    right = f"coalesce(strftime({day}, '%Y-%m'), 'undated')"
    return Law(
        "rows are in the month they belong to",
        name,
        f"SELECT {row}, month || ' instead of ' || {right} FROM {name} WHERE month <> {right}",
    )


_PUBLISHED = "CASE WHEN published_precision <> 'year' THEN published END"
_COUNTED = """
SELECT story_id, arg_min(title, relation <> 'lead') AS title, count(*) AS articles,
    count(*) FILTER (relation = 'exact') AS exact_copies, count(*) FILTER (relation = 'near') AS near_copies,
    count(*) FILTER (relation = 'excerpt') AS excerpts, count(DISTINCT nullif(outlet, '')) AS outlets,
    min(published) AS first_seen, max(published) AS last_seen,
    arg_max(article_id, (published IS NOT NULL, coalesce(published, 'epoch'), article_id))
        AS latest_article_id
FROM articles GROUP BY story_id
"""
_COUNTERS = (
    "articles exact_copies near_copies excerpts outlets first_seen last_seen latest_article_id".split()
)
_DIFFERENCES = ", ".join(
    f"CASE WHEN s.{name} IS DISTINCT FROM c.{name} "
    f"THEN '{name} ' || coalesce(s.{name}::VARCHAR, 'null') || ' instead of ' "
    f"|| coalesce(c.{name}::VARCHAR, 'null') END"
    for name in _COUNTERS
)
_SENIORITY = "(published IS NULL, published, article_id)"
_KEYED = [name for name in TABLES if name != "postings"]
_CHANGED = [name for name in TABLES if name not in ("runs", "postings")]

LAWS: tuple[Law, ...] = (
    *(_unique(name) for name in _KEYED),
    *(_known_run(name) for name in _CHANGED),
    Law(
        "every article is in a story",
        "articles",
        "SELECT article_id, 'no story ' || story_id FROM articles ANTI JOIN stories USING (story_id)",
    ),
    Law(
        "every story has one lead, which names it",
        "stories",
        "SELECT s.story_id, count(a.article_id) || ' leads' FROM stories AS s LEFT JOIN articles AS a "
        "ON s.story_id = a.story_id AND a.relation = 'lead' GROUP BY s.story_id "
        "HAVING count(a.article_id) <> 1 OR any_value(a.article_id) <> s.story_id",
    ),
    Law(
        "the lead is the earliest article of its story",
        "articles",
        f"SELECT a.article_id, 'is earlier than the lead of story ' || story_id "
        f"FROM articles AS a JOIN (SELECT story_id, {_SENIORITY} AS senior FROM articles "
        f"WHERE relation = 'lead') USING (story_id) WHERE {_SENIORITY} < senior",
    ),
    Law(
        "copies name an article of their story, leads none",
        "articles",
        "SELECT a.article_id, 'names ' || coalesce(a.duplicate_of, 'nothing') FROM articles AS a "
        "LEFT JOIN articles AS b ON a.duplicate_of = b.article_id WHERE a.relation = 'lead' "
        "AND a.duplicate_of IS NOT NULL OR a.relation <> 'lead' AND a.story_id IS DISTINCT FROM b.story_id",
    ),
    Law(
        "stories count their articles",
        "stories",
        f"SELECT story_id, differs FROM (SELECT s.story_id, concat_ws(', ', {_DIFFERENCES}) AS differs "
        f"FROM stories AS s JOIN ({_COUNTED}) AS c USING (story_id)) WHERE differs <> ''",
    ),
    *(
        Law(
            "events are of articles that are there",
            name,
            f"SELECT article_id, 'no such article' FROM {name} ANTI JOIN articles USING (article_id)",
        )
        for name in ("events", "dyad_events")
    ),
    _as_its_article("events"),
    _as_its_article("dyad_events"),
    Law(
        "evidence is as long as its place, and stands there",
        "events",
        "SELECT article_id, rule || ' at ' || evidence_start FROM events JOIN articles USING (article_id) "
        "WHERE length(evidence) <> evidence_end - evidence_start "
        "OR text[evidence_start + 1 : evidence_end] <> evidence",
    ),
    _month("articles", "article_id", _PUBLISHED),
    _month("stories", "story_id", "first_seen"),
    *(_month(name, "article_id", "day") for name in ("events", "dyad_events")),
    _month("activity", "concat_ws(' ', period, period_start, actor_id)", "period_start"),
    _month("dyads", "concat_ws(' ', period, period_start, agent_id, patient_id)", "period_start"),
    Law(
        "runs account for every record",
        "runs",
        "SELECT run_id, records_read || ' read' FROM runs WHERE records_read <> "
        "articles_kept + duplicates + replays + rejects + outside",
    ),
    Law(
        "runs account for every article",
        "runs",
        "SELECT 'all', kept || ' kept, ' || there || ' there' FROM (SELECT "
        "coalesce(sum(articles_kept + duplicates - CASE kind WHEN 'forgetting' "
        "THEN (options->>'$.forgotten')::BIGINT ELSE 0 END), 0) AS kept FROM runs), "
        "(SELECT count(*) AS there FROM articles) WHERE kept <> there",
    ),
    Law(
        "stories that joined others resolve to one that is there",
        "aliases",
        "SELECT old_story_id, 'leads nowhere' FROM aliases WHERE old_story_id NOT IN "
        "(SELECT old_story_id FROM resolved_stories SEMI JOIN stories USING (story_id))",
    ),
)


def breaches_of_laws(connection: duckdb.DuckDBPyConnection) -> Iterator[Breach]:
    """Yield the breaches, law by law, each law's rows in order."""
    for law in LAWS:
        for row, detail in connection.execute(f"{law.query} ORDER BY ALL").fetchall():
            yield Breach(law.says, law.table, str(row), str(detail))
