"""How far a run has come: Beam counters for any runner, and a live tally for a run in this process."""

import threading
from typing import NamedTuple

from apache_beam.metrics.metric import Metrics

NAMESPACE = "wiretally"


class Tally(NamedTuple):
    """How far this process is: records prepared, characters of their text, how many were rejected.

    `size` is the bytes of all dump files and `read` of those that are read to their end, `placed` the
    articles of parts placed.
    """

    records: int = 0
    characters: int = 0
    rejects: int = 0
    size: int = 0
    read: int = 0
    placed: int = 0


class LiveTally:
    """Counts that grow while this process works; they mean nothing in any other process."""

    def __init__(self) -> None:
        self.now = Tally()
        self._lock = threading.Lock()

    def add(self, more: Tally) -> None:
        """Add what was done; safe from any thread."""
        with self._lock:
            self.now = Tally(*map(sum, zip(self.now, more, strict=True)))


LIVE = LiveTally()
"""The tally of this process since it began."""


class BatchCounters:
    """The counters of the preparing stage, moved once a batch."""

    def __init__(self) -> None:
        self._records = Metrics.counter(NAMESPACE, "records")
        self._characters = Metrics.counter(NAMESPACE, "characters")
        self._rejects = Metrics.counter(NAMESPACE, "rejects")

    def add(self, records: int, characters: int, rejects: int) -> None:
        """Count a batch, for Beam and for whoever watches this process."""
        self._records.inc(records)
        self._characters.inc(characters)
        self._rejects.inc(rejects)
        LIVE.add(Tally(records, characters, rejects))
