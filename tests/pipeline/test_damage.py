"""Files of a store that are damaged or gone, clocks that go back, and readers beside commits."""

import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.store import Store
from pipeline.store.commit import commit_run, open_run
from pipeline.store.damage import damages
from tests.pipeline.cli_store import activity_row, event_row, make_store
from tests.pipeline.store_helpers import a_reject_row, a_run_row, an_activity_row, write

Harm = Callable[[Path], Path]
"""Does harm to a store and says to which file."""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two runs: the second adds nothing but its row, so that the pins of the first are not the newest."""
    uri = make_store(tmp_path / "store", {"events": [event_row()], "activity": [activity_row()]})
    with open_run(uri, "z") as run:
        commit_run(run, {}, a_run_row("z"))
    return Path(uri)


def _data(store: Path, table: str) -> Path:
    return Path(Store.open(str(store)).files(table)[0])


def _cut_data(store: Path) -> Path:
    path = _data(store, "events")
    path.write_bytes(path.read_bytes()[:-100])
    return path


def _lose_data(store: Path) -> Path:
    path = _data(store, "activity")
    path.unlink()
    return path


def _cut_runs(store: Path) -> Path:
    path = _data(store, "runs")
    path.write_bytes(b"PAR1")
    return path


def _cut_log(store: Path) -> Path:
    path = store / "events" / "_delta_log" / f"{1:020}.json"
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _empty_log(store: Path) -> Path:
    path = store / "rejects" / "_delta_log" / f"{0:020}.json"
    path.write_bytes(b"")
    return path


def _lose_log(store: Path) -> Path:
    path = store / "events" / "_delta_log"
    shutil.rmtree(path)
    return path


@pytest.mark.parametrize("harm", [_cut_data, _lose_data, _cut_runs, _cut_log, _empty_log, _lose_log])
@pytest.mark.parametrize("words", [["status"], ["sql", "from events"], ["export", "activity"]])
def test_readers_name_the_file_and_the_remedy(
    harm: Harm, words: list[str], store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = harm(store)
    assert main([*words, "--store", str(store)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"error: {path}: is ")
    assert said.endswith("; restore it from a backup, or make the store anew from the dumps\n")
    assert said.count("\n") == 1


def test_a_damaged_page_is_named_when_it_is_read(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _data(store, "events")
    data = bytearray(path.read_bytes())
    data[4:60] = bytes(byte ^ 0xFF for byte in data[4:60])
    path.write_bytes(data)
    assert [damage.path for damage in damages(store)] == [path]
    assert main(["sql", "from events", "--store", str(store)]) == 1
    assert f"error: {path}: is damaged" in capsys.readouterr().err
    assert main(["sql", "from events where no_such_column", "--store", str(store)]) == 2


@pytest.mark.parametrize("table", ["events", "runs"])
def test_a_torn_commit_ahead_of_the_last_run_may_be_deleted(
    table: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a power cut can leave of a commit; a kill cannot, since logs are named when they are whole."""
    before = Store.open(str(store)).counts()
    newest = max((store / table / "_delta_log").glob("*.json"))
    path = newest.with_name(f"{int(newest.stem) + 1:020}.json")
    path.write_bytes(b'{"commitInfo":{"times')
    assert main(["run", str(Path(__file__)), "--store", str(store), "-q"]) == 1
    assert f"{path}: is damaged; delete it and run the same command again" in capsys.readouterr().err
    path.unlink()
    assert Store.open(str(store)).counts() == before
    with open_run(str(store), "next") as run:
        commit_run(run, {}, a_run_row("next"))


def test_whole_stores_have_no_damage(store: Path) -> None:
    assert list(damages(store)) == []


def test_a_clock_that_jumps_back_puts_no_run_out_of_order(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.delta.time.time", lambda: 10.0)
    with open_run(str(store), "19700101T000000") as run:
        file = write(run, "activity", [an_activity_row(datetime(2024, 12, 6, tzinfo=UTC), 7, run.run_id)])
        row = a_run_row(run.run_id).model_copy(update={"started": datetime(1970, 1, 1, tzinfo=UTC)})
        commit_run(run, {"activity": [file]}, row)
    after = Store.open(str(store))
    assert after.runs()[-1].run_id == "19700101T000000"
    assert after.connect().execute("SELECT stories FROM activity").fetchall() == [(7,)]
    with open_run(str(store), "next") as run:
        assert run.seen.versions == after.versions


def test_readers_beside_commits_never_see_a_half(tmp_path: Path) -> None:
    uri, done, seen, faults = str(tmp_path / "store"), threading.Event(), [], []

    def read() -> None:
        while not done.is_set():
            try:
                snapshot = Store.open(uri)
                with snapshot.connect() as connection:
                    (stories,) = (
                        connection.execute("SELECT coalesce(sum(stories), 0) FROM activity").fetchone() or ()
                    )
                    (rejects,) = connection.execute("SELECT count(*) FROM rejects").fetchone() or ()
                seen.append((len(snapshot.runs()), stories, rejects))
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is what the test is about
                faults.append(error)

    with open_run(uri, "r0") as run:
        commit_run(run, {}, a_run_row("r0"))
    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 16):
        with open_run(uri, f"r{number}") as run:
            files = {
                "activity": [
                    write(
                        run,
                        "activity",
                        [an_activity_row(datetime(2024, 12, 6, tzinfo=UTC), number, run.run_id)],
                    )
                ],
                "rejects": [write(run, "rejects", [a_reject_row(str(number), run.run_id)])],
            }
            commit_run(run, files, a_run_row(run.run_id))
    done.set()
    reader.join()
    assert not faults
    assert len(set(seen)) > 3
    assert all(runs - 1 == stories == rejects for runs, stories, rejects in seen)
