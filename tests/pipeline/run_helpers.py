"""Whole runs on invented dumps, and what they leave."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.choices import ExportFormat
from pipeline.commands.export import export_table
from pipeline.config import RunConfig
from pipeline.reckoning import RunReport
from pipeline.run import run_dump
from pipeline.store import TABLES, Store
from schemas.base import Record
from transforms.files import read_rows


class FirstRun(NamedTuple):
    """A store, the report of its one run and what that run told of its progress."""

    store: Path
    report: RunReport
    told: list[Any]


def run(store: Path | str, *inputs: Path | str, **options: Any) -> RunReport:
    return run_dump(RunConfig.of(inputs=tuple(map(str, inputs)), store=str(store), **options))


def rows(store: Path | str, table: str) -> list[Any]:
    """A table's rows as records, read back from the files that the last run pinned."""
    snapshot, spec = Store.open(str(store)), TABLES[table]
    found: list[Any] = []
    for file in snapshot.data_files(table):
        content = read_rows(snapshot.folder / table / file.path)
        found += spec.from_arrow(content, file.partition)
    return found


def tables(store: Path | str) -> dict[str, list[dict[str, Any]]]:
    """Every table but `runs`, without what names the run, sorted."""
    return {name: comparable(rows(store, name)) for name in TABLES if name != "runs"}


def exported(store: Path | str, folder: Path) -> dict[str, bytes]:
    """Every table as its export has it."""
    folder.mkdir(exist_ok=True)
    with Store.open(str(store)).connect() as connection:
        for name in TABLES:
            export_table(connection, name, ExportFormat.JSONL, folder / name)
    return {name: (folder / name).read_bytes() for name in TABLES}


def comparable(some: Iterable[Record]) -> list[dict[str, Any]]:
    return sorted((row.model_dump(exclude={"run_id"}) for row in some), key=repr)
