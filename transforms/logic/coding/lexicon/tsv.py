"""Reading tables of tab-separated values into rows that remember where they came from."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.reject import ConfigError

_FOLD = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " "}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its file as the user knows it, its line from 1, its cells by column (blank when not given)."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def items_of(self, column: str) -> list[str]:
        """The `;`-separated items of a cell, without blanks."""
        return [item.strip() for item in self.cells[column].split(";") if item.strip()]


class Problems:
    """Collects what is wrong with a lexicon, so that a user sees all of it at once."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, row: Row, message: str) -> None:
        """Note something wrong with a row."""
        self._lines.append(f"{row.file}:{row.line}: {message}")

    def add_file(self, file: str, message: str) -> None:
        """Note something wrong with a whole file."""
        self._lines.append(f"{file}: {message}")

    def check(self) -> None:
        """Raise one ConfigError with every problem noted, if there is any."""
        if self._lines:
            count = len(self._lines)
            shown = "\n".join(f"  {line}" for line in self._lines)
            raise ConfigError(f"the lexicon has {count} {'error' if count == 1 else 'errors'}:\n{shown}")


def read_rows(file: str, data: bytes, problems: Problems) -> tuple[list[str], list[Row]]:
    """The header and the rows of one table.

    Blank lines and lines starting with `#` are skipped; the first other line is the header. A row may leave
    out trailing cells but not have more than the header. Text is NFC with plain apostrophes and hyphens.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add_file(file, f"not UTF-8 ({error.reason} at byte {error.start})")
        return [], []
    header: list[str] = []
    rows: list[Row] = []
    for number, line in enumerate(_plain(text).split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        if not header:
            header = cells
            _check_header(file, header, problems)
        elif len(cells) > len(header):
            problems.add_file(f"{file}:{number}", f"{len(cells)} cells, but the header has {len(header)}")
        else:
            cells += [""] * (len(header) - len(cells))
            rows.append(Row(file, number, dict(zip(header, cells, strict=True))))
    if not header:
        problems.add_file(file, "no header row")
    return header, rows


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_FOLD)


def _check_header(file: str, header: list[str], problems: Problems) -> None:
    for column in header:
        if not column:
            problems.add_file(file, "the header has a blank column name")
        elif header.count(column) > 1:
            problems.add_file(file, f"column {column!r} twice in the header")
