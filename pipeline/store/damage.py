"""What is wrong with a store's files or its disk, named by file, with what helps."""

import errno
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pyarrow as pa
from deltalake.exceptions import DeltaError

from pipeline.store import delta
from pipeline.store.errors import StoreError
from schemas import ConfigError, InputError
from transforms.files import Place, children, parquet_file, read_rows
from transforms.logic.tables import TABLES
from transforms.objects import ObjectPath, fault_of

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
_NUMBER = re.compile(r"(?:Errno |os error )(\d+)")
_REMEDY = "restore it from a backup, or make the store anew from the dumps"


class Damage(NamedTuple):
    """A file that cannot be used, and why."""

    path: Place
    reason: str
    remedy: str = _REMEDY

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}; {self.remedy}"


@contextmanager
def damage_named(folder: Place) -> Iterator[None]:
    """Turn what a broken file or disk makes fail inside the block into an error that names it.

    Errors that have another cause pass as they are.

    Raises:
        StoreError: the disk is full or closed, or a file of the store is damaged or gone.
    """
    try:
        yield
    except (StoreError, ConfigError, InputError):
        raise
    except Exception as error:
        fault = _disk_fault(error, folder) or next((str(one) for one in damages(folder)), None)
        if fault is None:
            raise
        raise StoreError(fault) from error


def _disk_fault(error: BaseException, folder: Place) -> str | None:
    """What the system said of the disk; workers pass its words on, not the error itself."""
    if isinstance(folder, ObjectPath):
        fault = fault_of(error)
        return (
            f"{folder}: {fault}; nothing is half done: run the same command again when that is mended"
            if fault
            else None
        )
    found = _NUMBER.search(str(error))
    number = error.errno if isinstance(error, OSError) and error.errno else int(found[1]) if found else None
    if number in _FULL:
        return f"{folder}: the disk is full; the store is as it was. Make room and run the same command again"
    if number in _CLOSED and (str(folder) in str(error) or "'" not in str(error)):
        return f"{folder}: the store cannot be written ({os.strerror(number)}); it is as it was"
    return None


def damages(folder: Place) -> Iterator[Damage]:
    """Yield what cannot be read of a store at its last run, log by log and file by file.

    Reads every file, so this takes as long as reading the store.
    """
    pins: dict[str, int] = {}
    for name in ("runs", *(name for name in TABLES if name != "runs")):
        table = folder / name
        version = pins.get(name, 0) if name != "runs" else None
        broken = _broken_log(table / delta.LOG, version)
        if broken is not None:
            yield broken
            continue
        files = [table / file.path for file in delta.data_files(table, TABLES[name], version)]
        found = list(damaged_files(files))
        yield from found
        if name == "runs" and not found:
            pins = _pins(files)


def _pins(files: Iterable[Place]) -> dict[str, int]:
    """The newest pins among the rows of `runs`."""
    rows = [row for file in files for row in read_rows(file)["versions"].to_pylist()]
    return max((json.loads(str(row)) for row in rows), key=lambda pins: int(pins["runs"]), default={})


def damaged_files(paths: Iterable[Place]) -> Iterator[Damage]:
    """Yield the Parquet files that are gone or cannot be read to their end."""
    for path in paths:
        if not path.is_file():
            yield Damage(path, "is gone")
            continue
        try:
            with parquet_file(path, page_checksum_verification=True) as file:
                for _ in file.iter_batches():
                    pass
        except (pa.ArrowException, OSError) as error:
            yield Damage(path, f"is damaged ({_first_line(error)})")


def _broken_log(log: Place, version: int | None) -> Damage | None:
    """Why a table cannot be opened: the first file of its log that is not whole, or the log itself."""
    try:
        delta.open_table(log.parent, version)
        delta.open_table(log.parent)
    except (DeltaError, OSError) as error:
        commits = children(log, "*.json")
        for path in commits:
            if not _is_whole(path):
                return Damage(path, "is damaged", _log_remedy(path, path == commits[-1], version))
        return Damage(log, f"is damaged ({_first_line(error)})")
    return None


def _log_remedy(path: Place, newest: bool, version: int | None) -> str:
    number = int(path.stem)
    if newest and (version is None or number > version) and number:
        return "delete it and run the same command again: the run that wrote it did not end"
    return _REMEDY


def _is_whole(commit: Place) -> bool:
    try:
        lines = [json.loads(line) for line in commit.read_text(encoding="utf-8").splitlines() if line.strip()]
    except ValueError:
        return False
    return bool(lines) and all(isinstance(line, dict) for line in lines)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".:")
