"""The look of what people read: consoles, tables, numbers and times."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import IO, Any, cast

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.visible import visible

_WIDE = 100_000
"""Columns of a pipe: enough that no table ever folds or cuts a cell there."""


_READABLE = 20
"""Columns in which a folded cell can still be read."""


class _Trimmed:
    """A stream whose lines do not end in the blanks that fill up a terminal's line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(" +(?=\n)", "", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class PlainConsole(Console):
    """A console that shows texts as they are, and leaves a closed pipe to the caller."""

    def __init__(self, *, stderr: bool = False, width: int | None = None) -> None:
        piped = not stderr and not sys.stdout.isatty()
        file = cast(IO[str], _Trimmed(sys.stdout)) if piped else None
        super().__init__(file=file, stderr=stderr, width=width, highlight=False, markup=False, emoji=False)

    def on_broken_pipe(self) -> None:
        """The program that read the output has closed it."""
        raise BrokenPipeError


def page() -> Console:
    """Standard output for running text: as wide as the terminal, or COLUMNS, or 80."""
    return PlainConsole()


def sheet() -> Console:
    """Standard output for tables: folded to the terminal, but never cut in a pipe."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _WIDE
    return PlainConsole(width=width)


def notes() -> Console:
    """Standard error, for progress and remarks."""
    return PlainConsole(stderr=True)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    numeric: Iterable[str] = (),
    folding: Iterable[str] | None = None,
) -> Table:
    """A table under plain headings.

    Args:
        columns: the headings.
        rows: as many values a row as there are headings; a Text as it is, all else by `cell`.
        numeric: headings whose values align right and never fold.
        folding: headings whose values may fold in a narrow terminal; when None, all that are not numeric.
    """
    right = set(numeric)
    folds = set(columns) - right if folding is None else set(folding)
    gap = 0 if len(columns) > 6 else 1  # besides the one that divides columns
    grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, gap, 0, 0))
    for name in columns:
        grid.add_column(
            Text(visible(name)),
            justify="right" if name in right else "left",
            overflow="fold",
            no_wrap=name not in folds,
        )
    for row in rows:
        grid.add_row(*(value if isinstance(value, Text) else Text(cell(value)) for value in row))
    return grid


def crowded(columns: Sequence[str], rows: Sequence[Sequence[object]], width: int) -> bool:
    """Whether a table of these rows would have to fold its cells so narrow that nobody could read it."""
    cells = [columns, *([cell(value) for value in row] for row in rows)]
    wanted = [max(len(text) for text in column) for column in zip(*cells, strict=True)]
    return sum(min(size, _READABLE) + 1 for size in wanted) > width


def records(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Table]:
    """Rows one below the other, each as names and values."""
    for number, row in enumerate(rows, start=1):
        yield facts([("row", number), *zip(columns, row, strict=True), ("", None)], indent=0)


def facts(rows: Iterable[tuple[str, object]], indent: int = 2) -> Table:
    """Names and values in two columns without rules."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(
            Text(" " * indent + name, "dim"), value if isinstance(value, Text) else Text(cell(value))
        )
    return grid


def cell(value: object) -> str:
    """A value for a person: thousands apart, times in UTC to the minute, nothing for None, bytes as hex."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, bytes):
        return value.hex()
    return visible(str(value)).replace("\n", " ")


def moment(value: datetime) -> str:
    """A time in UTC to the minute: `2024-12-06 14:05`. Naive times are UTC already."""
    return (value.astimezone(UTC) if value.tzinfo else value).strftime("%Y-%m-%d %H:%M")


def day(value: date | datetime | None) -> str:
    """A day in UTC, or nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moment(value)[:10]
    return value.isoformat()


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """`1 article`, `1,204 articles`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
