"""A stream on a Flink cluster that loses a worker, is stopped and is started again."""

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.store import Store
from pipeline.streaming.ledger import StoreLedger
from tests.cluster.flink import Cluster
from tests.pipeline.run_helpers import comparable, rows, run
from tests.pipeline.test_history import a_story_that_grows, telling
from tests.streaming.live import articles, drop, dump_of
from transforms.watch import arrived

pytestmark = pytest.mark.flink


def has_all(folder: Path) -> Callable[[Store], bool]:
    """Whether a store accounts for every file of a folder."""
    stamps = {file.stamp for file in arrived(str(folder), 0)}
    return lambda store: stamps <= set(StoreLedger(str(store.folder)).done())


def test_a_stream_that_loses_a_worker_and_is_stopped_gives_what_the_batch_gives(
    cluster: Cluster, sample_dump: Path, tmp_path: Path, figures: list[tuple[str, str]]
) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    shutil.copytree(sample_dump, folder)
    grown = a_story_that_grows()
    parts = [dump_of(tmp_path, grown[at : at + 6]) for at in range(0, len(grown), 6)]
    with cluster.streaming(folder, store, "--settle", "0.5") as stream:
        stream.until(lambda store: articles(store) > 0 and cluster.newest_job()["completed"] > 0)
        drop(folder, "0.jsonl", parts[0])
        cluster.tell("kill-worker", "1")
        drop(folder, "1.jsonl", parts[1])
        cluster.tell("start-worker", "1")
        stream.until(has_all(folder))
        restored = cluster.newest_job()["restored"]
        assert restored > 0
        drop(folder, "2.jsonl", parts[2])
        code, said = stream.end(signal.SIGINT, whole=True)
    assert (code, "read again at the next start" in said) == (0, True), said
    assert cluster.newest_job()["state"] == "CANCELED"
    drop(folder, "3.jsonl", parts[3])
    with cluster.streaming(folder, store, "--settle", "0.5") as stream:
        stream.until(has_all(folder))
        assert stream.end(signal.SIGTERM)[0] == 0
    assert cluster.newest_job()["state"] == "CANCELED"
    run(tmp_path / "batch", folder)
    assert telling(store) == telling(tmp_path / "batch")
    assert comparable(rows(store, "rejects")) == comparable(rows(tmp_path / "batch", "rejects"))
    assert main(["verify", "--store", str(store)]) == 0
    figures.append(
        ("stream, TaskManager killed", f"restored {restored} times from a checkpoint, equal to one run")
    )
