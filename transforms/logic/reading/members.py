"""What zip and tar archives have in common: their members, and those that are refused."""

import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import IO

from schemas import RejectReason
from transforms.logic.reading.limits import Limits
from transforms.logic.reading.streams import BrokenStreamError, Readable, Source

Damage = tuple[type[Exception], ...]


@dataclass(frozen=True)
class Refused:
    """A member, or the rest of an archive, that cannot be read."""

    name: str
    reason: RejectReason
    detail: str
    size: int = 0


def unsafe_name(name: str) -> bool:
    """Whether the name of a member points out of the folder in which the archive would be unpacked."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or parts[0][1:2] == ":"


class Names:
    """The members of one archive under names of their own, since two may have the same."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._taken: set[int] = set()

    def __len__(self) -> int:
        return len(self._taken)

    def of(self, member: str) -> str:
        """The archive's name and the member's; from the second of a name on with `#2` and so forth behind."""
        number, name = 1, f"{self._archive}!{member}"
        while (mark := _mark(name)) in self._taken:
            number += 1
            name = f"{self._archive}!{member}#{number}"
        self._taken.add(mark)
        return name


def _mark(name: str) -> int:
    """Eight bytes for a name, so that a million take little room."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogateescape"), digest_size=8).digest())


class Member:
    """A member's bytes, with what libraries raise translated and its swelling watched."""

    def __init__(
        self, kind: str, stream: IO[bytes], damage: Damage, limits: Limits, packed: int | None
    ) -> None:
        self._kind = kind
        self._stream = stream
        self._damage = damage
        self._packed = packed
        self._most = max(limits.ratio_floor, limits.ratio * (packed or 0))
        self._given = 0

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes, none at the end.

        Raises:
            BrokenStreamError: `truncated_archive`, `corrupt_archive` or `unsafe_archive`.
        """
        try:
            data = self._stream.read(size)
        except (EOFError, tarfile.ReadError) as error:
            detail = f"{self._kind}: {str(error) or 'ends inside a member'}"
            raise BrokenStreamError(RejectReason.TRUNCATED_ARCHIVE, detail) from error
        except self._damage as error:
            raise BrokenStreamError(RejectReason.CORRUPT_ARCHIVE, f"{self._kind}: {error}") from error
        self._given += len(data)
        if self._packed is not None and self._given > self._most:
            detail = f"{self._kind}: {self._packed} bytes swell to more than {self._given}"
            raise BrokenStreamError(RejectReason.UNSAFE_ARCHIVE, detail)
        return data


class Budget:
    """How many bytes all layers of one file may unpack to, so that bombs within bombs end soon."""

    def __init__(self, limits: Limits, size: int) -> None:
        self._size = size
        self._most = max(limits.total_floor, limits.ratio * size)
        self._given = 0

    def metered(self, name: str, inner: Readable) -> Source:
        """The unpacked stream, as a source that ends when the budget does."""
        return Source(name, _Metered(inner, self._spend))

    def _spend(self, count: int) -> None:
        self._given += count
        if self._given > self._most:
            detail = f"a file of {self._size} bytes unpacks to more than {self._most} in all its layers"
            raise BrokenStreamError(RejectReason.UNSAFE_ARCHIVE, detail)


class _Metered:
    def __init__(self, inner: Readable, spend: Callable[[int], None]) -> None:
        self._inner = inner
        self._spend = spend

    def read(self, size: int = -1, /) -> bytes:
        data = self._inner.read(size)
        self._spend(len(data))
        return data
