"""Renews what in the documentation is made by the program: the data dictionary, and tables in two pages.

Run as `python -m docs.renew`, or `make docs`. The tests hold all of it to what this would write. Timings are
of the figures kept in `docs/bench.json`, which `python -m benchmarks --json docs/bench.json` makes anew.
"""

import ast
import inspect
import os
import subprocess
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa

from benchmarks import tables
from benchmarks.report import Report
from schemas.base import Record
from transforms.logic.tables import TABLES, TableSpec

ROOT = Path(__file__).resolve().parent.parent
DICTIONARY = ROOT / "docs" / "data-dictionary.md"
README = ROOT / "README.md"
PERFORMANCE = ROOT / "docs" / "performance.md"
BENCH = ROOT / "docs" / "bench.json"
SAMPLE, TIMINGS = "sample run", "timings"

_INTRO = """# Data dictionary

The tables of a store, made from the row models in `schemas/tables.py` by `make docs`: what each holds, its
columns, and how it is laid out. The words are explained in the [glossary](glossary.md), the values in the
[codebook](codebook.md).

Each table is a [Delta Lake](https://delta.io) table in the folder of its name. Times are UTC with
microseconds, days and months are of UTC, ids are lower-case hex digits, enums are strings. A table *grows*
when runs only add rows to it; in a *recounted* one they replace whole partitions, so that every row is right
at any time. The key is unique in the table; the rows of a file are in its order.
"""
_TYPES = {
    pa.bool_(): "boolean",
    pa.int64(): "integer",
    pa.float64(): "float",
    pa.string(): "string",
    pa.binary(): "bytes",
    pa.timestamp("us", tz="UTC"): "time",
    pa.date32(): "day",
}
_MONTH = "The partition: the month of `period_start`, `2024-12` or `undated`."
_SHARD = "The partition: the first hex digit of the key."


def field_notes(row: type[Record]) -> dict[str, str]:
    """The strings below the fields of a model and of the models it derives from."""
    notes: dict[str, str] = {}
    for model in reversed(row.__mro__[: row.__mro__.index(Record)]):
        (body,) = ast.parse(inspect.getsource(model)).body
        assert isinstance(body, ast.ClassDef)
        for field, note in zip(body.body, body.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                notes[field.target.id] = _text(note)
    return notes


def _text(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return inspect.cleandoc(str(node.value.value)).replace("\n", " ")
    return ""


def column_notes() -> dict[tuple[str, str], str]:
    """Table and column -> what it holds; a column is explained where it appears first, or anew."""
    known = {"shard": _SHARD}
    notes: dict[tuple[str, str], str] = {}
    for name, spec in TABLES.items():
        own = field_notes(spec.row)
        if "month" not in spec.row.model_fields:
            own["month"] = _MONTH
        notes |= {(name, c): own.get(c) or known.get(c, "") for c in spec.schema.names}
        known = own | known
    return notes


def dictionary() -> str:
    """The whole page."""
    notes = column_notes()
    return "\n".join([_INTRO, *(_section(spec, notes) for spec in TABLES.values())])


def _section(spec: TableSpec, notes: dict[tuple[str, str], str]) -> str:
    layout = [f"Key: {', '.join(f'`{column}`' for column in spec.key)}."]
    if spec.partition_by:
        layout.append(f"Partitioned by `{spec.partition_by}`.")
    layout.append("Recounted." if spec.replaced else "Grows.")
    rows = [
        f"| `{field.name}` | {_type(spec.row, field)} | {notes[spec.name, field.name]} |"
        for field in spec.schema
    ]
    head = ["| column | type | holds |", "|---|---|---|"]
    return "\n".join(
        [
            f"## {spec.name}\n",
            (inspect.getdoc(spec.row) or "").replace("None", "null"),
            "",
            " ".join(layout),
            "",
            *head,
            *rows,
            "",
        ]
    )


def _type(row: type[Record], field: "pa.Field[Any]") -> str:
    kind = _TYPES[field.type]
    model = row.model_fields.get(field.name)
    annotation = model.annotation if model else None
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, StrEnum):
            kind = " ".join(f"`{value}`" for value in candidate)
    return f"{kind} or null" if field.nullable else kind


def sample_run() -> str:
    """What a run over the sample dump shows in 80 columns, up to what differs from run to run."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pipeline", "run", "seeds/sample", "--store", f"{folder}/store"]
        shown = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | {"COLUMNS": "80"},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return shown.stdout.partition("\ntook ")[0] + "\n"


def sample_block() -> str:
    """The README's table of the sample run."""
    return f"```text\n{sample_run()}```\n"


def kept_timings() -> Report:
    """The figures of the benchmarks that are kept."""
    return Report.model_validate_json(BENCH.read_bytes())


def with_block(page: Path, block: str, content: str) -> str:
    """A page with this in the place of a block."""
    begin, end = f"<!-- {block} -->\n", f"<!-- end of {block} -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, mark, after = rest.partition(end)
    assert mark, f"{page.name} has no {begin.strip()} ... {end}"
    return f"{before}{begin}{content}{end}{after}"


if __name__ == "__main__":
    DICTIONARY.write_text(dictionary(), encoding="utf-8")
    README.write_text(with_block(README, SAMPLE, sample_block()), encoding="utf-8")
    README.write_text(with_block(README, TIMINGS, tables.digest(kept_timings())), encoding="utf-8")
    PERFORMANCE.write_text(with_block(PERFORMANCE, TIMINGS, tables.page(kept_timings())), encoding="utf-8")
