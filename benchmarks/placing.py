"""Placing: coded articles to their stories."""

from benchmarks.common import Dump, Figure, Tools, prepared, processor_seconds
from transforms.logic.deduplicating import place_articles


def measure(dump: Dump, tools: Tools) -> Figure:
    """Find copies, connect them, choose leaders, over an empty store."""
    articles = prepared(dump, tools)
    seconds = processor_seconds(lambda: place_articles(articles))
    return dump.figure("place", len(articles), seconds)
