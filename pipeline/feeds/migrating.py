"""Making and renewing the feed's schema in PostgreSQL."""

from typing import Any

from psycopg import Connection, sql

from pipeline.feeds import ddl
from pipeline.feeds.plan import FEEDS
from schemas import ConfigError


def migrate(connection: Connection[Any], schema: str) -> None:
    """Bring the schema to the shape that this version sends, inside the caller's transaction.

    A missing schema, table, column or index is made. A table that gains a column is sent anew.

    Raises:
        ConfigError: the schema was made by a newer version, or a column there has another type.
    """
    if not _exists(connection, schema):
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    for statement in ddl.create_bookkeeping(schema):
        connection.execute(statement)
    _check_version(connection, schema)
    for table in FEEDS:
        connection.execute(ddl.create_table(schema, table))
        _add_columns(connection, schema, table)
        for statement in ddl.create_indexes(schema, table):
            connection.execute(statement)


def _exists(connection: Connection[Any], schema: str) -> bool:
    found = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,))
    return found.fetchone() is not None


def _check_version(connection: Connection[Any], schema: str) -> None:
    table = sql.Identifier(schema, "feed_version")
    row = connection.execute(sql.SQL("SELECT max(version) FROM {}").format(table)).fetchone()
    version = row[0] if row else None
    if version is not None and version > ddl.FEED_VERSION:
        raise ConfigError(
            f"schema {schema} was made by a newer wiretally (feed version {version}, this one writes "
            f"{ddl.FEED_VERSION}); update wiretally or name another --schema"
        )
    if version is None:
        connection.execute(sql.SQL("INSERT INTO {} VALUES (%s)").format(table), (ddl.FEED_VERSION,))


def _add_columns(connection: Connection[Any], schema: str, table: str) -> None:
    there = dict(
        connection.execute(
            "SELECT column_name, CASE data_type WHEN 'timestamp with time zone' THEN 'timestamptz' "
            "ELSE data_type END FROM information_schema.columns WHERE table_schema = %s AND table_name = %s",
            (schema, table),
        ).fetchall()
    )
    added = False
    for name, kind in ddl.columns_of(table).items():
        if name not in there:
            statement = sql.SQL("ALTER TABLE {} ADD COLUMN {} " + kind)
            connection.execute(statement.format(sql.Identifier(schema, table), sql.Identifier(name)))
            added = True
        elif there[name] != kind:
            raise ConfigError(
                f"column {schema}.{table}.{name} is {there[name]}, not {kind}; drop the table and sync again"
            )
    if added:
        forget = sql.SQL("DELETE FROM {} WHERE table_name = %s")
        connection.execute(forget.format(sql.Identifier(schema, "feed_parts")), (table,))
