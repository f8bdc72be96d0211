"""From a stream of articles to parts of days that are ready for the store, each article in one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.coders import BytesCoder
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.transforms.trigger import (
    AccumulationMode,
    AfterAny,
    AfterCount,
    AfterProcessingTime,
    AfterWatermark,
)
from apache_beam.transforms.userstate import ReadModifyWriteStateSpec, TimerSpec, on_timer
from apache_beam.transforms.window import FixedWindows, GlobalWindows
from apache_beam.typehints.decorators import no_annotations
from apache_beam.utils.timestamp import Duration, Timestamp
from apache_beam.utils.windowed_value import PaneInfoTiming

import transforms.coders  # noqa: F401 - registers the coders of what is shuffled here
from schemas import Delivery, Firing, PreparedArticle, Replayed
from transforms.logic.streaming.clock import closes_at

_DAY = 86_400
_FOR_EVER = Duration(100 * 365 * _DAY)
"""Beam drops what comes later than its allowed lateness, and tells nobody; our own limit rejects it first."""

_AT_ONCE = 500
_REPLAYS = "replays"

_FIRINGS = {
    PaneInfoTiming.EARLY: Firing.EARLY,
    PaneInfoTiming.ON_TIME: Firing.ON_TIME,
    PaneInfoTiming.LATE: Firing.LATE,
}


class FirstOnly(NamedTuple):
    """The first record of every article, and what is to be delivered of the others."""

    articles: PCollection[PreparedArticle]
    notes: PCollection[Delivery]


@dataclass(eq=False)
class SetReplaysAside(beam.PTransform[PCollection[PreparedArticle], FirstOnly]):
    """Articles -> `FirstOnly`, by state for each article id.

    The state of an article goes when its day closes, `lateness_days` after it: from then on a record of it is
    too late anyway. Articles without a date have no state; the store knows theirs.
    """

    lateness_days: int

    def __post_init__(self) -> None:
        super().__init__()

    @no_annotations  # type: ignore[untyped-decorator]  # Beam reads annotations of single outputs only
    def expand(self, articles: PCollection[PreparedArticle]) -> FirstOnly:
        """Key by id, keep the first."""
        outputs = (
            articles
            | "ById" >> beam.Map(_by_id).with_output_types(tuple[bytes, PreparedArticle])
            | "First"
            >> beam.ParDo(_FirstFn(self.lateness_days))
            .with_output_types(PreparedArticle, replays=Delivery)
            .with_outputs(_REPLAYS, main="first")
        )
        return FirstOnly(outputs["first"], outputs[_REPLAYS])


def _by_id(article: PreparedArticle) -> tuple[bytes, PreparedArticle]:
    return bytes.fromhex(article.head.article_id), article


class _FirstFn(beam.DoFn):
    SEEN = ReadModifyWriteStateSpec("seen", BytesCoder())
    CLOSES = TimerSpec("closes", TimeDomain.WATERMARK)

    def __init__(self, lateness_days: int) -> None:
        self._lateness_days = lateness_days

    def process(
        self,
        keyed: tuple[bytes, PreparedArticle],
        seen: Any = beam.DoFn.StateParam(SEEN),
        closes: Any = beam.DoFn.TimerParam(CLOSES),
    ) -> Iterator[Any]:
        article = keyed[1]
        published = article.head.published
        if published is None:
            yield article
        elif seen.read() is None:
            seen.write(b"1")
            closes.set(Timestamp(closes_at(published, self._lateness_days)))
            yield article
        else:
            replayed = Replayed(source_file=article.head.source_file)
            yield TaggedOutput(_REPLAYS, Delivery(replays=(replayed,)))

    @on_timer(CLOSES)
    def forget(self, seen: Any = beam.DoFn.StateParam(SEEN)) -> None:
        """Let go of an article whose day is closed."""
        seen.clear()


@dataclass(eq=False)
class FireByDay(beam.PTransform[PCollection[PreparedArticle], PCollection[Delivery]]):
    """Articles -> deliveries of one day of publication each; every article in one of them.

    A day fires early when `every_seconds` have passed since the first article that waits in it, or
    `every_articles` wait; on time when the watermark passes its end; then late, as early. Nothing is dropped.
    """

    every_seconds: int
    every_articles: int

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, articles: PCollection[PreparedArticle]) -> PCollection[Delivery]:
        """Windows of a day, panes without what earlier ones had."""
        deliveries: PCollection[Delivery] = (
            articles
            | "Days"
            >> beam.WindowInto(
                FixedWindows(_DAY),
                trigger=AfterWatermark(early=self._often(), late=self._often()),
                accumulation_mode=AccumulationMode.DISCARDING,
                allowed_lateness=_FOR_EVER,
            )
            | "OfDay" >> beam.Map(lambda one: (b"", one)).with_output_types(tuple[bytes, PreparedArticle])
            | "Panes" >> beam.GroupByKey()
            | "Deliveries" >> beam.FlatMap(_deliver).with_output_types(Delivery)
            | "OutOfDays" >> beam.WindowInto(GlobalWindows())
        )
        return deliveries

    def _often(self) -> AfterAny:
        return AfterAny(AfterProcessingTime(self.every_seconds), AfterCount(self.every_articles))


def _deliver(
    keyed: tuple[bytes, Iterable[PreparedArticle]], pane: Any = beam.DoFn.PaneInfoParam
) -> Iterator[Delivery]:
    articles = iter(keyed[1])
    while some := tuple(islice(articles, _AT_ONCE)):
        yield Delivery(firing=_FIRINGS.get(pane.timing), articles=some)
