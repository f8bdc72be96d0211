"""A stream of bytes that can be looked into, and that says afterwards whether it was whole."""

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from schemas import RejectReason
from transforms.logic.reading.limits import Limits

CHUNK = 1 << 18
SPOOL_IN_MEMORY = 1 << 23


class BrokenStreamError(Exception):
    """The bytes end, or stop making sense, before they should. What came before is good."""

    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Breakage:
    """Why a stream ended early."""

    reason: RejectReason
    detail: str


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, none at the end."""
        ...


class Source:
    """A named stream with a look-ahead.

    `read` never raises for bad bytes: it ends, and `broken` says why. So a reader uses all that is good first
    and then accounts for the rest once. `file` is the seekable file behind a stream that nothing wraps.
    """

    def __init__(self, name: str, stream: Readable, file: BinaryIO | None = None) -> None:
        self.name = name
        self.file = file
        self.broken: Breakage | None = None
        self._stream = stream
        self._ahead = b""
        self._ended = False

    def peek(self, size: int) -> bytes:
        """The next `size` bytes (fewer at the end), left in place."""
        if len(self._ahead) < size and not self._ended:
            parts = [self._ahead]
            held = len(self._ahead)
            while held < size and (data := self._pull(max(size - held, 1 << 12))):
                parts.append(data)
                held += len(data)
            self._ahead = b"".join(parts)
        return self._ahead[:size]

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        return self._pull(size)

    def unread(self, data: bytes) -> None:
        """Put back what was read too far."""
        self._ahead = data + self._ahead

    def chunks(self) -> Iterator[bytes]:
        """All that is left, piece by piece."""
        while data := self.read():
            yield data

    def read_whole(self, cap: int) -> tuple[bytes, int]:
        """Up to `cap` bytes of what is left, and how many bytes there were, the rest being passed over."""
        kept = bytearray()
        total = 0
        for data in self.chunks():
            total += len(data)
            if len(kept) < cap:
                kept += data[: cap - len(kept)]
        return bytes(kept), total

    def rewind_to(self, position: int) -> None:
        """Continue at byte `position` of `file`."""
        if self.file is None:
            raise ValueError(f"{self.name} cannot be read from the middle")
        self.file.seek(position)
        self._ahead = b""
        self._ended = False
        self.broken = None

    def _pull(self, size: int) -> bytes:
        if self._ended:
            return b""
        try:
            data = self._stream.read(size)
        except BrokenStreamError as error:
            self.broken = Breakage(error.reason, error.detail)
            data = b""
        except OSError as error:
            self.broken = Breakage(RejectReason.UNREADABLE_FILE, f"reading failed: {error}")
            data = b""
        self._ended = not data
        return data


class StrictReader(io.RawIOBase):
    """A source as a file object for libraries; raises BrokenStreamError where the source is broken."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._position = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Exactly `size` bytes unless the source ends; everything for -1."""
        wanted = -1 if size is None else size
        parts: list[bytes] = []
        held = 0
        while wanted < 0 or held < wanted:
            data = self._source.read(CHUNK if wanted < 0 else wanted - held)
            if not data:
                if self._source.broken and not held:
                    raise BrokenStreamError(self._source.broken.reason, self._source.broken.detail)
                break
            parts.append(data)
            held += len(data)
        self._position += held
        return b"".join(parts)

    def tell(self) -> int:
        """Bytes read so far."""
        return self._position


def seekable(source: Source, limits: Limits) -> BinaryIO:
    """The source as a seekable file: the file itself, or a temporary copy that goes away when closed.

    Raises:
        BrokenStreamError: the source is broken, or larger than may be laid out.
    """
    if source.file is not None:
        source.file.seek(0)
        return source.file
    spool = tempfile.SpooledTemporaryFile(max_size=SPOOL_IN_MEMORY)  # noqa: SIM115 - the caller reads it
    for data in source.chunks():
        spool.write(data)
        if spool.tell() > limits.spool_bytes:
            raise BrokenStreamError(
                RejectReason.UNSAFE_ARCHIVE, f"unpacks to more than {limits.spool_bytes} bytes"
            )
    if source.broken:
        raise BrokenStreamError(source.broken.reason, source.broken.detail)
    spool.seek(0)
    return spool  # type: ignore[return-value]
