"""Which counts new events touch, and what is read for them."""

from datetime import date, timedelta
from pathlib import Path

import apache_beam as beam
import pyarrow.parquet as pq
from apache_beam.testing.util import assert_that, equal_to
from hypothesis import given
from hypothesis import strategies as st

from schemas import Reject
from schemas.event import EventType, Modality
from schemas.tables import DyadEventRow, RejectRow
from tests.pipeline.store_helpers import a_reject_row
from transforms.logic.counting.rows import UNDATED_MONTH, month_of
from transforms.logic.recounting import monday_of, months_to_read, next_month, touched_months
from transforms.logic.rejecting import reject_row
from transforms.logic.tables import TABLES
from transforms.recount import NewRejects, RejoinHistory

SPEC = TABLES["dyad_events"]
DAYS = st.dates(date(1980, 1, 1), date(2030, 12, 31))


def _row(article: str, day: date | None) -> DyadEventRow:
    return DyadEventRow(
        article_id=article,
        story_id=article,
        outlet=None,
        published=None,
        event_type=EventType.STRIKE,
        agent_id="a",
        patient_id="b",
        modality=Modality.ACTUAL,
        mentions=1,
        day=day,
        month=month_of(day),
        run_id="r",
        lexicon_version="v",
    )


def test_months() -> None:
    assert touched_months(date(2024, 12, 6)) == {"2024-12"}
    assert touched_months(date(2025, 1, 1)) == {"2025-01", "2024-12"}
    assert touched_months(None) == {UNDATED_MONTH}
    assert months_to_read({"2024-12", UNDATED_MONTH}) == {"2024-12", "2025-01", UNDATED_MONTH}
    assert next_month("2024-01") == "2024-02"


@given(DAYS, st.integers(-60, 60))
def test_every_event_that_shares_a_touched_count_is_read(day: date, apart: int) -> None:
    """A count is of a day, a week or a month: if two days share one in a touched partition, both are read."""
    other = day + timedelta(days=apart)
    shared = {month_of(day)} if month_of(day) == month_of(other) else set()
    if monday_of(day) == monday_of(other):
        shared.add(month_of(monday_of(day)))
    assert shared <= touched_months(day)
    if shared:
        assert month_of(other) in months_to_read(touched_months(day))


@given(DAYS)
def test_week_and_month_of_touched_partitions_are_whole(day: date) -> None:
    read = months_to_read(touched_months(day))
    for month in touched_months(day):
        first = date.fromisoformat(f"{month}-01")
        for offset in range(38):
            other = first + timedelta(days=offset)
            if month_of(other) == month or month_of(monday_of(other)) == month:
                assert month_of(other) in read


def test_only_touched_months_are_read(tmp_path: Path) -> None:
    known = []
    for n, day in enumerate((date(2024, 10, 1), date(2024, 12, 1), date(2025, 1, 3), None)):
        path = tmp_path / f"{n}.parquet"
        pq.write_table(SPEC.to_arrow([_row(f"old{n}", day)]), path)
        known.append((str(path), month_of(day)))
    (tmp_path / "0.parquet").write_bytes(b"no one looks into a month without news")
    with beam.Pipeline("FnApiRunner") as root:
        new = root | "New" >> beam.Create([_row("new", date(2024, 12, 31))])
        moves = root | "Moves" >> beam.Create([])
        rejoined = (new, moves) | RejoinHistory(SPEC, known)
        ids = rejoined.rows | beam.Map(lambda row: (row.article_id, row.month))
        assert_that(ids, equal_to([("new", "2024-12"), ("old1", "2024-12"), ("old2", "2025-01")]), "rows")
        assert_that(rejoined.touched, equal_to(["2024-12"]), "touched")


def test_moved_articles_touch_the_months_of_their_rows(tmp_path: Path) -> None:
    known = []
    for n, day in enumerate((date(2024, 10, 1), date(2024, 12, 2), date(2024, 12, 3), None)):
        path = tmp_path / f"{n}.parquet"
        pq.write_table(SPEC.to_arrow([_row(f"old{n}", day)]), path)
        known.append((str(path), month_of(day)))
    with beam.Pipeline("FnApiRunner") as root:
        moves = root | "Moves" >> beam.Create([("old1", "lead"), ("old3", "lead")])
        rejoined = (root | beam.Create([]), moves) | RejoinHistory(SPEC, known)
        ids = rejoined.rows | beam.Map(lambda row: (row.article_id, row.story_id))
        assert_that(ids, equal_to([("old1", "lead"), ("old2", "old2"), ("old3", "lead")]), "rows")
        months = rejoined.touched | beam.Distinct()
        assert_that(months, equal_to(["2024-12", UNDATED_MONTH]), "touched")


def test_nothing_new_reads_nothing() -> None:
    with beam.Pipeline("FnApiRunner") as root:
        nothing = root | beam.Create([])
        rejoined = (nothing, nothing) | RejoinHistory(SPEC, [("/no/such/file", "2024-12")])
        assert_that(rejoined.rows, equal_to([]))


def test_rejects_are_stored_once(tmp_path: Path) -> None:
    old = Reject(**a_reject_row("x", "r").model_dump(exclude={"reject_id", "run_id"}))
    new = old.model_copy(update={"position": 9})
    known = tmp_path / "known.parquet"
    pq.write_table(TABLES["rejects"].to_arrow([reject_row(old, "r1")]), known)
    with beam.Pipeline("FnApiRunner") as root:
        rows = root | beam.Create([old, new, new]) | NewRejects("r2", [str(known)])
        assert_that(rows, equal_to([RejectRow(**reject_row(new, "r2").model_dump())]))
