"""Where a Kafka topic is, and from where on a store has yet to read it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pipeline.runners import reach
from pipeline.store.store import store_folder
from pipeline.streaming.address import SCHEME, Address
from pipeline.streaming.ledger import StoreLedger
from schemas import ConfigError
from transforms.logic.streaming.offsets import goes_on_at, lost
from transforms.topic import Topic

if TYPE_CHECKING:
    import apache_beam as beam

_SECONDS = 10.0
_READ_BY_RUNNER = "beam:transform:read:v1"
_EXPERIMENT = "--experiments=use_deprecated_read"

_quiet = logging.Logger("kafka")
_quiet.addHandler(logging.NullHandler())  # the client tells stderr of every try; what matters it raises


@dataclass(frozen=True)
class StoredTopic:
    """A topic that is there, and the store that takes it in.

    `identity` tells it from another topic of its name, in another cluster or made anew in this one.
    """

    topic: Topic
    identity: str
    store: str

    def set_group(self) -> int:
        """Set the consumer group to where the store is.

        Returns:
            How many messages the topic has let go of that the store never had.

        Raises:
            ConfigError: the broker does not answer, or refuses.
        """
        done = StoreLedger(self.store).offsets(self.identity)
        gone = 0
        with _consumer(self.topic) as consumer, _refused(self.topic.servers):
            begins = list(_beginnings(consumer, self.topic.name))
            for place in begins:
                spans = done.get(str(place.partition), [])
                gone += lost(spans, place.offset)
                place.offset = goes_on_at(spans, place.offset)
            consumer.commit(offsets=begins, asynchronous=False)
        return gone


def open_topic(address: Address, store: str, expansion_service: str) -> StoredTopic:
    """See that a topic can be read, before anything runs.

    Raises:
        ConfigError: the client is not installed; no broker, no such topic or no expansion service.
    """
    if not find_spec("confluent_kafka"):
        raise ConfigError(f"{SCHEME}{address.servers}: topics need a client; install wiretally[kafka]")
    reach("--expansion-service", expansion_service, "expansion service of Beam")
    identity, log_append_time = _describe(address)
    group = f"wiretally-{blake2b(str(store_folder(store)).encode(), digest_size=6).hexdigest()}"
    topic = Topic(address.servers, address.topic, group, log_append_time, expansion_service)
    return StoredTopic(topic, identity, store)


def check_expanded(graph: "beam.Pipeline", topic: StoredTopic, *, flink: bool) -> None:
    """See that a topic is read in the way that the runner can, before anything runs.

    Flink must read it itself: it never forgets where a reader in a worker was
    (https://github.com/apache/beam/issues/27648), so what it keeps would grow with every look at the topic,
    and no checkpoint is made during one. Prism can only have a worker read it. The expansion service decides.

    Raises:
        ConfigError: it decided for the other.
    """
    steps = graph.to_runner_api().components.transforms.values()
    by_runner = any(step.spec.urn == _READ_BY_RUNNER for step in steps)
    if by_runner == flink:
        return
    service = f"--expansion-service {topic.topic.expansion_service}"
    if flink:
        raise ConfigError(f"{service}: for Flink, start it with {_EXPERIMENT}; see docs/streams.md")
    raise ConfigError(f"{service}: it was started with {_EXPERIMENT}, which is for Flink alone")


def _describe(address: Address) -> tuple[str, bool]:
    """The topic's identity, and whether the broker stamps its messages."""
    from confluent_kafka import TopicCollection
    from confluent_kafka.admin import AdminClient, ConfigResource

    client = AdminClient({"bootstrap.servers": address.servers}, logger=_quiet)
    setting = ConfigResource(ConfigResource.Type.TOPIC, address.topic)
    with _refused(f"{address.servers}/{address.topic}"):
        found = client.describe_topics(TopicCollection([address.topic]), request_timeout=_SECONDS)
        identity = str(found[address.topic].result().topic_id)
        settings = client.describe_configs([setting], request_timeout=_SECONDS)[setting].result()
    return f"{address.topic}@{identity}", settings["message.timestamp.type"].value == "LogAppendTime"


@contextmanager
def _refused(place: str) -> Iterator[None]:
    from confluent_kafka import KafkaException

    try:
        yield
    except KafkaException as error:
        raise ConfigError(f"{SCHEME}{place}: {error.args[0].str()}") from error


@contextmanager
def _consumer(topic: Topic) -> Iterator[Any]:
    from confluent_kafka import Consumer

    settings = {"bootstrap.servers": topic.servers, "group.id": topic.group, "enable.auto.commit": False}
    consumer = Consumer(settings, logger=_quiet)
    try:
        yield consumer
    finally:
        consumer.close()


def _beginnings(consumer: Any, name: str) -> Iterator[Any]:
    """Every partition, at the offset of the oldest message that it still has."""
    from confluent_kafka import TopicPartition

    for number in sorted(consumer.list_topics(name, timeout=_SECONDS).topics[name].partitions):
        place = TopicPartition(name, number)
        place.offset, _ = consumer.get_watermark_offsets(place, timeout=_SECONDS)
        yield place
