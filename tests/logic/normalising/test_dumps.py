"""Real dumps: every record is an article or a reject, and their dates and datelines are understood."""

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from schemas import RawArticle, RejectableError
from tests.logic.normalising.test_article import assert_clean
from transforms.logic.normalising import normalise_article, parse_date

pytestmark = pytest.mark.dumps


def test_every_real_record_is_an_article_or_a_reject(shared_dir: Path) -> None:
    ids: Counter[str] = Counter()
    rejected = 0
    with gzip.open(shared_dir / "dumps" / "real_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for number, line in enumerate(lines) if number % 5 == 0]
    for position, record in enumerate(records):
        raw = RawArticle(
            source_file="real",
            position=position,
            source_format="jsonl",
            record_id=record["id"],
            url=record["url"],
            outlet=record["source"],
            title=record["title"],
            body=record["text"],
            published=record["published"],
            language=record["lang"],
        )
        try:
            article = normalise_article(raw)
        except RejectableError:
            rejected += 1
            continue
        assert_clean(article)
        assert not article.body.endswith(("REUTER", "Reuter"))
        ids[article.article_id] += 1
    assert rejected <= 0.001 * len(records)
    assert len(ids) >= 0.999 * len(records)


@pytest.mark.parametrize(
    ("name", "column", "share"),
    [
        ("fa_kes.csv", "date", 1.0),
        ("middle_east_cnn.csv", "Date", 1.0),
        ("wikinews_2020.csv", "date", 1.0),
        ("middle_east_bbc.csv", "Date", 0.05),
    ],
)
def test_stated_dates_are_parsed(shared_dir: Path, name: str, column: str, share: float) -> None:
    with (shared_dir / "dumps" / name).open(encoding="utf-8", errors="replace") as file:
        values = [row[column] for row in csv.DictReader(file) if row[column]]
    parsed = [parse_date(value, fetched=None) for value in values]
    assert sum(date is not None for date in parsed) >= share * len(values)
    assert not any(date.inferred for date in parsed if date)


def test_relative_dates_are_parsed_when_the_crawl_is_dated(shared_dir: Path) -> None:
    fetched = parse_date("2023-10-26", fetched=None)
    assert fetched is not None
    with (shared_dir / "dumps" / "middle_east_bbc.csv").open(encoding="utf-8", errors="replace") as file:
        values = [row["Date"] for row in csv.DictReader(file)]
    assert all(parse_date(value, fetched=fetched.when) for value in values)
