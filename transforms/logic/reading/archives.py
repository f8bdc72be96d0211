"""Members of zip and tar archives, each as a source of its own."""

from collections.abc import Iterator

from transforms.logic.reading.limits import Limits
from transforms.logic.reading.members import Budget, Refused
from transforms.logic.reading.streams import Source
from transforms.logic.reading.tars import tar_members
from transforms.logic.reading.zips import zip_members

TAR_MAGIC = b"ustar"
TAR_MAGIC_AT = 257
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def archive_of(head: bytes) -> str | None:
    """`zip` or `tar` if the first bytes of a file are those of one."""
    if head.startswith(ZIP_MAGIC):
        return "zip"
    return "tar" if head[TAR_MAGIC_AT:].startswith(TAR_MAGIC) else None


def members(kind: str, source: Source, limits: Limits, budget: Budget) -> Iterator[Source | Refused]:
    """The files in an archive, in its order; each must be read before the next is asked for."""
    yield from (zip_members if kind == "zip" else tar_members)(source, limits, budget)
