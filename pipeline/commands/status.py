"""`wiretally status`: what is in a store."""

from collections.abc import Sequence
from datetime import datetime

import duckdb
from rich.console import Console

from pipeline.queries import ask
from pipeline.store import Store
from pipeline.terminal import counted, facts, moment, sheet, table
from schemas.tables import RunRow
from transforms.logic.tables import TABLES

_SHOWN_RUNS = 10
_RECKONING = {
    "read": "records_read",
    "kept": "articles_kept",
    "dupl.": "duplicates",
    "replays": "replays",
    "rejects": "rejects",
    "outside": "outside",
}
_MODALITIES = (
    "SELECT event_type, modality, count(*), count(DISTINCT story_id) FROM events GROUP BY ALL ORDER BY ALL"
)
_REASONS = """
SELECT reason, count(*), count(DISTINCT source_file), any_value(source_file ORDER BY reject_id) FROM rejects
GROUP BY reason ORDER BY count(*) DESC, reason
"""
_SPAN = "SELECT min(published), max(published), count(*) FILTER (published IS NULL) FROM articles"


def status_command(uri: str) -> int:
    """Show the store; see `docs/cli.md`."""
    store = Store.open(uri)
    with store.connect() as connection:
        show_status(sheet(), store, connection)
    return 0


def show_status(page: Console, store: Store, connection: duckdb.DuckDBPyConnection) -> None:
    """Draw what the store holds, how it came there and what was rejected."""
    counts, runs, versions = store.counts(), store.runs(), store.versions
    span = next(ask(connection, _SPAN).rows)
    page.print(
        facts([("store", store.folder), ("holds", _holdings(counts)), ("published", _span(*span))], indent=0)
    )
    page.print()
    page.print(_runs_table(runs[-_SHOWN_RUNS:]))
    if len(runs) > _SHOWN_RUNS:
        page.print(f"and {counted(len(runs) - _SHOWN_RUNS, 'earlier run')}; the table runs has them all")
    page.print()
    rows = [(name, counts[name], versions[name]) for name in TABLES]
    page.print(table(["table", "rows", "version"], rows, ["rows", "version"]))
    _section(page, connection, _MODALITIES, ["event", "modality", "records", "stories"])
    _section(page, connection, _REASONS, ["rejects by reason", "records", "files", "for example in"])


def _holdings(counts: dict[str, int]) -> str:
    return ", ".join(
        (
            counted(counts["articles"], "article"),
            counted(counts["stories"], "story", "stories"),
            counted(counts["events"], "event"),
            counted(counts["rejects"], "reject"),
            counted(counts["runs"], "run"),
        )
    )


def _span(first: datetime | None, last: datetime | None, undated: int) -> str:
    dated = f"{moment(first)} to {moment(last)} UTC" if first and last else "no dated article"
    return f"{dated}, {undated:,} undated" if undated else dated


def _runs_table(runs: Sequence[RunRow]) -> object:
    """The last runs, oldest first; the day of its beginning is in a run's id."""
    columns = [name for name in _RECKONING if name != "outside" or any(run.outside for run in runs)]
    rows = [
        (run.run_id, *(getattr(run, _RECKONING[name]) for name in columns), run.lexicon_version)
        for run in runs
    ]
    return table(["run", *columns, "lexicon"], rows, columns, ("lexicon",))


def _section(
    page: Console, connection: duckdb.DuckDBPyConnection, query: str, columns: Sequence[str]
) -> None:
    rows = list(ask(connection, query).rows)
    if rows:
        page.print()
        page.print(table(columns, rows, ["records", "stories", "files"]))
