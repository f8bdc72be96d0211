"""Messages to articles and notes, without a broker."""

import json
from collections.abc import Callable
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing.util import assert_that

from schemas import Delivery, Message, PreparedArticle, RejectReason
from tests.pipeline.invented import the_articles
from transforms.arrive import Reading, ReadMessages
from transforms.logic.coding import load_lexicon

WRITTEN = 1_735_000_000_000  # 24 December 2024
RECORD = json.dumps(the_articles()[0]).encode()


def message(offset: int, value: bytes, written_ms: int | None = WRITTEN) -> Message:
    return Message(topic="news", partition=3, offset=offset, written_ms=written_ms, value=value)


def read(
    messages: list[Message],
    days: int,
    articles: Callable[[list[Any]], None],
    notes: Callable[[list[Any]], None],
) -> None:
    with beam.Pipeline(runner="FnApiRunner", options=PipelineOptions([])) as root:
        arrived = root | beam.Create(messages) | ReadMessages(Reading(load_lexicon(), lateness_days=days))
        assert_that(arrived.articles, articles, label="Articles")
        assert_that(arrived.notes, notes, label="Notes")


def test_a_message_is_read_as_a_file_is_and_a_bad_one_is_a_reject_in_its_place() -> None:
    def articles(found: list[PreparedArticle]) -> None:
        places = sorted((one.head.source_file, one.head.position) for one in found)
        assert places == [("kafka:news/3/0", 0), ("kafka:news/3/1", 0), ("kafka:news/3/1", 1)]

    def notes(found: list[Delivery]) -> None:
        rejects = {reject.source_file: reject.reason for note in found for reject in note.rejects}
        assert rejects == {
            "kafka:news/3/2": RejectReason.BAD_SYNTAX,
            "kafka:news/3/3": RejectReason.NO_TEXT,
        }
        ends = {one.stamp: one.records for note in found for one in note.read}
        assert ends == {f"kafka:news/3/{offset}": 2 if offset == 1 else 1 for offset in range(4)}

    two = b"[" + RECORD + b", " + json.dumps(the_articles()[3]).encode() + b"]"
    read([message(0, RECORD), message(1, two), message(2, RECORD[:-9]), message(3, b"")], 30, articles, notes)


@pytest.mark.parametrize(
    ("written_ms", "late"), [(WRITTEN, True), (WRITTEN - 10 * 86_400_000, False), (None, False)]
)
def test_what_is_too_late_is_decided_by_when_the_message_was_written(
    written_ms: int | None, late: bool
) -> None:
    def articles(found: list[PreparedArticle]) -> None:
        assert len(found) == (not late)

    def notes(found: list[Delivery]) -> None:
        rejects = [reject for note in found for reject in note.rejects]
        assert [reject.reason for reject in rejects] == [RejectReason.TOO_LATE] * late
        assert all("message was written" in reject.detail for reject in rejects)

    read([message(0, RECORD, written_ms)], 10, articles, notes)
