"""A small store made through the store's own commit, for the tests of the command line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.store.commit import OpenRun, commit_run, open_run
from pipeline.store.delta import DataFile
from schemas import EventType, Modality, Reject, RejectReason, Role, Side
from schemas.base import Record
from schemas.tables import ActivityRow, EventRow, Period, RejectRow, RunRow
from transforms.files import write_parquet
from transforms.logic.tables import TABLES

NOON = datetime(2024, 12, 6, 12, tzinfo=UTC)
RUN = "20241207T000000-cafe"


def make_store(folder: Path, rows: Mapping[str, Iterable[Record]]) -> str:
    """A store with one run that holds these rows by table; returns its URI."""
    with open_run(str(folder), RUN) as run:
        commit_run(run, {name: _write(run, name, list(some)) for name, some in rows.items()}, run_row())
    return str(folder)


def _write(run: OpenRun, name: str, rows: list[Record]) -> list[DataFile]:
    spec, parts = TABLES[name], defaultdict(list)
    for row in rows:
        parts[spec.partition_of(row) if spec.partition_of else None].append(row)
    files = []
    for part, some in parts.items():
        path = f"{spec.partition_by}={part}/{RUN}.parquet" if part else f"{RUN}.parquet"
        size = write_parquet(run.folder / name / path, spec.to_arrow(some))
        files.append(DataFile(path, part, len(some), size))
    return files


def run_row() -> RunRow:
    """A run that read five records."""
    return RunRow(
        run_id=RUN, kind="run", started=NOON, finished=NOON, inputs="[]", records_read=5, articles_kept=2,
        duplicates=1, replays=1, rejects=1, outside=0, events=3, lexicon_version="abc", code_version="0",
        options="{}", versions="",
    )  # fmt: skip


def event_row(
    actor_id: str = "quds-force",
    story_id: str = "s1",
    article_id: str = "a1",
    published: datetime = NOON,
    modality: Modality = Modality.ACTUAL,
    evidence: str = "Iran has begun to evacuate commanders.",
) -> EventRow:
    """One coded event."""
    return EventRow(
        article_id=article_id, story_id=story_id, outlet="example.org", published=published,
        event_type=EventType.EVACUATION, subtype="military", role=Role.AGENT, actor_id=actor_id,
        actor_who="IRN", actor_side=Side.STATE, modality=modality, mentions=1, day=published.date(),
        day_source="published", evidence_start=0, evidence_end=len(evidence), evidence=evidence,
        trigger_start=0, trigger_end=4, actor_start=0, actor_end=4, rule="verb", month="2024-12",
        run_id=RUN, lexicon_version="abc",
    )  # fmt: skip


def activity_row(actor_id: str = "irn-state", period_start: date | None = date(2024, 12, 6)) -> ActivityRow:
    """One cell of the counts."""
    return ActivityRow(
        period_start=period_start, period=Period.DAY, actor_id=actor_id, actor_who="IRN",
        actor_side=Side.STATE, event_type=EventType.EVACUATION, subtype="all", role=Role.AGENT,
        modality=Modality.ACTUAL, stories=1, articles=2, outlets=1, mentions=3, first_seen=NOON,
        last_seen=NOON, run_id=RUN, lexicon_version="abc",
    )  # fmt: skip


def reject_row(detail: str = "no body", raw: bytes = b"\x00\xff{") -> RejectRow:
    """One rejected record."""
    reject = Reject(
        source_file="dump.jsonl", position=7, source_format="jsonl", reason=RejectReason.NO_TEXT,
        detail=detail, raw=raw, raw_bytes=len(raw),
    )  # fmt: skip
    return RejectRow(reject_id="r1", run_id=RUN, **reject.model_dump())
