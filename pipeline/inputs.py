"""Named dumps for the commands that run without a pipeline."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from schemas import InputError
from transforms.logic.reading import Opener

STDIN = "-"


class DumpFile(NamedTuple):
    """A file as the user named it or as it was found in a folder, and its size in bytes."""

    path: str
    size: int


class Listing(NamedTuple):
    """Files, and how to open them."""

    files: Sequence[DumpFile]
    opener: Opener


def open_file(path: str) -> BinaryIO:
    """A local file for its raw bytes."""
    return Path(path).open("rb")


@contextmanager
def standard_input() -> Iterator[Listing]:
    """All of standard input in a temporary file, since readers go back and forth in a file."""
    with tempfile.NamedTemporaryFile(prefix="wiretally-") as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
        spool.flush()
        yield Listing([DumpFile(STDIN, spool.tell())], lambda _: open_file(spool.name))


def list_dumps(names: Iterable[str]) -> Listing:
    """The files behind names, each once and sorted: a file, every file in a folder, every match of a glob.

    As in a run, hidden folders and links to folders are not walked. Beam is imported for URIs only.

    Raises:
        InputError: a name stands for nothing, or cannot be looked at.
    """
    local = [_local_path(name) for name in names]
    if any("://" in name for name in local):
        from transforms.read import expand_inputs, open_raw

        return Listing([DumpFile(*found) for found in expand_inputs(local)], open_raw)
    found = {file.path: file for name in local for file in _files_of(name)}
    return Listing(sorted(found.values()), open_file)


def _local_path(name: str) -> str:
    parts = urlsplit(name)
    return unquote(parts.path) if name.startswith("file://") else name


def _files_of(name: str) -> list[DumpFile]:
    try:
        paths = [name] if Path(name).exists() else glob(name, recursive=True)  # noqa: PTH207 - may be absolute
        files = [file for path in paths for file in (_walk(path) if Path(path).is_dir() else [path])]
        found = [DumpFile(file, Path(file).stat().st_size) for file in files]
    except OSError as error:
        raise InputError(f"{error.filename}: {error.strerror}") from error
    if not found:
        raise InputError(f"{name}: no such file, or an empty folder")
    return found


def _walk(folder: str) -> Iterator[str]:
    for here, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (str(path) for name in names if (path := Path(here, name)).is_file())


def _unreadable(error: OSError) -> None:
    raise error
