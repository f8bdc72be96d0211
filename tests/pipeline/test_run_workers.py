"""Runs whose articles several processes prepare."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.config import RunConfig
from pipeline.store import Store
from schemas import ConfigError
from tests.conftest import ROOT
from tests.pipeline.invented import the_articles, write_dump
from tests.pipeline.run_helpers import run, tables


@pytest.mark.slow
def test_workers_do_not_show(tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "dump.jsonl", the_articles(), '{"cut')
    days = {"published_from": "2024-12-31"}
    one = run(tmp_path / "one", dump, **days)
    two = run(tmp_path / "two", dump, workers=2, **days)
    assert two.reckoning == one.reckoning
    assert two.reckoning.outside == 3
    assert tables(tmp_path / "two") == tables(tmp_path / "one")


@pytest.mark.parametrize(
    "options",
    [
        {"runner": "PrismRunner"},
        {"beam_options": ("--runner=PrismRunner",)},
        {"beam_options": ("--direct_running_mode=multi_processing",)},
        {"runner": "flink", "flink_master": "localhost:8081"},
    ],
)
def test_workers_are_of_the_direct_runner(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="--workers is of the runner direct"):
        RunConfig.of(inputs=("a",), store="s", workers=2, **options)
    RunConfig.of(inputs=("a",), store="s", workers=1, **options)


@pytest.mark.slow
def test_an_interrupted_run_leaves_no_worker_and_no_file(tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "dump.jsonl", the_articles() * 400)
    store = tmp_path / "store"
    command = [sys.executable, "-m", "pipeline", "run", str(dump), "--store", str(store), "--workers", "2"]
    with subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as job:
        group = os.getpgid(job.pid)
        while len(_members(group)) < 4:  # itself, the tracker of its semaphores, two workers
            time.sleep(0.1)
        os.killpg(group, signal.SIGINT)
        _, said = job.communicate(timeout=120)
    assert job.returncode == 130, said
    assert "Traceback" not in said
    end = time.monotonic() + 60
    while _members(group) and time.monotonic() < end:
        time.sleep(0.1)
    assert _members(group) == []
    assert Store.open(str(store)).runs() == ()
    assert list(store.glob("*/**/*.parquet")) == []


def _members(group: int) -> list[str]:
    """The processes of a group."""
    listed = subprocess.run(["ps", "-eo", "pid,pgid"], check=True, capture_output=True, text=True).stdout
    return [line.split()[0] for line in listed.splitlines()[1:] if line.split()[1] == str(group)]
