"""The real dumps beside the project: every record accounted for."""

from collections import Counter
from pathlib import Path
from typing import BinaryIO

import pytest

from schemas import RawArticle
from tests.logic.reading.reading_helpers import SHAPES
from transforms.logic.reading import plan_tasks, read_task


def open_file(path: str) -> BinaryIO:
    return Path(path).open("rb")


EXPECTED = {
    "README.md": {"unknown_format": 1},
    "fa_kes.csv": {"csv:generic": 804},
    "factiva_aja_syria.txt": {"factiva": 71},
    "google_news_sudan.parquet": {"parquet:generic": 142},
    "guardian_search_0.json": {"json:guardian": 200},
    "middle_east_bbc.csv": {"csv:generic": 100},
    "middle_east_cnn.csv": {"csv:generic": 99, "no_text": 1},
    "middle_east_fox.csv": {"csv:generic": 100},
    "news_please": {"json:news-please": 31},
    "real_10k.jsonl.gz": {"jsonl:canonical": 10_000},
    "txt": {"text": 300},
    "wikinews_2020.csv": {"csv:generic": 124},
}


@pytest.mark.dumps
@pytest.mark.parametrize("name", EXPECTED)
def test_every_record_of_the_real_dumps_is_accounted_for(shared_dir: Path, name: str) -> None:
    here = shared_dir / "dumps" / name
    counts: Counter[str] = Counter()
    for path in sorted(here.iterdir()) if here.is_dir() else [here]:
        for task in plan_tasks(str(path), path.stat().st_size, open_file, shapes=SHAPES):
            for outcome in read_task(task, open_file, SHAPES):
                counts[
                    outcome.source_format if isinstance(outcome, RawArticle) else outcome.reason.value
                ] += 1
    assert counts == EXPECTED[name]


@pytest.mark.dumps
def test_the_seed_article_has_an_outlet_and_no_title(shared_dir: Path) -> None:
    (path,) = (shared_dir / "seeds").glob("*.txt")
    (task,) = plan_tasks(str(path), path.stat().st_size, open_file, shapes=SHAPES)
    (found,) = read_task(task, open_file, SHAPES)
    assert isinstance(found, RawArticle)
    assert (found.outlet, found.title, found.published, found.published_hint) == (
        "www.nytimes.com",
        None,
        None,
        None,
    )
    assert found.body is not None
    assert "Original Source" not in found.body


@pytest.mark.dumps
def test_relative_dates_stay_as_they_are(shared_dir: Path) -> None:
    path = shared_dir / "dumps" / "middle_east_bbc.csv"
    (task,) = plan_tasks(str(path), path.stat().st_size, open_file, shapes=SHAPES)
    dates = {
        outcome.published for outcome in read_task(task, open_file, SHAPES) if isinstance(outcome, RawArticle)
    }
    assert {"7 days ago", "10 hours ago", "3-Oct"} <= dates
