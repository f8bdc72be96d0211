"""The Python of docs/dashboards.md runs on a store and says what the store says."""

import re
from pathlib import Path

import pytest

DOC = Path(__file__).resolve().parents[2] / "docs" / "dashboards.md"
BLOCKS = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)


def run(block: str, store: Path) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(block.replace('"out/store"', repr(str(store))), names)
    return names


def test_duckdb(dump_store: Path) -> None:
    daily = run(BLOCKS[0], dump_store)["daily"]
    assert isinstance(daily, list)
    assert {row[1] for row in daily} == {"TUR:state"}
    assert sum(row[2] for row in daily) == 6


@pytest.mark.postgres
def test_polars(dump_store: Path) -> None:
    pytest.importorskip("polars")
    monthly = run(BLOCKS[1], dump_store)["monthly"]
    top = {row["actor_id"]: row["stories"] for row in monthly.to_dicts()}  # type: ignore[attr-defined]
    assert top["TUR:state"] == 6
