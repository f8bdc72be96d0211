"""Parsing: the bytes of files to raw articles."""

from collections.abc import Mapping
from io import BytesIO

from benchmarks.common import Dump, Figure, Tools, processor_seconds
from benchmarks.reading import contents
from transforms.logic.reading import load_shapes, read_task
from transforms.logic.reading.tasks import whole_file


def measure(dump: Dump, _: Tools) -> Figure:
    """Open archives, find the format, find the fields."""
    held = {str(path): contents(path) for path in dump.files}
    seconds = processor_seconds(lambda: _parse(held))
    return dump.figure("parse", len(dump.records), seconds)


def _parse(held: Mapping[str, bytes]) -> None:
    for path, content in held.items():
        for _ in read_task(
            whole_file(path, len(content), None), lambda name: BytesIO(held[name]), load_shapes()
        ):
            pass
