"""Coding: the text of an article to its events."""

from benchmarks.common import Dump, Figure, Tools, processor_seconds


def measure(dump: Dump, tools: Tools) -> Figure:
    """Events and dyads of each article, with a coder that is ready."""
    articles, code = dump.articles, tools.coder.code
    code(articles[0])
    seconds = processor_seconds(lambda: [code(article) for article in articles])
    return dump.figure("code", len(articles), seconds)
