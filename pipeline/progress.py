"""How far a run has come, on one line that moves, for whoever sits in front of it."""

import time
from collections.abc import Iterator
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


class Progress(Protocol):
    """Whom a run tells, from any thread."""

    def __call__(self, tally: Tally) -> None:
        """Take note of the tally."""


class LiveLine:
    """The line: records, records a second, rejects, time."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._began = time.monotonic()

    def __call__(self, tally: Tally) -> None:
        """Show the tally."""
        self._live.update(Spinner("line", Text(progress_line(tally, time.monotonic() - self._began))))


def progress_line(tally: Tally, seconds: float) -> str:
    """`12,400 records · 1,033 a second · 3 rejects · 0:12`; before the first record, `starting`."""
    clock = f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    if not tally.records:
        return f"starting · {clock}"
    rate = tally.records / max(seconds, 0.001)
    rejects = counted(tally.rejects, "reject")
    return f"{counted(tally.records, 'record')} · {rate:,.0f} a second · {rejects} · {clock}"


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
