"""What is read at once: a file, or a range of one that can be cut."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import pairwise
from typing import BinaryIO

from schemas import ConfigError, RejectReason
from schemas.base import Record
from transforms.logic.reading.archives import archive_of
from transforms.logic.reading.charsets import wide_encoding
from transforms.logic.reading.compression import compression_of
from transforms.logic.reading.content import HEAD, Decision, Outcome, Part, Settings
from transforms.logic.reading.limits import DEFAULT_LIMITS, MIB, Limits
from transforms.logic.reading.members import Budget
from transforms.logic.reading.parquet import UNREADABLE, row_groups
from transforms.logic.reading.shapes import Shapes, load_shapes
from transforms.logic.reading.sniffing import CONTAINERS, container_of, is_beside_dumps
from transforms.logic.reading.streams import Source
from transforms.logic.reading.walking import READERS, read_source

Opener = Callable[[str], BinaryIO]
"""Opens a path or URI for its raw bytes, seekable, not decompressed."""

RANGE_BYTES = 32 * MIB


class Unit(StrEnum):
    """What `start` and `end` of a task count."""

    FILE = "file"
    BYTES = "bytes"
    ROW_GROUPS = "row_groups"


class ReadTask(Record):
    """A file, or the part of one from `start` up to but not including `end`, in `unit`s.

    `format` is the forced format, None to find it.
    """

    path: str
    size: int
    start: int
    end: int
    unit: Unit
    format: str | None


def settings_for(
    name: str | None,
    shapes: Shapes,
    limits: Limits = DEFAULT_LIMITS,
    watch: Callable[[Decision], None] | None = None,
) -> Settings:
    """How to read under a forced format, or none.

    Raises:
        ConfigError: there is no such format.
    """
    if name is None or name in CONTAINERS:
        return Settings(shapes, limits, container=name, watch=watch)
    shape = shapes.named(name)
    if shape is None:
        raise ConfigError(
            f"--format {name}: no such format; there are {', '.join((*CONTAINERS, *shapes.names))}"
        )
    return Settings(shapes, limits, shape=shape, watch=watch)


def whole_file(path: str, size: int, format: str | None) -> ReadTask:
    """The task of a file that is read in one piece."""
    return ReadTask(path=path, size=size, start=0, end=size, unit=Unit.FILE, format=format)


def plan_tasks(
    path: str,
    size: int,
    opener: Opener,
    *,
    format: str | None = None,
    range_bytes: int = RANGE_BYTES,
    shapes: Shapes | None = None,
) -> tuple[ReadTask, ...]:
    """Cut a file into tasks of about `range_bytes`.

    Plain JSONL is cut by bytes and Parquet by row groups; all else is one task. A file that cannot be opened
    is one task too: reading it makes the reject. `shapes` defaults to the built-in ones.
    """
    whole = whole_file(path, size, format)
    if size <= range_bytes or (format is None and is_beside_dumps(path)):
        return (whole,)
    try:
        with opener(path) as file:
            cut = _cuts(
                Source(path, file, file), settings_for(format, shapes or load_shapes()), size, range_bytes
            )
    except UNREADABLE:
        return (whole,)
    if cut is None:
        return (whole,)
    unit, borders = cut
    return tuple(
        whole.model_copy(update={"start": start, "end": end, "unit": unit})
        for start, end in pairwise(borders)
    )


def _cuts(source: Source, settings: Settings, size: int, range_bytes: int) -> tuple[Unit, list[int]] | None:
    head = source.peek(HEAD)
    if compression_of(head) or archive_of(head) or wide_encoding(head) or source.file is None:
        return None
    container = settings.container or container_of(head, source.name, settings.shapes)
    if container == "jsonl":
        return Unit.BYTES, [*range(0, size, range_bytes), size]
    if container != "parquet":
        return None
    borders, held = [0], 0
    sizes = row_groups(source.file)
    for number, group in enumerate(sizes):
        if held and held + group > range_bytes:
            borders.append(number)
            held = 0
        held += group
    return Unit.ROW_GROUPS, [*borders, len(sizes)]


def read_task(
    task: ReadTask,
    opener: Opener,
    shapes: Shapes,
    limits: Limits = DEFAULT_LIMITS,
    watch: Callable[[Decision], None] | None = None,
) -> Iterator[Outcome]:
    """Every record of a task, in order, as exactly one article or one reject.

    Whatever is wrong with the file becomes a reject; nothing about one file is raised.

    Raises:
        ConfigError: the task names a format that does not exist.
    """
    settings = settings_for(task.format, shapes, limits, watch)
    try:
        file = opener(task.path)
    except OSError as error:
        part = Part(Source(task.path, _Nothing()), settings, "unknown")
        yield part.reject(0, RejectReason.UNREADABLE_FILE, str(error))
        return
    with file:
        source = Source(task.path, file, file)
        if task.unit is Unit.FILE:
            yield from read_source(source, settings, Budget(limits, task.size))
            return
        container = "jsonl" if task.unit is Unit.BYTES else "parquet"
        yield from READERS[container](Part(source, settings, container, (), task.start, task.end))


class _Nothing:
    def read(self, _size: int = -1, /) -> bytes:
        return b""
