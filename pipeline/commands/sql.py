"""`wiretally sql`: DuckDB over a store's tables."""

import sys
from itertools import islice

from pipeline.choices import QueryFormat
from pipeline.errors import remark
from pipeline.files import chunks_to
from pipeline.queries import Answer, ask
from pipeline.rowfiles import csv_lines, json_lines
from pipeline.store import Store
from pipeline.terminal import counted, crowded, records, sheet, table

_SHOWN = 500
"""Rows of a result that are drawn as a table."""


def sql_command(query: str, store: str, output: QueryFormat) -> int:
    """Run the query and show its rows; see `docs/cli.md`."""
    text = sys.stdin.read() if query == "-" else query
    with Store.open(store).connect() as connection:
        answer = ask(connection, text)
        if output is QueryFormat.CSV:
            chunks_to(csv_lines(*answer), None)
        elif output is QueryFormat.JSONL:
            chunks_to(json_lines(*answer), None)
        else:
            _draw(answer)
    return 0


def _draw(answer: Answer) -> None:
    rows = list(islice(answer.rows, _SHOWN))
    page = sheet()
    if crowded(answer.columns, rows, page.width):
        page.print(*records(answer.columns, rows), sep="\n")
    else:
        numeric = {name for i, name in enumerate(answer.columns) if _is_numeric([row[i] for row in rows])}
        page.print(table(answer.columns, rows, numeric))
    hidden = sum(1 for _ in answer.rows)
    total = counted(len(rows) + hidden, "row")
    remark(f"{total}; the first {_SHOWN} are shown, --format csv has all" if hidden else total)


def _is_numeric(values: list[object]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in known)
