"""Small files of a run at work are put together, and the store stays as it would be."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

import pipeline.merging
from pipeline.merging import merged
from pipeline.store import Store
from pipeline.store.ahead import StoreAhead
from tests.pipeline.store_helpers import a_reject_row
from transforms.files import Place, WrittenFile, children, size_of, write_parquet
from transforms.logic.tables import TABLES

SPEC = TABLES["rejects"]


def _write(folder: Place, name: str, *ids: str, replaces: str | None = None) -> WrittenFile:
    size = write_parquet(folder / SPEC.name / name, SPEC.to_arrow([a_reject_row(one, "r") for one in ids]))
    return WrittenFile(SPEC.name, name, None, len(ids), size, replaces)


def _ids(store: Store) -> list[str]:
    return [
        one
        for path in store.files(SPEC.name)
        for one in map(str, pq.read_table(path)["reject_id"].to_pylist())
    ]


@pytest.fixture
def empty(tmp_path: Path) -> StoreAhead:
    return StoreAhead(Store(tmp_path, ()), {name: [] for name in TABLES})


def test_files_are_put_together_in_the_order_of_the_key(
    empty: StoreAhead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.merging, "FILES_AT_MOST", 2)
    written = [_write(empty.folder, name, *ids) for name, ids in (("1", "ad"), ("2", "c"), ("3", "b"))]
    assert merged(empty, written[:2], "mark") == written[:2]
    (one,) = merged(empty, written, "mark")
    assert (one.path, one.rows) == ("mark.parquet", 4)
    assert _ids(StoreAhead.of(empty, [one])) == ["a", "b", "c", "d"]
    assert [path.name for path in children(empty.folder / SPEC.name)] == ["mark.parquet"]


def test_what_took_the_place_of_a_file_of_the_run_goes_with_it(
    empty: StoreAhead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.merging, "FILES_AT_MOST", 1)
    written = [
        _write(empty.folder, "1", "a", "b"),
        _write(empty.folder, "2", "c"),
        _write(empty.folder, "3", "a", "d", replaces="1"),
    ]
    (one,) = merged(empty, written, "mark")
    assert _ids(StoreAhead.of(empty, [one])) == ["a", "c", "d"]
    assert [path.name for path in children(empty.folder / SPEC.name)] == ["mark.parquet"]


def test_what_took_the_place_of_a_file_of_the_store_is_left(
    empty: StoreAhead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.merging, "FILES_AT_MOST", 1)
    seen = StoreAhead.of(empty, [_write(empty.folder, "old", "a")])
    written = [
        _write(empty.folder, "1", "b", replaces="old"),
        _write(empty.folder, "2", "c", replaces="1"),
        _write(empty.folder, "3", "d"),
        _write(empty.folder, "4", "e"),
    ]
    after = merged(seen, written, "mark")
    assert after[:2] == written[:2]
    assert sorted(_ids(StoreAhead.of(seen, after))) == ["c", "d", "e"]
    assert size_of(empty.folder / SPEC.name / "old")
