"""Rows of Arrow batches as Python values, where some values have none.

Columnar files can hold what Python cannot: days after the year 9999, nanoseconds, times in zones that nobody
knows, texts that are not UTF-8. One such value costs its own row at most, and only if the value is used.
"""

from typing import Any

import pyarrow as pa

_NO_VALUE = (ValueError, OverflowError, ArithmeticError, LookupError, NotImplementedError, pa.ArrowException)
"""What pyarrow raises for a value that Python cannot hold; LookupError: an unknown time zone or encoding."""


class Unusable:
    """Stands for a value that Python cannot hold."""

    def __init__(self, kind: pa.DataType) -> None:
        self._kind = kind

    def __str__(self) -> str:
        return f"<{self._kind} out of range>"


def rows_of(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """The rows of a batch; nanoseconds are cut to microseconds, texts that are not UTF-8 stay bytes."""
    try:
        return list(batch.to_pylist())
    except _NO_VALUE:
        columns = [_values(column) for column in batch.columns]
        names = batch.schema.names
        return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _values(column: Any) -> list[Any]:
    try:
        return list(column.to_pylist())
    except _NO_VALUE:
        if pa.types.is_timestamp(column.type):
            column = _in_microseconds(column)
        return [_value(scalar) for scalar in column]


def _in_microseconds(column: Any) -> Any:
    """Times in UTC; what a zone is called changes no moment."""
    zone = column.type.tz and "UTC"
    try:
        return column.view(pa.timestamp(column.type.unit, zone)).cast(pa.timestamp("us", zone), safe=False)
    except pa.ArrowException:
        return column


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        as_buffer = getattr(scalar, "as_buffer", None)
        return as_buffer().to_pybytes() if as_buffer else Unusable(scalar.type)
    except _NO_VALUE:
        return Unusable(scalar.type)
