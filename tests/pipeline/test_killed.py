"""Runs killed at every step, and what they leave: the store as it was, and a command that completes."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import pipeline.run
from pipeline.store import Store
from pipeline.store.commit import STAGING, open_run
from tests.conftest import ROOT
from tests.pipeline import killing
from tests.pipeline.invented import the_articles, write_dump
from tests.pipeline.run_helpers import FirstRun, exported, run, tables

pytestmark = pytest.mark.slow

DONE = "after:runs"
"""The one step after which the run has happened."""

COMMITTED = ("articles", "activity", "aliases", "runs")
"""The first table of a commit, one that is replaced by months, the last but one, and the last."""

KILLED = (-signal.SIGKILL, "")
DONE_WELL = (0, "")

MAKE_ROOM = "the store is as it was. Make room and run the same command again"

Die = Callable[..., killing.Ending]


class Second(NamedTuple):
    """A dump to run into the first store: what it gives undisturbed, and a recording of its graph."""

    dump: Path
    recorded: Path
    tables: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def second(first: FirstRun, tmp_path_factory: pytest.TempPathFactory) -> Second:
    """Earlier and later copies of known articles, a new article and a broken line."""
    folder = tmp_path_factory.mktemp("second")
    news = [
        article | {"id": f"again-{n}", "url": f"https://www.late.example/{n}", "published": published}
        for n, (article, published) in enumerate(
            zip(the_articles(), ("2024-12-05", None, "2025-01-09", "2024-12-30", "2025-02-01"), strict=False)
        )
    ]
    news.append(news[0] | {"id": "new", "url": "https://x.example/new", "text": news[0]["text"][60:200] * 2})
    dump = write_dump(folder / "second.jsonl", news, '{"cut')
    store = Path(shutil.copytree(first.store, folder / "store"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.run, "_run_graph", killing.record(pipeline.run._run_graph, folder / "graph"))
        run(store, dump)
    found = tables(store)
    assert found != tables(first.store)
    return Second(dump, folder / "graph", found)


@pytest.fixture(scope="module")
def die(ask: killing.Ask) -> Die:
    """Run into a store in a process of its own, which dies at a point; its exit code and its last words."""

    def die(store: Path, dump: Path, at: str | None, recorded: Path | None = None) -> killing.Ending:
        return ask(["run", str(dump), "--store", str(store), "-q"], at, recorded)

    return die


def die_and_complete(
    point: str, die: Die, first: FirstRun, second: Second, tmp: Path, recorded: Path | None = None
) -> None:
    """Die, look, run the same command again, look again."""
    store = Path(shutil.copytree(first.store, tmp / point.replace(":", "-")))
    assert die(store, second.dump, point, recorded) == KILLED
    if point != DONE:
        assert exported(store, tmp / "after") == exported(first.store, tmp / "before")
        assert die(store, second.dump, None, recorded) == DONE_WELL
    elif recorded is None:
        assert die(store, second.dump, None) == DONE_WELL
    assert tables(store) == second.tables
    assert len(Store.open(str(store)).runs()) == (3 if point == DONE and recorded is None else 2)
    with open_run(str(store), "next") as run:
        assert list((store / STAGING).iterdir()) == [run.staging]


@pytest.mark.parametrize(
    "point", ["staged", "after:articles", "after:events", "after:activity", "before:runs", "after:runs"]
)
def test_killed_within_its_commit_a_run_changes_nothing_and_can_be_run_again(
    point: str, die: Die, first: FirstRun, second: Second, tmp_path: Path
) -> None:
    die_and_complete(point, die, first, second, tmp_path, second.recorded)


@pytest.mark.parametrize(
    "point",
    ["prepare", "written", "staged", *(f"{when}:{t}" for t in COMMITTED for when in ("before", "after"))],
)
def test_killed_at_any_step_a_whole_run_changes_nothing_and_can_be_run_again(
    point: str, die: Die, first: FirstRun, second: Second, tmp_path: Path
) -> None:
    die_and_complete(point, die, first, second, tmp_path)


def test_killed_again_while_it_recovers(die: Die, first: FirstRun, second: Second, tmp_path: Path) -> None:
    store = Path(shutil.copytree(first.store, tmp_path / "store"))
    for point in ("before:runs", "restored", "restored", "after:events"):
        assert die(store, second.dump, point, second.recorded) == KILLED
    assert exported(store, tmp_path / "after") == exported(first.store, tmp_path / "before")
    assert die(store, second.dump, None, second.recorded) == DONE_WELL
    assert tables(store) == second.tables


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Something mounted on a folder, where this user may mount."""
    if subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("point", ["full:", "full:articles", "full:activity", "full:runs"])
def test_a_full_disk_is_named_and_changes_nothing(
    point: str, die: Die, first: FirstRun, second: Second, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(first.store, tmp_path / "store"))
    told = f"error: {store}: the disk is full; {MAKE_ROOM}\n"
    assert die(store, second.dump, point, second.recorded) == (1, told)
    assert exported(store, tmp_path / "after") == exported(first.store, tmp_path / "before")
    assert die(store, second.dump, None, second.recorded) == DONE_WELL
    assert tables(store) == second.tables


def test_a_disk_that_is_really_full(die: Die, first: FirstRun, second: Second, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(file.stat().st_size // 4096 + 1 for file in first.store.rglob("*") if file.is_file()) * 4 + 8
    with mounted(disk, "-t", "tmpfs", "-o", f"size={size}k", "none"):
        store = Path(shutil.copytree(first.store, disk / "store"))
        told = f"error: {store}: the disk is full; {MAKE_ROOM}\n"
        assert die(store, second.dump, None, second.recorded) == (1, told)
        assert exported(store, tmp_path / "after") == exported(first.store, tmp_path / "before")
        subprocess.run(["mount", "-o", "remount,size=10m", str(disk)], check=True)
        assert die(store, second.dump, None, second.recorded) == DONE_WELL
        assert tables(store) == second.tables


def test_a_store_that_is_read_only_can_be_read_and_says_so_to_writers(
    die: Die, first: FirstRun, second: Second, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    with mounted(store, "-o", "bind,ro", str(first.store)):
        told = f"error: {store}: the store cannot be written (Read-only file system); it is as it was\n"
        assert die(store, second.dump, None, second.recorded) == (1, told)
        assert exported(store, tmp_path / "after") == exported(first.store, tmp_path / "before")


def _staging(store: Path) -> bool:
    return any((store / STAGING).glob("*"))


def _written(store: Path) -> bool:
    return len(list((store / "articles").rglob("*.parquet"))) > 1


def _committing(store: Path) -> bool:
    return (store / "articles" / "_delta_log" / f"{2:020}.json").exists()


@pytest.mark.parametrize("reached", [_staging, _written, _committing])
def test_killed_from_outside(
    reached: Callable[[Path], bool], die: Die, first: FirstRun, second: Second, tmp_path: Path
) -> None:
    """A real process, a real signal at some moment after files of its appear; it may be done by then."""
    store = Path(shutil.copytree(first.store, tmp_path / "store"))
    before = exported(store, tmp_path / "before")
    words = [sys.executable, "-m", "pipeline", "run", str(second.dump), "--store", str(store), "-q"]
    with subprocess.Popen(words, cwd=ROOT) as process:
        while not reached(store) and process.poll() is None:
            time.sleep(0.005)
        process.kill()
    if process.returncode == -signal.SIGKILL and len(Store.open(str(store)).runs()) == 1:
        assert exported(store, tmp_path / "after") == before
    assert die(store, second.dump, None) == DONE_WELL
    assert tables(store) == second.tables


def test_of_two_runs_at_once_one_commits_and_the_other_says_so(
    die: Die, first: FirstRun, second: Second, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(first.store, tmp_path / "store"))
    words = [sys.executable, "-m", "pipeline", "run", str(second.dump), "--store", str(store), "-q"]
    with subprocess.Popen(words, cwd=ROOT) as process:
        while not _staging(store):
            time.sleep(0.005)
        process.send_signal(signal.SIGSTOP)
        before = exported(store, tmp_path / "before")
        code, said = die(store, second.dump, None)
        assert (code, f"(process {process.pid} on " in said) == (1, True)
        assert exported(store, tmp_path / "after") == before
        process.send_signal(signal.SIGCONT)
    assert process.returncode == 0
    assert tables(store) == second.tables
