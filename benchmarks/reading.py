"""Reading: files to the bytes in them, compression taken off."""

from pathlib import Path

from benchmarks.common import Dump, Figure, Tools, open_file, processor_seconds
from transforms.logic.reading.compression import Decompressed, compression_of
from transforms.logic.reading.content import HEAD
from transforms.logic.reading.limits import DEFAULT_LIMITS
from transforms.logic.reading.streams import Source


def measure(dump: Dump, _: Tools) -> Figure:
    """Open, read, decompress; archives are opened by the stage that follows."""
    seconds = processor_seconds(lambda: [contents(path) for path in dump.files])
    return dump.figure("read", len(dump.records), seconds)


def contents(path: Path) -> bytes:
    """All that is good of a file, without its compressions."""
    with open_file(str(path)) as file:
        source = Source(str(path), file, file)
        while kind := compression_of(source.peek(HEAD)):
            source = Source(str(path), Decompressed(source, kind, DEFAULT_LIMITS))
        return b"".join(source.chunks())
