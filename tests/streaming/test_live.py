"""The command on Prism, with a folder that fills while it runs, is killed and is started again."""

import gzip
import os
import shutil
import signal
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.store import Store
from pipeline.streaming.ledger import StoreLedger
from tests.conftest import ROOT
from tests.pipeline.invented import an_article, the_articles
from tests.pipeline.run_helpers import comparable, rows, run
from tests.pipeline.test_history import a_story_that_grows, telling
from tests.streaming.live import Started, articles, drop, dump_of, started
from transforms.watch import arrived

pytestmark = pytest.mark.stream


def on_prism(prism: str, folder: Path, store: Path, *words: str) -> AbstractContextManager[Started]:
    return started(folder, store, "--settle", "0.5", *words, beam=(f"--prism_location={prism}",))


def test_killed_and_started_again_nothing_is_lost_or_counted_twice(prism: str, tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    shutil.copytree(ROOT / "seeds" / "sample", folder)
    grown = a_story_that_grows()
    parts = [dump_of(tmp_path, grown[at : at + 4]) for at in range(0, len(grown), 4)]
    with on_prism(prism, folder, store) as stream:
        stream.until(lambda store: articles(store) > 0)
        drop(folder, "0.jsonl", parts[0])
        assert stream.end(signal.SIGKILL, whole=True)[0] == -signal.SIGKILL
    drop(folder, "1.jsonl", parts[1])
    drop(folder, "poison.jsonl.gz", gzip.compress(parts[1])[:-40])
    drop(folder, "noise.bin", os.urandom(5000))
    with on_prism(prism, folder, store) as stream:
        drop(folder, "2.jsonl.gz", gzip.compress(parts[2]))
        stream.until(lambda store: articles(store) >= 70)
        drop(folder, "3.jsonl", parts[3])
        drop(folder, "again.jsonl", parts[0])
        code, said = stream.end(signal.SIGTERM)
        assert (code, "read again at the next start" in said) == (0, True)
    with on_prism(prism, folder, store, "--until-idle", "4") as stream:
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
    with on_prism(prism, folder, store, "--lateness", "80", "--until-idle", "6") as stream:
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


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_whole_group_ends_it_as_one_to_the_command(
    prism: str, tmp_path: Path, by: signal.Signals
) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    drop(folder, "a.jsonl", dump_of(tmp_path, the_articles()))
    with on_prism(prism, folder, store) as stream:
        stream.until(lambda store: articles(store) == 11)
        code, said = stream.end(by, whole=True)
    assert (code, "read again at the next start" in said) == (0, True), said
    assert by is not signal.SIGINT or "error" not in said, (
        said
    )  # SIGTERM ends Prism, whose end Beam's threads tell
