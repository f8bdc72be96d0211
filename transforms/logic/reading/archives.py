"""Members of zip and tar archives, each as a source of its own."""

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from schemas import RejectReason
from transforms.logic.reading.limits import Limits
from transforms.logic.reading.streams import BrokenStreamError, Source, StrictReader, seekable

TAR_MAGIC = b"ustar"
TAR_MAGIC_AT = 257
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OFFICE = "[Content_Types].xml"
BAD_ZIP = (
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


@dataclass(frozen=True)
class Refused:
    """A member, or the rest of an archive, that cannot be read."""

    name: str
    reason: RejectReason
    detail: str
    size: int = 0


def archive_of(head: bytes) -> str | None:
    """`zip` or `tar` if the first bytes of a file are those of one."""
    if head.startswith(ZIP_MAGIC):
        return "zip"
    return "tar" if head[TAR_MAGIC_AT:].startswith(TAR_MAGIC) else None


def members(kind: str, source: Source, limits: Limits) -> Iterator[Source | Refused]:
    """The files in an archive, in its order; each must be read before the next is asked for."""
    yield from _zip_members(source, limits) if kind == "zip" else _tar_members(source, limits)


def unsafe_name(name: str) -> bool:
    """Whether the name of a member points out of the folder in which the archive would be unpacked."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or parts[0][1:2] == ":"


class _Member:
    """A member's bytes, with what libraries raise translated and its swelling watched."""

    def __init__(self, stream: IO[bytes], packed: int | None, limits: Limits) -> None:
        self._stream = stream
        self._packed = packed
        self._limits = limits
        self._given = 0

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._stream.read(size)
        except tarfile.ReadError as error:
            raise BrokenStreamError(RejectReason.TRUNCATED_ARCHIVE, f"tar: {error}") from error
        except EOFError as error:
            raise BrokenStreamError(RejectReason.TRUNCATED_ARCHIVE, "zip: ends inside a member") from error
        except BAD_ZIP as error:
            raise BrokenStreamError(RejectReason.CORRUPT_ARCHIVE, f"zip: {error}") from error
        self._given += len(data)
        most = max(self._limits.ratio_floor, self._limits.ratio * (self._packed or 0))
        if self._packed is not None and self._given > most:
            detail = f"zip: {self._packed} bytes swell to more than {self._given}"
            raise BrokenStreamError(RejectReason.UNSAFE_ARCHIVE, detail)
        return data


def _zip_members(source: Source, limits: Limits) -> Iterator[Source | Refused]:
    try:
        archive = zipfile.ZipFile(seekable(source, limits))
    except BrokenStreamError as error:
        yield Refused(source.name, error.reason, error.detail)
        return
    except BAD_ZIP as error:
        yield Refused(source.name, RejectReason.TRUNCATED_ARCHIVE, f"zip: {error}")
        return
    with archive:
        if OFFICE in archive.NameToInfo:
            detail = "an Office document; save it as text or CSV"
            yield Refused(source.name, RejectReason.UNKNOWN_FORMAT, detail)
            return
        for info in archive.infolist():
            if not info.filename.endswith("/"):
                yield from _zip_member(archive, info, f"{source.name}!{info.filename}", limits)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits
) -> Iterator[Source | Refused]:
    if unsafe_name(info.filename):
        yield Refused(
            name, RejectReason.UNSAFE_ARCHIVE, "a member whose name leads out of the archive", info.file_size
        )
        return
    if info.flag_bits & 1:
        yield Refused(name, RejectReason.UNREADABLE_FILE, "an encrypted member", info.file_size)
        return
    try:
        stream = archive.open(info)
    except BAD_ZIP as error:
        yield Refused(name, RejectReason.CORRUPT_ARCHIVE, f"zip: {error}", info.file_size)
        return
    with stream:
        yield Source(name, _Member(stream, info.compress_size, limits))


def _tar_members(source: Source, limits: Limits) -> Iterator[Source | Refused]:
    last: Source | None = None
    try:
        with tarfile.open(fileobj=StrictReader(source), mode="r|") as archive:
            for info in archive:
                name = f"{source.name}!{info.name}"
                last = None
                if info.isdir():
                    continue
                if unsafe_name(info.name):
                    detail = "a member whose name leads out of the archive"
                    yield Refused(name, RejectReason.UNSAFE_ARCHIVE, detail, info.size)
                elif stream := archive.extractfile(info) if info.isreg() else None:
                    last = Source(name, _Member(stream, None, limits))
                    yield last
                else:
                    yield Refused(name, RejectReason.NOT_AN_ARTICLE, "a link or device in a tar file")
    except (tarfile.TarError, BrokenStreamError, EOFError) as error:
        if not (last and last.broken):
            broken = source.broken
            reason = broken.reason if broken else RejectReason.TRUNCATED_ARCHIVE
            yield Refused(source.name, reason, broken.detail if broken else f"tar: {error}")
        return
    if source.broken and not (last and last.broken):
        yield Refused(source.name, source.broken.reason, source.broken.detail)
