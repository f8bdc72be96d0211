"""Reading: files to raw articles."""

from benchmarks.common import Dump, Figure, Tools, processor_seconds


def measure(dump: Dump, _: Tools) -> Figure:
    """Unpack, find the format, find the fields."""
    seconds = processor_seconds(lambda: sum(1 for _ in dump.read()))
    return Figure("read", dump.name, len(dump.records), seconds)
