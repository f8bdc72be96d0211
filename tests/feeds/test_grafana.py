"""Every query of the Grafana dashboard, run against a real feed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.store import Store

pytestmark = pytest.mark.postgres
psycopg = pytest.importorskip("psycopg")
DASHBOARD = Path(__file__).resolve().parents[2] / "examples" / "grafana" / "dashboards" / "activity.json"
BOARD: dict[str, Any] = json.loads(DASHBOARD.read_text(encoding="utf-8"))


def as_sql(query: str, schema: str, values: dict[str, list[str]]) -> str:
    """The query as Grafana would send it: macros expanded, variables quoted."""
    query = re.sub(r"\$__timeFilter\(([^)]+)\)", r"\1 BETWEEN '2023-01-01' AND '2023-12-31'", query)
    for name, chosen in values.items():
        quoted = ",".join("'" + value.replace("'", "''") + "'" for value in chosen)
        query = query.replace(f"${{{name}:sqlstring}}", quoted)
    assert "$" not in query, query
    return query.replace("wiretally.", f"{schema}.")


def test_every_panel_and_variable_answers(dump_store: Path, dsn: str, schema: str) -> None:
    from pipeline.feeds.postgres import sync_store

    sync_store(Store.open(str(dump_store)), dsn, schema)
    with psycopg.connect(dsn) as connection:
        values = {
            variable["name"]: [
                str(row[0]) for row in connection.execute(as_sql(variable["query"], schema, {}))
            ]
            for variable in BOARD["templating"]["list"]
        }
        assert all(values.values()), values
        for panel in BOARD["panels"]:
            (target,) = panel["targets"]
            found = connection.execute(as_sql(target["rawSql"], schema, values)).fetchall()
            assert found, panel["title"]


def test_panels_do_not_overlap() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in BOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells
