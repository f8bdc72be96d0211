"""The tables as DuckDB views over their Parquet files."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from transforms.logic.tables import TABLES, TableSpec

_SQL_TYPES = {
    pa.bool_(): "BOOLEAN",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.string(): "VARCHAR",
    pa.binary(): "BLOB",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
    pa.date32(): "DATE",
}

_RESOLVED = """
SELECT DISTINCT old_story_id, articles.story_id FROM aliases JOIN articles ON article_id = old_story_id
"""
"""Where each story that once was belongs now, through however many aliases: its lead is an article still."""


def create_views(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[str]]) -> None:
    """One view for each table over its files, and `resolved_stories` over both ends of `aliases`.

    A table without files is an empty view with all its columns.
    """
    for name, spec in TABLES.items():
        source = _read_parquet(spec, files[name]) if files[name] else "(SELECT 1) WHERE false"
        columns = ", ".join(_column(field, bool(files[name])) for field in spec.schema)
        connection.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM {source}")
    connection.execute(f"CREATE VIEW resolved_stories AS {_RESOLVED}")


def _column(field: "pa.Field[Any]", stored: bool) -> str:
    return f'"{field.name}"' if stored else f'NULL::{_SQL_TYPES[field.type]} AS "{field.name}"'


def _read_parquet(spec: TableSpec, files: Sequence[str]) -> str:
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    if spec.partition_by is None:
        return f"read_parquet([{listed}], hive_partitioning = false)"
    kind = _SQL_TYPES[spec.schema.field(spec.partition_by).type]
    return (
        f"read_parquet([{listed}], hive_partitioning = true, hive_types = {{'{spec.partition_by}': {kind}}})"
    )
