"""Decompression that notices when a stream is cut short, is followed by rubbish, or swells beyond reason.

The usual readers of `.gz`, `.bz2`, `.xz` and `.zst` give what there is of a truncated file and say nothing,
or raise and give nothing. Here everything before the cut is given and the cut is then reported.
"""

import bz2
import lzma
import zlib
from typing import Protocol

import zstandard

from schemas import RejectReason
from transforms.logic.reading.limits import Limits
from transforms.logic.reading.streams import BrokenStreamError, Source

OUTPUT = 1 << 18
INPUT = 1 << 16
ZSTD_INPUT = 1 << 10
"""zstandard cannot cap its output: a block of 4 bytes may give 128 KiB, so this much may give 32 MiB."""
XZ_MEMORY = 1 << 28
ERRORS = (zlib.error, lzma.LZMAError, zstandard.ZstdError, OSError, EOFError)

MAGIC = {
    "gzip": b"\x1f\x8b",
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ\x00",
    "zstd": b"\x28\xb5\x2f\xfd",
}
ZSTD_SKIPPABLE = b"\x2a\x4d\x18"
"""A skippable frame begins with a byte of 0x50 to 0x5f and these."""


def compression_of(head: bytes) -> str | None:
    """The name of the compression that the first bytes of a file announce."""
    for name, magic in MAGIC.items():
        if head.startswith(magic):
            return name
    return "zstd" if head[1:4] == ZSTD_SKIPPABLE and 0x50 <= head[0] <= 0x5F else None


class _Codec(Protocol):
    def feed(self, data: bytes) -> bytes: ...
    @property
    def hungry(self) -> bool: ...
    @property
    def done(self) -> bool: ...
    @property
    def rest(self) -> bytes: ...


class _Gzip:
    def __init__(self) -> None:
        self._codec = zlib.decompressobj(31)
        self._full = False

    def feed(self, data: bytes) -> bytes:
        out = self._codec.decompress(self._codec.unconsumed_tail + data, OUTPUT)
        self._full = len(out) >= OUTPUT
        return out

    @property
    def hungry(self) -> bool:
        return not self._full and not self._codec.unconsumed_tail

    @property
    def done(self) -> bool:
        return self._codec.eof

    @property
    def rest(self) -> bytes:
        return self._codec.unused_data


class _Block:
    """bz2 and xz, whose decompressors have one interface."""

    def __init__(self, codec: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._codec = codec

    def feed(self, data: bytes) -> bytes:
        return self._codec.decompress(data, OUTPUT)

    @property
    def hungry(self) -> bool:
        return self._codec.needs_input

    @property
    def done(self) -> bool:
        return self._codec.eof

    @property
    def rest(self) -> bytes:
        return self._codec.unused_data


class _Zstd:
    hungry = True

    def __init__(self) -> None:
        self._codec = zstandard.ZstdDecompressor().decompressobj()

    def feed(self, data: bytes) -> bytes:
        return self._codec.decompress(data) if data else b""

    @property
    def done(self) -> bool:
        return self._codec.eof

    @property
    def rest(self) -> bytes:
        return self._codec.unused_data


def _codec(name: str) -> _Codec:
    if name == "gzip":
        return _Gzip()
    if name == "zstd":
        return _Zstd()
    if name == "bzip2":
        return _Block(bz2.BZ2Decompressor())
    return _Block(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY))


class Decompressed:
    """The decompressed bytes of a source, over as many members or frames as it has."""

    def __init__(self, source: Source, name: str, limits: Limits) -> None:
        self._source = source
        self._name = name
        self._limits = limits
        self._codec: _Codec | None = None
        self._taken = 0
        self._given = 0
        self._pending = b""
        self._ended = False
        self._input = ZSTD_INPUT if name == "zstd" else INPUT

    def read(self, _size: int = -1, /) -> bytes:
        """Some bytes, none at the end.

        Raises:
            BrokenStreamError: `truncated_archive`, `corrupt_archive` or `unsafe_archive`; whatever is wrong
                with the source below is passed on.
        """
        while not self._ended:
            try:
                data = self._advance()
            except ERRORS as error:
                self._ended = True
                raise BrokenStreamError(RejectReason.CORRUPT_ARCHIVE, f"{self._name}: {error}") from error
            if data:
                return self._guarded(data)
        return b""

    def _advance(self) -> bytes:
        if self._codec is None:
            return self._begin_member()
        data = self._next_input() if self._codec.hungry else b""
        if not data and self._codec.hungry:
            self._ended = True
            raise self._cut()
        out = self._codec.feed(data)
        if self._codec.done:
            self._pending = self._codec.rest + self._pending
            self._codec = None
        return out

    def _begin_member(self) -> bytes:
        """Start on the next member; zeros may pad the space between and after members, nothing else may."""
        data = self._next_input().lstrip(b"\0") if self._given or self._taken else self._next_input()
        if not data:
            self._ended = not self._pending and not self._source.peek(1)
            if self._ended and self._source.broken:
                raise self._cut()
            return b""
        magic = MAGIC[self._name]
        known = data.startswith(magic) or magic.startswith(data) or compression_of(data) == self._name
        if not known:
            self._ended = True
            detail = f"{self._name}: something else follows the end of the compressed data"
            raise BrokenStreamError(RejectReason.CORRUPT_ARCHIVE, detail)
        self._codec = _codec(self._name)
        self._pending = data + self._pending
        return b""

    def _next_input(self) -> bytes:
        if self._pending:
            data, self._pending = self._pending[: self._input], self._pending[self._input :]
            return data
        data = self._source.read(self._input)
        self._taken += len(data)
        return data

    def _cut(self) -> BrokenStreamError:
        if self._source.broken:
            return BrokenStreamError(self._source.broken.reason, self._source.broken.detail)
        detail = f"{self._name} ends after {self._taken} bytes, before its end mark"
        return BrokenStreamError(RejectReason.TRUNCATED_ARCHIVE, detail)

    def _guarded(self, data: bytes) -> bytes:
        self._given += len(data)
        if self._given > self._limits.ratio_floor and self._given > self._limits.ratio * self._taken:
            self._ended = True
            detail = f"{self._name}: {self._taken} bytes swell to more than {self._given}"
            raise BrokenStreamError(RejectReason.UNSAFE_ARCHIVE, detail)
        return data
