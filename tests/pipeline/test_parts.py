"""A dump worked in parts leaves what it leaves in one go."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable

import pipeline.merging
import pipeline.parts
import transforms.stage
from pipeline.parts import cut
from pipeline.plan import Plan
from pipeline.store import Store
from pipeline.store.ahead import StoreAhead, changes
from tests.pipeline.invented import write_dump
from tests.pipeline.run_helpers import run, tables
from tests.pipeline.test_history import a_story_that_grows, telling
from transforms.files import WrittenFile
from transforms.stage import Staged

BROKEN = ('{"cut', "no JSON")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.parts, "ONE_GO_BYTES", 0)
    monkeypatch.setattr(pipeline.parts, "PART_ARTICLES", 6)
    monkeypatch.setattr(pipeline.parts, "ROWS_AT_ONCE", 4)
    monkeypatch.setattr(pipeline.merging, "FILES_AT_MOST", 1)
    monkeypatch.setattr(transforms.stage, "ARTICLES_PER_FILE", 2)


def _staged(path: str, first: int, last: int, file: str = "a") -> Staged:
    return Staged(path, 1 + last - first, (file, first), (file, last))


def test_parts_are_cut_between_files_in_the_order_of_records() -> None:
    files = [_staged("3", 4, 5), _staged("1", 0, 1), _staged("4", 0, 9, "b"), _staged("2", 2, 3)]
    assert list(cut(files, 4)) == [("1", "2"), ("3",), ("4",)]
    assert list(cut(files, 100)) == [("1", "2", "3", "4")]
    assert list(cut([], 4)) == []


def test_files_that_overlap_are_in_one_part() -> None:
    files = [_staged("1", 0, 5), _staged("2", 3, 8), _staged("3", 9, 9)]
    assert list(cut(files, 1)) == [("1", "2"), ("3",)]


def test_a_store_ahead_has_the_files_that_stand(tmp_path: Path) -> None:
    store = Store(tmp_path, ())
    ahead = StoreAhead(store, {name: [] for name in store.versions})
    written = [
        WrittenFile("stories", "one", "2024-12", 3, 10),
        WrittenFile("stories", "two", "2024-12", 2, 10, replaces="one"),
        WrittenFile("activity", "old", "2024-12", 3, 10),
        WrittenFile("rejects", "", None, 0, 0, replaces="gone"),
    ]
    later = StoreAhead.of(ahead, written)
    assert [file.path for file in later.data_files("stories")] == ["two"]
    added, gone = changes(later, [WrittenFile("activity", "new", "2024-12", 4, 10)])
    assert [file.path for file in added["activity"]] == ["new"]
    assert gone["activity"] == {"old"}
    assert gone["stories"] == frozenset()


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_parts_leave_what_one_go_leaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Latest first and on a store that has some: every part brings older articles for stories there are."""
    records = sorted(a_story_that_grows(), key=lambda record: record["published"] or "", reverse=True)
    parts = tmp_path / "parts"
    run(parts, write_dump(tmp_path / "first.jsonl", records[:6]))
    once = Path(shutil.copytree(parts, tmp_path / "once"))
    rest = write_dump(tmp_path / "rest.jsonl", records[6:], *BROKEN)
    ours = run(parts, rest)
    monkeypatch.setattr(pipeline.parts, "ONE_GO_BYTES", 1 << 30)
    theirs = run(once, rest)
    assert ours.reckoning == theirs.reckoning
    assert ours.events == theirs.events
    assert telling(parts) == telling(once)
    assert {name: rows for name, rows in tables(parts).items() if name != "postings"} == {
        name: rows for name, rows in tables(once).items() if name != "postings"
    }
    assert tables(parts)["aliases"]
    assert _unknown_files(parts) == []


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_a_part_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, store = pipeline.parts._run, tmp_path / "store"

    def failing(plan: Plan, *others: Any) -> Any:
        if plan.part == "-0002":
            assert list(store.glob("articles/**/*-0001.parquet"))
            raise RuntimeError("broken")
        return whole(plan, *others)

    monkeypatch.setattr(pipeline.parts, "_run", failing)
    with pytest.raises(RuntimeError, match="broken"):
        run(store, write_dump(tmp_path / "dump.jsonl", a_story_that_grows(), *BROKEN))
    assert list(store.glob("*/**/*.parquet")) == []
    assert list((store / "_staging").iterdir()) == []


def _unknown_files(folder: Path) -> list[str]:
    """Data files that no version of a table has."""
    store = Store.open(str(folder))
    before = {action for name in store.versions for action in _ever(folder / name)}
    return sorted(str(path) for path in folder.glob("*/**/*.parquet") if path.name not in before)


def _ever(table: Path) -> set[str]:
    versions = [DeltaTable(str(table), version=n) for n in range(DeltaTable(str(table)).version() + 1)]
    return {Path(path).name for version in versions for path in version.file_uris()}
