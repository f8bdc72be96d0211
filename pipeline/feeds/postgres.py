"""A store's tables in PostgreSQL: only what changed is sent, in one transaction."""

from typing import Any, NamedTuple

import duckdb
import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

from pipeline.feeds import ddl
from pipeline.feeds.migrating import migrate
from pipeline.feeds.plan import FEEDS, Part, Plan, digests, plan_sync
from pipeline.queries import ask
from pipeline.store import Store
from schemas import ConfigError, InputError

_LOCK = 7_719_823_551
"""Two syncs into one database wait for each other by this advisory lock."""


class SyncReport(NamedTuple):
    """What a sync did: rows sent by table, and partitions that were already right."""

    rows: dict[str, int]
    unchanged: int


def sync_store(store: Store, dsn: str, schema: str) -> SyncReport:
    """Make the feed in a PostgreSQL schema hold what the store holds.

    Partitions whose files are those sent last are left alone; the others are copied to a staging table and
    replaced. All of it is one transaction: a reader sees the feed before or after, and a sync that is killed
    leaves it as it was. Syncing again sends nothing.

    Raises:
        InputError: the server cannot be reached.
        ConfigError: the role may not do this, or the schema does not fit.
    """
    connection = _connect(dsn)
    try:
        with connection, store.connect() as source:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            migrate(connection, schema)
            now = {part: d for table in FEEDS for part, d in digests(table, store.data_files(table)).items()}
            plan = plan_sync(now, _sent(connection, schema))
            rows = _send(connection, source, schema, plan)
            return SyncReport(rows, len(now) - len(plan.replace))
    except psycopg.errors.InsufficientPrivilege as error:
        raise ConfigError(
            f"PostgreSQL refuses: {_first_line(error)}; docs/dashboards.md lists the grants"
        ) from error
    except psycopg.errors.UndefinedTable as error:
        raise ConfigError(f"schema {schema} is not a feed of wiretally: {_first_line(error)}") from error


def _connect(dsn: str) -> Connection[Any]:
    try:
        place = conninfo_to_dict(dsn)
    except psycopg.ProgrammingError as error:
        raise ConfigError(f"the DSN is no PostgreSQL connection string: {_first_line(error)}") from error
    try:
        return psycopg.connect(dsn, connect_timeout=10)
    except psycopg.OperationalError as error:
        where = f"{place.get('host', 'the local socket')}, database {place.get('dbname', '(default)')}"
        raise InputError(f"no PostgreSQL at {where}: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _sent(connection: Connection[Any], schema: str) -> dict[Part, str]:
    query = sql.SQL("SELECT table_name, partition, digest FROM {}")
    rows = connection.execute(query.format(sql.Identifier(schema, "feed_parts"))).fetchall()
    return {Part(table, partition): digest for table, partition, digest in rows}


def _send(
    connection: Connection[Any], source: duckdb.DuckDBPyConnection, schema: str, plan: Plan
) -> dict[str, int]:
    rows: dict[str, int] = {}
    for part in plan.remove:
        _delete(connection, schema, part)
        _forget(connection, schema, part)
    for part, digest in plan.replace:
        rows[part.table] = rows.get(part.table, 0) + _replace(connection, source, schema, part)
        _forget(connection, schema, part)
        remember = sql.SQL("INSERT INTO {} (table_name, partition, digest) VALUES (%s, %s, %s)")
        connection.execute(remember.format(sql.Identifier(schema, "feed_parts")), (*part, digest))
    return rows


def _forget(connection: Connection[Any], schema: str, part: Part) -> None:
    forget = sql.SQL("DELETE FROM {} WHERE table_name = %s AND partition = %s")
    connection.execute(forget.format(sql.Identifier(schema, "feed_parts")), part)


def _delete(connection: Connection[Any], schema: str, part: Part) -> None:
    table = sql.Identifier(schema, part.table)
    column = ddl.partition_column(part.table)
    if column is None:
        connection.execute(sql.SQL("DELETE FROM {}").format(table))
    else:
        where = sql.SQL("DELETE FROM {} WHERE {} = %s").format(table, sql.Identifier(column))
        connection.execute(where, (part.partition,))


def _replace(connection: Connection[Any], source: duckdb.DuckDBPyConnection, schema: str, part: Part) -> int:
    """Copy a partition to staging and put it in the place of what was there."""
    columns = list(ddl.columns_of(part.table))
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    target = sql.Identifier(schema, part.table)
    connection.execute("DROP TABLE IF EXISTS pg_temp.wiretally_staging")
    connection.execute(
        sql.SQL("CREATE TEMP TABLE wiretally_staging ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(
            names, target
        )
    )
    count = _copy(connection, source, part, columns, names)
    _delete(connection, schema, part)
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM pg_temp.wiretally_staging").format(target, names, names)
    )
    return count


def _copy(
    connection: Connection[Any],
    source: duckdb.DuckDBPyConnection,
    part: Part,
    columns: list[str],
    names: sql.Composable,
) -> int:
    column = ddl.partition_column(part.table)
    where, values = (f'WHERE "{column}" = ?', [part.partition]) if column else ("", [])
    listed = ", ".join(f'"{name}"' for name in columns)
    answer = ask(source, f'SELECT {listed} FROM "{part.table}" {where}', values)
    count = 0
    statement = sql.SQL("COPY pg_temp.wiretally_staging ({}) FROM STDIN").format(names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in answer.rows:
            copy.write_row([_sendable(value) for value in row])
            count += 1
    return count


def _sendable(value: object) -> object:
    """PostgreSQL's text holds no NUL; a title may."""
    return value.replace("\0", "") if isinstance(value, str) and "\0" in value else value
