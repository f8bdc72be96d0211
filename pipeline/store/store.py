"""The store as its readers see it: every table as the last committed run left it."""

import json
import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.parse import unquote, urlsplit

import duckdb

from pipeline.store import delta
from pipeline.store.damage import damage_named
from pipeline.store.delta import DataFile
from pipeline.store.reading import read_objects
from pipeline.store.views import create_views
from schemas import ConfigError, InputError
from schemas.tables import RunRow
from transforms.files import Place, read_rows
from transforms.logic.tables import TABLES
from transforms.objects import S3, ObjectPath

_RUNS = "runs"
_OBJECTS = re.compile(r"s3://[a-z0-9][a-z0-9.-]+(/[\w.-]*\w[\w.-]*)+/?", re.ASCII)


class Store:
    """A snapshot of a store: it keeps showing one run's state, whatever is committed after it was opened."""

    def __init__(self, folder: Place, runs: tuple[RunRow, ...]) -> None:
        self.folder = folder
        self._runs = runs
        self._files: dict[str, list[DataFile]] = {}

    @classmethod
    def open(cls, uri: str) -> Self:
        """The store at a folder, at its last committed run.

        Raises:
            InputError: there is no store.
            ConfigError: a place that cannot hold a store.
            StoreError: a file of it is damaged or gone.
        """
        folder = store_folder(uri)
        with damage_named(folder):
            if not delta.exists(folder / _RUNS):
                raise InputError(f"{uri}: no store here; `wiretally run DUMP --store {uri}` makes one")
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
        if table not in self._files:
            with damage_named(self.folder):
                version = self.versions[table]
                self._files[table] = delta.data_files(self.folder / table, TABLES[table], version)
        return list(self._files[table])

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
        """A DuckDB connection in memory with a view of every table. It reaches for nothing but the store."""
        offline: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        connection = duckdb.connect(config=offline)
        connection.execute("SET TimeZone = 'UTC'")
        with damage_named(self.folder):
            if isinstance(self.folder, ObjectPath):
                read_objects(connection)
            create_views(connection, {name: self.files(name) for name in TABLES})
        return connection


def store_folder(uri: str) -> Place:
    """The folder of a store's URI: a path, a `file:` URI, or `s3://BUCKET/KEY` in an object store.

    Raises:
        ConfigError: another scheme, a path with characters that Delta or DuckDB would take for patterns, or
            an object store without the extra that reaches one.
    """
    parts = urlsplit(uri)
    if uri.startswith(S3):
        return _object_folder(uri)
    if "://" in uri and parts.scheme != "file":
        raise ConfigError(
            f"--store {uri}: a store is a folder or at s3://BUCKET/FOLDER; {parts.scheme} is not supported"
        )
    path = unquote(parts.path) if "://" in uri else uri
    if any(sign in path for sign in "%*?[]"):
        raise ConfigError(f"--store {uri}: choose a path without any of % * ? [ ]")
    return Path(path).expanduser().absolute()


def _object_folder(uri: str) -> ObjectPath:
    if not _OBJECTS.fullmatch(uri):
        raise ConfigError(
            f"--store {uri}: write s3://BUCKET/FOLDER, of letters, digits and . _ - with single slashes"
        )
    if not (find_spec("obstore") and find_spec("fsspec")):
        raise ConfigError(f"--store {uri}: object stores need obstore and fsspec; install wiretally[s3]")
    return ObjectPath.of(uri)


def read_runs(folder: Place) -> tuple[RunRow, ...]:
    """The committed runs in the order in which they were committed, which no clock decides."""
    files = delta.data_files(folder / _RUNS, TABLES[_RUNS])
    rows = [row for file in files for row in read_rows(folder / _RUNS / file.path).to_pylist()]
    runs = [RunRow(**row) for row in rows]
    return tuple(sorted(runs, key=lambda run: int(json.loads(run.versions)[_RUNS])))
