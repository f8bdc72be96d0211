"""The table and the reckoning after a run, and the line while it runs."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.live import Live

from pipeline.progress import LiveLine, live_progress, silent
from pipeline.store import Store
from pipeline.summary import TopRow, top_actors
from schemas import Modality, Side
from schemas.lexicon import Ancestor, Lexicon
from tests.pipeline.cli_store import NOON, event_row, make_store


class Tally(NamedTuple):
    records: int
    rejects: int
    size: int = 0
    read: int = 0
    placed: int = 0


def lexicon() -> Lexicon:
    quds, iran = Ancestor("quds-force", "IRN", Side.STATE), Ancestor("IRN:state", "IRN", Side.STATE)
    lineage = {"quds-force": (quds, iran), "irgc": (iran,), "IRN:state": (iran,)}
    return Lexicon(version="abc", names=(), actors={}, lineage=lineage, roles={}, tables={})


def top(folder: Path, *rows: object) -> list[TopRow]:
    with Store.open(make_store(folder / "store", {"events": rows})).connect() as connection:  # type: ignore[dict-item]
        return top_actors(connection, lexicon())


def test_a_story_over_two_months_is_one_story(tmp_path: Path) -> None:
    later = NOON + timedelta(days=40)
    rows = top(tmp_path, event_row("XXX:armed"), event_row("XXX:armed", article_id="a2", published=later))
    assert [(row.actor_id, row.stories, row.articles, row.outlets) for row in rows] == [
        ("XXX:armed", 1, 2, 1)
    ]
    assert (rows[0].first_seen, rows[0].last_seen) == (NOON, later)


def test_an_actor_counts_for_its_ancestors_each_story_once(tmp_path: Path) -> None:
    rows = top(tmp_path, event_row("quds-force"), event_row("IRN:state"), event_row("irgc", "s2", "a2"))
    assert [(row.actor_id, row.stories) for row in rows] == [("IRN:state", 2), ("quds-force", 1)]


def test_only_what_actually_happened_is_counted(tmp_path: Path) -> None:
    assert top(tmp_path, event_row(modality=Modality.PLANNED)) == []


def test_the_line_says_how_far_and_how_fast_since_the_first_record() -> None:
    line = _line_at(100.0, 110.0, 112.0, 172.0)
    assert line(Tally(500, 0)) == "500 records · 0 rejects · 0:10"
    assert line(Tally(2_500, 1)) == "2,500 records · 1,000 a second · 1 reject · 0:12"
    assert line(Tally(12_900, 3)) == "12,900 records · 200 a second · 3 rejects · 1:12"


def test_the_line_says_what_is_read_and_what_is_left_of_it() -> None:
    line = _line_at(0.0, 10.0, 20.0, 4_000.0)
    assert line(Tally(500, 0)) == "500 records · 0 rejects · 0:10"
    told = line(Tally(1_500, 0, size=8_000_000, read=2_000_000))
    assert told == "1,500 records · 100 a second · 0 rejects · 2 of 8 MB, about 1:00 to go · 0:20"
    told = line(Tally(500, 0, size=8_000_000, read=8_000_000, placed=40_000))
    assert told == "500 records · 0 rejects · 40,000 placed · 1:06:40"


def _line_at(*moments: float) -> Callable[[Tally], str]:
    times = iter(moments)
    return LiveLine(Live(console=Console(file=io.StringIO())), lambda: next(times)).line


def test_progress_shows_only_where_somebody_sees_it_move() -> None:
    pipe, terminal = io.StringIO(), io.StringIO()
    with live_progress(False, Console(file=pipe)) as progress:
        progress(Tally(5, 0))
    with live_progress(False, Console(file=terminal, force_terminal=True, width=80)) as progress:
        progress(Tally(5, 0))
        assert progress is not silent
    with live_progress(True, Console(file=terminal, force_terminal=True)) as progress:
        assert progress is silent
    assert pipe.getvalue() == ""
    assert "5 records" in terminal.getvalue()


def test_times_of_the_store_are_utc(tmp_path: Path) -> None:
    (row,) = top(tmp_path, event_row("XXX:civil"))
    assert row.first_seen == datetime(2024, 12, 6, 12, tzinfo=UTC)
