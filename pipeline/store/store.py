"""The store as its readers see it: every table as the last committed run left it."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.parse import unquote, urlsplit

import duckdb
import pyarrow.parquet as pq

from pipeline.store import delta
from pipeline.store.damage import damage_named
from pipeline.store.delta import DataFile
from pipeline.store.views import create_views
from schemas import ConfigError, InputError
from schemas.tables import RunRow
from transforms.logic.tables import TABLES

_RUNS = "runs"


class Store:
    """A snapshot of a store: it keeps showing one run's state, whatever is committed after it was opened."""

    def __init__(self, folder: Path, runs: tuple[RunRow, ...]) -> None:
        self.folder = folder
        self._runs = runs

    @classmethod
    def open(cls, uri: str) -> Self:
        """The store at a folder, at its last committed run.

        Raises:
            InputError: there is no store.
            ConfigError: a place that cannot hold a store.
            StoreError: a file of it is damaged or gone.
        """
        folder = store_folder(uri)
        if not delta.exists(folder / _RUNS):
            raise InputError(f"{uri}: no store here; `wiretally run DUMP --store {uri}` makes one")
        with damage_named(folder):
            return cls(folder, read_runs(folder))

    def runs(self) -> tuple[RunRow, ...]:
        """All committed runs, oldest first."""
        return self._runs

    @property
    def versions(self) -> Mapping[str, int]:
        """The pinned version of every table; of a store without a run, the empty version 0."""
        pinned = json.loads(self._runs[-1].versions) if self._runs else {}
        return MappingProxyType({name: int(pinned.get(name, 0)) for name in TABLES})

    def data_files(self, table: str) -> list[DataFile]:
        """The Parquet files of a table with their partitions, rows and sizes, sorted by path."""
        with damage_named(self.folder):
            return delta.data_files(self.folder / table, TABLES[table], self.versions[table])

    def files(self, table: str) -> list[str]:
        """The paths of a table's Parquet files; the partition is in the folder's name (`month=2024-12`).

        Raises:
            InputError: no such table.
        """
        if table not in TABLES:
            raise InputError(f"no table {table}; there are {', '.join(TABLES)}")
        return [str(self.folder / table / file.path) for file in self.data_files(table)]

    def counts(self) -> dict[str, int]:
        """The rows of every table, without reading it."""
        return {name: sum(file.rows for file in self.data_files(name)) for name in TABLES}

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection in memory with a view of every table. It reaches for no network."""
        offline: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        connection = duckdb.connect(config=offline)
        connection.execute("SET TimeZone = 'UTC'")
        with damage_named(self.folder):
            create_views(connection, {name: self.files(name) for name in TABLES})
        return connection


def store_folder(uri: str) -> Path:
    """The local folder of a store's URI: a path or a `file:` URI.

    Raises:
        ConfigError: another scheme, or a path with characters that Delta or DuckDB would take for patterns.
    """
    parts = urlsplit(uri)
    if "://" in uri and parts.scheme != "file":
        raise ConfigError(f"--store {uri}: a store is a local folder; {parts.scheme} is not supported yet")
    path = unquote(parts.path) if "://" in uri else uri
    if any(sign in path for sign in "%*?[]"):
        raise ConfigError(f"--store {uri}: choose a path without any of % * ? [ ]")
    return Path(path).expanduser().absolute()


def read_runs(folder: Path) -> tuple[RunRow, ...]:
    """The committed runs in the order in which they were committed, which no clock decides."""
    files = delta.data_files(folder / _RUNS, TABLES[_RUNS])
    rows = [
        row
        for file in files
        for row in pq.read_table(folder / _RUNS / file.path, partitioning=None).to_pylist()
    ]
    runs = [RunRow(**row) for row in rows]
    return tuple(sorted(runs, key=lambda run: int(json.loads(run.versions)[_RUNS])))
