"""Twenty thousand articles through whole runs: one dump, or many that overlap in any order, the same rows."""

import random
from pathlib import Path

import pytest

from benchmarks.many import many_articles, overlapping
from tests.pipeline.invented import write_dump
from tests.pipeline.run_helpers import comparable, rows, run

ORIGINALS = 13_000
DUMPS = 4


@pytest.mark.slow
def test_overlapping_dumps_in_any_order_give_what_one_dump_gives(tmp_path: Path) -> None:
    records = many_articles(ORIGINALS)
    dice = random.Random(random.random())  # pytest-randomly tells its seed
    whole, grown = tmp_path / "whole", tmp_path / "grown"
    report = run(whole, write_dump(tmp_path / "all.jsonl", records))
    assert report.reckoning.read == len(records) >= 20_000
    assert report.reckoning.duplicates > 5_000
    for number, part in enumerate(overlapping(records, DUMPS, dice)):
        again = run(grown, write_dump(tmp_path / f"{number}.jsonl", part))
        assert again.reckoning.kept > 2_000
    assert again.reckoning.replays > 800
    for table in ("stories", "events", "activity", "dyads"):
        found = comparable(rows(grown, table))
        assert len(found) > 1_000
        assert found == comparable(rows(whole, table)), table
