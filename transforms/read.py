"""Reads dumps: files and folders, globs and URIs, to batches of raw articles and to rejects."""

import glob
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

import apache_beam as beam
from apache_beam.io.filesystem import BeamIOError, CompressionTypes
from apache_beam.io.filesystems import FileSystems
from apache_beam.metrics.metric import Metrics
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.pvalue import PBegin, PCollection, TaggedOutput
from apache_beam.typehints.decorators import no_annotations

from schemas import InputError, RawArticle, Reject
from transforms.logic.reading import (
    Limits,
    Opener,
    ReadTask,
    Shapes,
    load_shapes,
    plan_tasks,
    read_task,
    settings_for,
)
from transforms.logic.reading.limits import DEFAULT_LIMITS
from transforms.logic.reading.tasks import RANGE_BYTES, Unit
from transforms.metrics import LIVE, Tally

BATCH_RECORDS = 500
BATCH_CHARS = 4_000_000
REJECTS: Literal["rejects"] = "rejects"

_log = logging.getLogger(__name__)


def open_raw(path: str, folder: str = "") -> BinaryIO:
    """The raw bytes of a local path or a URI, seekable and never decompressed on the way.

    A relative path is one in `folder`: a worker need not be where the launcher was.
    """
    place = path if "://" in path else str(Path(folder, path))
    _ready_for(place)
    return FileSystems.open(place, compression_type=CompressionTypes.UNCOMPRESSED)


def _ready_for(place: str) -> None:
    """Beam's S3 asks for options though the environment says all, and a worker of a pool is given none."""
    if "://" in place and FileSystems._pipeline_options is None:
        FileSystems.set_options(PipelineOptions([]))


def expand_inputs(patterns: Sequence[str]) -> list[tuple[str, int]]:
    """Every file that the patterns name, with its size in bytes, sorted and each once.

    A folder stands for all files below it. Hidden folders inside a folder, and links to folders, are not
    walked, with a warning in the log; all other files are listed, and reading rejects those that are no
    dumps.

    Raises:
        InputError: a pattern names nothing that there is.
    """
    found: dict[str, int] = {}
    for pattern in patterns:
        matched = dict(_match(pattern))
        if not matched:
            raise InputError(f"{pattern}: no such file, or an empty folder")
        found.update(matched)
    return sorted(found.items())


def _match(pattern: str) -> Iterator[tuple[str, int]]:
    if pattern.startswith("file://"):
        return _match_local(unquote(urlsplit(pattern).path))  # Beam knows local files by path alone
    return _match_uri(pattern) if "://" in pattern else _match_local(pattern)


def _match_uri(pattern: str) -> Iterator[tuple[str, int]]:
    if pattern.startswith("s3://") and not find_spec("boto3"):
        raise InputError(f"{pattern}: object stores need boto3; install wiretally[s3]")
    _ready_for(pattern)
    try:
        found = FileSystems.match([pattern])[0].metadata_list
        if not found and not glob.has_magic(pattern):
            found = FileSystems.match([f"{pattern.rstrip('/')}/**"])[0].metadata_list
    except (BeamIOError, ValueError, OSError) as error:
        raise InputError(f"{pattern}: {error}") from error
    return ((each.path, each.size_in_bytes) for each in found if not each.path.endswith("/"))


def _match_local(pattern: str) -> Iterator[tuple[str, int]]:
    paths = [pattern] if Path(pattern).exists() else glob.glob(pattern, recursive=True)  # noqa: PTH207
    for path in paths:
        if Path(path).is_dir():
            yield from _walk(path)
        else:
            yield path, Path(path).stat().st_size


def _walk(folder: str) -> Iterator[tuple[str, int]]:
    for here, folders, names in os.walk(folder, onerror=_unreadable):
        for name in list(folders):
            path = Path(here, name)
            if name.startswith(".") or path.is_symlink():
                folders.remove(name)
                _log.warning("%s: a hidden or linked folder, not read; name it to read it", path)
        for name in names:
            path = Path(here, name)
            if path.is_file():
                yield str(path), path.stat().st_size
            else:
                _log.warning("%s: neither a file nor a folder, not read", path)


def _unreadable(error: OSError) -> None:
    raise InputError(f"{error.filename}: {error.strerror}") from error


class DumpRecords(NamedTuple):
    """What was read: batches of articles, and single rejects."""

    articles: PCollection[list[RawArticle]]
    rejects: PCollection[Reject]


@dataclass(eq=False)
class ReadDump(beam.PTransform[PBegin, DumpRecords]):
    """Reads everything that `patterns` name into articles and rejects, each record into exactly one.

    `format` forces a container or a shape, `mapping` is a user's own file of shapes, `limits` are the caps
    that a file must keep. Files that can be cut
    are read in ranges of about `range_bytes`. Batches hold at most 500 articles and about 4 MB of text, in
    the order of the file; only the descriptions of ranges are shuffled, never a text.

    Raises (when it is applied, before anything runs):
        InputError: a pattern names nothing.
        ConfigError: there is no such format, or the mapping is wrong.
    """

    patterns: tuple[str, ...]
    format: str | None = None
    mapping: Path | None = None
    range_bytes: int = RANGE_BYTES
    limits: Limits = DEFAULT_LIMITS

    def __post_init__(self) -> None:
        super().__init__()

    @no_annotations  # type: ignore[untyped-decorator]  # Beam reads annotations of single outputs only
    def expand(self, begin: PBegin) -> DumpRecords:
        """The collections of what is read."""
        shapes = load_shapes(user=self.mapping)
        settings_for(self.format, shapes)
        opener, files = partial(open_raw, folder=str(Path.cwd())), expand_inputs(self.patterns)
        LIVE.add(Tally(size=sum(size for _, size in files)))
        read = (
            begin
            | "Files" >> beam.Create(files, reshuffle=False)
            | "Ranges"
            >> beam.FlatMap(_plan, opener, self.format, self.range_bytes, shapes).with_output_types(str)
            | "Spread" >> beam.Reshuffle()
            | "Read"
            >> beam.ParDo(_ReadRange(opener, shapes, self.limits)).with_outputs(REJECTS, main="articles")
        )
        return DumpRecords(read["articles"], read[REJECTS])


def _plan(
    file: tuple[str, int], opener: Opener, name: str | None, range_bytes: int, shapes: Shapes
) -> list[str]:
    path, size = file
    tasks = plan_tasks(path, size, opener, format=name, range_bytes=range_bytes, shapes=shapes)
    return [task.model_dump_json() for task in tasks]


class _ReadRange(beam.DoFn):
    """One range to batches of articles, its rejects beside them."""

    def __init__(self, opener: Opener, shapes: Shapes, limits: Limits) -> None:
        self._opener = opener
        self._shapes = shapes
        self._limits = limits
        self._articles = Metrics.counter("read", "articles")
        self._rejects = Metrics.counter("read", "rejects")

    def process(self, task: str) -> Iterator[list[RawArticle] | TaggedOutput[Literal["rejects"], Reject]]:
        described = ReadTask.model_validate_json(task)
        outcomes = read_task(described, self._opener, self._shapes, self._limits)
        batch: list[RawArticle] = []
        chars = 0
        for outcome in outcomes:
            if isinstance(outcome, Reject):
                self._rejects.inc()
                yield TaggedOutput(REJECTS, outcome)
                continue
            batch.append(outcome)
            chars += len(outcome.body or "")
            if len(batch) == BATCH_RECORDS or chars >= BATCH_CHARS:
                self._articles.inc(len(batch))
                yield batch
                batch, chars = [], 0
        if batch:
            self._articles.inc(len(batch))
            yield batch
        LIVE.add(Tally(read=_bytes_of(described)))


def _bytes_of(task: ReadTask) -> int:
    """The bytes of a task; of a file in row groups all of them at the first."""
    if task.unit is Unit.ROW_GROUPS:
        return 0 if task.start else task.size
    return task.end - task.start
