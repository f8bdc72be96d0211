"""How DuckDB reads a store's files where they are objects."""

from datetime import UTC, datetime
from typing import Any

import duckdb

from transforms.objects import ObjectFile, ObjectPath

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def read_objects(connection: duckdb.DuckDBPyConnection) -> None:
    """Have a connection read `s3://` by this process, without an extension of DuckDB, which is a download.

    DuckDB opens each file several times, and asks for its size and age each time. A file of a store never
    changes, so it is asked for once.
    """
    from fsspec import AbstractFileSystem

    class Objects(AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
        """As much of a file system as DuckDB asks for."""

        protocol = "s3"
        cachable = False

        def __init__(self) -> None:
            super().__init__()
            self._sizes: dict[str, int] = {}

        def open(self, path: str, *_: Any, **__: Any) -> ObjectFile:
            """The object to read."""
            return ObjectFile(ObjectPath.of(path), self._size(path))

        def info(self, path: str, **_: Any) -> dict[str, Any]:
            """What there is at the path."""
            return {"name": path, "size": self._size(path), "type": "file"}

        def modified(self, path: str) -> datetime:
            """The same moment for every object, since none changes."""
            return _ALWAYS

        def glob(self, path: str, **_: Any) -> list[str]:
            """The path itself: a store names its files."""
            return [path]

        def _size(self, path: str) -> int:
            if path not in self._sizes:
                self._sizes[path] = ObjectPath.of(path).size()
            return self._sizes[path]

    connection.register_filesystem(Objects())
