"""A broker and Beam's expansion service, as `examples/kafka` started them, and topics of the tests' own."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from pipeline.__main__ import main
from pipeline.store import Store
from pipeline.streaming.address import Address
from pipeline.streaming.ledger import StoreLedger, stream_of
from tests.pipeline.run_helpers import rows, run
from tests.pipeline.test_history import telling
from tests.services import ports_of

WRITTEN = 1_743_500_000_000
"""1 April 2025, after all that the tests' articles are of."""


@dataclass(frozen=True)
class Broker:
    """What runs of a folder of `examples/kafka`."""

    folder: Path

    @property
    def ports(self) -> dict[str, str]:
        """`BROKER_PORT` and `EXPANSION_PORT`."""
        return ports_of(self.folder)

    @property
    def server(self) -> str:
        """Where the broker answers."""
        return f"127.0.0.1:{self.ports['BROKER_PORT']}"

    @property
    def service(self) -> str:
        """Where the expansion service answers."""
        return f"127.0.0.1:{self.ports['EXPANSION_PORT']}"

    def admin(self) -> Any:
        """A client that manages topics."""
        return AdminClient({"bootstrap.servers": self.server})

    def topic(self, name: str, partitions: int = 2, settings: dict[str, str] | None = None) -> "Feed":
        """A new topic of a name that begins so, which keeps messages however old they say they are."""
        whole = f"{name}-{token_hex(4)}"
        client = self.admin()
        for done in client.create_topics(
            [NewTopic(whole, partitions, 1, config={"retention.ms": "-1"} | (settings or {}))]
        ).values():
            done.result()
        return Feed(self, whole, partitions)


@dataclass(frozen=True)
class Feed:
    """A topic and what is written to it."""

    broker: Broker
    name: str
    partitions: int

    @property
    def address(self) -> str:
        """As a person names it."""
        return f"kafka://{self.broker.server}/{self.name}"

    @property
    def place(self) -> Address:
        """The same, taken apart."""
        return Address(self.broker.server, self.name)

    def let_go_before(self, offset: int) -> None:
        """Have the broker delete the older messages of the first partition."""
        client = self.broker.admin()
        for done in client.delete_records([TopicPartition(self.name, 0, offset)]).values():
            done.result()

    def write(self, values: Iterable[bytes | None], written_ms: int) -> None:
        """Write messages, in turn to every partition."""
        producer = Producer({"bootstrap.servers": self.broker.server})
        for number, value in enumerate(values):
            producer.produce(
                self.name, value, partition=number % self.partitions, timestamp=written_ms + number
            )
        assert producer.flush(30) == 0

    def ends(self) -> dict[str, int]:
        """The offset after the last message, by partition."""
        with self._consumer("ends") as consumer:
            places = [TopicPartition(self.name, number) for number in range(self.partitions)]
            return {str(one.partition): consumer.get_watermark_offsets(one, timeout=10)[1] for one in places}

    def group(self, name: str) -> dict[str, int]:
        """What offsets a consumer group has committed."""
        with self._consumer(name) as consumer:
            places = [TopicPartition(self.name, number) for number in range(self.partitions)]
            return {str(one.partition): one.offset for one in consumer.committed(places, timeout=10)}

    def all_in(self, store: Store) -> bool:
        """Whether a store accounts for every message that is there now."""
        topics = [topic for row in store.runs() for topic in (stream_of(row) or {}).get("offsets", {})]
        spans = StoreLedger(str(store.folder)).offsets(topics[-1]) if topics else {}
        return {name: found[-1][1] for name, found in spans.items() if len(found) == 1} == self.ends()

    @contextmanager
    def _consumer(self, group: str) -> Iterator[Any]:
        consumer = Consumer({"bootstrap.servers": self.broker.server, "group.id": group})
        try:
            yield consumer
        finally:
            consumer.close()


def as_json(records: Iterable[dict[str, object]]) -> list[bytes]:
    """Each record as the value of a message."""
    return [json.dumps(record).encode() for record in records]


def records_since(store: Path, before: int) -> int:
    """The records that a stream has read in a store's runs after the first `before` of them."""
    again = [row for row in Store.open(str(store)).runs()[before:] if stream_of(row) is not None]
    return sum(row.records_read for row in again)


def check_against_batch(store: Path, grown: Sequence[dict[str, Any]], folder: Path) -> None:
    """See that a stream's store has what one run gives of the same articles, and the three bad messages."""
    (folder / "in").mkdir()
    for number, value in enumerate(as_json(grown)):
        (folder / "in" / f"{number}.json").write_bytes(value)
    run(folder / "batch", folder / "in")
    assert telling(store) == telling(folder / "batch")
    bad = {row.source_file.split("/", 1)[1]: row.reason for row in rows(store, "rejects")}
    assert bad == {"0/6": "bad_syntax", "1/6": "no_text", "0/7": "unknown_format"}
    assert main(["verify", "--store", str(store)]) == 0
