"""Lines of a byte stream, however long, with their byte offsets."""

from collections.abc import Iterator
from typing import NamedTuple

from schemas.reject import RAW_CAP
from transforms.logic.reading.streams import Source


class Line(NamedTuple):
    """One line. `raw` is without its line end, and only its first bytes where `length` is above the cap."""

    offset: int
    raw: bytes
    length: int
    ended: bool


def iter_lines(source: Source, cap: int, offset: int = 0) -> Iterator[Line]:
    """Every line from the present place of `source`, which is byte `offset` of the stream.

    A line longer than `cap` bytes is passed over and comes with its first `RAW_CAP` bytes. The last line has
    `ended` False when no line feed follows it. The carriage return of a CRLF is left to the caller.
    """
    carry = bytearray()
    carried = 0
    for chunk in source.chunks():
        pieces = chunk.split(b"\n")
        last = pieces.pop()
        for piece in pieces:
            if carried:
                carry += piece if len(carry) + len(piece) <= cap else b""
                length = carried + len(piece)
                yield Line(
                    offset, bytes(carry) if length <= cap else bytes(carry[:RAW_CAP]), length, ended=True
                )
                carry.clear()
                carried = 0
            else:
                length = len(piece)
                yield Line(offset, piece if length <= cap else piece[:RAW_CAP], length, ended=True)
            offset += length + 1
        carried += len(last)
        carry += last[: max(0, cap + 1 - len(carry))]
    if carried:
        yield Line(offset, bytes(carry) if carried <= cap else bytes(carry[:RAW_CAP]), carried, ended=False)
