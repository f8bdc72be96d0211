"""Files that arrive in a folder: which are whole, and how many of them may be under way at once."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePath

from schemas import Arrival

UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")
"""Endings of names under which programs write what they rename when it is whole."""

_SECOND = 1_000_000_000


def has_arrived(file: Arrival, now_ns: int, settle_seconds: float) -> bool:
    """Whether a file is whole as far as one can see.

    Its name says nothing else (hidden names and `UNFINISHED` do), and it has not changed for
    `settle_seconds`. A file that is renamed when it is whole keeps its older time, so it has arrived at once
    if it took that long to write.
    """
    name = PurePath(file.path).name
    if name.startswith(".") or name.lower().endswith(UNFINISHED):
        return False
    return now_ns - file.modified_ns >= settle_seconds * _SECOND


def under_way(files: Iterable[Arrival], done: Collection[str], limit_bytes: int) -> Sequence[Arrival]:
    """The files that are to be read now: the oldest not done, up to `limit_bytes`, one at least.

    Args:
        files: what is in the folder.
        done: the stamps of those whose every record the store accounts for.
        limit_bytes: bytes of files that may be under way together, so that a burst waits in the folder.
    """
    waiting = sorted(
        (file for file in files if file.stamp not in done), key=lambda file: (file.modified_ns, file.path)
    )
    chosen: list[Arrival] = []
    held = 0
    for file in waiting:
        if chosen and held + file.size > limit_bytes:
            break
        chosen.append(file)
        held += file.size
    return chosen
