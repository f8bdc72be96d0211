"""The pipeline without Beam: the same pure functions in one loop, which tells what Beam adds."""

from benchmarks.common import Dump, Figure, Tools, processor_seconds
from transforms.logic.reference import run_in_memory

STAGE = "plain loop over all stages"


def measure(dump: Dump, tools: Tools) -> Figure:
    """Read, prepare, de-duplicate and count; nothing is written."""
    seconds = processor_seconds(lambda: run_in_memory(dump.read(), tools.lexicon, "bench"))
    return dump.figure(STAGE, len(dump.records), seconds)
