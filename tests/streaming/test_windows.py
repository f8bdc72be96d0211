"""Windows, watermarks and lateness, proved by TestStream on Prism."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing import test_stream as beam_testing
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Timestamp

from schemas import Delivery, Firing, PreparedArticle
from tests.logic.deduplicating.invented import START, article
from tests.streaming.conftest import Streaming
from transforms.arrive import UNDATED, event_time
from transforms.coders import RecordCoder
from transforms.logic.encoding import decode_record, encode_record
from transforms.logic.streaming.clock import closes_at, seconds_of
from transforms.panes import FireByDay, SetReplaysAside

pytestmark = pytest.mark.stream

EVERY, AT_ONCE = 30, 4
DAY = 86_400
MIDNIGHT = seconds_of(START) // DAY * DAY


class _Keep(beam.DoFn):
    """Appends what passes to a file; the workers are in this process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def process(self, delivery: Delivery) -> Iterator[Delivery]:
        with self._path.open("ab") as file:
            file.write(encode_record(delivery) + b"\n")
        return iter(())


def kept(path: Path) -> list[Delivery]:
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [decode_record(Delivery, line) for line in lines]


def some(count: int, day: int | None = 0, name: str = "") -> list[PreparedArticle]:
    return [article("Rain fell.", name=f"{name}{n}", day=day) for n in range(count)]


def stamped(articles: Sequence[PreparedArticle]) -> list[Any]:
    return [TimestampedValue(one, event_time(one)) for one in articles]


def events() -> Any:
    return beam_testing.TestStream(coder=RecordCoder(PreparedArticle))


def fired(streaming: Streaming, stream: Any, path: Path) -> list[tuple[Firing | None, int]]:
    """The size of every pane, by how it fired, in order."""
    with streaming() as root:
        days = root | stream | FireByDay(EVERY, AT_ONCE)
        _ = days | "Keep" >> beam.ParDo(_Keep(path))
    return [(delivery.firing, len(delivery.articles)) for delivery in kept(path)]


def test_a_day_fires_early_by_number_and_by_time_then_on_time_then_late(
    streaming: Streaming, tmp_path: Path
) -> None:
    stream = (
        events()
        .add_elements(stamped(some(5, name="early")))
        .advance_processing_time(EVERY + 1)
        .add_elements(stamped(some(2, name="on time")))
        .advance_watermark_to(Timestamp(MIDNIGHT + DAY + 1))
        .add_elements(stamped(some(2, name="late")))
        .advance_processing_time(EVERY + 1)
        .add_elements(stamped(some(4, name="later")))
        .advance_watermark_to_infinity()
    )
    panes = fired(streaming, stream, tmp_path / "kept")
    sizes = Counter[Firing | None]()
    for firing, size in panes:
        sizes[firing] += size
    assert sizes == {Firing.EARLY: 5, Firing.ON_TIME: 2, Firing.LATE: 6}
    assert (Firing.EARLY, 4) in panes
    assert (Firing.EARLY, 1) in panes


def test_days_are_apart_and_what_has_no_date_waits_for_no_day(streaming: Streaming, tmp_path: Path) -> None:
    stream = (
        events()
        .add_elements(stamped([*some(1, day=0), *some(2, day=1), *some(3, day=None)]))
        .advance_watermark_to(Timestamp(MIDNIGHT + DAY + 1))
        .advance_processing_time(EVERY + 1)
        .advance_watermark_to_infinity()
    )
    fired(streaming, stream, tmp_path / "kept")
    by_day = {}
    for delivery in kept(tmp_path / "kept"):
        (day,) = {one.head.published and one.head.published.date() for one in delivery.articles}
        by_day[day] = (delivery.firing, len(delivery.articles))
    assert by_day[START.date()] == (Firing.ON_TIME, 1)
    assert by_day[None] == (Firing.EARLY, 3)
    assert sorted(size for _, size in by_day.values()) == [1, 2, 3]
    assert Timestamp(MIDNIGHT + 100_000 * DAY) < UNDATED


def test_nothing_is_dropped_however_late_it_comes(streaming: Streaming, tmp_path: Path) -> None:
    stream = (
        events()
        .advance_watermark_to(Timestamp(MIDNIGHT + 5_000 * DAY))
        .add_elements(stamped(some(3)))
        .advance_watermark_to_infinity()
    )
    panes = fired(streaming, stream, tmp_path / "kept")
    assert sum(size for _, size in panes) == 3


LATENESS = 10


def test_an_article_passes_once_until_its_day_closes(streaming: Streaming, tmp_path: Path) -> None:
    (one,) = some(1)
    again = one.model_copy(update={"head": one.head.model_copy(update={"source_file": "other.jsonl"})})
    published = one.head.published
    assert published is not None
    closes = closes_at(published, LATENESS)
    stream = (
        events()
        .add_elements(stamped([one, *some(1, day=1, name="another")]))
        .advance_watermark_to(Timestamp(closes - 1))
        .add_elements(stamped([again, again]))
        .advance_watermark_to(Timestamp(closes + 1))
        .add_elements(stamped([again]))
        .advance_watermark_to_infinity()
    )
    with streaming() as root:
        first = root | stream | SetReplaysAside(LATENESS)
        passed = first.articles | beam.Map(lambda one: Delivery(articles=(one,))).with_output_types(Delivery)
        _ = passed | "KeepFirst" >> beam.ParDo(_Keep(tmp_path / "first"))
        _ = first.notes | "KeepNotes" >> beam.ParDo(_Keep(tmp_path / "notes"))
    names = [delivery.articles[0].head.source_file for delivery in kept(tmp_path / "first")]
    assert sorted(names) == ["dump.jsonl", "dump.jsonl", "other.jsonl"]
    replays = [replay.source_file for delivery in kept(tmp_path / "notes") for replay in delivery.replays]
    assert replays == ["other.jsonl", "other.jsonl"]


def test_what_has_no_date_always_passes_since_the_store_knows_it(
    streaming: Streaming, tmp_path: Path
) -> None:
    (one,) = some(1, day=None)
    stream = events().add_elements(stamped([one, one])).advance_watermark_to_infinity()
    with streaming() as root:
        first = root | stream | SetReplaysAside(LATENESS)
        passed = first.articles | beam.Map(lambda one: Delivery(articles=(one,))).with_output_types(Delivery)
        _ = passed | beam.ParDo(_Keep(tmp_path / "first"))
    assert len(kept(tmp_path / "first")) == 2
