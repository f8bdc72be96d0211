"""The feed's tables in PostgreSQL, derived from the store's own columns."""

import pyarrow as pa
from psycopg import sql

from pipeline.feeds.plan import WITHHELD
from transforms.logic.tables import TABLES

FEED_VERSION = 1
"""Raised when the feed's own bookkeeping changes shape."""

_TYPES = {
    pa.bool_(): "boolean",
    pa.int64(): "bigint",
    pa.float64(): "double precision",
    pa.string(): "text",
    pa.binary(): "bytea",
    pa.timestamp("us", tz="UTC"): "timestamptz",
    pa.date32(): "date",
}
_INDEXES = {
    "activity": (("period", "period_start"), ("actor_id",)),
    "dyads": (("period", "period_start"),),
    "events": (("day",), ("actor_id",), ("story_id",)),
    "articles": (("published",), ("story_id",)),
    "stories": (("first_seen",),),
}


def columns_of(table: str) -> dict[str, str]:
    """The columns of a feed table in order, with their PostgreSQL types."""
    withheld = WITHHELD.get(table, frozenset())
    return {f.name: _TYPES[f.type] for f in TABLES[table].schema if f.name not in withheld}


def partition_column(table: str) -> str | None:
    """The column by which a table is replaced in parts; None for one that is replaced whole."""
    return TABLES[table].partition_by


def create_table(schema: str, table: str) -> sql.Composed:
    """The statement that makes a feed table where it is not there."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} " + kind).format(sql.Identifier(name)) for name, kind in columns_of(table).items()
    )
    return sql.SQL("CREATE TABLE IF NOT EXISTS {} ({})").format(sql.Identifier(schema, table), columns)


def create_indexes(schema: str, table: str) -> list[sql.Composed]:
    """The statements that make a feed table's indexes where they are not there."""
    wanted = list(_INDEXES.get(table, ()))
    if partition_column(table):
        wanted.append((str(partition_column(table)),))
    return [
        sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} ({})").format(
            sql.Identifier(f"{table}_{'_'.join(columns)}"),
            sql.Identifier(schema, table),
            sql.SQL(", ").join(sql.Identifier(column) for column in columns),
        )
        for columns in wanted
    ]


def create_bookkeeping(schema: str) -> list[sql.Composed]:
    """The statements that make the schema and what the feed remembers of what it sent."""
    return [
        sql.SQL("CREATE TABLE IF NOT EXISTS {} (version integer NOT NULL)").format(
            sql.Identifier(schema, "feed_version")
        ),
        sql.SQL(
            "CREATE TABLE IF NOT EXISTS {} (table_name text, partition text, digest text NOT NULL, "
            "sent_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (table_name, partition))"
        ).format(sql.Identifier(schema, "feed_parts")),
    ]
