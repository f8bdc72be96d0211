"""Members of tar archives, read as a stream.

tarfile takes a header that it cannot read for the end of the archive, unless it is the first, and holds every
member that it has seen. Here the first is told, and members are let go.
"""

import tarfile
from collections.abc import Iterator
from typing import Self

from schemas import RejectReason
from transforms.logic.reading.limits import Limits
from transforms.logic.reading.members import Budget, Member, Names, Refused, unsafe_name
from transforms.logic.reading.streams import BrokenStreamError, Source, StrictReader

DAMAGE = (tarfile.TarError, EOFError, ValueError, OverflowError)
"""ValueError and OverflowError: sizes and places that are none."""
EXTENSIONS = frozenset(
    (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, b"X")
)
"""Headers with content, which tarfile holds whole; `X` is that of Solaris."""


class _Faults(list[str]):
    """What is wrong with headers."""


def tar_members(source: Source, limits: Limits, budget: Budget) -> Iterator[Source | Refused]:
    """The files in a tar archive, in their order; each must be read before the next is asked for."""
    last: Source | None = None
    faults = _Faults()
    try:
        with tarfile.open(
            fileobj=StrictReader(source), mode="r|", tarinfo=_header_class(faults, limits)
        ) as archive:
            names = Names(source.name)
            while info := archive.next():
                vars(archive)["members"].clear()
                if info.isdir():
                    continue
                if len(names) == limits.tar_members:
                    detail = f"tar: more than {limits.tar_members} members; the rest was not read. Split it"
                    yield Refused(source.name, RejectReason.TOO_LARGE, detail)
                    return
                last = None
                for member in _member(archive, info, names.of(info.name), limits, budget):
                    last = member if isinstance(member, Source) else None
                    yield member
    except (*DAMAGE, BrokenStreamError) as error:
        faults.append(str(error))
    if last and last.broken:
        return
    if source.broken:
        yield Refused(source.name, source.broken.reason, source.broken.detail)
    elif faults:
        yield Refused(source.name, RejectReason.TRUNCATED_ARCHIVE, f"tar: {faults[0]}; the rest was not read")


def _member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, name: str, limits: Limits, budget: Budget
) -> Iterator[Source | Refused]:
    if unsafe_name(info.name):
        detail = "a member whose name leads out of the archive"
        yield Refused(name, RejectReason.UNSAFE_ARCHIVE, detail, info.size)
    elif stream := archive.extractfile(info) if info.isreg() else None:
        yield budget.metered(name, Member("tar", stream, DAMAGE, limits, None))
    else:
        yield Refused(name, RejectReason.NOT_AN_ARTICLE, "a link or device in a tar file")


def _header_class(faults: _Faults, limits: Limits) -> type[tarfile.TarInfo]:
    """Headers that leave word of what is wrong with them, and hold no content of any size."""

    class Header(tarfile.TarInfo):
        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            try:
                info = super().frombuf(buf, encoding, errors)
            except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
                faults.append(str(error))
                raise
            if info.size < 0 or (info.type in EXTENSIONS and info.size > limits.header_bytes):
                faults.append(f"a header of {info.size} bytes")
                raise tarfile.ReadError(faults[-1])
            return info

    return Header
