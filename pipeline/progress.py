"""How far a run has come, on one line that moves, for whoever sits in front of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from pipeline.terminal import counted, notes


class Tally(Protocol):
    """What a run tells while it works."""

    @property
    def records(self) -> int:
        """Records prepared so far."""

    @property
    def rejects(self) -> int:
        """Records rejected so far."""

    @property
    def size(self) -> int:
        """Bytes of all dump files."""

    @property
    def read(self) -> int:
        """Bytes of the dump files that are read to their end."""

    @property
    def placed(self) -> int:
        """Articles placed so far, where they are placed in parts when all are prepared."""


class Progress(Protocol):
    """Whom a run tells, from any thread."""

    def __call__(self, tally: Tally, /) -> None:
        """Take note of the tally."""


class LiveLine:
    """The line: records, records a second, rejects, bytes read and the time left to read, placed, time.

    How long the rest takes is told once a file, or a range of a large one, has been read.
    """

    def __init__(self, live: Live, clock: Callable[[], float] = time.monotonic) -> None:
        self._live = live
        self._clock = clock
        self._began = clock()
        self._first: tuple[float, int] | None = None

    def __call__(self, tally: Tally, /) -> None:
        """Show the tally."""
        self._live.update(Spinner("line", Text(self.line(tally))))

    def line(self, tally: Tally) -> str:
        """`12,400 records · 1,033 a second · 3 rejects · 8 of 24 MB, about 0:20 to go · 0:12`.

        The speed is that since the first record.
        """
        now = self._clock()
        if self._first is None:
            self._first = now, tally.records
        since, before = self._first
        parts = [counted(tally.records, "record")]
        if tally.records > before:
            parts.append(f"{(tally.records - before) / (now - since):,.0f} a second")
        parts.append(counted(tally.rejects, "reject"))
        if 0 < tally.read < tally.size:
            left = (now - self._began) * (tally.size / tally.read - 1)
            parts.append(f"{tally.read / 1e6:,.0f} of {tally.size / 1e6:,.0f} MB, about {_clock(left)} to go")
        if tally.placed:
            parts.append(f"{tally.placed:,} placed")
        return " · ".join([*parts, _clock(now - self._began)])


def _clock(seconds: float) -> str:
    """`1:05`, or `2:00:09` from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def silent(tally: Tally) -> None:
    """Show nothing."""


@contextmanager
def live_progress(quiet: bool, console: Console | None = None) -> Iterator[Progress]:
    """A progress line on standard error while the block runs; nothing when quiet or without a terminal."""
    target = console or notes()
    if quiet or not target.is_terminal:
        yield silent
        return
    with Live(
        Spinner("line", Text("starting")), console=target, transient=True, refresh_per_second=8
    ) as live:
        yield LiveLine(live)
