"""Runs killed at every step on a store in an object store, and two at once: nothing is lost or half there."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.store import Store, StoreBusyError, StoreConflictError, delta
from pipeline.store import lease as leases
from pipeline.store.commit import STAGING, commit_run, open_run
from pipeline.store.owner import Owner
from pipeline.streaming.commit import in_turn
from tests.conftest import ROOT
from tests.objects.conftest import Copied, First
from tests.pipeline import killing
from tests.pipeline.invented import write_dump
from tests.pipeline.run_helpers import exported, run, tables
from tests.pipeline.store_helpers import a_reject_row, a_run_row, write
from tests.pipeline.test_history import a_story_that_grows
from transforms.objects import ObjectPath

pytestmark = pytest.mark.s3

KILLED = (-signal.SIGKILL, "")
DONE_WELL = (0, "")
STEPS = (
    "prepare",
    *(f"uploaded:{number}" for number in (1, 2, 6)),
    "staged",
    *("before:articles", "after:articles", "after:events", "after:activity", "before:runs"),
)


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another dump, to run into the first store."""
    return write_dump(tmp_path_factory.mktemp("second") / "second.jsonl", a_story_that_grows(), '{"cut')


@pytest.fixture(scope="module")
def both(first: First, dump: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The tables after both dumps, which a folder holds."""
    near = tmp_path_factory.mktemp("both") / "near"
    run(near, first.dump, keep_text=True)
    run(near, dump)
    return tables(near)


def words_for(dump: Path, uri: str) -> list[str]:
    return ["run", str(dump), "--store", uri, "-q"]


@pytest.mark.parametrize("point", STEPS)
def test_killed_at_any_step_a_run_changes_nothing_and_can_be_run_again(
    point: str,
    ask: killing.Ask,
    first: First,
    dump: Path,
    both: dict[str, Any],
    copied: Copied,
    tmp_path: Path,
) -> None:
    uri = copied(first.uri)
    before = {one.key for one in ObjectPath.of(uri).below()}
    assert ask(words_for(dump, uri), point) == KILLED
    assert exported(uri, tmp_path / "after") == first.tables
    assert ask(words_for(dump, uri), None) == DONE_WELL
    assert tables(uri) == both
    _nothing_left(uri, before)


def _nothing_left(uri: str, before: set[str]) -> None:
    """Every file is one of the store's, or was before."""
    store = Store.open(uri)
    assert [row.kind for row in store.runs()] == ["run", "run"]
    known = before | {ObjectPath.of(file).key for name in store.versions for file in store.files(name)}
    there = [one.key for one in ObjectPath.of(uri).below() if one.name.endswith(".parquet")]
    assert [key for key in there if key not in known and "_delta_log" not in key] == []
    assert list((ObjectPath.of(uri) / STAGING).below()) == []


def test_killed_after_its_commit_a_run_has_happened(
    ask: killing.Ask, first: First, dump: Path, both: dict[str, Any], copied: Copied
) -> None:
    uri = copied(first.uri)
    assert ask(words_for(dump, uri), "after:runs") == KILLED
    assert tables(uri) == both
    assert ask(words_for(dump, uri), None) == DONE_WELL
    assert tables(uri) == both


def test_killed_again_while_it_recovers(
    ask: killing.Ask, first: First, dump: Path, both: dict[str, Any], copied: Copied, tmp_path: Path
) -> None:
    uri = copied(first.uri)
    for point in ("before:runs", "restored", "restored", "after:events"):
        assert ask(words_for(dump, uri), point) == KILLED
    assert exported(uri, tmp_path / "after") == first.tables
    assert ask(words_for(dump, uri), None) == DONE_WELL
    assert tables(uri) == both


def test_two_runs_at_once_lose_nothing(
    first: First, dump: Path, both: dict[str, Any], copied: Copied
) -> None:
    uri = copied(first.uri)
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "pipeline", *words_for(dump, uri)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ended = [(process.communicate()[1], process.returncode) for process in started]
    good = [code for said, code in ended if (said, code) == ("", 0)]
    assert good
    for said, code in ended:
        if code:
            assert code == 1
            assert "has been writing to the store" in said
            assert said.count("\n") == 1
    assert tables(uri) == both
    assert len(Store.open(uri).runs()) == 1 + len(good)


def test_a_run_beside_another_is_refused_in_one_line(
    first: First, dump: Path, copied: Copied, ask: killing.Ask
) -> None:
    uri = copied(first.uri)
    with open_run(uri, "r1") as run:
        code, said = ask(words_for(dump, uri), None)
        assert code == 1
        assert said.startswith("error: run r1 (process ")
        assert said.endswith("run the command again (if it was killed, wait 60 s)\n")
        assert said.count("\n") == 1
        commit_run(run, {}, a_run_row("r1"))
    assert [row.run_id for row in Store.open(uri).runs()][1:] == ["r1"]
    assert ask(words_for(dump, uri), None) == DONE_WELL


def _held_by(uri: str, owner: Owner) -> None:
    lock = ObjectPath.of(uri) / "_lock"
    seen = lock.look()
    assert seen is not None
    assert lock.swap(owner.to_json().encode(), seen.tag)


def test_the_lease_of_a_run_that_died_elsewhere_runs_out(
    first: First, copied: Copied, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = copied(first.uri)
    _held_by(uri, Owner("r1", "elsewhere", 1, "2024-12-06T10:00:00+00:00", "another-boot pid:[1] 17"))
    with pytest.raises(StoreBusyError, match=r"run r1 \(process 1 on elsewhere\)"), open_run(uri, "r2"):
        pass
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=-1))
    with open_run(uri, "r3") as run:
        commit_run(run, {}, a_run_row("r3"))


def test_a_lease_is_renewed_as_long_as_its_run_lives(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=2))
    lock = ObjectPath.of(place) / "_lock"
    with open_run(place, "r1"):
        taken = lock.look()
        time.sleep(5)
        renewed = lock.look()
        assert taken
        assert renewed
        assert renewed.content == taken.content
        assert (renewed.modified - taken.modified).total_seconds() >= 2
    assert lock.read_bytes() == b""


def _loses_its_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    """To others a run at work looks as one that stalled."""
    monkeypatch.setattr(leases._Lease, "_is_over", lambda *_: True)


def _writes_one(uri: str, run_id: str, meanwhile: Callable[[], None]) -> None:
    """A run of one reject; something happens before its commit."""
    with open_run(uri, run_id) as run:
        file = write(run, "rejects", [a_reject_row(run_id, run_id)])
        meanwhile()
        commit_run(run, {"rejects": [file]}, a_run_row(run_id))


def test_a_run_that_lost_its_lease_changes_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def another() -> None:
        _loses_its_lease(monkeypatch)
        _writes_one(place, "r2", lambda: None)

    with pytest.raises(StoreConflictError, match="run r1 was at work"):
        _writes_one(place, "r1", another)
    assert [row.run_id for row in Store.open(place).runs()] == ["r2"]
    assert Store.open(place).counts()["rejects"] == 1


def test_a_run_that_loses_its_lease_within_its_commit_changes_nothing(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other clears its files when it begins, so its row must not come in any more."""
    real = delta.commit

    def beside(folder: Any, *words: Any) -> int:
        if folder.name == "runs":
            monkeypatch.setattr(delta, "commit", real)
            with open_run(place, "r2"):
                pass
        return real(folder, *words)

    def stalls() -> None:
        _loses_its_lease(monkeypatch)
        monkeypatch.setattr(delta, "commit", beside)

    with pytest.raises(StoreConflictError):
        _writes_one(place, "r1", stalls)
    assert Store.open(place).runs() == ()
    _writes_one(place, "r3", lambda: None)
    assert Store.open(place).counts()["rejects"] == 1


def test_many_at_once_each_come_in(place: str) -> None:
    def add(number: int) -> str:
        def enter(run_id: str) -> None:
            with open_run(place, run_id) as run:
                file = write(run, "rejects", [a_reject_row(str(number), run_id)])
                commit_run(run, {"rejects": [file]}, a_run_row(run_id))

        return in_turn(enter)

    with ThreadPoolExecutor(4) as pool:
        run_ids = list(pool.map(add, range(6)))
    assert sorted(row.run_id for row in Store.open(place).runs()) == sorted(run_ids)
    assert Store.open(place).counts()["rejects"] == 6
