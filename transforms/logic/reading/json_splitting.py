"""Cuts a JSON document into its records without holding more than one of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.reject import RAW_CAP

STRUCTURE = re.compile(rb'["{}\[\],]')
STRING_REST = re.compile(rb'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
BLANK = b" \t\r\n"
TOKEN = re.compile(rb'"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|([{}\[\]])', re.DOTALL)


class Piece(NamedTuple):
    """One record. `raw` holds its first bytes only when `length` is above the cap."""

    raw: bytes
    length: int
    whole: bool
    """False when the document ended inside it."""


@dataclass
class JsonSplitter:
    """Splits the inside of an array, or a sequence of values one after the other, into its elements.

    Feed it the bytes behind the opening bracket (or from the start of a sequence), then look at `closed`:
    whether the array was closed. Memory: one element up to `cap`, and a chunk.
    """

    cap: int
    in_array: bool
    closed: bool = False
    rest: bytes = b""
    """What came behind the closing bracket in the chunk that held it."""
    _depth: int = 0
    _in_string: bool = False
    _escaped: bool = False
    _held: bytearray = field(default_factory=bytearray)
    _length: int = 0

    def split(self, chunks: Iterable[bytes]) -> Iterator[Piece]:
        """The elements, in order; the last may not be whole."""
        for chunk in chunks:
            yield from self._scan(chunk)
            if self.closed:
                return
        if self._length:
            yield self._take(whole=not self.in_array and not self._depth and not self._in_string)

    def _scan(self, chunk: bytes) -> Iterator[Piece]:
        start = at = 0
        size = len(chunk)
        while at < size:
            if self._in_string:
                at = self._string_end(chunk, at)
                continue
            found = STRUCTURE.search(chunk, at)
            if found is None:
                break
            at = found.end()
            mark = found[0]
            if mark == b'"':
                self._in_string = True
            elif mark in b"{[":
                self._depth += 1
            elif mark == b",":
                if not self._depth:
                    yield from self._finish(chunk[start : at - 1])
                    start = at
            elif self._depth:
                self._depth -= 1
                if not self._depth:
                    yield from self._finish(chunk[start:at])
                    start = at
            else:
                yield from self._finish(chunk[start : at - 1])
                self.closed = self.in_array
                start = at
                if self.closed:
                    self.rest = chunk[at:]
                    return
        self._hold(chunk[start:])

    def _string_end(self, chunk: bytes, at: int) -> int:
        """The place behind the closing quote, or the end of the chunk."""
        if self._escaped:
            self._escaped = False
            at += 1
        found = STRING_REST.match(chunk, at)
        at = found.end() if found else at
        if at >= len(chunk):
            return at
        if chunk[at] == 0x22:
            self._in_string = False
        else:
            self._escaped = True
        return at + 1

    def _hold(self, data: bytes) -> None:
        if not self._length:
            data = data.lstrip(BLANK)
        self._length += len(data)
        self._held += data[: max(0, self.cap + 1 - len(self._held))]

    def _finish(self, data: bytes) -> Iterator[Piece]:
        self._hold(data)
        if self._length:
            yield self._take(whole=True)

    def _take(self, *, whole: bool) -> Piece:
        raw = bytes(self._held) if self._length <= self.cap else bytes(self._held[:RAW_CAP])
        piece = Piece(raw, self._length, whole)
        self._held.clear()
        self._length = 0
        return piece


class FoundArray(NamedTuple):
    """An array in a document: its path, the offset behind its opening bracket, and what is open around it."""

    path: str
    offset: int
    levels: int


def find_array(head: bytes, paths: Iterable[str]) -> FoundArray | None:
    """The first array of objects in the head of a JSON object that lies at one of the dotted `paths`."""
    wanted = set(paths)
    trail: list[str] = []
    key = ""
    for found in TOKEN.finditer(head):
        text, colon, mark = found.groups()
        if mark is None:
            key = text.decode("utf-8", "replace") if colon else key
        elif mark in b"{[":
            path = ".".join([*trail[1:], key])
            if mark == b"[" and path in wanted and head[found.end() :].lstrip(BLANK)[:1] in (b"{", b"]"):
                return FoundArray(path, found.end(), len(trail))
            trail.append(key if mark == b"{" else "[]")
            key = ""
        elif trail:
            trail.pop()
            key = ""
    return None
