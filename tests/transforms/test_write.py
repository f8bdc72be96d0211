"""Rows to files, and what the launcher hears of it."""

from pathlib import Path
from typing import Any

import apache_beam as beam
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pipeline.store_helpers import a_reject_row, an_activity_row
from transforms.logic.tables import TABLES
from transforms.write import WriteManifest, WriteTables, WrittenFile, packed, read_manifest, unpacked

RUNNER = "FnApiRunner"


def _write(folder: Path, rows: dict[str, list[Any]], tallies: list[tuple[str, int]] = []) -> Any:  # noqa: B006
    manifest = folder / "manifest.json"
    with beam.Pipeline(RUNNER) as root:
        tables = {name: root | name >> beam.Create(some) for name, some in rows.items()}
        files = tables | WriteTables(TABLES, str(folder), "r1")
        counted = root | "tallies" >> beam.Create(tallies).with_output_types(tuple[str, int])
        (files, counted) | WriteManifest(str(manifest))
    return read_manifest(manifest)


def test_files_are_where_the_manifest_says(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    day = datetime(2024, 12, 6, tzinfo=UTC)
    activity = [an_activity_row(day, 1, "r1"), an_activity_row(None, 2, "r1")]
    files, tallies = _write(
        tmp_path,
        {"activity": activity, "rejects": [a_reject_row("a", "r1")], "dyads": []},
        [("read", 2), ("kept", 1), ("read", 3)],
    )
    assert tallies == {"read": 5, "kept": 1}
    assert sorted((file.table, file.path, file.partition, file.rows) for file in files) == [
        ("activity", "month=2024-12/r1.parquet", "2024-12", 1),
        ("activity", "month=undated/r1.parquet", "undated", 1),
        ("rejects", "r1.parquet", None, 1),
    ]
    for file in files:
        assert (tmp_path / file.table / file.path).stat().st_size == file.size
    table = pq.ParquetFile(tmp_path / "activity" / "month=undated" / "r1.parquet").read()
    assert TABLES["activity"].from_arrow(table, "undated") == activity[1:]


def test_manifest_of_nothing_is_there(tmp_path: Path) -> None:
    assert _write(tmp_path, {"rejects": []}) == ([], {})


@settings(max_examples=8)
@given(order=st.permutations([f"{n:02}" for n in range(12)]))
def test_order_of_arrival_does_not_show(order: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    files = [
        (_write(folder, {"rejects": [a_reject_row(name, "r1") for name in names]}), folder)
        for names, folder in (
            (order, tmp_path_factory.mktemp("a")),
            (sorted(order), tmp_path_factory.mktemp("b")),
        )
    ]
    assert files[0][0] == files[1][0]
    one, other = ((folder / "rejects" / "r1.parquet").read_bytes() for _, folder in files)
    assert one == other


def test_a_bundle_tried_again_writes_the_same_file_again(tmp_path: Path) -> None:
    rows = {"rejects": [a_reject_row(name, "r1") for name in "ab"]}
    first, _ = _write(tmp_path, rows)
    again, _ = _write(tmp_path, rows)
    assert again == first == [WrittenFile("rejects", "r1.parquet", None, 2, first[0].size)]
    assert [path.name for path in (tmp_path / "rejects").iterdir()] == ["r1.parquet"]


def test_chunks_of_many_rows_are_one_sorted_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transforms.write.ROWS_PER_CHUNK", 3)
    names = [f"{n:03}" for n in range(100)]
    _write(tmp_path, {"rejects": [a_reject_row(name, "r1") for name in reversed(names)]})
    assert pq.ParquetFile(tmp_path / "rejects" / "r1.parquet").read()["reject_id"].to_pylist() == names


def test_packed_rows_come_back_and_take_a_fifth_of_their_room() -> None:
    spec = TABLES["rejects"]
    table = spec.to_arrow([a_reject_row(f"{n:032x}", "r1") for n in range(500)])
    chunk = packed(table)
    assert pa.Table.from_batches([unpacked(chunk, spec.file_schema)]) == table
    assert len(chunk) < table.nbytes / 5
