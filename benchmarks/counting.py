"""Counting: the events of placed articles to rows of activity and dyads."""

from benchmarks.common import Dump, Figure, Tools, prepared, processor_seconds
from transforms.logic.counting import count_activity, count_dyads, dyad_rows, event_rows
from transforms.logic.deduplicating import place_articles
from transforms.logic.recounting import lineage_of


def measure(dump: Dump, tools: Tools) -> Figure:
    """Rows of events, and how many of each kind there are by day, week and month."""
    placed, stamp = place_articles(prepared(dump, tools)).placed, ("bench", tools.lexicon.version)
    lineage = lineage_of(tools.lexicon)

    def count() -> None:
        count_activity([row for pair in placed for row in event_rows(*pair, *stamp)], lineage, *stamp)
        count_dyads([row for pair in placed for row in dyad_rows(*pair, *stamp)], lineage, *stamp)

    return dump.figure("count", len(placed), processor_seconds(count))
