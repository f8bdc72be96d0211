"""Rows to Parquet files in the tables' folders, in parallel. Committing them is the launcher's business."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import apache_beam as beam
import orjson
import pyarrow as pa
from apache_beam.pvalue import PCollection
from apache_beam.transforms.window import GlobalWindow
from apache_beam.typehints.decorators import no_annotations
from apache_beam.utils.windowed_value import WindowedValue

from schemas.base import Record
from transforms.files import Place, place_of, write_parquet, write_whole
from transforms.files import WrittenFile as WrittenFile
from transforms.logic.tables import TableSpec

ROWS_PER_CHUNK = 2_000
"""Rows that a worker holds before it packs them; they cross the shuffle packed and compressed."""

_CODEC: Literal["zstd"] = "zstd"
_SIZE_BYTES = 8

FileKey = tuple[str, str]
"""Table, and partition ("" for a table without)."""


Written = tuple[PCollection[WrittenFile], PCollection[tuple[str, int]]]
"""The files written, and tallies of records by name."""


class WriteTables(beam.PTransform[dict[str, PCollection[Record]], PCollection["WrittenFile"]]):
    """Rows by table name -> the files written, one `WrittenFile` for each table and partition with rows.

    A file holds its rows in the order of the table's key, whatever the order of arrival, and is named by the
    run, so that a bundle tried again writes the same file again. Files appear whole or not at all.
    """

    def __init__(self, specs: Mapping[str, TableSpec], folder: str, run_id: str) -> None:
        super().__init__()
        self._specs = dict(specs)
        self._folder = folder
        self._run_id = run_id

    @no_annotations  # type: ignore[untyped-decorator]  # Beam reads annotations of single inputs only
    def expand(self, rows: dict[str, PCollection[Record]]) -> PCollection[WrittenFile]:
        """Pack by table, gather by partition, write."""
        packed = [
            table | f"Pack[{name}]" >> beam.ParDo(_PackRowsFn(self._specs[name]))
            for name, table in rows.items()
        ]
        files: PCollection[WrittenFile] = (
            packed
            | "Flatten" >> beam.Flatten()
            | "ByPartition" >> beam.GroupByKey()
            | "WriteFile" >> beam.ParDo(_WriteFileFn(self._specs, self._folder, self._run_id))
        )
        return files


class WriteManifest(beam.PTransform[Written, PCollection[str]]):
    """(files, tallies) -> the path of one JSON file that tells the launcher what was written and counted.

    A file, because the launcher and the workers of a portable runner share nothing else. It is written last
    and whole, so that where it is, everything that it names is.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    @no_annotations  # type: ignore[untyped-decorator]  # Beam reads annotations of single inputs only
    def expand(self, inputs: Written) -> PCollection[str]:
        """Gather all, write once."""
        (files, tallies), path = inputs, self._path
        entries = (
            files | "File" >> beam.Map(lambda file: (path, orjson.dumps(["file", *file]))),
            tallies | "Tally" >> beam.Map(lambda tally: (path, orjson.dumps(["tally", *tally]))),
            files.pipeline | "EvenOfNothing" >> beam.Create([(path, b'["manifest"]')], reshuffle=False),
        )
        manifest: PCollection[str] = (
            entries
            | "Entries" >> beam.Flatten()
            | "Gather" >> beam.GroupByKey()
            | "Write" >> beam.MapTuple(_write_manifest)
        )
        return manifest


def read_manifest(path: Place) -> tuple[list[WrittenFile], dict[str, int]]:
    """The files and tallies of a manifest."""
    entries = orjson.loads(path.read_bytes())
    files = [WrittenFile(*entry[1:]) for entry in entries if entry[0] == "file"]
    tallies: Counter[str] = Counter()
    for entry in entries:
        if entry[0] == "tally":
            tallies[entry[1]] += entry[2]
    return files, dict(tallies)


def _write_manifest(path: str, entries: Iterable[bytes]) -> str:
    write_whole(place_of(path), b"[" + b",\n".join(sorted(entries)) + b"]\n")
    return path


class _PackRowsFn(beam.DoFn):
    """Rows of one table -> ((table, partition), rows as compressed Arrow)."""

    def __init__(self, spec: TableSpec) -> None:
        self._spec = spec

    def start_bundle(self) -> None:
        self._rows: defaultdict[str, list[Record]] = defaultdict(list)
        self._held = 0

    def process(self, row: Record) -> Iterator[tuple[FileKey, bytes]]:
        partition = self._spec.partition(row)
        self._rows[partition].append(row)
        self._held += 1
        if self._held >= ROWS_PER_CHUNK:
            yield from self._pack()

    def finish_bundle(self) -> Iterator[WindowedValue]:
        window = GlobalWindow()
        for chunk in self._pack():
            yield WindowedValue(chunk, window.max_timestamp(), (window,))

    def _pack(self) -> Iterator[tuple[FileKey, bytes]]:
        for partition, rows in self._rows.items():
            yield (self._spec.name, partition), packed(self._spec.to_arrow(rows))
        self.start_bundle()


class _WriteFileFn(beam.DoFn):
    """The packed rows of one partition -> one file."""

    def __init__(self, specs: Mapping[str, TableSpec], folder: str, run_id: str) -> None:
        self._specs = specs
        self._folder = folder
        self._run_id = run_id

    def process(self, keyed: tuple[FileKey, Iterable[bytes]]) -> Iterator[WrittenFile]:
        (name, partition), chunks = keyed
        spec = self._specs[name]
        batches = (unpacked(chunk, spec.file_schema) for chunk in chunks)
        rows = spec.sort(pa.Table.from_batches(batches, spec.file_schema))
        part = f"{spec.partition_by}={partition}/" if spec.partition_by else ""
        path = f"{part}{self._run_id}.parquet"
        size = write_parquet(place_of(self._folder) / name / path, rows)
        yield WrittenFile(name, path, partition or None, rows.num_rows, size)


def packed(table: pa.Table) -> bytes:
    """A table without its schema, compressed as a whole: a tenth of the time of compressing each column."""
    (batch,) = table.combine_chunks().to_batches()
    message = batch.serialize()
    return message.size.to_bytes(_SIZE_BYTES, "big") + pa.compress(message, _CODEC, asbytes=True)


def unpacked(chunk: bytes, schema: pa.Schema) -> pa.RecordBatch:
    """The rows that `packed` packed."""
    size, content = int.from_bytes(chunk[:_SIZE_BYTES], "big"), chunk[_SIZE_BYTES:]
    return pa.ipc.read_record_batch(pa.decompress(content, size, _CODEC), schema)
