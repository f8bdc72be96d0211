"""A Kafka topic as an unbounded collection of messages, by Beam's own reader in Java."""

from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PBegin, PCollection

import transforms.coders  # noqa: F401 - registers the coder of messages
from schemas import Message


@dataclass(frozen=True)
class Topic:
    """Where a topic is and how it is read.

    `group` is the consumer group whose committed offsets say where reading begins; nothing commits any while
    it reads. `log_append_time` says that the broker stamps the messages, not their writers. The
    `expansion_service`, at HOST:PORT, is Beam's in Java, which knows Kafka.
    """

    servers: str
    name: str
    group: str
    log_append_time: bool
    expansion_service: str


@dataclass(eq=False)
class ReadTopic(beam.PTransform[PBegin, PCollection[Message]]):
    """The messages of a topic from where the group is, without those of transactions that were given up.

    Each comes at least once, those of a partition in order. The watermark is the time of writing.
    """

    topic: Topic

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, begin: PBegin) -> PCollection[Message]:
        """Beam's rows of a message and its place to ours."""
        from apache_beam.io.kafka import ReadFromKafka

        topic = self.topic
        policy = ReadFromKafka.log_append_time if topic.log_append_time else ReadFromKafka.create_time_policy
        messages: PCollection[Message] = (
            begin
            | "Kafka"
            >> ReadFromKafka(
                _consumer(topic),
                [topic.name],
                timestamp_policy=policy,
                with_metadata=True,
                expansion_service=topic.expansion_service,
            )
            | "Message" >> beam.Map(_message).with_output_types(Message)
        )
        return messages


def _consumer(topic: Topic) -> dict[str, str]:
    return {
        "bootstrap.servers": topic.servers,
        "group.id": topic.group,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": "false",
        "isolation.level": "read_committed",
    }


def _message(row: Any) -> Message:
    return Message(
        topic=row.topic,
        partition=row.partition,
        offset=row.offset,
        written_ms=row.timestamp if row.timestamp >= 0 else None,
        value=row.value or b"",
    )
