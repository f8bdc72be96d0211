"""The command `stream` as a process of its own that can be killed with its runner."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.store import Store
from tests.conftest import ROOT
from tests.pipeline.invented import write_dump

_PATIENCE = 400


class Started:
    """The command, in a session of its own."""

    def __init__(
        self, source: Path | str, store: Path, words: tuple[str, ...], beam: tuple[str, ...]
    ) -> None:
        command = [sys.executable, "-m", "pipeline", "stream", str(source), "--store", str(store)]
        self._store = store
        self.process = subprocess.Popen(
            [*command, "--every", "1", *words, "--", *beam],
            cwd=ROOT,
            start_new_session=True,
            stderr=subprocess.PIPE,
            text=True,
        )

    def until(self, said: Callable[[Store], bool]) -> None:
        """Wait until the store says so."""
        end = time.monotonic() + _PATIENCE
        while not ((self._store / "runs").exists() and said(Store.open(str(self._store)))):
            assert self.process.poll() is None, self.process.stderr and self.process.stderr.read()
            assert time.monotonic() < end, "the stream does not get on"
            time.sleep(0.2)

    def end(self, by: signal.Signals | None = None, whole: bool = False) -> tuple[int, str]:
        """Its exit code and what it said, when it has ended by itself or by a signal."""
        if whole and by is not None:
            os.killpg(self.process.pid, by)
        elif by is not None:
            self.process.send_signal(by)
        _, said = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, said


@contextmanager
def started(source: Path | str, store: Path, *words: str, beam: tuple[str, ...]) -> Iterator[Started]:
    """The command while the block runs, with quick options."""
    stream = Started(source, store, words, beam)
    try:
        yield stream
    finally:
        with suppress(ProcessLookupError):
            os.killpg(stream.process.pid, signal.SIGKILL)


def articles(store: Store) -> int:
    """How many articles a store has."""
    return store.counts()["articles"]


def drop(folder: Path, name: str, content: bytes) -> None:
    """Write a file into a folder under a hidden name, then rename it."""
    (folder / f".{name}").write_bytes(content)
    (folder / f".{name}").rename(folder / name)


def dump_of(folder: Path, records: list[dict[str, object]]) -> bytes:
    """Records as the bytes of a dump."""
    return write_dump(folder / "scratch.jsonl", records).read_bytes()
