"""Members of zip archives."""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from schemas import RejectReason
from transforms.logic.reading.limits import Limits
from transforms.logic.reading.members import Budget, Member, Names, Refused, unsafe_name
from transforms.logic.reading.streams import BrokenStreamError, Source, seekable

OFFICE = "[Content_Types].xml"
UNIX = 3
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
"""What zipfile raises for damaged members. ValueError: an offset below zero; RuntimeError: encrypted, or
packed in a way that it does not know."""

END = b"PK\x05\x06"
END_BYTES = 22
LOCATOR = b"PK\x06\x07"
LOCATOR_BYTES = 20
END64 = b"PK\x06\x06"
END64_BYTES = 56
LONGEST_COMMENT = 1 << 16


def zip_members(source: Source, limits: Limits, budget: Budget) -> Iterator[Source | Refused]:
    """The files in a zip archive, in the order of its directory."""
    try:
        file = seekable(source, limits)
        size = _directory_bytes(file)
        if size > limits.zip_directory_bytes:
            yield Refused(source.name, RejectReason.TOO_LARGE, _too_many(size, limits.zip_directory_bytes))
            return
        archive = zipfile.ZipFile(file)
    except BrokenStreamError as error:
        yield Refused(source.name, error.reason, error.detail)
        return
    except DAMAGE as error:
        yield Refused(source.name, RejectReason.TRUNCATED_ARCHIVE, f"zip: {error}")
        return
    with archive:
        if OFFICE in archive.NameToInfo:
            detail = "an Office document; save it as text or CSV"
            yield Refused(source.name, RejectReason.UNKNOWN_FORMAT, detail)
            return
        names = Names(source.name)
        for info in archive.infolist():
            if not info.filename.endswith("/"):
                yield from _member(archive, info, names.of(info.filename), limits, budget)


def _directory_bytes(file: BinaryIO) -> int:
    """The size of the directory by the end of the file, 0 where that is none; all of it is held in memory."""
    length = file.seek(0, 2)
    file.seek(max(0, length - LONGEST_COMMENT - END_BYTES - LOCATOR_BYTES - END64_BYTES))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + END_BYTES:
        return 0
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    at64 = at - LOCATOR_BYTES - END64_BYTES
    if at64 >= 0 and tail.startswith(LOCATOR, at - LOCATOR_BYTES) and tail.startswith(END64, at64):
        size = int.from_bytes(tail[at64 + 40 : at64 + 48], "little")
    return size


def _too_many(size: int, cap: int) -> str:
    return (
        f"zip: a directory of {size} bytes; the cap is {cap}, some {cap // 80_000 * 1000} members. Unpack it"
    )


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits, budget: Budget
) -> Iterator[Source | Refused]:
    refused = _refusal(info)
    if refused:
        yield Refused(name, *refused, info.file_size)
        return
    try:
        stream = archive.open(info)
    except DAMAGE as error:
        yield Refused(name, RejectReason.CORRUPT_ARCHIVE, f"zip: {error}", info.file_size)
        return
    with stream:
        yield budget.metered(name, Member("zip", stream, DAMAGE, limits, info.compress_size))


def _refusal(info: zipfile.ZipInfo) -> tuple[RejectReason, str] | None:
    if unsafe_name(info.filename):
        return RejectReason.UNSAFE_ARCHIVE, "a member whose name leads out of the archive"
    if info.flag_bits & 1:
        return RejectReason.UNREADABLE_FILE, "an encrypted member"
    if info.create_system == UNIX and stat.S_ISLNK(info.external_attr >> 16):
        return RejectReason.NOT_AN_ARTICLE, "a link in a zip file"
    return None
