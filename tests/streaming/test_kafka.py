"""The command on a topic of a real broker, on Prism, with Beam's reader in Java."""

import os
import signal
from pathlib import Path

import pytest

from pipeline.store import Store
from pipeline.streaming.address import address_of
from pipeline.streaming.config import StreamConfig
from pipeline.streaming.kafka import open_topic
from pipeline.streaming.ledger import StoreLedger
from pipeline.streaming.running import run_stream
from schemas import ConfigError
from tests.pipeline.invented import the_articles
from tests.pipeline.run_helpers import rows
from tests.pipeline.test_history import a_story_that_grows
from tests.pipeline.test_stream_commits import commit
from tests.streaming.live import articles, started
from transforms.logic.coding import load_lexicon

if "WIRETALLY_TEST_KAFKA" in os.environ:
    from tests.streaming.kafka import WRITTEN, Broker, as_json, check_against_batch, records_since

pytestmark = pytest.mark.kafka


def test_killed_and_started_again_nothing_is_lost_or_counted_twice(
    prism: str, broker: "Broker", tmp_path: Path
) -> None:
    store, feed = tmp_path / "store", broker.topic("news")
    grown = a_story_that_grows()
    parts = [as_json(grown[at : at + 6]) for at in range(0, len(grown), 6)]
    words = ("--expansion-service", broker.service, "--lateness", "200")
    beam = (f"--prism_location={prism}",)
    feed.write(parts[0], WRITTEN)
    with started(feed.address, store, *words, beam=beam) as stream:
        stream.until(lambda store: articles(store) > 0)
        feed.write(parts[1], WRITTEN)
        assert stream.end(signal.SIGKILL, whole=True)[0] == -signal.SIGKILL
    feed.write([parts[2][0][:-20], None, b"\x00\x93\xff" * 40, *parts[2]], WRITTEN)
    with started(feed.address, store, *words, beam=beam) as stream:
        stream.until(feed.all_in)
        code, said = stream.end(signal.SIGTERM)
        assert (code, "read again at the next start" in said) == (0, True), said
    before = Store.open(str(store)).counts()["runs"]
    with started(feed.address, store, *words, beam=beam) as stream:
        feed.write(parts[3], WRITTEN)
        stream.until(feed.all_in)
        assert stream.end(signal.SIGTERM)[0] == 0
    assert records_since(store, before) == len(parts[3])
    check_against_batch(store, grown, tmp_path)
    topic = open_topic(feed.place, str(store), broker.service)
    assert topic.set_group() == 0
    assert feed.group(topic.topic.group) == feed.ends()


def test_the_broker_says_when_messages_were_written_if_the_topic_leaves_it_to_him(
    prism: str, broker: "Broker", tmp_path: Path
) -> None:
    store = tmp_path / "store"
    feed = broker.topic("stamped", settings={"message.timestamp.type": "LogAppendTime"})
    dated, undated = the_articles()[0], the_articles()[6]
    feed.write(as_json([dated, undated]), WRITTEN)
    words, beam = ("--expansion-service", broker.service), (f"--prism_location={prism}",)
    with started(feed.address, store, *words, beam=beam) as stream:
        stream.until(feed.all_in)
        stream.end(signal.SIGTERM)
    assert [row.reason for row in rows(store, "rejects")] == ["too_late"]
    assert articles(Store.open(str(store))) == 1


def test_reading_goes_on_where_the_store_is_and_says_what_is_gone(broker: "Broker", tmp_path: Path) -> None:
    store, feed = tmp_path / "store", broker.topic("kept", partitions=1)
    feed.write([b"{}"] * 12, WRITTEN)
    topic = open_topic(feed.place, str(store), broker.service)
    assert (topic.set_group(), feed.group(topic.topic.group)) == (0, {"0": 0})
    commit(store, [], load_lexicon(), offsets={topic.identity: {"0": [(0, 4), (6, 8)]}})
    assert (topic.set_group(), feed.group(topic.topic.group)) == (0, {"0": 4})
    feed.let_go_before(7)
    assert (topic.set_group(), feed.group(topic.topic.group)) == (2, {"0": 8})
    assert StoreLedger(str(store)).offsets("kept@of another cluster") == {}


@pytest.mark.parametrize(
    ("address", "service", "message"),
    [
        ("kafka://{server}/nosuch", "{service}", "Unknown topic"),
        ("kafka://127.0.0.1:9/news", "{service}", "Timed out"),
        ("kafka://{server}/nosuch", "127.0.0.1:9", "no expansion service"),
    ],
)
def test_what_is_not_there_is_said_before_anything_runs(
    broker: "Broker", tmp_path: Path, address: str, service: str, message: str
) -> None:
    place = address_of(address.format(server=broker.server))
    assert place is not None
    with pytest.raises(ConfigError, match=message):
        open_topic(place, str(tmp_path), service.format(service=broker.service))


def test_a_service_for_prism_is_not_taken_for_flink(broker: "Broker", tmp_path: Path) -> None:
    config = StreamConfig.of(
        folder=broker.topic("misread").address,
        expansion_service=broker.service,
        store=str(tmp_path / "store"),
        runner="flink",
        flink_master=broker.server,
    )
    with pytest.raises(ConfigError, match="for Flink, start it with --experiments=use_deprecated_read"):
        run_stream(config, lambda _: None, lambda _: None)
