"""Fingerprinting: the text of an article to what copies are found by."""

from benchmarks.common import Dump, Figure, Tools, processor_seconds
from transforms.logic.deduplicating import fingerprint


def measure(dump: Dump, _: Tools) -> Figure:
    """Keys, sketch and numbers of each body."""
    bodies = [article.body for article in dump.articles]
    seconds = processor_seconds(lambda: [fingerprint(body) for body in bodies])
    return dump.figure("fingerprint", len(bodies), seconds)
