"""Shuffling: what it costs that articles meet by a key."""

from collections.abc import Iterable, Iterator

from benchmarks.common import Dump, Figure, Tools, prepared, processor_seconds
from pipeline.engine import without_noise
from schemas import PreparedArticle

with without_noise():
    import apache_beam as beam
    from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner

    from transforms import coders as coders  # registers the coder of what is shuffled

_held: list[PreparedArticle] = []
"""Where the graph takes its articles from: given to it as they are, they would be encoded once more."""


def measure(dump: Dump, tools: Tools) -> Figure:
    """Encode each article, group by id in Beam's engine, decode; starting the engine is taken off."""
    articles = prepared(dump, tools)
    starting = processor_seconds(lambda: shuffle([]))
    seconds = processor_seconds(lambda: shuffle(articles)) - starting
    return dump.figure("shuffle", len(articles), max(seconds, 0.0))


def shuffle(articles: list[PreparedArticle]) -> None:
    """Send articles through one grouping."""
    _held[:] = articles
    with beam.Pipeline(FnApiRunner()) as root:
        _ = (
            root
            | beam.Create([0])
            | "Take" >> beam.FlatMap(_keyed).with_output_types(tuple[bytes, PreparedArticle])
            | "ByArticle" >> beam.GroupByKey()
            | "Meet" >> beam.MapTuple(_met)
        )
    _held.clear()


def _keyed(_: int) -> Iterator[tuple[bytes, PreparedArticle]]:
    return ((bytes.fromhex(article.head.article_id), article) for article in _held)


def _met(_: bytes, articles: Iterable[PreparedArticle]) -> int:
    return sum(1 for _ in articles)
