"""Readers of JSONL, and of JSON: an object, objects one after another, an array, an envelope round one."""

import codecs
from collections.abc import Iterator
from itertools import chain

from schemas import RejectReason
from schemas.reject import RAW_CAP
from transforms.logic.reading.content import HEAD, SAMPLES, Outcome, Part, RecordMaker, sample_json
from transforms.logic.reading.extracting import holds_text
from transforms.logic.reading.json_splitting import BLANK, JsonSplitter, Piece, find_array
from transforms.logic.reading.lines import Line, iter_lines

SAMPLE_BYTES = 1 << 20


def read_jsonl(part: Part) -> Iterator[Outcome]:
    """The records that begin in the part's range, one a line. Positions are byte offsets.

    A record belongs to the range in which its first byte lies; what else is cut by a border is left to the
    neighbour. The shape is decided from the head of the file whatever the range, so any ranges agree.
    """
    maker = RecordMaker(part, sample_json(_head_lines(part)))
    if maker.unknown:
        yield from () if part.start else (maker.unknown,)
        return
    end = 0
    cap = part.settings.limits.record_bytes
    for line in _lines_of_range(part):
        end = line.offset + line.length
        if not line.ended and part.source.broken:
            yield from part.tail(line.offset, line.raw, line.length)
            return
        if line.length > cap:
            yield part.too_large(line.offset, line.raw, line.length)
            continue
        raw = line.raw.removeprefix(codecs.BOM_UTF8) if not line.offset else line.raw
        if raw and not raw.isspace():
            yield maker.from_json(raw, line.offset)
    yield from part.tail(end + 1 if end else 0)


def _lines_of_range(part: Part) -> Iterator[Line]:
    offset = max(0, part.start - 1)
    if part.start:
        part.source.rewind_to(offset)
    lines = iter_lines(part.source, part.settings.limits.record_bytes, offset)
    if part.start:
        next(lines, None)
    for line in lines:
        if part.end is not None and line.offset >= part.end:
            return
        yield line


def _head_lines(part: Part) -> Iterator[bytes]:
    cap = part.settings.limits.record_bytes
    head = part.source.peek(HEAD)
    if b"\n" not in head.rstrip():
        head = part.source.peek(cap + 1)
    lines = head.removeprefix(codecs.BOM_UTF8).split(b"\n")
    if part.source.peek(len(head) + 1) != head:
        lines.pop()  # cut by the end of the head
    return (line for line in lines if line.strip())


def read_json(part: Part) -> Iterator[Outcome]:
    """The records of one or more JSON documents, in order. Positions are ordinals.

    A document is an array, an envelope (an object that keeps its records in an array at a known path), or a
    record itself. Pages of an API written one after the other are several envelopes.
    """
    position = 0
    maker: RecordMaker | None = None
    while True:
        levels = _enter(part)
        splitter = JsonSplitter(part.settings.limits.record_bytes, in_array=levels is not None)
        pieces = splitter.split(part.source.chunks())
        first = [] if maker else list(_first(pieces))
        maker = maker or RecordMaker(part, sample_json(piece.raw for piece in first if piece.whole))
        if maker.unknown:
            yield maker.unknown
            return
        for piece in chain(first, pieces):
            if not piece.whole:
                yield _cut(part, position, piece)
                return
            yield _outcome(part, maker, position, piece)
            position += 1
        if levels is not None and not _leave(part, splitter, levels):
            yield _cut(part, position, Piece(b"", 0, whole=False))
            return
        if levels is None or not _more(part):
            yield from part.tail(position)
            return


def _leave(part: Part, splitter: JsonSplitter, levels: int) -> bool:
    """Pass over the rest of an envelope behind its array; whether it was closed."""
    for _ in range(levels):
        if not splitter.closed:
            return False
        part.source.unread(splitter.rest)
        splitter = JsonSplitter(RAW_CAP, in_array=True)
        for _piece in splitter.split(part.source.chunks()):
            pass  # paging, counts and the like
    part.source.unread(splitter.rest)
    return splitter.closed


def _more(part: Part) -> bool:
    """Whether anything but white space follows, up to which the source is then read."""
    while head := part.source.peek(HEAD):
        blank = len(head) - len(head.lstrip(BLANK))
        _pass_over(part, blank)
        if blank < len(head):
            return True
    return False


def _outcome(part: Part, maker: RecordMaker, position: int, piece: Piece) -> Outcome:
    if piece.length > part.settings.limits.record_bytes:
        return part.too_large(position, piece.raw, piece.length)
    return maker.from_json(piece.raw, position)


def _cut(part: Part, position: int, piece: Piece) -> Outcome:
    for reject in part.tail(position, piece.raw, piece.length):
        return reject
    return part.reject(
        position, RejectReason.BAD_SYNTAX, "the JSON ends before it is closed", piece.raw, piece.length
    )


def _first(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Enough pieces to choose a shape by, not too many to hold."""
    held = 0
    for number, piece in enumerate(pieces, 1):
        yield piece
        held += len(piece.raw)
        if number == SAMPLES or held > SAMPLE_BYTES:
            return


def _enter(part: Part) -> int | None:
    """Read up to the first record.

    Returns:
        How many levels are open round the array whose elements are the records; None for records one after
        the other, in no array.
    """
    head = part.source.peek(HEAD)
    body = head.removeprefix(codecs.BOM_UTF8)
    start = len(head) - len(body.lstrip(BLANK))
    document = head[start:]
    if document.startswith(b"["):
        _pass_over(part, start + 1)
        return 0
    found = find_array(document, part.settings.shapes.envelopes) if document.startswith(b"{") else None
    if found is None or _is_record(part, document):
        _pass_over(part, start)
        return None
    _pass_over(part, start + found.offset)
    return found.levels


def _is_record(part: Part, document: bytes) -> bool:
    """Whether a document that has an array like an envelope's is an article all the same."""
    (sample,) = sample_json(iter((document,))) or [{}]
    return holds_text(sample, part.settings.shapes.shapes)


def _pass_over(part: Part, count: int) -> None:
    while count > 0:
        count -= len(part.source.read(count))
