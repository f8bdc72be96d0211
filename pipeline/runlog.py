"""A run told in lines of JSON, for logs that machines read."""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO

from pipeline.progress import Tally
from pipeline.reckoning import RunReport

EVERY = 10.0
"""Seconds between two lines of progress."""


class RunLog:
    """Writes a line of JSON for each thing that happens: started, progress, warning, finished, failed.

    Every line has `time` (ISO 8601, UTC), `level` and `event`; the rest depends on the event.
    """

    def __init__(self, target: IO[str] | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._target = target or sys.stderr
        self._clock = clock
        self._told = clock()

    def started(self, inputs: tuple[str, ...], store: str) -> None:
        """The run begins."""
        self._write("info", "started", inputs=list(inputs), store=store)

    def __call__(self, tally: Tally, /) -> None:
        """Note how far the run is, at most once in `EVERY` seconds."""
        now = self._clock()
        if now - self._told >= EVERY:
            self._told = now
            self._write("info", "progress", records=tally.records, rejects=tally.rejects, bytes=tally.read)

    def finished(self, report: RunReport) -> None:
        """The run is committed."""
        for warning in report.warnings:
            self._write("warning", "warning", message=warning)
        self._write(
            "info",
            "finished",
            run_id=report.run_id,
            store=report.store,
            events=report.events,
            seconds=round((report.finished - report.started).total_seconds(), 3),
            reckoning=report.reckoning.model_dump(mode="json"),
        )

    def failed(self, message: str) -> None:
        """The run is over and changed nothing."""
        self._write("error", "failed", message=message)

    def _write(self, level: str, event: str, **facts: object) -> None:
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": level, "event": event}
        self._target.write(json.dumps(line | facts, ensure_ascii=False) + "\n")
        self._target.flush()
