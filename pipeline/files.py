"""Files that are there whole or not at all, and the way to standard output."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """Give `path` new content in one step: readers see the old file or the new one, never a part.

    Args:
        path: the file; its folder must be there.
        write: writes the content to the temporary path that it is given, beside the file.

    Raises:
        OSError: the folder is missing, not writable or full; `path` is as it was.
    """
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        write(draft)
        draft.replace(path)


def write_chunks(chunks: Iterable[bytes], target: BinaryIO) -> None:
    """Write chunks one after the other."""
    for chunk in chunks:
        target.write(chunk)
    target.flush()


def chunks_to(chunks: Iterable[bytes], path: Path | None) -> None:
    """Write chunks to a file in one step, or to standard output when `path` is None."""
    if path is None:
        write_chunks(chunks, sys.stdout.buffer)
    else:
        replace_file(path, lambda draft: _to_draft(chunks, draft))


def _to_draft(chunks: Iterable[bytes], draft: Path) -> None:
    with draft.open("wb") as target:
        write_chunks(chunks, target)
        os.fsync(target.fileno())
