"""Rows for the store's tests."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.store.commit import OpenRun
from pipeline.store.delta import DataFile
from schemas import Reject, RejectReason, Side
from schemas.event import EventType, Modality, Role
from schemas.tables import RUN, ActivityRow, Period, RejectRow, RunRow
from transforms.files import Place, write_parquet
from transforms.logic.tables import TABLES


def a_run_row(run_id: str, **changes: Any) -> RunRow:
    moment = datetime(2024, 12, 9, tzinfo=UTC)
    counts = dict.fromkeys(
        ("records_read", "articles_kept", "duplicates", "replays", "rejects", "outside", "events"), 0
    )
    texts = dict.fromkeys(("inputs", "lexicon_version", "code_version", "options", "versions"), "")
    return RunRow(run_id=run_id, kind=RUN, started=moment, finished=moment, **(counts | texts | changes))


def a_reject_row(reject_id: str, run_id: str) -> RejectRow:
    reject = Reject(
        source_file="d.jsonl",
        position=0,
        source_format="jsonl",
        reason=RejectReason.NO_TEXT,
        detail="empty",
        raw=b"\xff{}",
        raw_bytes=3,
    )
    return RejectRow(reject_id=reject_id, run_id=run_id, **reject.model_dump())


def an_activity_row(day: datetime | None, stories: int, run_id: str) -> ActivityRow:
    return ActivityRow(
        period_start=day.date() if day else None,
        period=Period.DAY,
        actor_id="iran",
        actor_who="IRN",
        actor_side=Side.STATE,
        event_type=EventType.EVACUATION,
        subtype="all",
        role=Role.AGENT,
        modality=Modality.ACTUAL,
        stories=stories,
        articles=stories,
        outlets=1,
        mentions=1,
        first_seen=day,
        last_seen=day,
        run_id=run_id,
        lexicon_version="v1",
    )


def write(run: OpenRun, table: str, rows: Sequence[Any], part: str = "") -> DataFile:
    """A data file of rows that all belong to one partition, as a worker would write it."""
    spec = TABLES[table]
    partition = spec.partition_of(rows[0]) if spec.partition_of else None
    path = f"{spec.partition_by}={partition}/" if partition else ""
    path += f"{run.run_id}{part}.parquet"
    size = write_parquet(run.folder / table / path, spec.to_arrow(rows))
    return DataFile(path, partition, len(rows), size)


def state(folder: Place) -> dict[str, bytes]:
    """Every data file of a store on a disk by path."""
    assert isinstance(folder, Path)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*.parquet"))
        if "_delta_log" not in path.parts
    }
