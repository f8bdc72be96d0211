"""A store in an object store: every command works on it, and it is what a folder would be."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.config import RunConfig
from pipeline.inputs import open_file
from pipeline.run import run_dump
from pipeline.store import TABLES, Store
from pipeline.store.commit import STAGING
from pipeline.streaming.entering import Told, enter
from pipeline.streaming.ledger import StoreLedger
from schemas import Delivery, PreparedArticle, Reject
from schemas.lexicon import Lexicon
from tests.conftest import ROOT
from tests.objects.conftest import Copied, First
from tests.pipeline.run_helpers import comparable, exported, rows, run, tables
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.preparing import Preparer
from transforms.logic.reading import load_shapes, plan_tasks, read_task
from transforms.objects import ObjectPath

pytestmark = pytest.mark.s3


def hashes(store: Path | str) -> dict[str, str]:
    """Of every table but `runs`, a hash of its rows, run ids apart."""
    return {name: hashlib.sha256(repr(some).encode()).hexdigest() for name, some in tables(store).items()}


def left_over(uri: str) -> list[str]:
    """What a run at work leaves in the store and none should leave behind."""
    store = ObjectPath.of(uri)
    assert (store / "_lock").read_bytes() == b""
    return [one.key for one in (store / STAGING).below()]


def test_the_sample_gives_what_it_gives_in_a_folder_and_again_adds_nothing(
    place: str, sample_dump: Path, tmp_path: Path
) -> None:
    far, near = run(place, sample_dump), run(tmp_path / "near", sample_dump)
    assert far.reckoning == near.reckoning
    assert hashes(place) == hashes(tmp_path / "near")
    assert left_over(place) == []
    again = run(place, sample_dump)
    assert (again.reckoning.kept, again.reckoning.replays) == (0, 62)
    assert hashes(place) == hashes(tmp_path / "near")
    assert main(["verify", "--store", place]) == 0


def test_a_store_takes_more_dumps_as_a_folder_does(first: First, copied: Copied, tmp_path: Path) -> None:
    uri, near = copied(first.uri), tmp_path / "near"
    run(near, first.dump, keep_text=True)
    moved = tmp_path / "moved.jsonl"
    moved.write_text(first.dump.read_text("utf-8").replace("2024-12-06T10", "2024-12-02T10"), "utf-8")
    for store in (uri, str(near)):
        run(store, moved, keep_text=True)
    assert hashes(uri) == hashes(near)


def test_a_large_dump_is_staged_in_the_object_store(
    first: First, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.parts.ONE_GO_BYTES", 1)
    monkeypatch.setattr("pipeline.parts.PART_ARTICLES", 4)
    monkeypatch.setattr("transforms.stage.ARTICLES_PER_FILE", 2)
    run(place, first.dump, keep_text=True)
    parts, whole = hashes(place), hashes(first.uri)
    del parts["postings"], whole["postings"]  # the index of several parts is in more blocks
    assert parts == whole
    assert left_over(place) == []


def test_workers_in_other_processes(first: First, place: str) -> None:
    words = ("--direct_running_mode=multi_processing", "--direct_num_workers=2")
    run_dump(RunConfig.of(inputs=(str(first.dump),), store=place, keep_text=True, beam_options=words))
    assert hashes(place) == hashes(first.uri)


def test_readers(first: First, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.html"
    for words in (
        ["status"],
        ["sql", "select count(*) from events where month = '2024-12'"],
        ["report", "-o", str(report)],
        ["export", "activity", "-o", str(tmp_path / "activity.parquet")],
    ):
        assert main([*words, "--store", first.uri]) == 0, words
    assert first.uri in capfd.readouterr().out
    assert "Quds Force" in report.read_text("utf-8")


def _of(store: str, words: list[str]) -> dict[str, list[dict[str, Any]]]:
    assert main([*words, "--store", store]) == 0
    assert main(["verify", "--store", store]) == 0
    return tables(store)


@pytest.mark.parametrize(
    "words", [["forget", "--outlet", "example.net"], ["recode"], ["maintain", "--keep-days", "0"]], ids=str
)
def test_upkeep_does_what_it_does_in_a_folder(
    words: list[str], first: First, copied: Copied, tmp_path: Path
) -> None:
    near = tmp_path / "near"
    for _ in range(2):
        run(near, first.dump, keep_text=True)
    uri = copied(first.uri)
    run(uri, first.dump, keep_text=True)
    assert _of(uri, words) == _of(str(near), words)
    assert left_over(uri) == []


def test_old_files_go(first: First, copied: Copied) -> None:
    uri = copied(first.uri)
    assert main(["forget", "--outlet", "example.net", "--store", uri]) == 0
    before = {one.name for one in ObjectPath.of(uri).below()}
    for _ in range(2):
        assert main(["maintain", "--keep-days", "0", "--store", uri]) == 0
    gone = before - {one.name for one in ObjectPath.of(uri).below()}
    assert {name.rpartition(".")[2] for name in gone} == {"parquet"}
    assert main(["verify", "--store", uri]) == 0


def _prepared(dump: Path, lexicon: Lexicon) -> Iterator[PreparedArticle]:
    shapes, preparer = load_shapes(), Preparer(Coder(lexicon))
    for task in plan_tasks(str(dump), dump.stat().st_size, open_file, shapes=shapes):
        for outcome in read_task(task, open_file, shapes):
            prepared = None if isinstance(outcome, Reject) else preparer.prepare(outcome)
            if isinstance(prepared, PreparedArticle):
                yield prepared


def test_a_delivery_of_a_stream_enters_once(first: First, place: str) -> None:
    lexicon = load_lexicon()
    delivery = Delivery(articles=tuple(_prepared(first.dump, lexicon)))
    for number in range(2):
        enter(place, f"r{number}", delivery, Told("incoming", 60, ("stamp",), None, {}), lexicon)
    assert set(StoreLedger(place).done()) == {"stamp"}
    for table in ("stories", "events", "activity", "dyads"):
        assert comparable(rows(place, table)) == comparable(rows(first.uri, table))


def test_a_snapshot_stays_while_others_write(first: First, copied: Copied, tmp_path: Path) -> None:
    uri = copied(first.uri)
    seen = Store.open(uri)
    assert main(["forget", "--outlet", "example.net", "--store", uri]) == 0
    with seen.connect() as connection:
        (count,) = connection.execute("SELECT count(*) FROM articles").fetchone() or ()
    assert count == seen.counts()["articles"] > Store.open(uri).counts()["articles"]


def test_a_table_is_read_by_others(first: First) -> None:
    """By what any reader of Delta tables in object stores knows."""
    import deltalake

    table = deltalake.DeltaTable(f"{first.uri}/activity", storage_options={"allow_http": "true"})
    assert len(table.file_uris()) == len(Store.open(first.uri).files("activity"))


def test_the_program_leaves_no_words_behind(first: First, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "sql", "from runs select kind", "--store", first.uri],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == "1 row\n"
    assert "run" in done.stdout


def test_files_and_tables_are_where_a_folder_has_them(first: First, tmp_path: Path) -> None:
    run(tmp_path / "near", first.dump, keep_text=True)
    far = {name: len(Store.open(first.uri).data_files(name)) for name in TABLES}
    assert far == {name: len(Store.open(str(tmp_path / "near")).data_files(name)) for name in TABLES}
    assert exported(first.uri, tmp_path / "far").keys() == first.tables.keys()
