"""Rows of the store that a run changes: their files written anew, for the launcher to swap for the old."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import apache_beam as beam
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from apache_beam.pvalue import AsDict, PCollection

from transforms.files import ROWS_PER_GROUP, WrittenFile, drafted, parquet_file, place_of
from transforms.logic.tables import TableSpec

Patch = tuple[str, bytes]
"""An id, and as a JSON object the new values of some columns in all its rows, or nothing to drop them."""

DROP = b""
StoredFile = tuple[str, str]
"""The path of a Parquet file within its table's folder, and its partition ("" for a table without)."""


class ReviseTable(beam.PTransform[PCollection[Patch], PCollection[WrittenFile]]):
    """Patches -> the files that take the place of those that hold patched rows.

    Files without patched rows are not touched; of those one column is read. No row is shuffled, and no
    column that decides the partition may be patched.

    Args:
        spec: the table.
        column: the column of the ids.
        folder: the store's folder.
        run_id: names the new files.
        stored: the table's files.
    """

    def __init__(
        self, spec: TableSpec, column: str, folder: str, run_id: str, stored: Sequence[StoredFile]
    ) -> None:
        super().__init__()
        self._stored = list(stored)
        self._revise = _ReviseFn(spec, column, str(place_of(folder) / spec.name), run_id)

    def expand(self, patches: PCollection[Patch]) -> PCollection[WrittenFile]:
        """Look into every file, rewrite those that need it."""
        unique = (
            patches
            | "ById" >> beam.GroupByKey()
            | "OfOneId" >> beam.MapTuple(lambda one, some: (one, min(some))).with_output_types(Patch)
        )
        files: PCollection[WrittenFile] = (
            patches.pipeline
            | "Stored" >> beam.Create(self._stored)
            | "Revise" >> beam.ParDo(self._revise, AsDict(unique)).with_output_types(WrittenFile)
        )
        return files


class _ReviseFn(beam.DoFn):
    def __init__(self, spec: TableSpec, column: str, folder: str, run_id: str) -> None:
        self._spec = spec
        self._column = column
        self._folder = folder
        self._run_id = run_id

    def process(self, stored: StoredFile, patches: Mapping[str, bytes]) -> Iterator[WrittenFile]:
        path, partition = stored
        if not patches:
            return
        ids = pa.array(sorted(patches))
        with parquet_file(place_of(self._folder) / path) as file:
            if pc.any(pc.is_in(file.read([self._column])[self._column], ids)).as_py():
                yield self._write(file, path, partition, ids, patches)

    def _write(
        self,
        file: pq.ParquetFile,
        path: str,
        partition: str,
        ids: "pa.Array[Any]",
        patches: Mapping[str, bytes],
    ) -> WrittenFile:
        mark = hashlib.blake2b(path.encode(), digest_size=6).hexdigest()
        new = str(Path(path).with_name(f"{self._run_id}-{mark}.parquet"))
        rows = 0
        with drafted(place_of(self._folder) / new) as draft:
            with pq.ParquetWriter(draft, self._spec.file_schema, compression="zstd") as writer:
                for number in range(file.num_row_groups):
                    group = file.read_row_group(number).cast(self._spec.file_schema)
                    group = patched(group, self._column, ids, patches)
                    rows += group.num_rows
                    writer.write_table(group, ROWS_PER_GROUP)
            size = draft.stat().st_size
            if not rows:
                draft.unlink()
        named = (new, partition or None, rows, size) if rows else ("", partition or None, 0, 0)
        return WrittenFile(self._spec.name, *named, path)


def patched(table: pa.Table, column: str, ids: "pa.Array[Any]", patches: Mapping[str, bytes]) -> pa.Table:
    """The rows with the patches of their ids, in their order; without those that are to be dropped."""
    hit: Any = pc.is_in(table[column].combine_chunks(), ids)
    changes = [patches[str(one)] for one in table[column].filter(hit).to_pylist()]
    dropped = [change == DROP for change in changes]
    if any(dropped):
        keep = pc.replace_with_mask(pc.invert(hit), hit, pa.array([not one for one in dropped]))
        rest = table.filter(keep)
        return patched(rest, column, ids, patches) if not all(dropped) else rest
    values = [orjson.loads(change) for change in changes]
    for name in values[0] if values else ():
        new = pa.array([value[name] for value in values], table.schema.field(name).type)
        old = table[name].combine_chunks()
        table = table.set_column(
            table.schema.get_field_index(name), table.schema.field(name), pc.replace_with_mask(old, hit, new)
        )
    return table


def patch(key: str, values: Mapping[str, Any]) -> Patch:
    """A patch of all rows of an id."""
    return key, orjson.dumps(values)
