"""Arrow schemas derived from the row models."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from schemas.event import EventType, Modality, Role, Side
from schemas.tables import ActivityRow, Period
from transforms.logic.tables import TABLES, arrow_field, arrow_schema


@pytest.mark.parametrize(
    ("annotation", "kind", "nullable"),
    [
        (str, pa.string(), False),
        (str | None, pa.string(), True),
        (EventType, pa.string(), False),
        (EventType | None, pa.string(), True),
        (bool, pa.bool_(), False),
        (int, pa.int64(), False),
        (float | None, pa.float64(), True),
        (bytes, pa.binary(), False),
        (datetime | None, pa.timestamp("us", tz="UTC"), True),
        (date, pa.date32(), False),
    ],
)
def test_arrow_field_follows_annotation(annotation: object, kind: pa.DataType, nullable: bool) -> None:
    assert arrow_field("x", annotation) == pa.field("x", kind, nullable=nullable)


@pytest.mark.parametrize("annotation", [list[str], str | int, dict[str, int]])
def test_arrow_field_refuses_what_no_column_holds(annotation: object) -> None:
    with pytest.raises(TypeError, match="x: no column type"):
        arrow_field("x", annotation)


def test_every_model_field_is_a_column_in_order() -> None:
    for spec in TABLES.values():
        fields = list(spec.row.model_fields)
        assert spec.schema.names[: len(fields)] == fields
        assert set(spec.schema.names[len(fields) :]) <= {spec.partition_by}
        assert set(spec.key) <= set(fields)
        assert arrow_schema(spec.row).names == fields


def test_activity_begins_with_the_columns_that_readers_were_promised() -> None:
    promised = (
        "period_start period actor_id actor_who actor_side event_type subtype role modality stories articles "
        "outlets mentions first_seen last_seen run_id lexicon_version"
    )
    assert TABLES["activity"].schema.names[:17] == promised.split()


def test_runs_is_committed_last() -> None:
    assert list(TABLES)[-1] == "runs"


def test_rows_survive_arrow() -> None:
    spec = TABLES["activity"]
    row = ActivityRow(
        period_start=None,
        period=Period.WEEK,
        actor_id="quds-force",
        actor_who="IRN",
        actor_side=Side.STATE,
        event_type=EventType.EVACUATION,
        subtype="military",
        role=Role.AGENT,
        modality=Modality.ACTUAL,
        stories=1,
        articles=2,
        outlets=2,
        mentions=3,
        first_seen=datetime(2024, 12, 6, 23, 59, 59, 999999, UTC),
        last_seen=None,
        run_id="r",
        lexicon_version="v",
    )
    table = spec.to_arrow([row])
    assert "month" not in table.schema.names
    assert spec.partition_of is not None
    assert spec.from_arrow(table, spec.partition_of(row)) == [row]
