"""How far a run has come: Beam counters for any runner, and a live tally for a run in this process."""

import threading
from typing import NamedTuple

from apache_beam.metrics.metric import Metrics

NAMESPACE = "wiretally"


class Tally(NamedTuple):
    """What has been prepared so far: records, characters of their text, and how many were rejected."""

    records: int
    characters: int
    rejects: int


class LiveTally:
    """Counts that grow while this process works; they mean nothing in any other process."""

    def __init__(self) -> None:
        self.now = Tally(0, 0, 0)
        self._lock = threading.Lock()

    def add(self, records: int, characters: int, rejects: int) -> None:
        """Add a batch; safe from any thread."""
        with self._lock:
            now = self.now
            self.now = Tally(now.records + records, now.characters + characters, now.rejects + rejects)


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
        LIVE.add(records, characters, rejects)
