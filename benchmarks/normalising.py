"""Normalising: raw articles to articles."""

from benchmarks.common import Dump, Figure, Tools, normalised, processor_seconds


def measure(dump: Dump, _: Tools) -> Figure:
    """Repair, clean, date, tell the language and the outlet, and give the id."""
    records = dump.records
    list(normalised(records[0]))  # loads the model of languages
    seconds = processor_seconds(lambda: [article for record in records for article in normalised(record)])
    return dump.figure("normalise", len(records), seconds)
