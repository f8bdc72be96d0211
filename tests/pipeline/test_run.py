"""Whole runs: the sum, the laws of order, shard and replay, and every option."""

import json
import random
import shutil
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import RunConfig
from pipeline.reckoning import Reckoning, ReckoningError
from pipeline.run import new_run_id, run_dump, warnings_of
from pipeline.store import Store, StoreBusyError, StoreConflictError
from pipeline.store.commit import STAGING, OpenRun, commit_run, open_run
from schemas import Article, Coding, ConfigError, InputError, RejectReason
from tests.conftest import ROOT
from tests.pipeline.invented import the_articles, write_dump
from tests.pipeline.run_helpers import FirstRun, rows, run, tables
from tests.pipeline.store_helpers import a_reject_row, a_run_row, state, write
from transforms.logic.coding import Coder
from transforms.write import WrittenFile


@pytest.fixture
def again(first: FirstRun, tmp_path: Path) -> Path:
    """A copy of that store, to run into."""
    return Path(shutil.copytree(first.store, tmp_path / "store"))


def test_every_record_is_accounted_for(first: FirstRun) -> None:
    store, report, _ = first
    assert report.reckoning == Reckoning(
        read=13,
        kept=8,
        duplicates=3,
        replays=0,
        rejects=2,
        outside=0,
        rejects_by_reason={RejectReason.NO_TEXT: 1, RejectReason.BAD_SYNTAX: 1},
    )
    counts = Store.open(str(store)).counts()
    assert report.rows == {name: n for name, n in counts.items() if name != "runs"}
    assert (counts["articles"], counts["stories"], counts["rejects"], counts["runs"]) == (11, 8, 2, 1)
    assert counts["events"] == report.events > 0
    assert counts["activity"] > 0


def test_the_report_is_in_the_store_and_names_what_ran(first: FirstRun) -> None:
    store, report, _ = first
    kept = json.loads((store / "run_reports" / f"{report.run_id}.json").read_text())
    assert kept == json.loads(report.model_dump_json())
    assert kept["software"]["apache-beam"]
    assert kept["runner"] == "FnApiRunner"
    assert kept["table_versions"]["runs"] == 1
    assert kept["peak_memory_mb"] > 50
    assert kept["articles_per_second"] > 0
    assert list(kept["seconds"]) == ["start", "pipeline", "commit"]
    (row,) = Store.open(str(store)).runs()
    assert (row.run_id, row.records_read, row.events) == (report.run_id, 13, report.events)
    assert not list((store / STAGING).iterdir())


def test_running_the_same_dump_again_adds_nothing(again: Path, dump: Path) -> None:
    before, files = Store.open(str(again)).counts(), _data(again)
    report = run(again, dump)
    assert (report.reckoning.replays, report.reckoning.kept, report.reckoning.duplicates) == (11, 0, 0)
    assert report.reckoning.rejects == 2
    assert set(report.rows.values()) == {0}
    assert Store.open(str(again)).counts() == before | {"runs": 2}
    assert _data(again) == files


def test_what_the_store_has_is_not_coded_again_unless_it_has_too_much(
    again: Path, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded = list[str]()

    def code(coder: Coder, article: Article) -> Coding:
        coded.append(article.article_id)
        return Coding(status="coded", events=(), dyads=())

    monkeypatch.setattr(Coder, "code", code)
    assert run(again, dump).reckoning.replays == 11
    assert not coded
    monkeypatch.setattr("pipeline.store.history.MOST_HELD", 10)
    assert run(again, dump).reckoning.replays == 11
    assert len(coded) == 11


def test_order_shards_and_workers_do_not_show(first: FirstRun, tmp_path: Path) -> None:
    shuffled = the_articles()
    random.Random(5).shuffle(shuffled)
    parts = [write_dump(tmp_path / f"part{n}.jsonl", shuffled[n::4]) for n in range(4)]
    workers = ("--direct_num_workers=2", "--direct_running_mode=multi_threading")
    run(tmp_path / "store", *parts, beam_options=workers)
    assert _but_for_files(tables(tmp_path / "store")) == _but_for_files(tables(first.store))


def test_months_without_news_keep_their_files_and_touched_ones_are_whole(
    first: FirstRun, tmp_path: Path
) -> None:
    """The last week of December ends in January: news of 1 January changes both months, and not February."""
    records = the_articles()
    january = [record for record in records if record["id"] in ("inv-5", "inv-6")]
    store = tmp_path / "store"
    run(store, write_dump(tmp_path / "a.jsonl", [record for record in records if record not in january]))
    before = _activity_files(store)
    run(store, write_dump(tmp_path / "b.jsonl", january))
    after = _activity_files(store)
    assert after["2025-02"] == before["2025-02"]
    assert after["2024-12"] != before["2024-12"]
    assert _mentions(rows(store, "activity")) == _mentions(rows(first.store, "activity"))


def _mentions(activity: list[Any]) -> dict[tuple[Any, ...], tuple[int, int]]:
    """Articles and mentions of each cell; no run joins its stories to those of earlier runs."""
    key = ["period_start", "period", "actor_id", "event_type", "subtype", "role", "modality"]
    cells = {tuple(getattr(row, name) for name in key): (row.articles, row.mentions) for row in activity}
    assert len(cells) == len(activity)
    return cells


def _activity_files(store: Path) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for file in Store.open(str(store)).data_files("activity"):
        files.setdefault(str(file.partition), []).append(file.path)
    return files


def test_options_have_their_effect(first: FirstRun, dump: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon"
    lexicon.mkdir()
    shipped = ROOT / "seeds" / "lexicon" / "actors.tsv"
    (lexicon / "actors.tsv").write_text(shipped.read_text(encoding="utf-8").splitlines()[0] + "\n")
    options = {
        "published_from": "2024-12-07",
        "published_to": "2025-01-02",
        "keep_text": True,
        "lexicons": (lexicon,),
    }
    report = run(tmp_path / "store", dump, **options)
    stored = rows(tmp_path / "store", "articles")
    assert report.reckoning.outside == 4
    assert {str(row.published)[:7] for row in stored} == {"2024-12", "2025-01", "None"}
    assert all(row.text for row in stored)
    assert report.lexicon_version != first.report.lexicon_version
    (row,) = Store.open(str(tmp_path / "store")).runs()
    assert json.loads(row.options).keys() == options.keys()


def test_format_is_forced(dump: Path, tmp_path: Path) -> None:
    report = run(tmp_path / "store", dump, format="csv", beam_options=("--runner", "FnApiRunner"))
    assert report.reckoning.kept == 0
    assert report.reckoning.read == report.reckoning.rejects > 0
    assert report.runner == "FnApiRunner"
    assert report.warnings


def test_without_keep_text_no_text_is_stored(first: FirstRun) -> None:
    assert not any(row.text for row in rows(first.store, "articles"))


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"inputs": ("no/such/dump",)}, InputError),
        ({"format": "papyrus"}, ConfigError),
        ({"beam_options": ("--no_such_option=1",)}, ConfigError),
        ({"runner": "NoSuchRunner"}, ConfigError),
        ({"lexicons": (Path("no/such/lexicon"),)}, ConfigError),
    ],
)
def test_what_is_wrong_is_found_before_a_store_is_touched(
    options: dict[str, Any], error: type[Exception], dump: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    with pytest.raises(error):
        run_dump(RunConfig.of(**({"inputs": (str(dump),), "store": str(store)} | options)))
    assert not store.exists()


def test_a_run_beside_another_is_refused(again: Path, dump: Path) -> None:
    with open_run(str(again), "other"), pytest.raises(StoreBusyError, match="run other"):
        run(again, dump)


def test_a_run_overtaken_by_another_commits_nothing(
    again: Path, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.commit.run_lock", lambda folder, run_id: nullcontext())

    def overtaken(
        config: Any, lexicon: Any, slow: OpenRun, options: Any
    ) -> tuple[list[WrittenFile], dict[str, int]]:
        with open_run(str(again), "quicker") as quicker:
            commit_run(quicker, {}, a_run_row("quicker"))
        file = write(slow, "rejects", [a_reject_row("lost", slow.run_id)])
        return [WrittenFile("rejects", file.path, None, 1, file.size)], {}

    before = _data(again)
    monkeypatch.setattr("pipeline.run._run_graph", overtaken)
    with pytest.raises(StoreConflictError, match="run the same command again"):
        run(again, dump)
    assert [row.run_id for row in Store.open(str(again)).runs()][1:] == ["quicker"]
    assert _data(again).keys() - before.keys() == {"runs/quicker.parquet"}


@pytest.mark.parametrize(
    ("tallies", "message"),
    [
        ({"read": 2, "kept": 1}, "2 records were read but 1 accounted for"),
        ({"read": 1, "kept": 1}, "1 articles were placed but 0 written"),
    ],
)
def test_a_sum_that_does_not_hold_stops_before_the_commit(
    tallies: dict[str, int], message: str, again: Path, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(again)
    monkeypatch.setattr("pipeline.run._run_graph", lambda *_: ([], tallies))
    with pytest.raises(ReckoningError, match=message):
        run(again, dump)
    assert len(Store.open(str(again)).runs()) == 1
    assert state(again) == before


def test_a_dump_that_no_worker_sees_leaves_the_store_as_it_was(
    again: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unseen(path: str, folder: str = "") -> None:
        raise FileNotFoundError(2, "No such file or directory", path)

    (tmp_path / "in").mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        write_dump(tmp_path / "in" / name, the_articles()[:1])
    before = state(again)
    monkeypatch.setattr("transforms.read.open_raw", unseen)
    with pytest.raises(InputError, match=r"/in: not one file could be read where the workers are"):
        run(again, tmp_path / "in")
    assert state(again) == before


def test_progress_is_told(first: FirstRun) -> None:
    assert (first.told[-1].records, first.told[-1].rejects) == (11, 0)


def test_reckoning_adds_up_or_says_so() -> None:
    tallies = {"read": 5, "kept": 1, "duplicates": 1, "replays": 1, "outside": 1, "rejects": 1}
    Reckoning.from_tallies(tallies | {"reject:no_text": 1}).check()
    for wrong in (tallies, tallies | {"read": 6, "reject:no_text": 1}):
        with pytest.raises(ReckoningError, match="nothing was committed"):
            Reckoning.from_tallies(wrong).check()


def test_warnings() -> None:
    def told(**tallies: int) -> tuple[str, ...]:
        return warnings_of(Reckoning.from_tallies(tallies))

    assert told(read=4, kept=2, rejects=2) == ()
    assert told(read=3, kept=1, rejects=2) == ("2 of 3 records were rejected",)
    assert told(read=3, outside=3) == ("every record was published outside the chosen days",)
    assert told() == ("the dumps hold no record",)
    some = told(read=4, kept=3, rejects=1, **{"reject:unreadable_file": 1})
    assert some == ("unreadable_file: 1 could not be read at all; `status` says where",)


def test_run_ids_sort_by_time_and_differ() -> None:
    moments = [datetime(2024, 12, 8, 9, 30, 0, ms * 1000, UTC) for ms in (1, 20, 300)]
    ids = [new_run_id(moment) for moment in moments]
    assert ids == sorted(ids)
    assert ids[0].startswith("20241208T093000001Z-")
    assert len({new_run_id(moments[0]) for _ in range(50)}) == 50


def _data(store: Path) -> dict[str, bytes]:
    """The data files, but for the rows of runs."""
    return {path: data for path, data in state(store).items() if not path.startswith("runs/2")}


def _but_for_files(found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Without what says where an article was read, and without rejects, which are all about that."""
    return {
        name: sorted(
            ({k: v for k, v in row.items() if k not in ("source_file", "position")} for row in some), key=repr
        )
        for name, some in found.items()
        if name != "rejects"
    }


def test_days_are_days() -> None:
    config = RunConfig.of(inputs=("a",), store="s", published_from="2024-12-06")
    assert config.published_from == date(2024, 12, 6)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system mixes the two")
def test_peak_memory_is_not_that_of_the_process_that_started_the_run() -> None:
    own = "from pipeline.run import peak_memory_mb; print(peak_memory_mb())"
    start = f"subprocess.run([sys.executable, '-c', {own!r}])"
    large = f"import subprocess, sys; large = b'x' * 600_000_000; {start}"
    told = subprocess.run([sys.executable, "-c", large], check=True, stdout=subprocess.PIPE, text=True)
    assert 10 < float(told.stdout) < 600
