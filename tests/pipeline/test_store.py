"""Commits, pins, recovery and readers of the store."""

import json
import signal
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.store import TABLES, Store, StoreBusyError, StoreConflictError, delta
from pipeline.store.commit import STAGING, commit_run, open_run, recover
from schemas import ConfigError, InputError
from tests.conftest import ROOT
from tests.pipeline.store_helpers import a_reject_row, a_run_row, an_activity_row, state, write

DECEMBER = datetime(2024, 12, 6, tzinfo=UTC)
JANUARY = datetime(2025, 1, 6, tzinfo=UTC)


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return str(tmp_path / "a störe with spaces")


def _add_rejects(uri: str, run_id: str, *reject_ids: str) -> None:
    with open_run(uri, run_id) as run:
        file = write(run, "rejects", [a_reject_row(reject_id, run_id) for reject_id in reject_ids])
        commit_run(run, {"rejects": [file]}, a_run_row(run_id))


def _add_activity(uri: str, run_id: str, *days: tuple[datetime | None, int]) -> None:
    with open_run(uri, run_id) as run:
        files = [write(run, "activity", [an_activity_row(day, stories, run_id)]) for day, stories in days]
        commit_run(run, {"activity": files}, a_run_row(run_id))


def test_missing_store_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no store here"):
        Store.open(str(tmp_path))


@pytest.mark.parametrize("place", ["s3://bucket", "s3://bucket/a b", "s3://bucket/..", "gs://x", "50%", "a*"])
def test_places_that_cannot_hold_a_store(place: str) -> None:
    with pytest.raises(ConfigError, match="--store"):
        Store.open(place)


def test_an_object_store_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.store.find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"--store s3://box/a: .*install wiretally\[s3\]"):
        Store.open("s3://box/a")


def test_file_uri_is_a_path(uri: str) -> None:
    _add_rejects(uri, "r1", "a")
    assert Store.open(Path(uri).as_uri()).folder == Path(uri)


def test_store_before_its_first_run_is_empty(uri: str) -> None:
    with open_run(uri, "r1"):
        pass
    store = Store.open(uri)
    assert store.runs() == ()
    assert set(store.counts().values()) == {0}
    for name, spec in TABLES.items():
        description = store.connect().execute(f"SELECT * FROM {name}").description
        assert [column[0] for column in description or []] == spec.schema.names


def test_views_have_the_same_types_empty_and_filled(uri: str) -> None:
    with open_run(uri, "r1"):
        pass
    empty = {name: Store.open(uri).connect().execute(f"DESCRIBE {name}").fetchall() for name in TABLES}
    _add_activity(uri, "r2", (DECEMBER, 1))
    _add_rejects(uri, "r3", "a")
    filled = {name: Store.open(uri).connect().execute(f"DESCRIBE {name}").fetchall() for name in TABLES}
    assert filled == empty


def test_run_pins_versions_and_counts(uri: str) -> None:
    _add_rejects(uri, "r1", "a", "b")
    _add_rejects(uri, "r2", "c")
    store = Store.open(uri)
    assert [run.run_id for run in store.runs()] == ["r1", "r2"]
    assert store.counts() == dict.fromkeys(TABLES, 0) | {"rejects": 3, "runs": 2}
    assert store.versions["rejects"] == 2
    assert store.connect().execute("SELECT reject_id, raw FROM rejects ORDER BY 1").fetchall()[0] == (
        "a",
        b"\xff{}",
    )


def test_committed_order_of_runs_does_not_follow_the_clock(uri: str) -> None:
    _add_rejects(uri, "20990101", "a")
    _add_rejects(uri, "20240101", "b")
    assert [run.run_id for run in Store.open(uri).runs()] == ["20990101", "20240101"]
    assert Store.open(uri).counts()["rejects"] == 2


def test_open_store_keeps_its_snapshot(uri: str) -> None:
    _add_activity(uri, "r1", (DECEMBER, 1))
    before = Store.open(uri)
    _add_activity(uri, "r2", (DECEMBER, 2))
    query = "SELECT stories, month FROM activity"
    assert before.connect().execute(query).fetchall() == [(1, "2024-12")]
    assert Store.open(uri).connect().execute(query).fetchall() == [(2, "2024-12")]


def test_replaced_table_replaces_only_the_partitions_written(uri: str) -> None:
    _add_activity(uri, "r1", (DECEMBER, 1), (JANUARY, 1), (None, 1))
    untouched = [file for file in Store.open(uri).files("activity") if "month=2025-01" in file]
    _add_activity(uri, "r2", (DECEMBER, 5), (None, 7))
    rows = Store.open(uri).connect().execute("SELECT month, stories FROM activity ORDER BY 1").fetchall()
    assert rows == [("2024-12", 5), ("2025-01", 1), ("undated", 7)]
    assert [file for file in Store.open(uri).files("activity") if "month=2025-01" in file] == untouched


def test_files_exist_and_unknown_table_is_an_input_error(uri: str) -> None:
    _add_activity(uri, "r1", (DECEMBER, 1))
    assert all(Path(file).is_file() for file in Store.open(uri).files("activity"))
    with pytest.raises(InputError, match="no table acts"):
        Store.open(uri).files("acts")


_KILLED_RUN = """
import os, signal, sys
from datetime import UTC, datetime
from tests.pipeline.store_helpers import a_reject_row, an_activity_row, write
from pipeline.store import TABLES, delta
from pipeline.store.commit import open_run
uri, run_id, *tables = sys.argv[1:]
rows = {
    "rejects": a_reject_row("lost", run_id),
    "activity": an_activity_row(datetime(2024, 12, 6, tzinfo=UTC), 99, run_id),
}
with open_run(uri, run_id) as run:
    files = {table: [write(run, table, [row])] for table, row in rows.items()}
    for table in tables:
        delta.commit(run.folder / table, TABLES[table], run.base[table], files[table], run_id)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _kill_in_commit(uri: str, run_id: str, *tables: str) -> None:
    """A run that wrote its files and is killed when it has committed some tables."""
    done = subprocess.run([sys.executable, "-c", _KILLED_RUN, uri, run_id, *tables], check=False, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("tables", [(), ("activity",), ("rejects", "activity")])
def test_killed_run_is_not_seen_and_the_next_restores(uri: str, tables: tuple[str, ...]) -> None:
    _add_rejects(uri, "r1", "a")
    _add_activity(uri, "r2", (DECEMBER, 1))
    before, files = Store.open(uri).counts(), state(Path(uri))
    _kill_in_commit(uri, "r3", *tables)
    assert Store.open(uri).counts() == before
    _add_rejects(uri, "r4", "b")
    store = Store.open(uri)
    assert store.counts() == before | {"rejects": 2, "runs": 3}
    assert store.connect().execute("SELECT stories FROM activity").fetchall() == [(1,)]
    assert not any("r3" in path for path in state(Path(uri)))
    assert files.items() <= state(Path(uri)).items()
    assert not list(Path(uri, STAGING).iterdir())


def test_first_run_that_dies_is_wiped(uri: str) -> None:
    _kill_in_commit(uri, "r1", "rejects", "activity")
    assert Store.open(uri).runs() == ()
    assert Store.open(uri).counts() == dict.fromkeys(TABLES, 0)
    with open_run(uri, "r2") as run:
        assert delta.data_files(run.folder / "rejects", TABLES["rejects"]) == []
        assert state(run.folder) == {}


def test_recovering_twice_changes_nothing_more(uri: str) -> None:
    _kill_in_commit(uri, "r1", "rejects")
    with open_run(uri, "r2") as run:
        base = dict(run.base)
        assert recover(run.seen) == run.base
    with open_run(uri, "r3") as run:
        assert dict(run.base) == base


def test_error_in_a_run_leaves_no_file(uri: str) -> None:
    _add_rejects(uri, "r1", "a")
    before = state(Path(uri))

    def fail() -> None:
        with open_run(uri, "r2") as run:
            write(run, "rejects", [a_reject_row("b", "r2")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert state(Path(uri)) == before


def test_failure_within_the_commit_takes_its_tables_back(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _add_rejects(uri, "r1", "a")
    real = delta.commit

    def full_disk(folder: Path, *rest: object) -> int:
        if folder.name == "rejects":
            raise OSError("no space left")
        return real(folder, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(delta, "commit", full_disk)
    with open_run(uri, "r2") as run:
        files = {
            "activity": [write(run, "activity", [an_activity_row(DECEMBER, 1, "r2")])],
            "rejects": [write(run, "rejects", [a_reject_row("b", "r2")])],
        }
        with pytest.raises(OSError, match="no space"):
            commit_run(run, files, a_run_row("r2"))
    assert delta.data_files(Path(uri, "activity"), TABLES["activity"]) == []
    assert Store.open(uri).counts()["rejects"] == 1


def test_second_of_two_runs_is_told_who_is_at_work(uri: str) -> None:
    with (
        open_run(uri, "r1"),
        pytest.raises(StoreBusyError, match=r"run r1 \(process \d+ on .+ for \d+ s"),
        open_run(uri, "r2"),
    ):
        pass
    with open_run(uri, "r3"):
        pass


def test_lock_of_a_killed_process_is_taken_over(uri: str) -> None:
    _kill_in_commit(uri, "r1")
    assert json.loads(Path(uri, "_lock").read_text())["run_id"] == "r1"
    with open_run(uri, "r2"):
        owner = json.loads(Path(uri, "_lock").read_text())
    assert owner.keys() == {"run_id", "host", "pid", "since", "born"}
    assert owner["run_id"] == "r2"


@pytest.mark.parametrize("winner_adds", ["rejects", "activity"])
def test_second_to_commit_fails_and_changes_nothing(
    uri: str, winner_adds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hosts whose file system has no locks: the version of `runs` still lets only one through."""
    monkeypatch.setattr("pipeline.store.commit.run_lock", lambda folder, run_id: nullcontext())
    with open_run(uri, "loser") as loser:
        file = write(loser, "rejects", [a_reject_row("lost", "loser")])
        with open_run(uri, "winner") as winner:
            rows = {
                "rejects": a_reject_row("won", "winner"),
                "activity": an_activity_row(DECEMBER, 1, "winner"),
            }
            commit_run(
                winner, {winner_adds: [write(winner, winner_adds, [rows[winner_adds]])]}, a_run_row("winner")
            )
            before = state(Path(uri)).keys() - {f"rejects/{Path(file.path).name}"}
        with pytest.raises(StoreConflictError, match="another run committed"):
            commit_run(loser, {"rejects": [file]}, a_run_row("loser"))
    assert [run.run_id for run in Store.open(uri).runs()] == ["winner"]
    assert Store.open(uri).counts()[winner_adds] == 1
    assert state(Path(uri)).keys() == before


def test_two_interleaved_commits_let_one_through(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loser has passed the early look at `runs` and committed a table when the winner's row lands."""
    monkeypatch.setattr("pipeline.store.commit.run_lock", lambda folder, run_id: nullcontext())
    real = delta.commit

    def winner_first(folder: Path, *rest: object) -> int:
        if folder.name == "runs":
            monkeypatch.setattr(delta, "commit", real)
            with open_run(uri, "winner") as winner:
                commit_run(winner, {}, a_run_row("winner"))
        return real(folder, *rest)  # type: ignore[arg-type]

    with open_run(uri, "loser") as loser:
        monkeypatch.setattr(delta, "commit", winner_first)
        file = write(loser, "rejects", [a_reject_row("lost", "loser")])
        with pytest.raises(StoreConflictError):
            commit_run(loser, {"rejects": [file]}, a_run_row("loser"))
    assert [run.run_id for run in Store.open(uri).runs()] == ["winner"]
    assert Store.open(uri).counts()["rejects"] == 0


def test_connection_reaches_for_no_extension(uri: str) -> None:
    _add_activity(uri, "r1", (DECEMBER, 1))
    connection = Store.open(uri).connect()
    settings = "SELECT current_setting('autoinstall_known_extensions'), current_setting('TimeZone')"
    assert connection.execute(settings).fetchone() == (False, "UTC")
    seen = connection.execute("SELECT first_seen, date_trunc('week', first_seen) FROM activity").fetchone()
    assert seen == (DECEMBER, datetime(2024, 12, 2, tzinfo=UTC))


def test_files_that_vanished_are_not_committed(uri: str) -> None:
    with open_run(uri, "r1") as run:
        file = write(run, "rejects", [a_reject_row("a", "r1")])
        (run.folder / "rejects" / file.path).unlink()
        with pytest.raises(StoreConflictError):
            commit_run(run, {"rejects": [file]}, a_run_row("r1"))
    assert Store.open(uri).counts() == dict.fromkeys(TABLES, 0)
