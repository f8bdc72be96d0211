"""A dump of made news of any size: the paragraphs of the sample dump, drawn anew for each article."""

import gzip
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from benchmarks.common import Dump

_START = datetime(2024, 12, 1, tzinfo=UTC)


def make_dump(sample: Dump, articles: int, folder: Path) -> Dump:
    """Write a dump of JSON lines, the same for the same sample and size.

    Nearly every article speaks of war or disaster, as few do in a crawl: what it costs to code them is the
    most that news can cost.
    """
    rng = random.Random(articles)
    english = [article for article in sample.articles if article.language == "en"]
    titles = [article.title or "" for article in english]
    paragraphs = [text for article in english for text in article.body.split("\n") if len(text) > 80]
    path = folder / "made.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for number in range(articles):
            record = {
                "id": f"made-{number}",
                "source": f"outlet-{number % 41}.example",
                "title": rng.choice(titles),
                "text": "\n\n".join(rng.sample(paragraphs, rng.randint(5, 14))),
                "published": (_START + timedelta(minutes=11 * number)).isoformat(),
            }
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    return Dump(f"{articles:,} made of its paragraphs", path)
