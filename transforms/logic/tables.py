"""The store's tables: which rows, in which order, divided how; Arrow schemas derived from the row models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import pyarrow as pa

from schemas.base import Record
from schemas.tables import (
    ActivityRow,
    AliasRow,
    ArticleRow,
    DyadEventRow,
    DyadRow,
    EventRow,
    PostingRow,
    RejectRow,
    RunRow,
    StoryRow,
)
from transforms.logic.counting.rows import month_of

_ARROW_TYPES: tuple[tuple[type, pa.DataType], ...] = (
    (bool, pa.bool_()),
    (int, pa.int64()),
    (float, pa.float64()),
    (StrEnum, pa.string()),
    (str, pa.string()),
    (bytes, pa.binary()),
    (datetime, pa.timestamp("us", tz="UTC")),
    (date, pa.date32()),
)


def arrow_field(name: str, annotation: Any) -> "pa.Field[Any]":
    """The Arrow field of one model field.

    Enums become strings, times microseconds in UTC, optional fields nullable.

    Raises:
        TypeError: a type that a table cannot hold.
    """
    nullable = False
    if get_origin(annotation) in (Union, UnionType):
        members = [member for member in get_args(annotation) if member is not NoneType]
        nullable = len(members) < len(get_args(annotation))
        annotation = members[0] if len(members) == 1 else annotation
    for python_type, arrow_type in _ARROW_TYPES:
        if isinstance(annotation, type) and issubclass(annotation, python_type):
            return pa.field(name, arrow_type, nullable=nullable)
    raise TypeError(f"{name}: no column type for {annotation!r}")


def arrow_schema(row: type[Record]) -> pa.Schema:
    """The Arrow schema of a row model, its fields in order."""
    return pa.schema([arrow_field(name, field.annotation) for name, field in row.model_fields.items()])


def _own_month(row: Any) -> str:
    return str(row.month)


def posting_shard(kind: str, shard: int) -> str:
    """The folder of one of the 16 shards of a kind of postings."""
    return f"{kind}-{shard:x}"


def _shard_of_prefix(row: Any) -> str:
    return posting_shard(row.kind, row.prefix >> 4)


def _month_of_period(row: Any) -> str:
    return month_of(row.period_start)


@dataclass(frozen=True)
class TableSpec:
    """One table.

    `key` orders the rows of a file and is unique in the table. `partition_by` names the column that divides
    it into folders; `partition_of` says a row's. `replaced` tables are reckoned anew partition by partition;
    the others grow, and where stories join, files with their rows are written anew.
    """

    name: str
    row: type[Record]
    key: tuple[str, ...]
    partition_by: str | None = None
    partition_of: Callable[[Any], str] | None = None
    replaced: bool = False

    def partition(self, row: Any) -> str:
        """The partition of a row, "" in a table without."""
        return self.partition_of(row) if self.partition_of else ""

    @cached_property
    def schema(self) -> pa.Schema:
        """All columns; a partition column that the row lacks comes last."""
        schema = arrow_schema(self.row)
        if self.partition_by and self.partition_by not in schema.names:
            schema = schema.append(pa.field(self.partition_by, pa.string(), nullable=False))
        return schema

    @cached_property
    def file_schema(self) -> pa.Schema:
        """The columns inside the files: a partition column is in the folder's name alone."""
        return pa.schema([field for field in self.schema if field.name != self.partition_by])

    def to_arrow(self, rows: Sequence[Record]) -> pa.Table:
        """Rows as columns, in the order given, without the partition column."""
        columns = [
            pa.array(map(attrgetter(field.name), rows), field.type, size=len(rows))
            for field in self.file_schema
        ]
        return pa.table(columns, schema=self.file_schema)

    def from_arrow(self, table: pa.Table | pa.RecordBatch, partition: str | None) -> list[Record]:
        """The rows of a file of one partition, which is ours and not validated; the inverse of `to_arrow`."""
        columns = [self._values(table, name, partition) for name in self.row.model_fields]
        names = tuple(self.row.model_fields)
        return [self.row.of_valid(dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]

    def _values(self, table: pa.Table | pa.RecordBatch, name: str, partition: str | None) -> list[Any]:
        """A column as values of the row's type."""
        if name == self.partition_by:
            return [partition] * table.num_rows
        values: list[Any] = table.column(name).to_pylist()
        kind = self.row.model_fields[name].annotation
        if not (isinstance(kind, type) and issubclass(kind, StrEnum)):
            kind = next((each for each in get_args(kind) if issubclass(each, StrEnum)), None)
        if kind is None:
            return values
        known = {str(member): member for member in kind}
        return [None if value is None else known[value] for value in values]

    def sort(self, table: pa.Table) -> pa.Table:
        """The table in the order of its key, nulls last."""
        return table.sort_by([(column, "ascending") for column in self.key])


_COUNTED = ("event_type", "modality")

TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec("articles", ArticleRow, ("article_id",), "month", _own_month),
        TableSpec("stories", StoryRow, ("story_id",), "month", _own_month),
        TableSpec(
            "events",
            EventRow,
            (
                "article_id",
                "event_type",
                "subtype",
                "role",
                "actor_id",
                "modality",
                "actor_who",
                "actor_side",
            ),
            "month",
            _own_month,
        ),
        TableSpec(
            "dyad_events",
            DyadEventRow,
            ("article_id", "event_type", "agent_id", "patient_id", "modality"),
            "month",
            _own_month,
        ),
        TableSpec(
            "activity",
            ActivityRow,
            ("period", "period_start", "actor_id", *_COUNTED, "subtype", "role", "actor_who", "actor_side"),
            "month",
            _month_of_period,
            replaced=True,
        ),
        TableSpec(
            "dyads",
            DyadRow,
            ("period", "period_start", "agent_id", "patient_id", *_COUNTED),
            "month",
            _month_of_period,
            replaced=True,
        ),
        TableSpec("rejects", RejectRow, ("reject_id",)),
        TableSpec("postings", PostingRow, ("prefix", "kind", "run_id"), "shard", _shard_of_prefix),
        TableSpec("aliases", AliasRow, ("old_story_id", "run_id")),
        TableSpec("runs", RunRow, ("run_id",)),
    )
}
"""Every table of a store, in the order in which a run commits them; `runs` last, since it pins the others."""
