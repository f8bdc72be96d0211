"""Who did what, over everything that a store holds."""

from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from pipeline.queries import ask
from schemas.lexicon import Lexicon

_TOP = """
WITH parts AS (
  SELECT DISTINCT
    coalesce(lineage.ancestor_id, events.actor_id) AS actor_id,
    coalesce(lineage.who, events.actor_who) AS who,
    coalesce(lineage.side, events.actor_side) AS side,
    event_type, role, story_id, article_id, outlet, published
  FROM events LEFT JOIN lineage USING (actor_id)
  WHERE modality = 'actual'
)
SELECT
  actor_id, who, side, event_type, role,
  count(DISTINCT story_id) AS stories, count(DISTINCT article_id) AS articles,
  count(DISTINCT outlet) AS outlets,
  min(published) AS first_seen, max(published) AS last_seen
FROM parts GROUP BY ALL
ORDER BY stories DESC, articles DESC, outlets DESC, actor_id, event_type, role
LIMIT ?
"""


class TopRow(NamedTuple):
    """An actor in one role of one type of event, over all days; times in UTC."""

    actor_id: str
    who: str
    side: str
    event_type: str
    role: str
    stories: int
    articles: int
    outlets: int
    first_seen: Any
    last_seen: Any


def top_actors(connection: duckdb.DuckDBPyConnection, lexicon: Lexicon, limit: int = 20) -> list[TopRow]:
    """The actors with the most stories in which they actually did something or had it done to them.

    A story that spans two months is one story here, which no sum over the `activity` table can tell; so
    this counts from `events`. Actors count for their ancestors too, as in `activity`, each story once.
    """
    lineage = pa.table(
        {
            "actor_id": [actor for actor, steps in lexicon.lineage.items() for _ in steps],
            "ancestor_id": [step.actor_id for steps in lexicon.lineage.values() for step in steps],
            "who": [step.who for steps in lexicon.lineage.values() for step in steps],
            "side": [step.side.value for steps in lexicon.lineage.values() for step in steps],
        }
    )
    connection.register("lineage", lineage)
    return [TopRow(*row) for row in ask(connection, _TOP, [limit]).rows]
