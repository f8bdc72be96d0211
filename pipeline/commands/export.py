"""`wiretally export`: a table of a store as a file."""

from pathlib import Path

import duckdb

from pipeline.choices import ExportFormat
from pipeline.errors import remark
from pipeline.files import chunks_to, replace_file
from pipeline.queries import ask
from pipeline.rowfiles import csv_lines, json_lines
from pipeline.store import Store
from schemas import ConfigError
from transforms.logic.tables import TABLES

_BY_SUFFIX = {
    ".csv": ExportFormat.CSV,
    ".jsonl": ExportFormat.JSONL,
    ".ndjson": ExportFormat.JSONL,
    ".parquet": ExportFormat.PARQUET,
}


def export_command(table: str, store: str, output: ExportFormat | None, file: Path | None) -> int:
    """Write the table; see `docs/cli.md`."""
    if table not in TABLES:
        raise ConfigError(f"there is no table {table}; the tables are {', '.join(TABLES)}")
    wanted = output or _format_of(file)
    if file is not None and not file.absolute().parent.is_dir():
        raise ConfigError(f"there is no folder {file.absolute().parent} to write {file.name} in")
    with Store.open(store).connect() as connection:
        export_table(connection, table, wanted, file)
    if file is not None:
        remark(f"wrote {file}")
    return 0


def _format_of(file: Path | None) -> ExportFormat:
    if file is None:
        return ExportFormat.CSV
    if file.suffix not in _BY_SUFFIX:
        raise ConfigError(f"{file} does not say its format; add --format csv, jsonl or parquet")
    return _BY_SUFFIX[file.suffix]


def export_table(
    connection: duckdb.DuckDBPyConnection, table: str, output: ExportFormat, file: Path | None
) -> None:
    """Write one table, its columns in the order of its row model.

    Rows are sorted by all columns from the left, nulls last, so that equal stores give equal files.
    """
    columns = ", ".join(f'"{name}"' for name in TABLES[table].row.model_fields)
    query = f'SELECT {columns} FROM "{table}" ORDER BY ALL'
    if output is ExportFormat.PARQUET:
        _write_parquet(connection, query, file)
    else:
        lines = csv_lines if output is ExportFormat.CSV else json_lines
        chunks_to(lines(*ask(connection, query)), file)


def _write_parquet(connection: duckdb.DuckDBPyConnection, query: str, file: Path | None) -> None:
    if file is None:
        raise ConfigError("Parquet is no text; name a file with -o FILE")
    replace_file(file, lambda draft: connection.sql(query).write_parquet(str(draft), compression="zstd"))
