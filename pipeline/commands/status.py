"""`wiretally status`: what is in a store."""

from typing import Any

import duckdb

from pipeline.queries import ask
from pipeline.store import Store
from pipeline.terminal import counted, moment, sheet, table
from schemas.tables import RunRow
from transforms.logic.tables import TABLES

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
        show_status(store, connection)
    return 0


def show_status(store: Store, connection: duckdb.DuckDBPyConnection) -> None:
    """Draw what the store holds, how it came there and what was rejected."""
    page, counts, runs = sheet(), store.counts(), store.runs()
    first, last, undated = next(ask(connection, _SPAN).rows)
    page.print(f"store     {store.folder}")
    page.print(f"holds     {_holdings(counts)}")
    if first is not None:
        page.print(
            f"published {moment(first)} to {moment(last)} UTC" + (f", {undated:,} undated" if undated else "")
        )
    page.print()
    page.print(table(["run", "began (UTC)", *_RECKONING, "lexicon"], map(_run_row, runs), _RECKONING))
    versions = store.versions
    rows = [(name, counts[name], versions[name]) for name in TABLES]
    page.print()
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


def _run_row(run: RunRow) -> list[object]:
    return [
        run.run_id,
        moment(run.started),
        *(getattr(run, name) for name in _RECKONING.values()),
        run.lexicon_version,
    ]


def _section(page: Any, connection: duckdb.DuckDBPyConnection, query: str, columns: list[str]) -> None:
    rows = list(ask(connection, query).rows)
    if rows:
        page.print()
        page.print(table(columns, rows, ["records", "stories", "files"]))
