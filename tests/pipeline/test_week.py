"""A week of real dumps that overlap, in any order: the same activity as all of it at once."""

import gzip
import random
from pathlib import Path

import pytest

from benchmarks.many import overlapping
from tests.pipeline.run_helpers import comparable, rows, run

DAYS = 7


@pytest.mark.slow
@pytest.mark.dumps
def test_a_week_of_overlapping_dumps_gives_the_activity_of_one_run(shared_dir: Path, tmp_path: Path) -> None:
    dump = shared_dir / "dumps" / "real_10k.jsonl.gz"
    with gzip.open(dump) as file:
        lines = file.read().splitlines()
    whole, grown = tmp_path / "whole", tmp_path / "grown"
    run(whole, dump)
    days = overlapping(lines, DAYS, random.Random(random.random()))  # pytest-randomly tells its seed
    for number, some in enumerate(days):
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes(b"\n".join(some))
        report = run(grown, path)
    assert report.reckoning.replays > len(lines) // DAYS // 10
    for table in ("activity", "dyads", "stories"):
        found = comparable(rows(grown, table))
        assert found
        assert found == comparable(rows(whole, table)), table
