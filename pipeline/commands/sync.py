"""`wiretally sync postgres`: keep a PostgreSQL schema equal to the store."""

import importlib.util

from pipeline.errors import remark
from pipeline.store import Store
from schemas import ConfigError


def sync_postgres_command(dsn: str, store: str, schema: str) -> int:
    """Send what changed; see `docs/dashboards.md`."""
    if importlib.util.find_spec("psycopg") is None:
        raise ConfigError("the PostgreSQL driver is not installed; pip install 'wiretally[postgres]'")
    from pipeline.feeds.postgres import sync_store

    report = sync_store(Store.open(store), dsn, schema)
    sent = ", ".join(f"{count} {table}" for table, count in report.rows.items()) or "nothing"
    remark(f"sent {sent}; {report.unchanged} partitions were up to date")
    return 0
