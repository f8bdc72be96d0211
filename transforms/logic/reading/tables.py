"""Reader of CSV, TSV and their relatives."""

import codecs
import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from schemas import RejectableError, RejectReason
from transforms.logic.reading.charsets import UTF8, decode_text
from transforms.logic.reading.content import HEAD, SAMPLES, Outcome, Part, RecordMaker
from transforms.logic.reading.lines import Line, iter_lines
from transforms.logic.reading.shapes import Shape, Shapes, fold_key

DELIMITERS = ",\t;|"
RECOVERIES = 20
"""How often a file may be taken up again after a quote that was never closed."""
WIDE = 10
"""A first line with as many cells as a header-less shape has columns is data, if that is at least so many."""

csv.field_size_limit(1 << 30)  # the cap of a record is kept here, by bytes


class _Dialect(csv.Dialect):
    quotechar = '"'
    lineterminator = "\n"

    def __init__(self, delimiter: str, *, quoted: bool = True, backslashed: bool = False) -> None:
        self.delimiter = delimiter
        self.quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
        self.doublequote = not backslashed
        self.escapechar = "\\" if backslashed else None
        super().__init__()


def header_score(first_line: str, delimiter: str, columns: frozenset[str]) -> tuple[int, int]:
    """How many cells of a line are names of columns, and how many cells there are."""
    cells = next(csv.reader([first_line], delimiter=delimiter), [])
    return sum(fold_key(cell) in columns for cell in cells), len(cells)


def headless_shape(first_line: str, shapes: Shapes) -> Shape | None:
    """The shape without a header line whose number of columns the line has."""
    cells = first_line.rstrip("\r\n").split("\t")
    for shape in shapes.shapes:
        if WIDE <= len(shape.columns) == len(cells) and cells[0] != shape.columns[0]:
            return shape
    return None


class _Feeder:
    """Gives the lines of a table to `csv.reader`, keeps those of the present record, and takes lines back."""

    def __init__(self, part: Part) -> None:
        self._cap = part.settings.limits.record_bytes
        self._lines = iter_lines(part.source, self._cap)
        self._again: list[Line] = []
        self.length = 0
        self.taken: list[Line] = []
        self.encoding = UTF8

    def __iter__(self) -> "_Feeder":
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self.taken.append(line)
        self.length += line.length + 1
        if self.length > self._cap:
            raise RejectableError(
                RejectReason.TOO_LARGE, f"{self.length} bytes or more; the cap is {self._cap}"
            )
        raw = line.raw.removeprefix(codecs.BOM_UTF8) if not line.offset else line.raw
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text, self.encoding = decode_text(raw)
        return text + "\n" if line.ended else text

    def begin(self) -> None:
        """A new record begins."""
        self.taken.clear()
        self.length = 0
        self.encoding = UTF8

    @property
    def raw(self) -> bytes:
        """The present record as it stands in the file, as far as it is held."""
        return b"\n".join(line.raw for line in self.taken)

    def take_back(self, count: int) -> None:
        """The last `count` lines are read again."""
        back = self.taken[len(self.taken) - count :]
        del self.taken[len(self.taken) - count :]
        self._again.extend(reversed(back))
        self.length -= sum(line.length + 1 for line in back)

    def finish_quoted(self) -> int:
        """Pass over the rest of a record that is too large, to where its last quote closes; its size.

        A single line above the cap is taken to be a whole record.
        """
        size = self.length
        if self.taken[-1].length > self._cap:
            return size
        open_quote = self.raw.count(b'"') % 2 == 1
        while open_quote and (line := next(self._lines, None)):
            size += line.length + 1
            open_quote ^= line.raw.count(b'"') % 2 == 1
        return size


class _Table:
    """The rows of one table, each with what it was read from."""

    def __init__(self, part: Part) -> None:
        self._part = part
        head = part.source.peek(HEAD).removeprefix(codecs.BOM_UTF8)
        first_line = decode_text(head.split(b"\n", 1)[0])[0]
        self._dialect, headless = _dialect(part, first_line, head)
        self.feeder = _Feeder(part)
        self._reader = csv.reader(self.feeder, self._dialect)
        self._recoveries = 0
        self.header = list(headless.columns) if headless else _unique(self._next() or [])

    def _next(self) -> list[str] | None:
        self.feeder.begin()
        return next(self._reader, None)

    def outcomes(self) -> Iterator[list[str] | Outcome]:
        """Every record as its cells, or as a reject; blank lines are no records."""
        position = 0
        while True:
            try:
                cells = self._next()
                cut = self._cut(position)
            except RejectableError as error:
                cells, cut = [], self._refuse(position, error)
            except csv.Error as error:
                cells, cut = [], self._reject(position, RejectReason.BAD_SYNTAX, str(error))
            if cells is None:
                yield from self._part.tail(position) if not self.feeder.taken else ()
                return
            if cut or cells:
                yield cut or cells
                position += 1
            if cut and self._part.source.broken and not self.feeder.taken[-1].ended:
                return

    def _refuse(self, position: int, error: RejectableError) -> Outcome:
        if error.reason is not RejectReason.TOO_LARGE:
            return self._reject(position, error.reason, error.detail)
        raw = self.feeder.raw
        return self._part.reject(position, error.reason, error.detail, raw, self.feeder.finish_quoted())

    def _cut(self, position: int) -> Outcome | None:
        """A reject if the record just read is not whole, or runs over lines because a quote is not closed.

        A single line with an odd quote in it (`a 5" gun`) is fine. When several lines hold an odd number of
        quotes, the first line alone is given up and the others are read again.
        """
        taken = self.feeder.taken
        if taken and not taken[-1].ended and self._part.source.broken:
            return next(self._part.tail(position, self.feeder.raw, self.feeder.length))
        if len(taken) < 2 or self._quotes() % 2 == 0 or self._recoveries == RECOVERIES:
            return None
        self._recoveries += 1
        self.feeder.take_back(len(taken) - 1)
        return self._reject(position, RejectReason.BAD_SYNTAX, "a quote is opened and never closed")

    def _quotes(self) -> int:
        if self._dialect.quoting == csv.QUOTE_NONE:
            return 0
        escaped = 0 if self._dialect.doublequote else self.feeder.raw.count(b'\\"')
        return self.feeder.raw.count(b'"') - escaped

    def _reject(self, position: int, reason: RejectReason, detail: str) -> Outcome:
        return self._part.reject(position, reason, detail, self.feeder.raw)


def read_table(part: Part) -> Iterator[Outcome]:
    """The rows of a table with a header line (or of a known shape without). Positions are ordinals."""
    try:
        table = _Table(part)
    except (RejectableError, csv.Error) as error:
        reason = error.reason if isinstance(error, RejectableError) else RejectReason.BAD_SYNTAX
        yield part.reject(0, reason, f"the header line cannot be read: {error}", part.source.peek(HEAD))
        return
    yield from _rows(part, table)


def _rows(part: Part, table: _Table) -> Iterator[Outcome]:
    """The first rows wait until enough are there to choose a shape by."""
    waiting: list[_Row] = []
    maker: RecordMaker | None = None
    position = -1
    for position, cells in enumerate(table.outcomes()):
        if not isinstance(cells, list):
            yield cells
            continue
        row = _Row(position, cells, table.feeder.raw, table.feeder.encoding)
        if maker:
            yield _outcome(maker, table.header, row)
            continue
        waiting.append(row)
        if len(waiting) == SAMPLES:
            maker = _maker(part, table.header, waiting)
            if maker.unknown:
                break
            yield from [_outcome(maker, table.header, held) for held in waiting]
            waiting.clear()
    maker = maker or _maker(part, table.header, waiting)
    if maker.unknown:
        yield maker.unknown.model_copy(update={"position": waiting[0].position if waiting else position + 1})
    else:
        yield from [_outcome(maker, table.header, held) for held in waiting]


class _Row(NamedTuple):
    position: int
    cells: list[str]
    raw: bytes
    encoding: str


def _maker(part: Part, header: list[str], rows: list[_Row]) -> RecordMaker:
    samples = [dict(zip(header, row.cells, strict=False)) for row in rows] or [dict.fromkeys(header, "")]
    return RecordMaker(part, list(samples))


def _outcome(maker: RecordMaker, header: list[str], row: _Row) -> Outcome:
    if len(row.cells) != len(header):
        detail = f"{len(row.cells)} cells where the header has {len(header)}"
        return maker.reject(row.position, RejectableError(RejectReason.WRONG_SHAPE, detail), row.raw)
    record = dict(zip(header, row.cells, strict=True))
    return maker.from_row(record, row.position, row.encoding, row.raw)


def _dialect(part: Part, first_line: str, head: bytes) -> tuple[csv.Dialect, Shape | None]:
    forced = part.settings.shape
    known = Shapes(shapes=(forced,)) if forced else part.settings.shapes
    if headless := headless_shape(first_line, known):
        return _Dialect("\t", quoted=False), headless
    columns = part.settings.shapes.columns
    best = max(DELIMITERS, key=lambda mark: header_score(first_line, mark, columns))
    backslashed = len(re.findall(rb'[^\\]\\"', head)) > head.count(b'""')
    return _Dialect("\t" if part.container == "tsv" else best, backslashed=backslashed), None


def _unique(names: list[str]) -> list[str]:
    """The names, a repeated one with its number behind it."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return result
