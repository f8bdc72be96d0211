"""A stream of a Kafka topic on a Flink cluster that loses a worker, is stopped and is started again."""

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.store import Store
from pipeline.streaming.config import StreamConfig
from pipeline.streaming.running import run_stream
from schemas import ConfigError
from tests.cluster.flink import Cluster
from tests.pipeline.test_history import a_story_that_grows
from tests.streaming.live import articles

if TYPE_CHECKING or "WIRETALLY_TEST_KAFKA" in os.environ:
    from tests.streaming.kafka import WRITTEN, Broker, as_json, check_against_batch, records_since

pytestmark = [pytest.mark.flink, pytest.mark.kafka]


def test_a_topic_read_through_a_lost_worker_and_a_stop_gives_what_the_batch_gives(
    cluster: Cluster, broker: "Broker", tmp_path: Path, figures: list[tuple[str, str]]
) -> None:
    store, feed = tmp_path / "store", broker.topic("news")
    grown = a_story_that_grows()
    parts = [as_json(grown[at : at + 6]) for at in range(0, len(grown), 6)]
    words = ("--expansion-service", broker.service, "--lateness", "200")
    feed.write(parts[0], WRITTEN)
    with cluster.streaming(feed.address, store, *words) as stream:
        stream.until(lambda store: articles(store) > 0 and cluster.newest_job()["completed"] > 0)
        feed.write(parts[1], WRITTEN)
        cluster.tell("kill-worker", "1")
        feed.write([parts[2][0][:-20], None, b"\x00\x93\xff" * 40, *parts[2]], WRITTEN)
        cluster.tell("start-worker", "1")
        stream.until(feed.all_in)
        restored = cluster.newest_job()["restored"]
        assert restored > 0
        code, said = stream.end(signal.SIGINT, whole=True)
    assert (code, "read again at the next start" in said) == (0, True), said
    assert cluster.newest_job()["state"] == "CANCELED"
    before = Store.open(str(store)).counts()["runs"]
    feed.write(parts[3], WRITTEN)
    with cluster.streaming(feed.address, store, *words) as stream:
        stream.until(feed.all_in)
        assert stream.end(signal.SIGTERM)[0] == 0
    assert records_since(store, before) == len(parts[3])
    check_against_batch(store, grown, tmp_path)
    figures.append(
        ("topic, TaskManager killed", f"restored {restored} times from a checkpoint, equal to one run")
    )


def test_a_service_for_flink_is_not_taken_for_prism(broker: "Broker", tmp_path: Path) -> None:
    config = StreamConfig.of(
        folder=broker.topic("misread").address,
        expansion_service=broker.service,
        store=str(tmp_path / "store"),
        beam_options=("--prism_location=unused",),
    )
    with pytest.raises(ConfigError, match="is for Flink alone"):
        run_stream(config, lambda _: None, lambda _: None)
