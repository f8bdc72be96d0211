"""Parquet: values of every type, row groups as ranges, damage."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas import BodyKind
from tests.logic.reading.reading_helpers import SHAPES, articles, read_bytes, reasons, record, rejects
from transforms.logic.reading import Limits, plan_tasks


def parquet(rows: list[dict[str, Any]], group: int = 1000) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer, row_group_size=group)
    return buffer.getvalue()


ROWS = [record(number) for number in range(25)]


def test_values_of_every_type() -> None:
    rows = [
        {
            "id": 7,
            "title": "A",
            "text": "B",
            "date": date(2024, 12, 6),
            "authors": ["A. Writer", None, "B. Author"],
            "x": None,
        },
        {"id": 8, "title": "A", "text": None, "date": None, "authors": None, "x": None},
    ]
    first, second = articles(read_bytes("a.parquet", parquet(rows)))
    assert (first.record_id, first.published, first.byline) == ("7", "2024-12-06", "A. Writer, B. Author")
    assert (second.published, second.body_kind) == (None, BodyKind.NONE)
    moment = [{"title": "A", "text": "B", "published_at": datetime(2024, 12, 6, 7, 30, tzinfo=UTC)}]
    assert articles(read_bytes("a", parquet(moment)))[0].published == "2024-12-06T07:30:00+00:00"
    epoch = [
        {"title": "A", "text": "B", "timestamp": 1733470200.0},
        {"title": "A", "text": "B", "timestamp": float("nan")},
    ]
    assert [each.published for each in articles(read_bytes("a", parquet(epoch)))] == ["1733470200", None]


@pytest.mark.parametrize("range_bytes", [1, 1500, 1 << 30])
def test_row_groups_are_ranges_and_positions_stay(range_bytes: int) -> None:
    data = parquet(ROWS, group=4)
    found = read_bytes("a.parquet", data, range_bytes=range_bytes)
    assert [(each.position, each.record_id) for each in articles(found)] == [(n, f"n-{n}") for n in range(25)]
    tasks = plan_tasks(
        "a.parquet", len(data), lambda _: io.BytesIO(data), range_bytes=range_bytes, shapes=SHAPES
    )
    assert len(tasks) == {1: 7, 1 << 30: 1}.get(range_bytes, len(tasks))
    assert len(tasks) > 1 or range_bytes == 1 << 30


def test_damage_is_noticed() -> None:
    data = parquet(ROWS)
    assert reasons(read_bytes("a.parquet", data[:-20])) == ["truncated_archive"]
    broken = bytearray(data)
    broken[10:60] = b"\xff" * 50
    outcomes = read_bytes("a.parquet", bytes(broken))
    assert "corrupt_archive" in reasons(outcomes)


@pytest.mark.parametrize("range_bytes", [1, 1 << 30])
def test_a_damaged_row_group_is_one_reject_and_the_others_are_read(range_bytes: int) -> None:
    broken = bytearray(parquet(ROWS, group=10))
    broken[10:60] = b"\xff" * 50
    outcomes = read_bytes("a.parquet", bytes(broken), range_bytes=range_bytes)
    assert [(each.reason, each.position) for each in rejects(outcomes)] == [("corrupt_archive", 0)]
    assert [each.position for each in articles(outcomes)] == list(range(10, 25))


@pytest.mark.parametrize(
    ("values", "published"),
    [
        (pa.array([10**8, 20_000], pa.date32()), [None, "2024-10-04"]),
        (pa.array([10**17, 1728000000000], pa.date64()), [None, "2024-10-04"]),
        (pa.array([10**15, 10**12], pa.timestamp("ms")), [None, "2001-09-09T01:46:40"]),
        (pa.array([10**18 + 7, None], pa.timestamp("ns")), ["2001-09-09T01:46:40", None]),
        (pa.array([10**18, None], pa.timestamp("ns", "Moon/Sea")), ["2001-09-09T01:46:40+00:00", None]),
    ],
)
def test_a_value_that_python_cannot_hold_costs_its_row_only(values: Any, published: list[str | None]) -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"title": ["A", "B"], "text": ["C", "D"], "published": values}), buffer)
    outcomes = read_bytes("a.parquet", buffer.getvalue())
    found = {each.position: each.published for each in articles(outcomes)}
    assert [found.get(position) for position in range(2)] == published
    assert len(outcomes) == 2
    assert set(reasons(outcomes)) <= {"wrong_type"}


def test_a_text_that_is_no_utf8_is_decoded_like_any_other() -> None:
    text = pa.array([b"a f\x92rry", b"D"], pa.binary()).view(pa.string())
    buffer = io.BytesIO()
    pq.write_table(pa.table({"title": ["A", "B"], "text": text, "unused": values_out_of_range()}), buffer)
    outcomes = articles(read_bytes("a.parquet", buffer.getvalue()))
    assert [each.body for each in outcomes] == ["a f\u2019rry", "D"]


def values_out_of_range() -> Any:
    return pa.array([10**8, 10**8], pa.date32())


def test_a_row_above_the_cap() -> None:
    outcomes = read_bytes(
        "a.parquet", parquet([record(1), record(2, text="x" * 9000)]), limits=Limits(record_bytes=5000)
    )
    assert reasons(outcomes) == ["too_large"]
    assert len(articles(outcomes)) == 1


def test_an_unknown_table_is_one_reject() -> None:
    data = parquet([{"colour": "red", "weight": n} for n in range(30)], group=5)
    assert reasons(read_bytes("a.parquet", data, range_bytes=1)) == ["unknown_format"]


def test_a_column_whose_name_is_no_text_makes_one_reject() -> None:
    damaged = parquet(ROWS).replace(b"title", b"\x83itle")
    assert reasons(read_bytes("a.parquet", damaged)) == ["corrupt_archive"]
