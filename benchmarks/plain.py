"""The pipeline without Beam: the same pure functions in one loop, which tells what Beam adds."""

from benchmarks.common import Dump, Figure, Tools, processor_seconds
from transforms.logic.reference import run_in_memory


def measure(dump: Dump, tools: Tools) -> Figure:
    """Read, prepare, de-duplicate and count; nothing is written."""
    seconds = processor_seconds(lambda: run_in_memory(dump.read(), tools.lexicon, "bench"))
    return Figure("plain loop over all stages", dump.name, len(dump.records), seconds)
