"""The command on Prism, with a folder that fills while it runs, is killed and is started again."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.store import Store
from pipeline.streaming.ledger import StoreLedger
from tests.conftest import ROOT
from tests.pipeline.invented import an_article, the_articles, write_dump
from tests.pipeline.run_helpers import comparable, rows, run
from tests.pipeline.test_history import a_story_that_grows, telling
from transforms.watch import arrived

pytestmark = pytest.mark.stream

_PATIENCE = 120


class Started:
    """The command, in a session of its own so that it can be killed with its runner."""

    def __init__(self, prism: str, folder: Path, store: Path, *words: str) -> None:
        command = [sys.executable, "-m", "pipeline", "stream", str(folder), "--store", str(store)]
        quick = ["--every", "1", "--settle", "0.5", *words, "--", f"--prism_location={prism}"]
        self._store = store
        self.process = subprocess.Popen(
            [*command, *quick], cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE, text=True
        )

    def until(self, said: Callable[[Store], bool]) -> None:
        """Wait until the store says so."""
        end = time.monotonic() + _PATIENCE
        while not ((self._store / "runs").exists() and said(Store.open(str(self._store)))):
            assert self.process.poll() is None, self.process.stderr and self.process.stderr.read()
            assert time.monotonic() < end, "the stream does not get on"
            time.sleep(0.2)

    def end(self, by: signal.Signals | None = None) -> tuple[int, str]:
        """Its exit code and what it said, when it has ended by itself or by a signal."""
        if by is signal.SIGKILL:
            os.killpg(self.process.pid, by)
        elif by is not None:
            self.process.send_signal(by)
        _, said = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, said


@contextmanager
def started(prism: str, folder: Path, store: Path, *words: str) -> Iterator[Started]:
    stream = Started(prism, folder, store, *words)
    try:
        yield stream
    finally:
        with suppress(ProcessLookupError):
            os.killpg(stream.process.pid, signal.SIGKILL)


def drop(folder: Path, name: str, content: bytes) -> None:
    """Write under a hidden name, then rename."""
    (folder / f".{name}").write_bytes(content)
    (folder / f".{name}").rename(folder / name)


def dump_of(folder: Path, records: list[dict[str, object]]) -> bytes:
    return write_dump(folder / "scratch.jsonl", records).read_bytes()


def articles(store: Store) -> int:
    return store.counts()["articles"]


def test_killed_and_started_again_nothing_is_lost_or_counted_twice(prism: str, tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    shutil.copytree(ROOT / "seeds" / "sample", folder)
    grown = a_story_that_grows()
    parts = [dump_of(tmp_path, grown[at : at + 4]) for at in range(0, len(grown), 4)]
    with started(prism, folder, store) as stream:
        stream.until(lambda store: articles(store) > 0)
        drop(folder, "0.jsonl", parts[0])
        assert stream.end(signal.SIGKILL)[0] == -signal.SIGKILL
    drop(folder, "1.jsonl", parts[1])
    drop(folder, "poison.jsonl.gz", gzip.compress(parts[1])[:-40])
    drop(folder, "noise.bin", os.urandom(5000))
    with started(prism, folder, store) as stream:
        drop(folder, "2.jsonl.gz", gzip.compress(parts[2]))
        stream.until(lambda store: articles(store) >= 70)
        drop(folder, "3.jsonl", parts[3])
        drop(folder, "again.jsonl", parts[0])
        code, said = stream.end(signal.SIGTERM)
        assert (code, "read again at the next start" in said) == (0, True)
    with started(prism, folder, store, "--until-idle", "4") as stream:
        for number, part in enumerate(parts[4:], 4):
            drop(folder, f"{number}.jsonl", part)
            time.sleep(1)
        code, said = stream.end()
        assert (code, "error" in said) == (0, False), said
    run(tmp_path / "batch", folder)
    assert telling(store) == telling(tmp_path / "batch")
    assert comparable(rows(store, "rejects")) == comparable(rows(tmp_path / "batch", "rejects"))
    assert {file.stamp for file in arrived(str(folder), 0)} == set(StoreLedger(str(store)).done())
    assert main(["verify", "--store", str(store)]) == 0


def test_what_comes_too_late_is_rejected_and_a_run_adds_it(prism: str, tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    text = str(the_articles()[0]["text"])
    old = an_article(90, text, "2024-01-06T10:00:00Z", "example.com", "Long ago")
    late = an_article(91, text, "2024-12-01T10:00:00Z", "example.net", "Iran pulled out commanders")
    undated = an_article(92, text, None, "example.org", "Some day")
    with started(prism, folder, store, "--lateness", "80", "--until-idle", "6") as stream:
        drop(folder, "now.jsonl", dump_of(tmp_path, the_articles()))
        stream.until(lambda store: articles(store) == 11)
        drop(folder, "old.jsonl", dump_of(tmp_path, [old, late, undated]))
        assert stream.end()[0] == 0
    (reject,) = (row for row in rows(store, "rejects") if row.reason == "too_late")
    assert "wiretally run" in reject.detail
    assert b"Long ago" in reject.raw
    assert articles(Store.open(str(store))) == 13
    run(store, folder / "old.jsonl")
    run(tmp_path / "batch", folder)
    assert telling(store) == telling(tmp_path / "batch")
