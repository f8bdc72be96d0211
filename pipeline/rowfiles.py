"""Rows as CSV and as JSON lines, for files and pipes."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any

import orjson

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the start of a formula, or skips on its way to one."""

Rows = Iterable[Sequence[object]]


def csv_lines(columns: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """CSV with a header, UTF-8, LF line ends, by RFC 4180's quoting.

    Nothing stands for null; times are ISO 8601 in UTC with a Z, bytes hex, lists and records JSON. A text
    that a spreadsheet would run as a formula is given an apostrophe in front.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    yield _row(buffer, writer.writerow, [harmless(name) for name in columns])
    for row in rows:
        yield _row(buffer, writer.writerow, [_csv_cell(value) for value in row])


def _row(buffer: io.StringIO, write: Callable[[list[Any]], Any], cells: list[Any]) -> bytes:
    buffer.seek(0)
    buffer.truncate()
    write(cells)
    return buffer.getvalue().encode("utf-8", "surrogatepass")


def harmless(text: str) -> str:
    """Text that no spreadsheet runs: `=1+1` becomes `'=1+1`."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv_cell(value: object) -> object:
    plain = plain_value(value)
    if isinstance(plain, str):
        return harmless(plain)
    if isinstance(plain, list | dict):
        return harmless(orjson.dumps(plain).decode())
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return plain


def json_lines(columns: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """One JSON object a line, keys in the order of the columns, null for null; values as in `csv_lines`."""
    for row in rows:
        values = {name: plain_value(value) for name, value in zip(columns, row, strict=True)}
        yield orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS)


def plain_value(value: object) -> Any:
    """A value of the store as JSON knows values."""
    match value:
        case None | bool() | str():
            return str(value.value) if isinstance(value, Enum) else value
        case int():
            return value if -(2**63) <= value < 2**64 else str(value)
        case float():
            return value if isfinite(value) else None
        case bytes() | bytearray() | memoryview():
            return bytes(value).hex()
        case datetime():
            return _instant(value)
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case list() | tuple():
            return [plain_value(item) for item in value]
        case dict():
            return {str(key): plain_value(item) for key, item in value.items()}
    return str(value)


def _instant(value: datetime) -> str:
    utc = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return utc.isoformat().replace("+00:00", "Z")
