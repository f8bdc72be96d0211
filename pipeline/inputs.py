"""Named dumps on this machine, for commands that run without a pipeline."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from glob import glob, has_magic
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from schemas import ConfigError, InputError

STDIN = "-"


class DumpFile(NamedTuple):
    """A file as the user named it or as it was found in a folder, and its size in bytes."""

    path: str
    size: int


@contextmanager
def standard_input() -> Iterator[DumpFile]:
    """All of standard input in a temporary file, since readers go back and forth in a file."""
    with tempfile.NamedTemporaryFile(prefix="wiretally-") as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
        spool.flush()
        yield DumpFile(spool.name, spool.tell())


def open_file(path: str) -> BinaryIO:
    """A local file for its raw bytes."""
    return Path(path).open("rb")


def list_files(names: Iterable[str]) -> list[DumpFile]:
    """The files behind names, sorted within each: the file, every file in a folder, every match of a glob.

    Raises:
        InputError: a name stands for nothing, or cannot be looked at.
        ConfigError: a URI that is not local.
    """
    return [file for name in names for file in _files_of(name)]


def local_path(name: str) -> str:
    """The path of a name or a `file:` URI."""
    parts = urlsplit(name)
    if "://" not in name:
        return name
    if parts.scheme != "file":
        raise ConfigError(
            f"{name}: this command reads local files only; copy the file here first, or use `run`"
        )
    return unquote(parts.path)


def _files_of(name: str) -> list[DumpFile]:
    path = Path(local_path(name))
    try:
        if path.is_dir():
            found = [file for file in path.rglob("*") if file.is_file()]
        elif path.exists() or not has_magic(name):
            return [DumpFile(str(path), path.stat().st_size)]
        else:
            found = [Path(file) for file in glob(str(path), recursive=True) if Path(file).is_file()]  # noqa: PTH207 - absolute patterns
        files = sorted(DumpFile(str(file), file.stat().st_size) for file in found)
    except FileNotFoundError as error:
        raise InputError(f"{name}: no such file or folder") from error
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}") from error
    if not files:
        raise InputError(f"{name}: no file there")
    return files
