"""Questions to a store's tables, answered in batches."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import duckdb

from pipeline.store.damage import damaged_files
from pipeline.store.errors import StoreError
from schemas import ConfigError
from transforms.files import place_of
from transforms.objects import fault_of

_BATCH = 2_000


class Answer(NamedTuple):
    """The columns of a result and its rows, read as they are used."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


def ask(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> Answer:
    """Run a query, with `values` for its question marks.

    Raises:
        ConfigError: DuckDB does not understand the query, or it names something that is not there.
        StoreError: a file that the query reads is damaged or gone.
    """
    try:
        cursor = connection.execute(query, values)
    except duckdb.Error as error:
        _name_damage(connection, error)
        raise ConfigError(f"the query does not run: {_reason(error)}") from error
    if cursor.description is None:
        return Answer([], iter(()))
    return Answer([column[0] for column in cursor.description], _rows(cursor))


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := _fetch(cursor):
        yield from batch


def _name_damage(connection: duckdb.DuckDBPyConnection, error: duckdb.Error) -> None:
    """Look whether a file under a view is why the query failed; one that was there may be gone."""
    if fault := fault_of(error):
        raise StoreError(f"{fault}; run the same command again when that is mended") from error
    if isinstance(error, duckdb.BinderException | duckdb.CatalogException | duckdb.ParserException):
        return
    views = connection.execute("SELECT sql FROM duckdb_views() WHERE NOT internal").fetchall()
    paths = sorted({path for (sql,) in views for path in re.findall(r"'((?:[^']|'')+\.parquet)'", sql)})
    for damage in damaged_files(place_of(path.replace("''", "'")) for path in paths):
        raise StoreError(str(damage)) from error


def _fetch(cursor: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Casts and divisions fail here, not in `execute`: the result is computed as it is read."""
    try:
        return cursor.fetchmany(_BATCH)
    except duckdb.Error as error:
        _name_damage(cursor, error)
        raise ConfigError(f"the query does not run: {_reason(error)}") from error


def _reason(error: duckdb.Error) -> str:
    """DuckDB's message without its drawing of the query."""
    return " ".join(re.sub(r"\n+LINE \d+:.*", "", str(error), flags=re.DOTALL).split())
