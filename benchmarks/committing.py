"""Committing: the files of a run to a store, all or nothing."""

from benchmarks.common import Dump, Figure, Tools
from benchmarks.writing import seconds_of


def measure(dump: Dump, tools: Tools) -> Figure:
    """Make the store, one transaction for each table, the run's row; much the same for any dump."""
    return dump.figure("commit", len(dump.records), seconds_of(dump, tools).committing)
